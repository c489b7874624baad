"""A published view written out without a server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.connect import connect
from warehouse.errors import WarehouseError
from warehouse.publish.changes import FACT_CHANGES
from warehouse.publish.folder import DATABASE, lease_current
from warehouse.publish.forms import as_csv, as_geojson, as_jsonl
from warehouse.publish.views import published_views

FORMS = ("parquet", "csv", "jsonl", "geojson", "atom")
# Views that have records beside their columns, and the table that holds them.
RECORDED = {
    "facts": "feed.fact",
    "events": "feed.event",
    "articles": "feed.article",
    "findings": "feed.finding",
}
ON_THE_MAP = ("facts", "events")
# Views of the feed that are no view of the warehouse.
FURTHER = {"events": "SELECT * EXCLUDE (search) FROM feed.event", "changes": FACT_CHANGES}
CHUNK = 1 << 20
FETCHED = 1_000
ENTRIES = 100


class _Reader:
    """A snapshot's rows, some at a time."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def columns(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        cursor = self._connection.execute(f"SELECT * FROM ({sql}) LIMIT 0", list(values))
        return [column[0] for column in cursor.description or ()]

    def chunks(self, sql: str, values: Sequence[object] = ()) -> Iterator[list[tuple[Any, ...]]]:
        cursor = self._connection.execute(sql, list(values))
        while rows := cursor.fetchmany(FETCHED):
            yield rows


def exportable_views() -> list[str]:
    """The names of all views that can be exported."""
    return sorted({*published_views(), *FURTHER})


def export(folder: Path, view: str, form: str) -> Iterator[bytes]:
    """The bytes of a view of the snapshot published in `folder`; that snapshot stays until the last of them.

    JSON Lines hold the records of the feed where the view has them, else an object for each row; GeoJSON has facts and
    events, Atom the facts last reported. Raises NothingPublished, and WarehouseError for a view that has no such form.
    """
    if view not in exportable_views():
        raise WarehouseError(f"there is no view {view!r}; views are {', '.join(exportable_views())}")
    if form not in FORMS:
        raise WarehouseError(f"there is no form {form!r}; forms are {', '.join(FORMS)}")
    if (form == "geojson" and view not in ON_THE_MAP) or (form == "atom" and view != "facts"):
        allowed = ", ".join(ON_THE_MAP) if form == "geojson" else "facts"
        raise WarehouseError(f"{view}: cannot be exported as {form}, which is for {allowed}")
    if form == "parquet" and view == "events":
        raise WarehouseError(
            "events: as Parquet they are one view a kind, attack_counts and so on; export one of these"
        )
    with lease_current(folder) as lease:
        if form == "parquet":
            yield from _pieces(lease.version / f"{view}.parquet")
            return
        connection = connect(lease.version / DATABASE, read_only=True, deadline=0.0, wait_seconds=0.0)
        try:
            yield from _made(_Reader(connection), view, form)
        finally:
            connection.close()


def _made(reader: _Reader, view: str, form: str) -> Iterator[bytes]:
    if form == "atom":
        yield _atom(reader)
    elif form == "geojson":
        yield from as_geojson(reader, f"FROM {RECORDED[view]}", (), "record")
    elif form == "jsonl" and view in RECORDED:
        yield from as_jsonl(reader, f"FROM {RECORDED[view]}", (), "record")
    else:
        named = published_views().get(view) or FURTHER[view]
        rows = f"SELECT * FROM ({named}) ORDER BY ALL"
        if form == "jsonl":
            rows = f"SELECT to_json(each)::VARCHAR AS record FROM ({rows}) AS each"
            yield from as_jsonl(reader, rows, (), "record")
        else:
            yield from as_csv(reader, rows, (), "record")


def _atom(reader: _Reader) -> bytes:
    from warehouse.feed.syndication import atom_document  # noqa: PLC0415 - brings the web framework

    newest = f"SELECT record FROM feed.fact ORDER BY last_reported DESC, fact_id DESC LIMIT {ENTRIES}"
    records = [json.loads(record) for chunk in reader.chunks(newest) for (record,) in chunk]
    return atom_document(records, None, "")


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
