"""A page of a news site, as fetched or saved: HTML to title, date, byline and paragraphs.

What a site's own marks say wins (`publishers.toml`, or `page` of a source), then what the page says for machines,
then what its layout shows.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import trafilatura
from lxml import etree, html

from flows.sources.boilerplate import without_boilerplate
from flows.sources.encoding import decode_page
from flows.sources.html import Body, normalise
from flows.sources.item import (
    NO_MARKS,
    Item,
    Limits,
    Marks,
    Outlet,
    Refusal,
    checked_date,
    not_an_article,
    read_bytes,
    unreadable,
)
from flows.sources.language import language_of, script_of
from flows.sources.page_body import find_body, parse_tree, read_element, weight
from flows.sources.page_dates import READERS, linked_data, moment_of, published_in, visible_text
from flows.sources.publishers import host_of, publisher_at, source_of
from schemas import Article

EXTENSIONS = (".html", ".htm")
NAMED_AUTHOR = re.compile(
    r"(?:作者|记者|記者|撰稿|撰文)\s*[:：]\s*([\u4e00-\u9fff·、]{2,20}|[A-Za-z][\w.]+(?: [A-Z][\w.]+){0,2})"
)
HEAVIEST = 400_000  # some 20,000 elements at a depth of 20; a page of news has a tenth
LONGEST_DATE_LINE = 80  # characters of "2025年03月03日 10:20 来源：…": whatever is longer is a sentence
LONGEST_BYLINE = 100
# "两国外长会谈_国际_某某网": what follows is the site, where the part before stands on the page too.
SITE_SUFFIX = re.compile(r"\s*[_|｜–—-].*")


@dataclass(frozen=True, slots=True)
class Said:
    """What is known of a page before it is read: its address, and what the feed said of it."""

    address: str | None = None
    content_type: str | None = None  # header of the answer, with its charset
    title: str = ""
    published: str = ""


def read(path: Path, name: str, limits: Limits, outlet: Outlet) -> Iterator[Item]:
    """The article of a saved page, or the issue that says why not; `name` is the path as given."""
    try:
        yield Item(name, None, parse(read_bytes(path, limits), limits, outlet, Said()))
    except Refusal as refusal:
        yield refusal.item(name)
    except OSError as error:
        yield unreadable(error).item(name)


def parse(data: bytes, limits: Limits, outlet: Outlet, said: Said) -> Article:
    """A page's bytes to an article. Raises `Refusal`."""
    if not data.strip():
        raise Refusal("empty", "the page is empty; fetch or save it again")
    text = decode_page(data, said.content_type)
    tree = parse_tree(text)
    if tree is None:
        raise Refusal("malformed", "holds no HTML; give pages as .html, other files under their own ending")
    if weight(tree) > HEAVIEST:
        raise Refusal(
            "too_large",
            "more elements, nested deeper, than pages of news have; it would take minutes to read",
        )
    address = said.address or _own_address(tree)
    marks, zone = _marks_and_zone(address, outlet)
    _drop(tree, marks)
    known = trafilatura.extract_metadata(text, default_url=address, extensive=True)
    title = _title(tree, marks) or said.title or normalise(known.title or "")
    published = _published(tree, known.date, marks, zone, said)
    if published is None:
        raise Refusal("bad_date", _no_date(zone))
    body = _body(tree, marks)
    paragraphs = "\n".join(_news(body.paragraphs, title))
    if not title:
        raise Refusal("malformed", "has no title; name its place as title under page in sources.toml")
    if not paragraphs:
        raise Refusal(
            "empty", "no article stands in the page; name its place as body under page in sources.toml"
        )
    try:
        return Article.of(
            source=outlet.name or (source_of(address) if address else "unknown"),
            url=address,
            title=title,
            published=checked_date(published, limits),
            byline=_byline(tree, known.author, marks),
            text=paragraphs,
            captions=body.captions,
            language=language_of(title + "\n" + paragraphs, outlet.language),
            script=script_of(title + "\n" + paragraphs),
        )
    except ValueError as error:
        raise not_an_article(error) from error


