"""The addresses of the pages. They are no part of the API that OpenAPI describes."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import HTTPException
from fastapi.staticfiles import StaticFiles

from warehouse.feed.conditions import together
from warehouse.feed.listing import records_page
from warehouse.feed.page.aid import aid
from warehouse.feed.page.asked import Wanted
from warehouse.feed.page.audit import finding_row, gravest, severities
from warehouse.feed.page.behind import behind
from warehouse.feed.page.detail import article_page, fact_page
from warehouse.feed.page.drones import drones
from warehouse.feed.page.language import Texts
from warehouse.feed.page.meetings import matrix
from warehouse.feed.page.rendering import STATIC, missing_page, page, templates
from warehouse.feed.page.strikes import strikes
from warehouse.feed.page.telling import fact_row
from warehouse.feed.problems import problem
from warehouse.feed.question import Question
from warehouse.feed.routes import FACTS, FINDINGS

OVERVIEW_FACTS = 12
OVERVIEW_FINDINGS = 5
OVERVIEW_SIDES = 9
ALL_COUNTS = """
SELECT name, value, facts FROM feed.facet WHERE name IN ('kind', 'status') ORDER BY name, facts DESC, value
"""
COUNTS = """
WITH met AS (SELECT kind, status FROM feed.fact WHERE {where})
SELECT * FROM (
    SELECT 'kind' AS name, kind AS value, count(*) AS facts FROM met GROUP BY kind
    UNION ALL SELECT 'status', status, count(*) FROM met GROUP BY status
) ORDER BY name, facts DESC, value
"""

router = APIRouter(include_in_schema=False, default_response_class=Response)


@router.get("/")
async def overview(request: Request) -> Response:
    """Everything at a glance."""

    def build(question: Question, wanted: Wanted, texts: Texts) -> Mapping[str, Any]:
        return {
            "counts": _counts(question, wanted),
            "latest": _facts(request, question, wanted, texts, limit=OVERVIEW_FACTS),
            "drones": drones(question, wanted, texts, most=2),
            "aid": aid(question, wanted, texts),
            "matrix": matrix(question, wanted, texts, most=OVERVIEW_SIDES),
            "strikes": strikes(question, wanted, texts),
            "findings": gravest(question, OVERVIEW_FINDINGS, texts),
            "severities": severities(question, wanted, texts),
        }

    return await page(request, "overview.html", build)


@router.get("/facts")
async def facts(request: Request) -> Response:
    """The facts, those last reported first."""

    def build(question: Question, wanted: Wanted, texts: Texts) -> Mapping[str, Any]:
        order = "when" if wanted.first("series") else "last_reported"
        latest = _facts(request, question, wanted, texts, order=order)
        return {"latest": latest, "behind": behind(question, wanted, latest["rows"], texts)}

    return await page(request, "facts.html", build)


@router.get("/facts/{fact_id}")
async def one_fact(request: Request, fact_id: str) -> Response:
    """A fact with the words it rests on."""
    return await page(request, "fact.html", lambda question, _, texts: fact_page(question, fact_id, texts))


@router.get("/articles/{article_id}")
async def one_article(request: Request, article_id: str) -> Response:
    """An article with what was read in it."""
    return await page(
        request, "article.html", lambda question, _, texts: article_page(question, article_id, texts)
    )


@router.get("/drones")
async def drones_over_time(request: Request) -> Response:
    """Drones launched and intercepted."""
    return await page(
        request, "drones.html", lambda question, wanted, texts: {"drones": drones(question, wanted, texts)}
    )


@router.get("/aid")
async def aid_by_donor(request: Request) -> Response:
    """Aid by month and donor."""
    return await page(
        request, "aid.html", lambda question, wanted, texts: {"aid": aid(question, wanted, texts)}
    )


@router.get("/meetings")
async def who_met(request: Request) -> Response:
    """Meetings as a matrix and a timeline."""

    def build(question: Question, wanted: Wanted, texts: Texts) -> Mapping[str, Any]:
        timeline = _facts(request, question, wanted, texts, kind="meeting", order="when")
        return {
            "matrix": matrix(question, wanted, texts),
            "latest": timeline,
            "months": _by_month(timeline["rows"]),
        }

    return await page(request, "meetings.html", build)


@router.get("/strikes")
async def strikes_by_place(request: Request) -> Response:
    """Strikes on a map."""

    def build(question: Question, wanted: Wanted, texts: Texts) -> Mapping[str, Any]:
        return {
            "strikes": strikes(question, wanted, texts),
            "latest": _facts(request, question, wanted, texts, kind="strike"),
        }

    return await page(request, "strikes.html", build)


@router.get("/audit")
async def audit(request: Request) -> Response:
    """What the audit found."""

    def build(question: Question, wanted: Wanted, texts: Texts) -> Mapping[str, Any]:
        found = records_page(request, question, FINDINGS, wanted.findings())
        rows = [finding_row(each, texts) for each in found["data"]]
        return {
            "findings": rows,
            "total": found["total"],
            "next": found["next"],
            "severities": severities(question, wanted, texts),
        }

    return await page(request, "audit.html", build)


def _facts(
    request: Request, question: Question, wanted: Wanted, texts: Texts, **fixed: Any
) -> dict[str, Any]:
    found = records_page(request, question, FACTS, wanted.facts(**fixed))
    rows = [fact_row(each, texts) for each in found["data"]]
    return {"rows": rows, "total": found["total"], "next": found["next"]}


def _counts(question: Question, wanted: Wanted) -> list[tuple[Any, ...]]:
    """How many of the facts that are asked for are of each kind and status."""
    where, values = together(wanted.facts().conditions())
    return question.tuples(COUNTS.format(where=where), values) if values else question.tuples(ALL_COUNTS)


def _by_month(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Rows in their order, by the month of their last day; those without a day come last and have none."""
    months: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        months.setdefault(row["month"], []).append(row)
    return list(months.items())


class _Kept(StaticFiles):
    """Static files that browsers keep where their address changes with them, and ask about again where it does not."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        named_after_content = bool(scope.get("query_string"))
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if named_after_content else "no-cache"
        )
        return response


def add_pages(app: FastAPI) -> None:
    """Let the application serve the pages, and answer browsers with a page where there is nothing."""
    templates()
    app.include_router(router)
    app.mount("/static", _Kept(directory=STATIC))

    @app.exception_handler(404)
    async def unknown(request: Request, error: Exception) -> Response:
        detail = error.detail if isinstance(error, HTTPException) else ""
        if not detail or detail == "Not Found":
            detail = f"there is nothing at {request.url.path}; /api/openapi.json lists what there is"
        wants_page = "text/html" in request.headers.get("accept", "")
        if wants_page and not request.url.path.startswith(("/api", "/static", "/feed")):
            return missing_page(request, detail)
        return problem(404, detail)
