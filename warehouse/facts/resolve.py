"""Resolution: events of many articles become facts. Only blocks in which something changed are played again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.facts.kinds import LIKENESS
from warehouse.facts.statement import Statement, statement_from_row
from warehouse.facts.summary import Summary, summarise
from warehouse.facts.timeline import Membership, Version, play
from warehouse.transaction import registered, transaction

if TYPE_CHECKING:
    import pyarrow as pa

# What is said now differs from what was resolved: events that are new, or whose time or origin changed, and ended ones.
CHANGED = """
SELECT said.* FROM event_said AS said
LEFT JOIN statement ON statement.event_id = said.event_id AND statement.event_version = said.event_version
    AND statement.said_from = said.said_from AND statement.said_until IS NOT DISTINCT FROM said.said_until
    AND statement.origin_id = said.origin_id
WHERE statement.event_id IS NULL
"""
GONE = """
SELECT DISTINCT statement.block FROM statement
LEFT JOIN event_said AS said ON said.event_id = statement.event_id AND said.event_version = statement.event_version
    AND said.said_from = statement.said_from AND said.said_until IS NOT DISTINCT FROM statement.said_until
    AND said.origin_id = statement.origin_id
WHERE said.event_id IS NULL
"""
OF_BLOCKS = """
SELECT said.* FROM event_said AS said
JOIN statement USING (event_id, event_version)
WHERE statement.block IN (SELECT block FROM affected_block)
"""


@dataclass(frozen=True)
class Resolution:
    """What resolving did: blocks played again, statements in them, and how many facts there are now in all."""

    blocks: int
    statements: int
    facts: int


def resolve(connection: duckdb.DuckDBPyConnection) -> Resolution:
    """Bring facts up to date with the events, in one transaction."""
    changed = _statements(connection, CHANGED)
    blocks = {block for (block,) in connection.execute(GONE).fetchall()}
    block_of = {each.key: LIKENESS[each.kind].block(each) for each in changed}
    blocks.update(block_of.values())
    played = 0
    if blocks:
        with transaction(connection):
            played = _resolve_blocks(connection, changed, block_of, sorted(blocks))
    (facts,) = connection.execute("SELECT count(*) FROM fact WHERE said_until IS NULL").fetchall()[0]
    return Resolution(len(blocks), played, facts)


def _resolve_blocks(
    connection: duckdb.DuckDBPyConnection,
    changed: Sequence[Statement],
    block_of: dict[tuple[str, int], str],
    blocks: Sequence[str],
) -> int:
    """Play blocks again and write what came of it; how many statements they hold."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    with registered(connection, {"affected_block": rows.block_table(blocks)}):
        _record_statements(connection, changed, block_of)
        by_block: dict[str, list[Statement]] = defaultdict(list)
        names = {
            (event_id, version): block
            for event_id, version, block in connection.execute(
                "SELECT event_id, event_version, block FROM statement "
                "WHERE block IN (SELECT block FROM affected_block)"
            ).fetchall()
        }
        for statement in _statements(connection, OF_BLOCKS):
            by_block[names[statement.key]].append(statement)
        facts: list[tuple[str, Version, Summary]] = []
        members: list[tuple[str, Membership]] = []
        for block in sorted(by_block):
            seen: dict[tuple[str, int], Membership] = {}
            for version in play(by_block[block]):
                facts.append((block, version, summarise(version)))
                seen.update((member.statement.key, member) for member in version.members)
            members += [(block, member) for member in seen.values()]
        for table in ("fact", "fact_member"):
            connection.execute(f"DELETE FROM {table} WHERE block IN (SELECT block FROM affected_block)")
        _insert(connection, "fact", rows.fact_table(facts))
        _insert(connection, "fact_member", rows.member_table(members))
    return sum(map(len, by_block.values()))


def _record_statements(
    connection: duckdb.DuckDBPyConnection, changed: Iterable[Statement], block_of: dict[tuple[str, int], str]
) -> None:
    """Make the table of statements what is said now, in these blocks."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    connection.execute(
        """
        DELETE FROM statement WHERE block IN (SELECT block FROM affected_block) AND NOT EXISTS (
            SELECT 1 FROM event_said AS said
            WHERE said.event_id = statement.event_id AND said.event_version = statement.event_version
                AND said.said_from = statement.said_from
                AND said.said_until IS NOT DISTINCT FROM statement.said_until
                AND said.origin_id = statement.origin_id
        )
        """
    )
    _insert(connection, "statement", rows.statement_table([(block_of[each.key], each) for each in changed]))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, content: pa.Table) -> None:
    with registered(connection, {"incoming_rows": content}):
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_rows")


def _statements(connection: duckdb.DuckDBPyConnection, sql: str) -> list[Statement]:
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    found: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [statement_from_row(row) for row in found]


__all__ = ["Resolution", "resolve"]
