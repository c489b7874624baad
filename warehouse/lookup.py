"""One event with the article that states it, by its id or the beginning of it."""

from __future__ import annotations

from typing import Any

import duckdb

from schemas import Article, EventBase
from warehouse.errors import AmbiguousEvent, AmbiguousFact
from warehouse.restore import article_from_row, event_from_row

SHORTEST_PREFIX = 4
CANDIDATES_SHOWN = 10


def find_event(connection: duckdb.DuckDBPyConnection, wanted: str) -> tuple[Article, EventBase] | None:
    """The current event with the id `wanted`, or the only one whose id begins so; `None` where there is none.

    Raises AmbiguousEvent (a LookupError) where `wanted` fits several events, or is no whole id and shorter
    than four characters.
    """
    event_id = whole_id(connection, wanted, "event", "believed_until IS NULL", AmbiguousEvent)
    if event_id is None:
        return None
    (event,) = fetched(
        connection,
        """
        SELECT event.* REPLACE (reading.extractor_version AS extractor_version)
        FROM event JOIN reading ON reading.article_id = event.article_id AND reading.believed_until IS NULL
        WHERE event.id = ? AND event.believed_until IS NULL
        """,
        [event_id],
    )
    (article,) = fetched(
        connection,
        "SELECT * FROM article WHERE id = ? AND version = ?",
        [event["article_id"], event["article_version"]],
    )
    evidence = fetched(
        connection,
        """
        SELECT part, "start", "end", "text" FROM evidence
        WHERE event_id = ? AND event_version = ? ORDER BY ordinal
        """,
        [event_id, event["version"]],
    )
    return article_from_row(article), event_from_row(event, evidence)


def whole_id(
    connection: duckdb.DuckDBPyConnection,
    wanted: str,
    table: str,
    condition: str,
    refused: type[AmbiguousEvent] | type[AmbiguousFact],
) -> str | None:
    """The id of a row of `table` under a condition that `wanted` is, or is the beginning of; `None` for none.

    Raises `refused` where `wanted` fits several, or is no whole id and shorter than four characters.
    """
    found: list[str] = [
        name
        for (name,) in connection.execute(
            f"""
            SELECT DISTINCT id FROM {table} WHERE {condition} AND starts_with(id, ?)
            ORDER BY id <> ?, id LIMIT {CANDIDATES_SHOWN + 1}
            """,
            [wanted, wanted],
        ).fetchall()
    ]
    if not found or found[0] == wanted:
        return wanted if found else None
    if len(wanted) < SHORTEST_PREFIX:
        raise refused(f"{table} id {wanted!r} is too short; give at least {SHORTEST_PREFIX} characters of it")
    if len(found) > 1:
        listed = ", ".join(found[:CANDIDATES_SHOWN]) + (", …" if len(found) > CANDIDATES_SHOWN else "")
        raise refused(f"{table} id {wanted!r} fits several {table}s: {listed}; give more characters of it")
    return found[0]


def fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | dict[str, Any]
) -> list[dict[str, Any]]:
    """The rows of a query, by column."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
