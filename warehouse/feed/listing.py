"""Lists of records, a page at a time, in every form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import urlencode

from fastapi import Request, Response

from warehouse.feed.answering import Stream, answered
from warehouse.feed.asked import LONGEST_PAGE, Asked
from warehouse.feed.conditions import Condition
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
    placed = [after(order, listing.row_id, boundary)] if boundary else []
    ordered = f"ORDER BY {order.column} DESC NULLS LAST, {listing.row_id} DESC"
    if form == "json":
        total, found = _found(
            question, listing, order, conditions, placed, f"{ordered} LIMIT {asked.limit + 1}"
        )
        following = encode(name, found[asked.limit - 1].boundary) if len(found) > asked.limit else None
        records = _records(question, listing, [row.place for row in found[: asked.limit]])
        return json_page(question.snapshot.manifest.id, records, total, following)
    where, values = _where([*conditions, *placed]), _values([*conditions, *placed])
    ends = question.tuples(
        f"SELECT {order.column}, {listing.row_id} FROM {listing.table} WHERE {where} {ordered} "
        f"LIMIT 2 OFFSET {asked.limit - 1}",
        values,
    )
    headers: tuple[tuple[str, str], ...] = ()
    if len(ends) == 2:
        following = _next_address(request, encode(name, Boundary(*ends[0])))
        headers = (("Link", f'<{following}>; rel="next"'),)
    select = f"SELECT {', '.join(listing.columns)} FROM {listing.table} WHERE {where} {ordered} LIMIT {asked.limit}"
    return table_answer(question, form, select, values, headers=headers)


class _Found(NamedTuple):
    boundary: Boundary
    place: int


def _found(
    question: Question,
    listing: Listing,
    order: Order,
    conditions: Sequence[Condition],
    placed: Sequence[Condition],
    ends: str,
) -> tuple[int, list[_Found]]:
    """How many rows meet the conditions, and where those of the page lie."""
    chosen = f"{order.column}, {listing.row_id}, rowid"
    if not conditions:  # the first page of all reads next to nothing
        total = question.value(f"SELECT count(*) FROM {listing.table}")
        rows = question.tuples(
            f"SELECT {chosen} FROM {listing.table} WHERE {_where(placed)} {ends}", _values(placed)
        )
    else:
        rows = question.tuples(
            f"""WITH met AS MATERIALIZED (SELECT {chosen} AS place FROM {listing.table} WHERE {_where(conditions)})
            SELECT * FROM (SELECT *, 0 AS total FROM met WHERE {_where(placed)} {ends})
            UNION ALL SELECT NULL, NULL, NULL, count(*) FROM met""",
            [*_values(conditions), *_values(placed)],
        )
        ((total,),) = (row[3:] for row in rows if row[2] is None)
        rows = [row[:3] for row in rows if row[2] is not None]
    return total, [_Found(Boundary(key, row_id), place) for key, row_id, place in rows]


def _records(question: Question, listing: Listing, places: Sequence[int]) -> list[str]:
    """The records at these places: most of the table is never read."""
    if not places:
        return []
    numbers = ", ".join(map(str, places))
    by_place = dict(question.tuples(f"SELECT rowid, record FROM {listing.table} WHERE rowid IN ({numbers})"))
    return [by_place[place] for place in places]


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
