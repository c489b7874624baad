"""Sources of type `pages`: articles at addresses that are named, or that pages with lists of links lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self
from urllib.parse import urldefrag, urljoin

from pydantic import AfterValidator, model_validator

from flows.days import fault_of_dates
from flows.gather.desk import Desk
from flows.gather.inputs import Documents
from flows.gather.source import Source
from flows.inputs import Inputs
from flows.sources import page
from flows.sources.encoding import decode_page
from flows.sources.item import Item, Limits, Refusal
from flows.sources.page_body import parse_tree
from flows.sources.walk import within
from schemas import Ask


def _of_the_web(address: str) -> str:
    if not re.fullmatch(r"https?://[^/\s@]+(/\S*)?", address):
        raise ValueError(f"{address!r} is no address of the web; write https://host/path, without a password")
    return address


def _with_dates(address: str) -> str:
    if fault := fault_of_dates(address):
        raise ValueError(f"{address!r}: {fault}")
    return address


WebAddress = Annotated[str, AfterValidator(_of_the_web)]
# Of a list or feed: may have the date in it, where the outlet keeps one a day.
ListAddress = Annotated[WebAddress, AfterValidator(_with_dates)]


class PagesSource(Source):
    """Pages of articles: `addresses` by name, `indexes` by the links on them that match `links` as a whole."""

    type: Literal["pages"] = "pages"
    addresses: tuple[WebAddress, ...] = ()
    indexes: tuple[ListAddress, ...] = ()
    links: str | None = None

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if not self.addresses and not self.indexes:
            raise ValueError("names neither addresses nor indexes; give one of them")
        if bool(self.indexes) != (self.links is not None):
            raise ValueError(
                "indexes and links belong together: links is the pattern of an article's address"
            )
        try:
            re.compile(self.links or "")
        except re.error as error:
            raise ValueError(f"links is no regular expression: {error}") from error
        return self

    def would_ask(self) -> list[str]:
        return [*self.indexes, *self.addresses]


def gather(source: PagesSource, desk: Desk, *, again: bool) -> Inputs:
    """Ask the lists, and for the articles not had yet; what came is the input."""
    for index in desk.dated(source.indexes):
        came = desk.ask_index(index)
        if came is None:
            continue
        ask, data = came
        try:
            found = links_in(data, ask, re.compile(source.links or ""))
        except Refusal as refusal:
            desk.refuse(ask, refusal)
            continue
        for address in found:
            desk.want(address, title=None, published=None)
    for address in source.addresses:
        desk.want(address, title=None, published=None)
    desk.ask_wanted()

    def parse(ask: Ask, data: bytes, limits: Limits) -> Iterator[Item]:
        if ask.role == "article":
            yield within(read_page(source, ask, data, limits), limits)

    return Documents(desk, parse, again=again)


def links_in(data: bytes, ask: Ask, wanted: re.Pattern[str]) -> list[str]:
    """The addresses a page links to that match as a whole, in its order. Raises `Refusal` where there are none."""
    tree = parse_tree(decode_page(data, ask.content_type))
    base = ask.final_address or ask.address
    found: dict[str, None] = {}
    for anchor in tree.iter("a") if tree is not None else ():
        try:
            address = urldefrag(urljoin(base, (anchor.get("href") or "").strip()))[0]
        except ValueError:  # no address at all
            continue
        if wanted.fullmatch(address):
            found[address] = None
    if not found:
        raise Refusal(
            "empty", f"no link matches {wanted.pattern!r}; look how the outlet links to its articles now"
        )
    return list(found)


def read_page(source: Source, ask: Ask, data: bytes, limits: Limits) -> Item:
    """The article of a page that was asked for, or the issue that says why not."""
    said = page.Said(
        address=ask.final_address or ask.address,
        content_type=ask.content_type,
        title=ask.title or "",
        published=ask.published or "",
    )
    try:
        return Item(ask.address, None, page.parse(data, limits, source.said_of_articles, said))
    except Refusal as refusal:
        return refusal.item(ask.address)
