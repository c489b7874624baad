"""Readings of short texts for the tests of this room."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from extractors.layers.context import Context
from extractors.reading.reader import Reader
from schemas import Article, EventBase

Read = Callable[..., Context]
Extract = Callable[..., list[EventBase]]


def article_of(text: str, *, title: str = "", published: str = "2025-03-04") -> Article:
    """An article published at noon UTC of a day."""
    moment = datetime.datetime.fromisoformat(f"{published}T12:00:00+00:00")
    return Article.of(source="test", title=title, text=text, published=moment)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    """Makes articles: `article("…", title="…", published="2025-03-04")`."""
    return article_of


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader without gates for the whole session."""
    return Reader()


@pytest.fixture(scope="session")
def read(reader) -> Read:
    """Reads a text into a context: `read("…", title="…", published="2025-03-04")`."""

    def reading(text: str, **options: str) -> Context:
        return Context(reader.read(article_of(text, **options), gated=False))

    return reading


@pytest.fixture(scope="session")
def extract(extractor) -> Extract:
    """Events of a text, all kinds or one: `extract("…", kind="attack_count")`."""

    def events(text: str, *, kind: str | None = None, **options: str) -> list[EventBase]:
        found = extractor.extract(article_of(text, **options))
        return [event for event in found if kind in (None, event.kind)]

    return events
