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
    text = _decoded(data.removeprefix(codecs.BOM_UTF8))
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
