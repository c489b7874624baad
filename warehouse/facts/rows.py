"""Statements, facts and memberships as Arrow tables for loading."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence, Set
from typing import Any

import pyarrow as pa

from warehouse.facts.statement import Key, Moment, Statement
from warehouse.facts.timeline import Membership, Version
from warehouse.rows import UTC_TIME

STATEMENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("event_version", pa.int32()),
        ("block", pa.string()),
        ("is_dated", pa.bool_()),
        ("day", pa.date32()),
        ("origin_id", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
    ]
)
FACT_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
        ("status", pa.string()),
        ("articles", pa.int32()),
        ("origins", pa.int32()),
        ("first_reported", UTC_TIME),
        ("last_reported", UTC_TIME),
        ("when_start", pa.date32()),
        ("when_end", pa.date32()),
        ("when_precision", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("best_event", pa.string()),
        ("payload", pa.large_string()),
        ("claims", pa.large_string()),
    ]
)
MEMBER_SCHEMA = pa.schema(
    [
        ("fact_id", pa.string()),
        ("event_id", pa.string()),
        ("event_version", pa.int32()),
        ("article_id", pa.string()),
        ("origin_id", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
        ("reason", pa.string()),
        ("tied_to", pa.string()),
        ("tied_version", pa.int32()),
        ("strength", pa.float64()),
    ]
)
REACH_SCHEMA = pa.schema(
    [("block", pa.string()), ("is_dated", pa.bool_()), ("first", pa.date32()), ("last", pa.date32())]
)
NAMED_SCHEMA = pa.schema([("event_id", pa.string()), ("event_version", pa.int32()), ("founds", pa.bool_())])
MOMENT_SCHEMA = pa.schema([("fact_id", pa.string()), ("moment", UTC_TIME)])


def table(rows: Iterable[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Rows in the order of a schema's columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )


def reach_table(spans: Sequence[tuple[str, bool, datetime.date, datetime.date]]) -> pa.Table:
    """Days of blocks as a table of `REACH_SCHEMA`."""
    return table(spans, REACH_SCHEMA)


def named_table(keys: Collection[Key], founders: Set[Key]) -> pa.Table:
    """Keys of statements, some of them founders of facts, as a table of `NAMED_SCHEMA`."""
    return table(((*key, key in founders) for key in sorted({*keys, *founders})), NAMED_SCHEMA)


def moment_table(moments: Iterable[tuple[str, Moment]]) -> pa.Table:
    """Since when facts change, as a table of `MOMENT_SCHEMA`."""
    return table(moments, MOMENT_SCHEMA)


def statement_table(statements: Iterable[tuple[str, Statement]]) -> pa.Table:
    """Statements with their blocks as a table of `STATEMENT_SCHEMA`."""
    return table(
        (
            (
                each.event_id,
                each.event_version,
                block,
                each.when is not None,
                each.day,
                each.origin,
                each.said_from,
                each.said_until,
            )
            for block, each in statements
        ),
        STATEMENT_SCHEMA,
    )


def fact_table(versions: Iterable[Version]) -> pa.Table:
    """Versions of facts as a table of `FACT_SCHEMA`."""
    return table(map(_fact_row, versions), FACT_SCHEMA)


def _fact_row(version: Version) -> tuple[Any, ...]:
    summary = version.summary
    when = summary.when
    return (
        version.fact_id,
        version.kind,
        version.said_from,
        version.said_until,
        summary.status,
        summary.articles,
        summary.origins,
        summary.first_reported,
        summary.last_reported,
        when and when.start,
        when and when.end,
        when and when.precision,
        summary.value,
        summary.low,
        summary.high,
        summary.unit,
        summary.best_event,
        summary.slots,
        summary.claims,
    )


def member_row(member: Membership) -> tuple[Any, ...]:
    """A membership in the order of `MEMBER_SCHEMA`."""
    statement, tie = member.statement, member.tie
    return (
        member.fact_id,
        statement.event_id,
        statement.event_version,
        statement.article_id,
        statement.origin,
        statement.said_from,
        statement.said_until,
        tie.reason,
        *(tie.to or (None, None)),
        tie.strength,
    )


def member_table(rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    """Rows of memberships as a table of `MEMBER_SCHEMA`."""
    return table(rows, MEMBER_SCHEMA)