def _marks_and_zone(address: str | None, outlet: Outlet) -> tuple[Marks, ZoneInfo | None]:
    """What the source says of its pages, else what the list of publishers says."""
    try:
        publisher = publisher_at(host_of(address)) if address else None
    except ValueError as error:
        raise not_an_article(error) from error
    if publisher is None:
        return outlet.marks, outlet.zone
    own = outlet.marks if outlet.marks != NO_MARKS else publisher.marks
    return own, outlet.zone or publisher.zone


def _own_address(tree: html.HtmlElement) -> str | None:
    """Where a saved page says it was published."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for address in tree.xpath(path):
            if re.match(r"https?://[^/\s]", str(address).strip()):
                return str(address).strip()
    return None


def _title(tree: html.HtmlElement, marks: Marks) -> str:
    marked = _marked(tree, marks.title)
    if marked:
        return marked
    headings = [normalise(heading.text_content()) for heading in tree.iter("h1", "h2")]
    candidates = [
        *tree.xpath("//meta[@property='og:title']/@content"),
        linked_data(tree, "headline") or "",
        *(element.text_content() for element in tree.iter("title")),
    ]
    for candidate in map(normalise, map(str, candidates)):
        for heading in headings:
            if heading and candidate.startswith(heading) and SITE_SUFFIX.fullmatch(candidate[len(heading) :]):
                return heading
    return next((each for each in map(normalise, map(str, candidates[:-1])) if each), "")


def _published(
    tree: html.HtmlElement, day: str | None, marks: Marks, zone: ZoneInfo | None, said: Said
) -> datetime.datetime | None:
    marked = _marked(tree, marks.published)
    if marked:
        moment = moment_of(marked, zone)
        if moment is not None:
            return moment
    return (moment_of(said.published, zone) if said.published else None) or published_in(tree, day, zone)


def _byline(tree: html.HtmlElement, author: str | None, marks: Marks) -> str | None:
    named = NAMED_AUTHOR.search(visible_text(tree))
    found = (
        _marked(tree, marks.byline) or author or linked_data(tree, "author") or (named[1] if named else "")
    )
    return normalise(found)[:LONGEST_BYLINE] or None


def _body(tree: html.HtmlElement, marks: Marks) -> Body:
    if not marks.body:
        return find_body(tree)
    parts = [read_element(element) for element in _elements(tree, marks.body)]
    return Body(
        tuple(paragraph for part in parts for paragraph in part.paragraphs),
        tuple(caption for part in parts for caption in part.captions),
    )


def _news(paragraphs: tuple[str, ...], title: str) -> list[str]:
    """The paragraphs without the title and the line of date and origin above them, and without boilerplate."""
    kept: list[str] = []
    for paragraph in paragraphs:
        heads = not kept and (
            paragraph == title
            or (len(paragraph) <= LONGEST_DATE_LINE and READERS.match(paragraph) is not None)
        )
        if not heads:
            kept.append(paragraph)
    return without_boilerplate(kept)


def _drop(tree: html.HtmlElement, marks: Marks) -> None:
    for element in _elements(tree, marks.drop) if marks.drop else ():
        if element.getparent() is not None:
            element.drop_tree()


def _marked(tree: html.HtmlElement, path: str) -> str:
    """The text at a place, whether the path leads to elements, attributes or text."""
    if not path:
        return ""
    for found in tree.xpath(path):
        words = normalise(found.text_content() if isinstance(found, etree.ElementBase) else str(found))
        if words:
            return words
    return ""


def _elements(tree: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    return [found for found in tree.xpath(path) if isinstance(found, etree.ElementBase)]


def _no_date(zone: ZoneInfo | None) -> str:
    if zone is None:
        return "says no date with an offset from UTC; read it as a source of type folder that names its time_zone"
    return "says no date; name its place as published under page in sources.toml"
