"""The forms in which a list can be had besides JSON: CSV, JSON Lines, Parquet and GeoJSON."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import Literal

from warehouse.feed.answering import STREAM_PATIENCE, Stream
from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer, Snapshot
from warehouse.publish.forms import Rows, as_csv, as_geojson, as_jsonl

Form = Literal["json", "csv", "jsonl", "parquet", "geojson"]
MEDIA_TYPES: dict[Form, str] = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
}
# What else readers ask for, and which form they mean.
ASKED_FOR: dict[str, Form] = {
    "application/json": "json",
    "application/*": "json",
    "*/*": "json",
    "text/csv": "csv",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/jsonlines": "jsonl",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
    "application/geo+json": "geojson",
}


def form_wanted(accept: str | None, suffix: Form | None, offered: Sequence[Form]) -> Form:
    """The form that the suffix of the address says, else the first of the `Accept` header that is offered.

    Raises HTTPException 406 where the header names only what is not offered.
    """
    if suffix is not None:
        return suffix
    if not accept:
        return "json"
    wishes = []
    for position, each in enumerate(accept.split(",")):
        media, *parameters = (part.strip().lower() for part in each.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            wishes.append((-float(weight), position, media))
        except ValueError:
            wishes.append((0.0, position, media))
    for weight_below, _, media in sorted(wishes):
        form = ASKED_FOR.get(media)
        if weight_below < 0 and form is not None and form in offered:
            return form
    listed = ", ".join(MEDIA_TYPES[form].partition(";")[0] for form in offered)
    raise refusal(HTTPStatus.NOT_ACCEPTABLE, f"Accept: none of it can be had here; ask for {listed}")


def table_answer(
    question: Question,
    form: Form,
    select: str,
    values: Sequence[object],
    *,
    record: str = "record",
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer | Stream:
    """The rows of a query in a form other than JSON. `record` is the column that holds a row's JSON.

    CSV and GeoJSON leave that column out; JSON Lines has it alone.
    """
    snapshot, seconds = question.snapshot, question.seconds * STREAM_PATIENCE
    if form == "parquet":
        return Answer(_parquet(question, select, values), MEDIA_TYPES[form], headers)
    make = {"csv": as_csv, "jsonl": as_jsonl, "geojson": as_geojson}[form]
    return Stream(_stream(make, snapshot, seconds, select, values, record), MEDIA_TYPES[form], headers)


def _parquet(question: Question, select: str, values: Sequence[object]) -> bytes:
    import pyarrow.parquet as pq  # noqa: PLC0415 - few readers ask for it

    out = io.BytesIO()
    pq.write_table(question.table(select, values), out, compression="zstd")
    return out.getvalue()


def _stream(
    make: Callable[[Rows, str, Sequence[object], str], Iterator[bytes]],
    snapshot: Snapshot,
    seconds: float,
    select: str,
    values: Sequence[object],
    record: str,
) -> Iterator[bytes]:
    """What `make` makes of the rows, with a question of its own: the first has ended when bytes begin to flow."""
    with Question(snapshot, seconds) as question:
        yield from make(question, select, values, record)
