"""Lists of records, a page at a time, in every form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from warehouse.feed.answering import Stream, answered
from warehouse.feed.asked import LONGEST_PAGE, Asked, Condition
from warehouse.feed.formats import Form, form_wanted, table_answer
from warehouse.feed.paging import Boundary, Order, after, decode, encode
from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer


@dataclass(frozen=True)
class Listing:
    """A list: its table, the column of ids, the orders it has (the first is the default), its columns in tables."""

    table: str
    row_id: str
    orders: dict[str, Order]
    columns: tuple[str, ...]
    forms: tuple[Form, ...] = ("json", "csv", "jsonl", "parquet")
    link_parameters: frozenset[str] = field(default_factory=frozenset)


async def listed(request: Request, listing: Listing, asked: Asked, suffix: Form | None) -> Response:
    """The response with a page of a list in the form that the request wants."""
    form = form_wanted(request.headers.get("accept"), suffix, listing.forms)
    if form == "json" and asked.limit > LONGEST_PAGE:
        raise refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"limit: at most {LONGEST_PAGE} records of JSON a page; go on with `next`, or ask for CSV, JSON Lines or Parquet",
        )
    name = getattr(asked, "order", next(iter(listing.orders)))
    order = listing.orders[name]
    boundary = decode(asked.cursor, name, order) if asked.cursor is not None else None
    return await answered(
        request,
        lambda question: _page(request, question, listing, asked, form, name, boundary),
        form=form,
    )


def _page(
    request: Request,
    question: Question,
    listing: Listing,
    asked: Asked,
    form: Form,
    name: str,
    boundary: Boundary | None,
) -> Answer | Stream:
    order = listing.orders[name]
    conditions = asked.conditions()
    if form == "geojson":
        conditions.append(("latitude IS NOT NULL", []))
    placed = [*conditions, after(order, listing.row_id, boundary)] if boundary else conditions
    ids = f"""SELECT {order.column} AS key, {listing.row_id} AS id, rowid AS place
        FROM {listing.table} WHERE {_where(placed)}
        ORDER BY {order.column} DESC NULLS LAST, {listing.row_id} DESC LIMIT {asked.limit + 1}"""
    found = question.tuples(ids, _values(placed))
    more = len(found) > asked.limit
    found = found[: asked.limit]
    following = encode(name, Boundary(*found[-1][:2])) if more else None
    places = [place for _, _, place in found]
    if form == "json":
        # Records are fetched by their places: most of what a page is chosen from is never read.
        records = question.tuples(
            f"SELECT rowid, record FROM {listing.table} WHERE rowid IN (SELECT unnest(?::BIGINT[]))", [places]
        )
        by_place = dict(records)
        total = question.value(
            f"SELECT count(*) FROM {listing.table} WHERE {_where(conditions)}", _values(conditions)
        )
        return json_page(
            question.snapshot.manifest.id, [by_place[place] for place in places], total, following
        )
    headers = (("Link", f'<{_next_address(request, following)}>; rel="next"'),) if following else ()
    select = f"""SELECT {", ".join(listing.columns)} FROM {listing.table}
        WHERE rowid IN (SELECT unnest(?::BIGINT[]))
        ORDER BY {order.column} DESC NULLS LAST, {listing.row_id} DESC"""
    return table_answer(question, form, select, [places], headers=headers)


def json_page(snapshot: str, records: Sequence[str], total: int, following: str | None) -> Answer:
    """A page of records that are JSON already."""
    ends = f'"{following}"' if following else "null"
    body = f'{{"snapshot":"{snapshot}","total":{total},"next":{ends},"data":[{",".join(records)}]}}'
    return Answer(body.encode(), "application/json")


def _where(conditions: Sequence[Condition]) -> str:
    return " AND ".join(condition for condition, _ in conditions) or "true"


def _values(conditions: Sequence[Condition]) -> list[object]:
    return [value for _, values in conditions for value in values]


def _next_address(request: Request, cursor: str) -> str:
    """The address of the next page, without the host: behind a proxy we do not know it."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"


def records_page(request: Request, question: Question, listing: Listing, asked: Asked) -> dict[str, Any]:
    """A page of a list as values: `data`, `total` and `next`, as its JSON has them."""
    name = getattr(asked, "order", next(iter(listing.orders)))
    boundary = decode(asked.cursor, name, listing.orders[name]) if asked.cursor is not None else None
    answer = _page(request, question, listing, asked, "json", name, boundary)
    assert isinstance(answer, Answer)
    page: dict[str, Any] = json.loads(answer.body)
    return page
