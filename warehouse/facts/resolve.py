"""Resolution: events of many articles become facts, at a cost that follows what is new.

To which statement a new one is tied depends on what was said before it alone. So a change decides anew the ties of the
statements that are new or said otherwise, of those tied to what is gone, and of later ones to which a new one is bound
as firmly as they are; then the facts of these are written again from the moment of the first difference on. The result
is, row by row, that of resolving everything from the beginning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse.derivation import code_version, is_derived_by, record_derivation
from warehouse.facts import loading
from warehouse.facts.statement import Key, Moment, Statement
from warehouse.facts.ties import Shelves, Tie, ties_among
from warehouse.facts.timeline import Version, memberships, versions
from warehouse.transaction import registered, transaction

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "facts"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Resolution:
    """What resolving did: statements new, said otherwise or gone; ties decided; and how many facts there are now in all."""

    changed: int
    decided: int
    facts: int


def resolve(connection: duckdb.DuckDBPyConnection) -> Resolution:
    """Bring facts up to date with the events, in one transaction."""
    with transaction(connection):
        version = code_version("facts")
        if not is_derived_by(connection, NAME, version):
            connection.execute("DELETE FROM statement; DELETE FROM fact; DELETE FROM fact_member")
            record_derivation(connection, NAME, version)
        fresh, gone = loading.changes(connection)
        changed = gone | {statement.key for statement in fresh}
        decided = _resolve(connection, fresh, gone) if changed else 0
        connection.execute("DROP TABLE difference")
    (facts,) = connection.execute("SELECT count(*) FROM fact WHERE said_until IS NULL").fetchall()[0]
    return Resolution(len(changed), decided, facts)


def _resolve(connection: duckdb.DuckDBPyConnection, fresh: Sequence[Statement], gone: set[Key]) -> int:
    """Take up what changed; how many ties were decided."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    placed = [(loading.block_of(statement), statement) for statement in fresh]
    said = [(block, statement) for block, statement in placed if statement.was_said]
    ties = _ties(connection, said, gone)
    _record(connection, rows.statement_table(placed))
    named = gone | ties.keys() | {tie.to for tie in ties.values() if tie.to}
    founders = {key for key, tie in ties.items() if tie.to is None}
    old, members = loading.touched(connection, named, founders)
    statements = {each.key: each for each in members} | {each.key: each for _, each in said}
    known = {key: loading.tie_of(row) for key, row in old.items() if key in statements} | ties
    joined = memberships(statements.values(), known)
    new = {member.statement.key: rows.member_row(member) for member in joined}
    since = _differences(old, new)
    by_fact: dict[str, list[Statement]] = defaultdict(list)
    for member in joined:
        if member.fact_id in since:
            by_fact[member.fact_id].append(member.statement)
    made = (v for name in sorted(by_fact) for v in versions(name, by_fact[name], since[name]))
    _write_members(connection, old, new)
    _write_facts(connection, since, made)
    connection.execute("DROP TABLE touched")
    return len(ties)


def _ties(
    connection: duckdb.DuckDBPyConnection, fresh: Sequence[tuple[str, Statement]], gone: Collection[Key]
) -> dict[Key, Tie]:
    """The ties of what is new and of all that it changes the ties of."""
    near = loading.reached(connection, fresh)
    shaken = _bound_as_firmly(fresh, near) + (loading.tied_to_gone(connection) if gone else [])
    wanted = {each.statement.key for each in shaken} | {statement.key for _, statement in fresh}
    near += loading.reached(connection, [(each.block, each.statement) for each in shaken])
    known = {each.statement.key: (each.block, each.statement) for each in (*near, *shaken)}
    return ties_among([*known.values(), *fresh], wanted)


