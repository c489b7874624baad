"""The answers of the feed as types: what OpenAPI tells readers, held against the answers by the tests."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from schemas.values import Modality, Precision
from warehouse.audit.finding import Severity
from warehouse.facts.summary import Status


class Shape(BaseModel):
    """Base of all answers: what is not declared here is not sent."""

    model_config = ConfigDict(extra="forbid")


class When(Shape):
    """Local dates, both included, and how finely the articles give them."""

    start: datetime.date
    end: datetime.date
    precision: Precision


class Span(Shape):
    """A verbatim stretch of an article's title or text; offsets count characters (code points) from 0."""

    part: Literal["title", "text"]
    start: int
    end: int
    text: str


class Paragraph(Shape):
    """The paragraph in which a span stands; offsets as those of the span."""

    start: int
    end: int
    text: str


class SpanInParagraph(Span):
    """A span with its paragraph: cut the paragraph's text at `start - paragraph.start` to mark the span."""

    paragraph: Paragraph


class Location(Shape):
    """Where a place of the text is on the map, as the gazetteer knows it; degrees north and east."""

    place: str
    name: str
    country: str | None
    geonames_id: int | None
    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class ArticleReference(Shape):
    """The article that states something. `url` is an address of the web or null."""

    article_id: str
    source: str
    title: str
    url: str | None
    published: AwareDatetime


class Claim(Shape):
    """One claimant's version of a fact, what they said last. `claimant` is null where the article says it itself."""

    claimant: str | None
    side: str | None
    modality: Modality
    first_said: AwareDatetime
    last_said: AwareDatetime
    articles: int
    event_id: str
    article_id: str
    slots: dict[str, Any]


class BestStatement(Shape):
    """The statement that gives a fact its value."""

    event_id: str
    claimed_by: str | None
    confidence: float | None
    article: ArticleReference
    evidence: list[Span]


class Fact(Shape):
    """What all articles together say of one happening."""

    fact_id: str
    kind: str
    status: Status
    when: When | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    slots: dict[str, Any]
    sides: list[str]
    places: list[str]
    locations: list[Location]
    claims: list[Claim]
    articles: int
    origins: int
    first_reported: AwareDatetime
    last_reported: AwareDatetime
    sources: list[str]
    best: BestStatement


class Event(Shape):
    """What one article states."""

    event_id: str
    kind: str
    fact_id: str | None
    article: ArticleReference
    claimed_by: str | None
    claimant_side: str | None
    modality: Modality
    when: When | None
    slots: dict[str, Any]
    sides: list[str]
    places: list[str]
    locations: list[Location]
    evidence: list[Span]
    found_by: str
    confidence: float | None
    extractor_version: str


class Article(ArticleReference):
    """An article without its text. `correction` says what the version shown is to the one before."""

    language: str
    script: str
    characters: int
    origin_id: str | None
    is_reprint: bool
    events: int
    version: int
    correction: Literal["corrected", "retracted", "changed"] | None


class Member(Shape):
    """A statement that belongs, or belonged, to a fact; `said_until` is when its article was corrected."""

    event_id: str
    reason: str
    tied_to: str | None
    said_from: AwareDatetime
    said_until: AwareDatetime | None
    origin_id: str
    claimed_by: str | None
    claimant_side: str | None
    modality: Modality
    confidence: float | None
    slots: dict[str, Any]
    article: ArticleReference
    evidence: list[SpanInParagraph]


class Version(Shape):
    """What was known of a fact from one moment to another."""

    said_from: AwareDatetime
    said_until: AwareDatetime | None
    status: Status
    when: When | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    articles: int
    origins: int
    best_event: str


class Rival(Shape):
    """One of the versions of a fact that exclude each other or differ, and who tells it so."""

    slots: dict[str, Any]
    claimants: list[str | None]
    origins: int
    event_ids: list[str]


class Subject(Shape):
    """One statement that a finding rests on."""

    event_id: str
    fact_id: str | None
    article_id: str
    claimed_by: str | None
    said_from: AwareDatetime
    evidence: str


class Days(Shape):
    """Local dates, both included."""

    start: datetime.date
    end: datetime.date


class MessageParts(Shape):
    """What the message of a finding is made of: a code, and the figures put in its words. docs/audit.md lists the codes."""

    code: str
    figures: dict[str, Any]


class Finding(Shape):
    """Statements that contradict each other or themselves. `message` is English; from `parts` it is made in any language."""

    finding_id: str
    check: str
    severity: Severity
    kind: str
    message: str
    parts: MessageParts
    when: Days | None
    first_said: AwareDatetime
    one_side: list[Subject]
    other_side: list[Subject]


class FactDetail(Fact):
    """A fact with everything that explains it."""

    rivals: list[Rival]
    members: list[Member]
    members_in_all: int
    history: list[Version]
    findings: list[Finding]


class EventDetail(Event):
    """An event with the paragraphs in which its evidence stands, and where its claimant is named."""

    evidence: list[SpanInParagraph]  # type: ignore[assignment]
    claimant_span: Span | None


class ArticleVersion(Shape):
    """One version of an article and from when it spoke."""

    version: int
    title: str
    said_from: AwareDatetime
    correction: Literal["corrected", "retracted", "changed"] | None


class ArticleDetail(Article):
    """An article with its text, what was read in it, its versions, and its reprints."""

    text: str
    captions: list[str]
    versions: list[ArticleVersion]
    read: list[Event]
    reprints: list[ArticleReference]
