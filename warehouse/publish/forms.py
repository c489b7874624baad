"""Rows as bytes: CSV, JSON Lines and GeoJSON, some rows at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rows(Protocol):
    """What rows are asked of."""

    def columns(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        """The names of the columns that a query gives."""

    def chunks(self, sql: str, values: Sequence[object] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query, so many at a time."""


def as_jsonl(rows: Rows, select: str, values: Sequence[object], record: str) -> Iterator[bytes]:
    """JSON Lines of the column `record`, which holds JSON."""
    for chunk in rows.chunks(f"SELECT {record} FROM ({select})", values):
        yield "".join(f"{line}\n" for (line,) in chunk).encode()


def as_csv(rows: Rows, select: str, values: Sequence[object], record: str) -> Iterator[bytes]:
    """CSV of all columns but `record`, with a header line."""
    columns = [name for name in rows.columns(select, values) if name != record]
    listed = ", ".join(f'"{name}"' for name in columns)
    yield _csv_lines([columns])
    for chunk in rows.chunks(f"SELECT {listed} FROM ({select})", values):
        yield _csv_lines([[cell(value) for value in row] for row in chunk])


def _csv_lines(rows: Sequence[Sequence[object]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def cell(value: Any) -> object:
    """A value as a cell: lists of words joined by ` | `, times in ISO 8601, and no words that a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = " | ".join(value)
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    elif hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def as_geojson(rows: Rows, select: str, values: Sequence[object], record: str) -> Iterator[bytes]:
    """A feature for each row that has a place on the map, at the first of its places; `record` are its properties."""
    found = f"SELECT longitude, latitude, {record} FROM ({select}) WHERE latitude IS NOT NULL"
    yield b'{"type":"FeatureCollection","features":['
    first = True
    for chunk in rows.chunks(found, values):
        features = (
            f'{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{json.dumps(longitude)},'
            f'{json.dumps(latitude)}]}},"properties":{properties}}}'
            for longitude, latitude, properties in chunk
        )
        yield (("" if first else ",") + ",".join(features)).encode()
        first = False
    yield b"]}\n"
