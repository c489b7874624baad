"""What resolution must know of: what changed since the last one, what may be compared with it, and the facts it touches.

Each query names the statements it wants, so that its answer follows what is new and what lies around it.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.facts.kinds import LIKENESS
from warehouse.facts.statement import COLUMNS, Key, Statement, statement_from_row
from warehouse.facts.ties import Tie
from warehouse.transaction import registered

# How what is said now differs from what was resolved: rows that are new or whose time or origin changed, and ended ones.
DIFFERENCE = """
CREATE OR REPLACE TEMP TABLE difference AS
SELECT coalesce(said.event_id, statement.event_id) AS event_id,
    coalesce(said.event_version, statement.event_version) AS event_version,
    said.origin_id, said.said_from, said.said_until,
    said.event_id IS NOT NULL AS is_said, statement.event_id IS NOT NULL AS was_resolved
FROM event_said AS said
FULL JOIN statement ON statement.event_id = said.event_id AND statement.event_version = said.event_version
WHERE said.event_id IS NULL OR statement.event_id IS NULL OR statement.origin_id <> said.origin_id
    OR statement.said_from <> said.said_from OR statement.said_until IS DISTINCT FROM said.said_until
"""
OF_STATEMENT = ("event_id", "event_version", "origin_id", "said_from", "said_until")
SELECTED = ", ".join(
    f"{'statement' if name in OF_STATEMENT else 'event'}.{name}" for name in COLUMNS
)  # what changes with time and load is read from the table of statements, the rest from the event itself
WITH_EVENT = "JOIN event ON event.id = statement.event_id AND event.version = statement.event_version"
FRESH = f"SELECT {SELECTED} FROM difference AS statement {WITH_EVENT} WHERE is_said"
GONE = "SELECT event_id, event_version FROM difference WHERE was_resolved"
# Those about to be resolved are at hand already.
REACHED = f"""
SELECT statement.block, member.strength, {SELECTED} FROM statement
JOIN reach ON reach.block = statement.block AND reach.is_dated = statement.is_dated
    AND statement.day BETWEEN reach.first AND reach.last
JOIN fact_member AS member
    ON member.event_id = statement.event_id AND member.event_version = statement.event_version
{WITH_EVENT}
WHERE NOT EXISTS (
    SELECT 1 FROM difference
    WHERE difference.event_id = statement.event_id AND difference.event_version = statement.event_version
)
"""
TIED_TO_GONE = f"""
SELECT statement.block, member.strength, {SELECTED} FROM statement
JOIN fact_member AS member
    ON member.event_id = statement.event_id AND member.event_version = statement.event_version
{WITH_EVENT}
WHERE EXISTS (
    SELECT 1 FROM difference
    WHERE was_resolved AND difference.event_id = tied_to AND difference.event_version = tied_version
) AND NOT EXISTS (
    SELECT 1 FROM difference
    WHERE difference.event_id = statement.event_id AND difference.event_version = statement.event_version
)
"""
# Facts that the ids of founders tie together are touched together: a fact's id is free again once it has ended.
TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
WITH RECURSIVE found(fact_id) AS (
    SELECT fact_id FROM fact_member AS member JOIN named USING (event_id, event_version)
    UNION
    SELECT fact_id FROM fact_member JOIN named USING (event_id) WHERE fact_member.tied_to IS NULL AND named.founds
    UNION
    SELECT other.fact_id FROM found
    JOIN fact_member AS founder ON founder.fact_id = found.fact_id AND founder.tied_to IS NULL
    JOIN fact_member AS other ON other.event_id = founder.event_id AND other.tied_to IS NULL
)
SELECT DISTINCT fact_id FROM found
"""
OLD_MEMBERS = "SELECT {columns} FROM fact_member JOIN touched USING (fact_id)"
STATEMENTS_OF_TOUCHED = f"""
SELECT {SELECTED} FROM fact_member AS member JOIN touched USING (fact_id)
JOIN statement ON statement.event_id = member.event_id AND statement.event_version = member.event_version
{WITH_EVENT}
WHERE statement.said_until IS NULL OR statement.said_until > statement.said_from
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """A statement in its block, with the strength of the bond by which it was resolved before."""

    block: str
    statement: Statement
    strength: float


def block_of(statement: Statement) -> str:
    """The block in which a statement is compared."""
    return LIKENESS[statement.kind].block(statement)


def changes(connection: duckdb.DuckDBPyConnection) -> tuple[list[Statement], set[Key]]:
    """The statements that are new or said otherwise, and the keys of those that were resolved as they are no more."""
    connection.execute(DIFFERENCE)
    fresh = [statement_from_row(row) for row in connection.execute(FRESH).fetchall()]
    return fresh, set(connection.execute(GONE).fetchall())


def reached(connection: duckdb.DuckDBPyConnection, of: Iterable[tuple[str, Statement]]) -> list[Placed]:
    """What was resolved before, has not changed, and may be compared with these statements."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    spans: dict[tuple[str, bool], list[tuple[datetime.date, datetime.date]]] = defaultdict(list)
    for block, statement in of:
        for is_dated, first, last in LIKENESS[statement.kind].reach(statement):
            spans[block, is_dated].append((first, last))
    if not spans:
        return []
    with registered(connection, {"reach": rows.reach_table(_united(spans))}):
        return _placed(connection, REACHED)


def _united(
    spans: dict[tuple[str, bool], list[tuple[datetime.date, datetime.date]]],
) -> list[tuple[str, bool, datetime.date, datetime.date]]:
    """The same days in spans that do not overlap."""
    united = []
    for (block, is_dated), given in sorted(spans.items()):
        begin, end = None, None
        for first, last in sorted(set(given)):
            if begin is None or end is None or first > end:
                if begin and end:
                    united.append((block, is_dated, begin, end))
                begin, end = first, last
            else:
                end = max(end, last)
        if begin and end:
            united.append((block, is_dated, begin, end))
    return united


def tied_to_gone(connection: duckdb.DuckDBPyConnection) -> list[Placed]:
    """The unchanged statements whose strongest bond led to one that is said otherwise now, or no more."""
    return _placed(connection, TIED_TO_GONE)


def _placed(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Placed]:
    return [
        Placed(block, statement_from_row(row), strength)
        for block, strength, *row in connection.execute(sql).fetchall()
    ]


def touched(
    connection: duckdb.DuckDBPyConnection, keys: Collection[Key], founders: Set[Key]
) -> tuple[dict[Key, tuple[Any, ...]], list[Statement]]:
    """The facts of these statements, and those whose ids hang together with these founders'.

    Leaves their ids in the temporary table `touched`; returns their memberships as stored (rows of
    `rows.MEMBER_SCHEMA` by key), and their members that are still said.
    """
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    with registered(connection, {"named": rows.named_table(keys, founders)}):
        connection.execute(TOUCHED)
    columns = ", ".join(rows.MEMBER_SCHEMA.names)
    old = connection.execute(OLD_MEMBERS.format(columns=columns)).fetchall()
    key = slice(1, 3)
    members = [statement_from_row(row) for row in connection.execute(STATEMENTS_OF_TOUCHED).fetchall()]
    return {row[key]: row for row in old}, members


def tie_of(row: tuple[Any, ...]) -> Tie:
    """The tie of a row of `rows.MEMBER_SCHEMA`."""
    reason, tied_to, tied_version, strength = row[-4:]
    return Tie(None if tied_to is None else (tied_to, tied_version), strength, reason)


__all__ = ["Placed", "block_of", "changes", "reached", "tie_of", "tied_to_gone", "touched"]