def _bound_as_firmly(
    fresh: Sequence[tuple[str, Statement]], near: Sequence[loading.Placed]
) -> list[loading.Placed]:
    """Of statements resolved before those to which a fresh one, said before them, is bound as firmly as what they are tied to."""
    first: dict[str, Any] = {}
    for block, statement in fresh:
        first[block] = min(first.get(block, statement.turn), statement.turn)
    later = [each for each in near if each.block in first and each.statement.turn > first[each.block]]
    shelves, found = Shelves(), []
    arrivals = [(statement.turn, None, block, statement) for block, statement in fresh]
    for _, old, block, statement in sorted(
        [*arrivals, *((each.statement.turn, each, each.block, each.statement) for each in later)],
        key=lambda arrival: arrival[0],
    ):
        if old is None:
            shelves.put(statement, block)
            continue
        tie = shelves.strongest(statement, block)
        if tie.to and tie.strength >= old.strength:
            found.append(old)
    return found


def _differences(old: Mapping[Key, Row], new: Mapping[Key, Row]) -> dict[str, Moment]:
    """The facts whose members differ, and the moment of the first difference."""
    since: dict[str, Moment] = {}
    for key in old.keys() | new.keys():
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        for row, moment in _when_different(one, other):
            since[row[0]] = min(since.get(row[0], moment), moment)
    return since


FACT, ORIGIN, FROM, UNTIL = 0, 4, 5, 6


def _when_different(one: Row | None, other: Row | None) -> Iterable[tuple[Row, Moment]]:
    """For each side of a difference since when it matters to the fact."""
    sides = [row for row in (one, other) if row]
    if one and other and all(one[i] == other[i] for i in (FACT, ORIGIN, FROM)):
        ends = [row[UNTIL] for row in sides if row[UNTIL]] if one[UNTIL] != other[UNTIL] else []
        return [(one, min(ends))] if ends else []  # to whom it is tied changes nothing in the fact
    return [(row, row[FROM]) for row in sides]


def _record(connection: duckdb.DuckDBPyConnection, fresh: pa.Table) -> None:
    """Make the table of statements what is said now."""
    connection.execute(
        """
        DELETE FROM statement USING difference
        WHERE was_resolved AND statement.event_id = difference.event_id
            AND statement.event_version = difference.event_version
        """
    )
    _insert(connection, "statement", fresh)


def _write_members(
    connection: duckdb.DuckDBPyConnection, old: Mapping[Key, Row], new: Mapping[Key, Row]
) -> None:
    """Replace the memberships that differ."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    with registered(connection, {"ended": rows.named_table(_differing(old, new), set())}):
        connection.execute(
            """
            DELETE FROM fact_member USING ended
            WHERE fact_member.event_id = ended.event_id AND fact_member.event_version = ended.event_version
            """
        )
    _insert(connection, "fact_member", rows.member_table([new[key] for key in _differing(new, old)]))


def _differing(rows: Mapping[Key, Row], others: Mapping[Key, Row]) -> Collection[Key]:
    return [key for key, row in rows.items() if others.get(key) != row]


def _write_facts(
    connection: duckdb.DuckDBPyConnection, since: Mapping[str, Moment], made: Iterable[Version]
) -> None:
    """Replace, of the versions of these facts that do not end before these moments, those that differ."""
    from warehouse.facts import rows  # noqa: PLC0415 - pyarrow is loaded by writers alone

    same = " AND ".join(f"fact.{name} IS NOT DISTINCT FROM made.{name}" for name in rows.FACT_SCHEMA.names)
    tables = {"differing": rows.moment_table(sorted(since.items())), "made": rows.fact_table(made)}
    with registered(connection, tables):
        connection.execute(
            f"""
            DELETE FROM fact USING differing
            WHERE fact.id = differing.fact_id AND (fact.said_until IS NULL OR fact.said_until >= moment)
                AND NOT EXISTS (SELECT 1 FROM made WHERE {same})
            """
        )
        connection.execute(
            """
            INSERT INTO fact BY NAME SELECT * FROM made
            WHERE NOT EXISTS (SELECT 1 FROM fact WHERE fact.id = made.id AND fact.said_from = made.said_from)
            """
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, content: pa.Table) -> None:
    with registered(connection, {"incoming_rows": content}):
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_rows")


__all__ = ["Resolution", "resolve"]
