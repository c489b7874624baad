"""Sources of type `feed`: RSS and Atom, whose entries hold the articles or lead to their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Annotated, Any, Literal
from urllib.parse import urljoin

import feedparser
from pydantic import Field

from flows.gather.desk import Desk
from flows.gather.feed_xml import sound_xml
from flows.gather.inputs import Documents
from flows.gather.pages import ListAddress, read_page
from flows.gather.source import Source
from flows.inputs import Inputs
from flows.sources.boilerplate import without_boilerplate
from flows.sources.encoding import decode_page
from flows.sources.html import normalise, read_body
from flows.sources.item import Item, Limits, Refusal, checked_date, not_an_article
from flows.sources.language import language_of, script_of
from flows.sources.page_dates import moment_of
from flows.sources.walk import within
from schemas import Article, Ask

HTML = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
HEAD = 2000  # characters in which a page says that it is HTML
LONGEST_ID = 200


class FeedSource(Source):
    """One or more feeds of an outlet. `full_text` where the feed itself holds whole articles."""

    type: Literal["feed"] = "feed"
    addresses: Annotated[tuple[ListAddress, ...], Field(min_length=1)]
    full_text: bool = False

    def would_ask(self) -> list[str]:
        return list(self.addresses)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed as it stands there."""

    key: str
    address: str
    title: str
    published: str
    html: str

    @property
    def says_something(self) -> bool:
        """Whether it is more than the beginning of an entry, as a feed that was cut off ends with."""
        return bool(self.address or self.title or self.html)


def gather(source: FeedSource, desk: Desk, *, again: bool) -> Inputs:
    """Ask the feeds, and for the pages of entries not had yet; what came is the input."""
    for address in desk.dated(source.addresses):
        came = desk.ask_index(address)
        if came is None:
            continue
        ask, data = came
        try:
            entries, remark = read_feed(data, ask)
        except Refusal as refusal:
            desk.refuse(ask, refusal)
            continue
        if remark is not None:
            desk.remark(ask, remark, is_partial=True)
        if source.full_text:
            continue
        for number, entry in enumerate(entries, 1):
            if entry.address:
                desk.want(entry.address, title=entry.title or None, published=entry.published or None)
            else:
                desk.remark(
                    ask, Refusal("malformed", f"entry {number} ({entry.title[:40]}) has no link; {_TELL}")
                )
    desk.ask_wanted()

    def parse(ask: Ask, data: bytes, limits: Limits) -> Iterator[Item]:
        if ask.role == "article":
            yield within(read_page(source, ask, data, limits), limits)
        elif source.full_text:
            yield from _whole_articles(source, ask, data, limits)

    return Documents(desk, parse, again=again)


_TELL = "tell the publisher, or set full_text = true where the feed holds the articles"


def read_feed(data: bytes, ask: Ask) -> tuple[list[Entry], Refusal | None]:
    """The entries of a feed, with a remark where it was broken and could be read nevertheless.

    Raises `Refusal` for what is no feed, an empty one, and one in no encoding we know.
    """
    if not data.strip():
        raise Refusal("empty", "an empty answer where a feed should be; look whether the outlet has moved it")
    # Decoded here: feedparser takes any bytes for Latin letters where the declaration is wrong.
    text = decode_page(data, ask.content_type)
    if HTML.search(text[:HEAD]):
        raise Refusal(
            "not_a_feed",
            "an HTML page where a feed should be; look for the feed's new address, "
            "or read the page as a source of type pages",
        )
    xml, trouble = sound_xml(text)
    base = ask.final_address or ask.address
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": base}
    # A file object: given bytes or text, feedparser tries them as a path and as an address.
    parsed: Any = feedparser.parse(BytesIO(xml), response_headers=headers, sanitize_html=False)
    if not parsed.get("version"):
        raise Refusal("not_a_feed", "neither RSS nor Atom; correct the address")
    entries = [entry for entry in (_entry(each, base) for each in parsed.entries) if entry.says_something]
    if trouble and _ends_within_an_entry(text):
        entries = entries[:-1]  # it comes whole when the feed does, and must not replace one that came before
    if not entries and trouble:
        raise Refusal("malformed", f"broken XML with no entry to be read: {trouble}; tell the publisher")
    if not entries:
        raise Refusal("empty", "a feed without entries; look whether the outlet has moved it")
    if not trouble:
        return entries, None
    words = f"broken XML: {trouble}; {len(entries)} entries could be read; tell the publisher"
    return entries, Refusal("malformed", words)


def _ends_within_an_entry(text: str) -> bool:
    """Whether a feed was cut off in the middle of its last entry."""
    tags = ENTRY.findall(text)
    return bool(tags) and tags[-1] == ""


def _entry(entry: Any, base: str) -> Entry:
    contents = [each.get("value", "") for each in entry.get("content", [])]
    return Entry(
        key=str(entry.get("id", "")),
        address=urljoin(base, entry.link) if entry.get("link") else "",
        title=normalise(" ".join(read_body(entry.get("title", "")).paragraphs)),
        published=str(entry.get("published") or entry.get("updated") or ""),
        html=max([*contents, entry.get("summary", "")], key=len),
    )


def _whole_articles(source: FeedSource, ask: Ask, data: bytes, limits: Limits) -> Iterator[Item]:
    try:
        entries, _ = read_feed(data, ask)
    except Refusal as refusal:  # read by an older version, which took it
        yield refusal.item(ask.address)
        return
    for number, entry in enumerate(entries, 1):
        try:
            yield within(Item(ask.address, number, _article(source, entry, limits)), limits)
        except Refusal as refusal:
            yield refusal.item(ask.address, number)


def _article(source: FeedSource, entry: Entry, limits: Limits) -> Article:
    outlet = source.said_of_articles
    body = read_body(entry.html)
    text = "\n".join(without_boilerplate(body.paragraphs))
    if not entry.title:
        raise Refusal("malformed", "the entry has no title; tell the publisher")
    if not text:
        raise Refusal("empty", "the entry holds no text; set full_text = false, so that its page is read")
    published = moment_of(entry.published, outlet.zone)
    if published is None:
        raise Refusal("bad_date", f"the entry's date {entry.published[:40]!r} is none; tell the publisher")
    try:
        return Article.of(
            key=None if entry.address else f"{source.name}:{entry.key}"[:LONGEST_ID] if entry.key else None,
            source=source.outlet,
            url=entry.address or None,
            title=entry.title,
            published=checked_date(published, limits),
            text=text,
            captions=body.captions,
            language=language_of(entry.title + "\n" + text, outlet.language),
            script=script_of(entry.title + "\n" + text),
        )
    except ValueError as error:
        raise not_an_article(error) from error
