"""The archive format: one article a file, as feed archives keep them.

<!--1709625600000-->                      publication, milliseconds since 1970
[title](https://example.org/a)            title and address as a Markdown link
------
<p>…</p>                                  the article's HTML
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.sources.boilerplate import without_boilerplate
from flows.sources.encoding import decode
from flows.sources.html import Body, normalise, read_body
from flows.sources.item import (
    NO_OUTLET,
    Item,
    Limits,
    Outlet,
    Refusal,
    checked_date,
    not_an_article,
    read_bytes,
    unreadable,
)
from flows.sources.language import language_of, script_of
from flows.sources.publishers import source_of
from schemas import Article

EXTENSIONS = (".md", ".txt")
STAMP = re.compile(r"\s*<!--\s*(-?\d{1,20})\s*-->[^\S\n]*(?:\n|$)")
RULE = re.compile(r"\s*-{3,}[^\S\n]*(?:\n|$)")
# Greedy on the title: it may hold brackets, while an address keeps them percent-encoded.
LINK = re.compile(r"\[(?P<title>.*)\]\(\s*<?(?P<url>[a-zA-Z][\w+.-]*://[^\s<>]+?)>?\s*\)")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines above the body say."""

    published: datetime.datetime
    title: str
    url: str


def read(path: Path, name: str, limits: Limits, outlet: Outlet) -> Iterator[Item]:
    """The article of an archive file, or the issue that says why not; `name` is the path as given."""
    try:
        yield Item(name, None, parse(read_bytes(path, limits), limits, outlet))
    except Refusal as refusal:
        yield refusal.item(name)
    except OSError as error:
        yield unreadable(error).item(name)


def parse(data: bytes, limits: Limits, outlet: Outlet = NO_OUTLET) -> Article:
    """An archive file's bytes to an article. Raises `Refusal`."""
    if not data.strip():
        raise Refusal("empty", "the file is empty; remove it or fetch it again")
    head, body = split(decode(data).replace("\r\n", "\n").replace("\r", "\n"), limits)
    content = read_body(body)
    text = "\n".join(without_boilerplate(content.paragraphs))
    if not text:
        raise Refusal("empty", "no text beside pictures, video and footers; nothing can be read from it")
    try:
        return Article.of(
            source=source_of(head.url, outlet.name),
            url=head.url,
            title=head.title,
            published=outlet.local(head.published),
            text=text,
            captions=content.captions,
            language=language_of(head.title + "\n" + text, outlet.language),
            script=script_of(head.title + "\n" + text),
        )
    except ValueError as error:
        raise not_an_article(error) from error


def split(text: str, limits: Limits) -> tuple[Head, str]:
    """The head and the HTML body of an archive file's text. Raises `Refusal`."""
    stamp = STAMP.match(text)
    if not stamp:
        raise Refusal(
            "unknown_format",
            "does not begin with <!--milliseconds-->; give archive files (.md, .txt) or JSON Lines (.jsonl)",
        )
    title_line, _, rest = text[stamp.end() :].lstrip().partition("\n")
    link = LINK.fullmatch(title_line.strip())
    if not link:
        raise Refusal(
            "malformed", f"the title line must be [title](address), got {title_line.strip()[:80]!r}"
        )
    title = normalise(html.unescape(ESCAPED.sub(r"\1", link["title"])))
    if not title:
        raise Refusal("malformed", "the title is empty; write it into the brackets of the second line")
    rule = RULE.match(rest)
    return Head(_moment(stamp[1], limits), title, link["url"]), rest[rule.end() :] if rule else rest


def body_of(raw: str) -> Body | None:
    """The body of an article that another record keeps in archive format, `None` where it is none."""
    stamp = STAMP.match(raw)
    if not stamp:
        return None
    rest = raw[stamp.end() :].lstrip().partition("\n")[2]
    rule = RULE.match(rest)
    return read_body(rest[rule.end() :] if rule else rest)


def _moment(milliseconds: str, limits: Limits) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromtimestamp(int(milliseconds) / 1000, datetime.UTC)
    except (OverflowError, ValueError, OSError):
        raise Refusal(
            "bad_date", f"<!--{milliseconds}--> is no time in milliseconds since 1970; correct it"
        ) from None
    return checked_date(moment, limits)
