"""The addresses of the feed."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from warehouse.feed import models, pages
from warehouse.feed.answering import answered
from warehouse.feed.asked import (
    AskedArticles,
    AskedChanges,
    AskedEvents,
    AskedFacts,
    AskedFindings,
)
from warehouse.feed.changes import changes_page
from warehouse.feed.described import told
from warehouse.feed.detail import article_detail, event_detail, fact_detail
from warehouse.feed.formats import Form
from warehouse.feed.listing import Listing, listed
from warehouse.feed.paging import Order
from warehouse.feed.series import AskedSeries, SeriesName, series_response
from warehouse.feed.status import facets_answer, status_answer

SHARED = ("when_start", "when_end", "when_precision")
ON_THE_MAP = ("sides", "places", "evidence", "title", "url", "latitude", "longitude", "record")
FACTS = Listing(
    "feed.fact",
    "fact_id",
    {
        "first_reported": Order("first_reported", "TIMESTAMPTZ"),
        "last_reported": Order("last_reported", "TIMESTAMPTZ"),
        "when": Order("when_end", "DATE"),
        "value": Order("value", "DOUBLE"),
        "origins": Order("origins", "INTEGER"),
    },
    (
        "fact_id", "kind", "status", "first_reported", "last_reported", *SHARED, "value", "low", "high", "unit", "articles",
        "origins", "claimants", "sources", "best_event", *ON_THE_MAP,
    ),
    ("json", "csv", "jsonl", "parquet", "geojson"),
)  # fmt: skip
EVENTS = Listing(
    "feed.event",
    "event_id",
    {"published": Order("published", "TIMESTAMPTZ")},
    (
        "event_id", "kind", "fact_id", "article_id", "source", "published", "claimed_by", "modality", "confidence", *SHARED,
        *ON_THE_MAP,
    ),
    ("json", "csv", "jsonl", "parquet", "geojson"),
)  # fmt: skip
ARTICLES = Listing(
    "feed.article",
    "article_id",
    {"published": Order("published", "TIMESTAMPTZ")},
    ("article_id", "source", "published", "title", "url", "is_reprint", "events", "record"),
)
FINDINGS = Listing(
    "feed.finding",
    "finding_id",
    {"first_said": Order("first_said", "TIMESTAMPTZ")},
    (
        "finding_id", "check_name", "severity", "kind", "message", "when_start", "when_end", "first_said", "evidence",
        "other_evidence", "record",
    ),
)  # fmt: skip

Identity = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]+$")]
TableForm = Literal["json", "csv", "jsonl", "parquet"]

router = APIRouter()


@router.get("/api/facts", response_model=pages.FactPage, responses=told("facts", 406, forms=FACTS.forms))
async def list_facts(request: Request, asked: Annotated[AskedFacts, Query()]) -> Response:
    """Facts, the newest first. `Accept` chooses CSV, JSON Lines, Parquet or GeoJSON."""
    return await listed(request, FACTS, asked, None)


@router.get("/api/facts.{suffix}", response_model=pages.FactPage, responses=told("facts", forms=FACTS.forms))
async def list_facts_as(request: Request, suffix: Form, asked: Annotated[AskedFacts, Query()]) -> Response:
    """The same in the form that the suffix says."""
    return await listed(request, FACTS, asked, suffix)


@router.get("/api/facts/{fact_id}", response_model=models.FactDetail, responses=told("fact", 404, 410))
async def one_fact(request: Request, fact_id: Identity) -> Response:
    """A fact with its members and their evidence in its paragraph, rival claims, history and findings."""
    return await answered(request, lambda question: fact_detail(question, fact_id))


@router.get("/api/events", response_model=pages.EventPage, responses=told("events", 406, forms=EVENTS.forms))
async def list_events(request: Request, asked: Annotated[AskedEvents, Query()]) -> Response:
    """Events, those of the newest articles first. `Accept` chooses CSV, JSON Lines, Parquet or GeoJSON."""
    return await listed(request, EVENTS, asked, None)


@router.get(
    "/api/events.{suffix}", response_model=pages.EventPage, responses=told("events", forms=EVENTS.forms)
)
async def list_events_as(request: Request, suffix: Form, asked: Annotated[AskedEvents, Query()]) -> Response:
    """The same in the form that the suffix says."""
    return await listed(request, EVENTS, asked, suffix)


@router.get("/api/events/{event_id}", response_model=models.EventDetail, responses=told("event", 404))
async def one_event(request: Request, event_id: Identity) -> Response:
    """An event with its evidence in its paragraph."""
    return await answered(request, lambda question: event_detail(question, event_id))


@router.get(
    "/api/articles", response_model=pages.ArticlePage, responses=told("articles", 406, forms=ARTICLES.forms)
)
async def list_articles(request: Request, asked: Annotated[AskedArticles, Query()]) -> Response:
    """Articles without their texts, the newest first; `text` is searched in title and text."""
    return await listed(request, ARTICLES, asked, None)


@router.get(
    "/api/articles.{suffix}",
    response_model=pages.ArticlePage,
    responses=told("articles", forms=ARTICLES.forms),
)
async def list_articles_as(
    request: Request, suffix: TableForm, asked: Annotated[AskedArticles, Query()]
) -> Response:
    """The same in the form that the suffix says."""
    return await listed(request, ARTICLES, asked, suffix)


@router.get("/api/articles/{article_id}", response_model=models.ArticleDetail, responses=told("article", 404))
async def one_article(request: Request, article_id: Identity) -> Response:
    """An article with its text, the events read in it, its versions and reprints."""
    return await answered(request, lambda question: article_detail(question, article_id))


# Before the plain address, which would take the suffix for a part of the name.
@router.get(
    "/api/series/{name}.{suffix}",
    response_model=pages.SeriesAnswer,
    responses=told("series", forms=ARTICLES.forms),
)
async def one_series_as(
    request: Request, name: SeriesName, suffix: TableForm, asked: Annotated[AskedSeries, Query()]
) -> Response:
    """A series in the form that the suffix says."""
    return await series_response(request, name, asked, suffix)


@router.get(
    "/api/series/{name}",
    response_model=pages.SeriesAnswer,
    responses=told("series", 406, forms=ARTICLES.forms),
)
async def one_series(request: Request, name: SeriesName, asked: Annotated[AskedSeries, Query()]) -> Response:
    """A series to plot. Which filters it has, an answer of 422 lists."""
    return await series_response(request, name, asked, None)


@router.get(
    "/api/audit", response_model=pages.FindingPage, responses=told("audit", 406, forms=FINDINGS.forms)
)
async def list_findings(request: Request, asked: Annotated[AskedFindings, Query()]) -> Response:
    """What the audit found, the newest first."""
    return await listed(request, FINDINGS, asked, None)


@router.get(
    "/api/audit.{suffix}", response_model=pages.FindingPage, responses=told("audit", forms=FINDINGS.forms)
)
async def list_findings_as(
    request: Request, suffix: TableForm, asked: Annotated[AskedFindings, Query()]
) -> Response:
    """The same in the form that the suffix says."""
    return await listed(request, FINDINGS, asked, suffix)


@router.get("/api/changes", response_model=pages.ChangePage, responses=told("changes", 410))
async def list_changes(request: Request, asked: Annotated[AskedChanges, Query()]) -> Response:
    """What to put and to remove, in order, so that a copy of the facts becomes the published ones."""
    return await answered(
        request, lambda question: changes_page(question, "facts", asked.cursor, asked.limit)
    )


@router.get("/api/changes/events", response_model=pages.EventChanges, responses=told("event_changes", 410))
async def list_event_changes(request: Request, asked: Annotated[AskedChanges, Query()]) -> Response:
    """The same of events."""
    return await answered(
        request, lambda question: changes_page(question, "events", asked.cursor, asked.limit)
    )


@router.get(
    "/api/changes/articles", response_model=pages.ArticleChanges, responses=told("article_changes", 410)
)
async def list_article_changes(request: Request, asked: Annotated[AskedChanges, Query()]) -> Response:
    """The same of articles, without their texts: a text has changed where `version` has."""
    return await answered(
        request, lambda question: changes_page(question, "articles", asked.cursor, asked.limit)
    )


@router.get(
    "/api/changes/findings", response_model=pages.FindingChanges, responses=told("finding_changes", 410)
)
async def list_finding_changes(request: Request, asked: Annotated[AskedChanges, Query()]) -> Response:
    """The same of the findings of the audit."""
    return await answered(
        request, lambda question: changes_page(question, "findings", asked.cursor, asked.limit)
    )


@router.get("/api/facets", response_model=pages.FacetsAnswer, responses=told("facets"))
async def facets(request: Request) -> Response:
    """The values by which facts can be filtered, with how many facts have each."""
    return await answered(request, facets_answer)


@router.get("/api/status", response_model=pages.StatusAnswer, responses=told("status"))
async def status(request: Request) -> Response:
    """What is served, how new it is, how much of it there is."""
    checked = request.app.state.shelf.checked
    state = format(int(checked.timestamp()), "x") if checked else ""
    return await answered(request, lambda question: status_answer(question, checked), state=state)
