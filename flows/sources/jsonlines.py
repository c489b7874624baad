"""JSON Lines: one article a line, plain or gzipped.

Fields: `title`, `text` and `published` (ISO 8601 with offset) are needed; `id`, `source`, `url` and `raw`
are used where given; others are left alone. `text` keeps its own spelling, so that quotes from it stay
verbatim; what `raw` marks as a caption is taken out of it.
"""

from __future__ import annotations

import datetime
import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from flows.sources.archive import body_of
from flows.sources.boilerplate import without_boilerplate
from flows.sources.encoding import decode
from flows.sources.html import read_body
from flows.sources.item import (
    MEGABYTE,
    NO_OUTLET,
    Item,
    Limits,
    Outlet,
    Refusal,
    checked_date,
    not_an_article,
)
from flows.sources.language import language_of, script_of
from flows.sources.publishers import source_of
from schemas import Article

EXTENSIONS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
SPACE = re.compile(r"[\s\u200b\ufeff]+")
EDGES = " \t\u00a0\u3000\u200b\ufeff\u2002\u2003"
SURROGATE = re.compile(r"[\ud800-\udfff]")


def read(path: Path, name: str, limits: Limits, outlet: Outlet) -> Iterator[Item]:
    """The articles of a file in order, an issue for each line that is none; `name` is the path as given."""
    number = 0
    try:
        with _opened(path) as file:
            for number, line in _lines(file, limits):
                try:
                    if line is None:
                        raise Refusal(
                            "too_large",
                            f"longer than {limits.line_bytes / MEGABYTE:g} MB; shorten the record, "
                            "or raise max_line_megabytes in shilu.toml",
                        )
                    yield Item(name, number, parse(line, limits, outlet))
                except Refusal as refusal:
                    yield refusal.item(name, number)
    except (OSError, EOFError, zlib.error) as error:
        # A broken archive fails in the middle: what came before stands, the rest is one issue.
        reason = f"cannot be read after line {number}: {error}; check the file, or fetch it again"
        yield Refusal("unreadable", reason).item(name)
        return
    if number == 0:
        yield Refusal("empty", "holds no records; remove it or fetch it again").item(name)


def parse(line: bytes, limits: Limits, outlet: Outlet = NO_OUTLET) -> Article:
    """One record to an article. Raises `Refusal`."""
    record = _record(line)
    title = (
        SPACE.sub(" ", _string(record, "title")).strip()
        if "\n" in _string(record, "title")
        else _string(record, "title")
    )
    paragraphs, captions = _content(record)
    text = "\n".join(paragraphs)
    title = title.strip(EDGES + "\r\n")
    if not title:
        raise Refusal("malformed", "title is missing or empty; give the record a title")
    if not text:
        raise Refusal("empty", "text is missing or holds no news; give the record a text")
    url = _string(record, "url").strip() or None
    try:
        return Article.of(
            key=_string(record, "id").strip() or None,
            source=_string(record, "source").strip() or _publisher(url, outlet),
            url=url,
            title=title,
            published=_moment(record.get("published"), limits, outlet),
            text=text,
            captions=captions,
            language=language_of(title + "\n" + text, outlet.language),
            script=script_of(title + "\n" + text),
        )
    except ValueError as error:
        raise not_an_article(error) from error


def _record(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as error:
        raise Refusal(
            "malformed", f"not JSON: {error.msg} at character {error.pos + 1}; one object a line"
        ) from None
    except RecursionError:
        raise Refusal("malformed", "not an article: nested too deeply; one flat object a line") from None
    except ValueError:  # Python refuses to convert numbers of more than some 4,300 digits
        raise Refusal("malformed", "holds a number of thousands of digits; write it as a string") from None
    if not isinstance(record, dict):
        raise Refusal("malformed", f"must be an object with title and text, got {type(record).__name__}")
    return record


def _string(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if field == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal("malformed", f"{field} must be a string, got {type(value).__name__}")
    if SURROGATE.search(value):
        raise Refusal("encoding", f"{field} holds half of a surrogate pair; write the file as UTF-8 again")
    return value


def _content(record: Mapping[str, Any]) -> tuple[list[str], tuple[str, ...]]:
    """Paragraphs and captions: of `text` without what `raw` shows to be captions, else of `raw` alone."""
    raw, text = _string(record, "raw"), _string(record, "text")
    body = body_of(raw)
    if not text.strip():
        body = body or read_body(raw)
        return without_boilerplate(body.paragraphs), body.captions
    lines = [line.strip(EDGES) for line in re.split(r"\r\n|[\r\n\u2028\u2029\x85\x0b\x0c]", text)]
    captions = body.captions if body else ()
    return without_boilerplate(_without(lines, captions)), captions


def _without(lines: list[str], captions: tuple[str, ...]) -> list[str]:
    """The lines that say something and are no caption; each caption of the page is taken out once."""
    left = Counter(SPACE.sub("", caption) for caption in captions)
    kept = []
    for line in lines:
        folded = SPACE.sub("", line)
        if left[folded] > 0:
            left[folded] -= 1
        elif folded:
            kept.append(line)
    return kept


def _publisher(url: str | None, outlet: Outlet) -> str:
    return source_of(url, outlet.name) if url else outlet.name or "unknown"


def _moment(value: object, limits: Limits, outlet: Outlet) -> datetime.datetime:
    if not isinstance(value, str):
        raise Refusal("bad_date", f"published must be a date such as 2024-03-05T08:00:00Z, got {value!r}")
    try:
        moment = datetime.datetime.fromisoformat(value.strip())
    except ValueError:
        raise Refusal(
            "bad_date", f"published {value[:40]!r} is no ISO 8601 date; write 2024-03-05T08:00:00Z"
        ) from None
    if moment.tzinfo is None and outlet.zone:
        moment = moment.replace(tzinfo=outlet.zone)
    if moment.tzinfo is None:
        raise Refusal(
            "bad_date",
            f"published {value!r} has no offset from UTC; write for instance {moment.isoformat()}+08:00, "
            "or give the file as a source with its time zone",
        )
    try:
        return outlet.local(checked_date(moment, limits))
    except OverflowError:
        raise Refusal("bad_date", f"published {value[:40]!r} is out of range; correct the date") from None


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if path.name.lower().endswith(".gz") else path.open("rb")


def _lines(file: IO[bytes], limits: Limits) -> Iterator[tuple[int, bytes | None]]:
    """Line numbers from 1 and lines without the blank ones; `None` for a line over the limit."""
    number = 0
    while line := file.readline(limits.line_bytes + 1):
        number += 1
        if len(line) > limits.line_bytes and not line.endswith(b"\n"):
            while (rest := file.readline(limits.line_bytes)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line
