"""The answers that hold several records, or none, as types for OpenAPI."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import AwareDatetime

from warehouse.feed.models import Article, Event, Fact, Finding, Shape


class Page(Shape):
    """Part of a list. `next` is the cursor for the page after, null on the last; `total` counts all pages."""

    snapshot: str
    total: int
    next: str | None


class FactPage(Page):
    """A page of facts."""

    data: list[Fact]


class EventPage(Page):
    """A page of events."""

    data: list[Event]


class ArticlePage(Page):
    """A page of articles."""

    data: list[Article]


class FindingPage(Page):
    """A page of findings."""

    data: list[Finding]


class Logged(Shape):
    """The last change of something. `fields` are those of its record that changed, `hash` is of the record, null where there is none.

    `correction` says what an article it rests on has been since.
    """

    sequence: int
    operation: Literal["added", "changed", "removed"]
    fields: list[str]
    correction: Literal["corrected", "retracted", "changed"] | None
    hash: str | None


class Change(Logged):
    """The last change of a fact: put `fact` under its id, or remove what is there where it is null.

    `replaced_by` is the fact that tells of the happening now.
    """

    fact_id: str
    kind: str
    replaced_by: str | None
    fact: Fact | None


class EventChange(Logged):
    """The last change of an event: put `event` under its id, or remove what is there where it is null."""

    event_id: str
    kind: str
    event: Event | None


class ArticleChange(Logged):
    """The last change of an article: put `article` under its id, or remove what is there where it is null."""

    article_id: str
    article: Article | None


class FindingChange(Logged):
    """The last change of a finding: put `finding` under its id, or remove what is there where it is null."""

    finding_id: str
    kind: str
    finding: Finding | None


class Changes(Shape):
    """Changes in order. Ask again with `next` as the cursor: at once where there is `more`, else later.

    The hash is over all that a copy holds which has applied every change.
    """

    snapshot: str
    next: str
    more: bool


class ChangePage(Changes):
    """Changes of facts."""

    facts_hash: str
    data: list[Change]


class EventChanges(Changes):
    """Changes of events."""

    events_hash: str
    data: list[EventChange]


class ArticleChanges(Changes):
    """Changes of articles."""

    articles_hash: str
    data: list[ArticleChange]


class FindingChanges(Changes):
    """Changes of findings."""

    findings_hash: str
    data: list[FindingChange]


class SeriesAnswer(Shape):
    """The rows of a series, in the order of its columns. `truncated`: the limit cut it off."""

    snapshot: str
    series: str
    columns: list[str]
    truncated: bool
    data: list[dict[str, Any]]


class StatusAnswer(Shape):
    """What is served, how new it is, and how much of it there is.

    `published` is when the snapshot was made, `checked` when the warehouse was last compared with it.
    """

    snapshot: str
    number: int
    schema_version: int
    extractor_versions: list[str]
    newest_article: AwareDatetime | None
    published: AwareDatetime
    checked: AwareDatetime | None
    facts_hash: str
    changes_cursor: str
    view_hashes: dict[str, str]
    changes_cursors: dict[str, str]
    counts: dict[str, int]
    facts: dict[str, dict[str, int]]
    findings: dict[str, dict[str, int]]
    first_day: datetime.date | None
    last_day: datetime.date | None


class FacetValue(Shape):
    """A value and how many facts have it."""

    value: str
    facts: int


class FacetsAnswer(Shape):
    """The values by which facts can be filtered, those that most facts have first."""

    snapshot: str
    facets: dict[str, list[FacetValue]]


class Problem(Shape):
    """Why there is no answer, and what to do instead (RFC 9457)."""

    title: str
    status: int
    detail: str
