"""Bytes to text: UTF-8 (with or without mark) or GB18030, decided strictly, nothing replaced."""

from __future__ import annotations

import codecs
import re

from flows.sources.item import Refusal

# C0 controls other than tab and line breaks: text has none, binary files have many.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
# Private use and unassigned-looking output of GB18030 over bytes that were something else.
IMPLAUSIBLE = re.compile(r"[\x80-\x9f\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
IMPLAUSIBLE_SHARE = 0.01


def decode(data: bytes) -> str:
    """The text of an input. Raises `Refusal` where the bytes are neither encoding, or are no text."""
    return _without_controls(_decoded(data.removeprefix(codecs.BOM_UTF8)))


def _without_controls(text: str) -> str:
    """The text without stray control characters. Raises `Refusal` where there are too many for a text."""
    controls = len(CONTROL.findall(text))
    if "\x00" in text or controls > IMPLAUSIBLE_SHARE * len(text):
        raise Refusal(
            "encoding", "holds control bytes, so it is no text file; give the text as UTF-8 or GB18030"
        )
    return CONTROL.sub("", text)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise Refusal(
                "encoding",
                f"neither UTF-8 nor GB18030: byte 0x{data[utf8.start]:02x} at {utf8.start} fits neither; "
                "convert the file to UTF-8",
            ) from None
    if len(IMPLAUSIBLE.findall(text)) > IMPLAUSIBLE_SHARE * len(text):
        raise Refusal(
            "encoding", "reads as GB18030 only with characters no news uses; convert the file to UTF-8"
        )
    return text


# What a page, a feed or its answer declares: charset=gb2312, <?xml encoding="gbk"?>.
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
HEAD_BYTES = 4096  # where a page declares its encoding
# The supersets that browsers use for these names, and that Chinese pages need.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "big5": "big5hkscs"}
# Declared by servers that were never told better; every byte is a character in them, so they come last.
DEFAULTS = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})
# So many characters of a page may be broken: a bad byte in a footer costs no article.
STRAY = 3
STRAY_SHARE = 0.001


def decode_page(data: bytes, content_type: str | None = None) -> str:
    """The text of a web page or feed: UTF-8 where it can be, else as declared, else GB18030.

    A few broken bytes are replaced by U+FFFD. Raises `Refusal` where more than a few are broken.
    """
    declared = _declared(data, content_type)
    for name in ("utf-8", *(name for name in declared if name not in DEFAULTS)):
        try:
            return _without_controls(data.decode(name).removeprefix("\ufeff"))
        except (UnicodeDecodeError, LookupError):
            continue
    try:
        return decode(data)
    except Refusal:
        if any(name in DEFAULTS for name in declared):
            return _without_controls(data.decode("cp1252", "replace"))
        for name in (*declared, "utf-8", "gb18030"):
            try:
                text = data.decode(name, "replace")
            except LookupError:
                continue
            if text.count("\ufffd") <= max(STRAY, STRAY_SHARE * len(text)):
                return _without_controls(text)
        raise


def _declared(data: bytes, content_type: str | None) -> list[str]:
    """Encodings that the answer and the page declare, in the order of their weight."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    said = DECLARED.findall((content_type or "").encode()) + DECLARED.findall(data[:HEAD_BYTES])
    names = [name.decode("ascii", "replace").lower() for name in said]
    return [WIDER.get(name, name) for name in names]
