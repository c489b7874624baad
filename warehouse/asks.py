"""What was asked of sources: the state that makes the next ask cheap, and all that ever came."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import duckdb

from schemas import Ask
from warehouse.transaction import registered, transaction

COLUMNS = tuple(Ask.model_fields)
TIMES = ("asked", "not_before")

REPLACE = (
    "DELETE FROM ask USING incoming_ask AS incoming "
    "WHERE ask.source = incoming.source AND ask.address = incoming.address",
    f"INSERT INTO ask BY NAME SELECT {', '.join(COLUMNS)} FROM incoming_ask ORDER BY source, address",
    """
    INSERT INTO document BY NAME
    SELECT source, address, digest, content_type, asked AS received FROM incoming_ask AS incoming
    WHERE digest IS NOT NULL AND asked IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM document AS kept
        WHERE kept.source = incoming.source AND kept.address = incoming.address AND kept.digest = incoming.digest
    ) ORDER BY source, address
    """,
)


def record_asks(connection: duckdb.DuckDBPyConnection, asks: Sequence[Ask]) -> None:
    """Write asks in place of what was recorded of their addresses before; of one address twice the last counts."""
    if not asks:
        return
    import pyarrow as pa  # noqa: PLC0415 - loaded by writers alone

    from warehouse.rows import ASK_SCHEMA  # noqa: PLC0415

    last = {(ask.source, ask.address): ask for ask in asks}
    table = pa.Table.from_pylist([_utc(ask.model_dump()) for ask in last.values()], ASK_SCHEMA)
    with registered(connection, {"incoming_ask": table}), transaction(connection):
        for statement in REPLACE:
            connection.execute(statement)


def recorded_asks(connection: duckdb.DuckDBPyConnection, source: str) -> list[Ask]:
    """All that is known of a source's addresses, by address, times in UTC."""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM ask WHERE source = ? ORDER BY address", [source]
    ).fetchall()
    return [Ask.model_validate(_utc(dict(zip(COLUMNS, row, strict=True)))) for row in rows]


def _utc(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: row[name] and row[name].astimezone(datetime.UTC) for name in TIMES}
