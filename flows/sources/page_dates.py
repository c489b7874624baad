"""When a page was published: what it says for machines, else what it says for readers, in the source's time zone."""

from __future__ import annotations

import datetime
import email.utils
import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree, html

# In the order of trust: the moment of publication before that of a change.
META = (
    "article:published_time", "datepublished", "pubdate", "publishdate", "publish-date", "og:published_time",
    "publication_date", "date", "dc.date", "dc.date.issued", "article.published", "og:release_date",
)  # fmt: skip
LD_FIELDS = ("datePublished", "dateCreated", "uploadDate")
# 2025年03月03日 10:20, 2025-03-03 10:20:05, 2025/3/3 10:20; the time may be absent.
READERS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<month>\d{1,2})\s?(?:月|[-/.])\s?(?P<day>\d{1,2})(?!\d)\s?日?"
    r"[T\s,，|]{0,4}(?:(?P<hour>\d{1,2})[:：时](?P<minute>\d{2})(?:[:：分](?P<second>\d{2}))?)?"
)
VISIBLE = "//body//text()[not(ancestor::script or ancestor::style)]"
NEAR = 120  # characters below the heading in which a date without a time is that of publication
NOON = datetime.time(12)  # of a day without its time: whichever zone reads it, it stays that day
DEEPEST = 20  # of nested JSON-LD


def moment_of(words: str, zone: ZoneInfo | None) -> datetime.datetime | None:
    """The moment that `words` state, with an offset of its own or in `zone`; `None` where they state none.

    ISO 8601, the dates of mail and RSS, and the numeric dates of Chinese pages; a day alone is its noon.
    """
    text = words.strip().replace(" -0000", " +0000")  # mail's way to say that only UTC is known
    for reading in (datetime.datetime.fromisoformat, email.utils.parsedate_to_datetime, _for_readers):
        try:
            found = reading(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found is not None:
            if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", text):
                found = datetime.datetime.combine(found.date(), NOON)
            return _in_zone(found, zone)
    return None


def published_in(tree: html.HtmlElement, day: str | None, zone: ZoneInfo | None) -> datetime.datetime | None:
    """When a page says it was published, `None` where it does not say, or says no offset and no zone is given.

    `day` is the day that trafilatura finds, 2025-03-03, for pages that say nothing to machines.
    """
    for words in _said_for_machines(tree):
        found = moment_of(words, zone)
        if found is not None:
            return found
    shown = _shown_to_readers(tree, zone)
    # A day alone, as trafilatura finds it, comes last: of 2025年3月3日 it makes the first of January.
    return shown or (moment_of(day, zone) if day else None)


def visible_text(tree: html.HtmlElement) -> str:
    """The words a reader sees, those of different elements set apart."""
    return " ".join(" ".join(tree.xpath(VISIBLE)).split())


def _shown_to_readers(tree: html.HtmlElement, zone: ZoneInfo | None) -> datetime.datetime | None:
    """The first date with a time after the heading, else the first date close below it."""
    text = visible_text(tree)
    heading = next((" ".join(each.text_content().split()) for each in tree.iter("h1", "h2")), "")
    below = text[max(text.find(heading), 0) :]
    dates = list(READERS.finditer(below))
    timed = [match for match in dates if match["hour"]]
    near = [match for match in dates if match.start() <= len(heading) + NEAR]
    for match in (*timed[:1], *near[:1]):
        found = moment_of(match[0], zone)
        if found is not None:
            return found
    return None


def _said_for_machines(tree: html.HtmlElement) -> Iterator[str]:
    said = list(_linked_data(tree))
    for field in LD_FIELDS:
        yield from (value for name, value in said if name == field)
    named: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if meta.get("content"):
            named.setdefault(name, meta.get("content"))
    yield from (named[name] for name in META if name in named)
    for time in tree.iter("time"):
        if time.get("datetime"):
            yield time.get("datetime")


def linked_data(tree: html.HtmlElement, name: str) -> str | None:
    """The first text under `name` in the page's JSON-LD, such as a headline or the name of an author."""
    return next((value for field, value in _linked_data(tree) if field == name), None)


def _linked_data(tree: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for script in tree.iter(etree.Element):
        if script.tag == "script" and "ld+json" in (script.get("type") or ""):
            try:
                yield from _fields(json.loads(script.text or "", strict=False), "", DEEPEST)
            except (ValueError, RecursionError):
                continue  # broken JSON-LD is no reason to refuse a page that can be read


def _fields(value: Any, name: str, deepest: int) -> Iterator[tuple[str, str]]:
    """Every text with the name it stands under; of an object that has a name, the name."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list) and deepest:
        for each in value:
            yield from _fields(each, name, deepest - 1)
    elif isinstance(value, dict) and deepest:
        if name and isinstance(value.get("name"), str):
            yield name, value["name"]
        for field, each in value.items():
            yield from _fields(each, field, deepest - 1)


def _for_readers(text: str) -> datetime.datetime | None:
    match = READERS.search(text)
    if not match:
        return None
    day = datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    if not match["hour"]:
        return datetime.datetime.combine(day, NOON)
    clock = datetime.time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    return datetime.datetime.combine(day, clock)


def _in_zone(moment: datetime.datetime, zone: ZoneInfo | None) -> datetime.datetime | None:
    try:
        if moment.tzinfo is None:
            return moment.replace(tzinfo=zone) if zone else None
        return moment.astimezone(zone) if zone else moment
    except OverflowError:
        return None
