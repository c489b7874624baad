"""Statements, facts and memberships as Arrow tables for loading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from warehouse.facts.statement import Statement
from warehouse.facts.summary import Summary, as_json
from warehouse.facts.timeline import Membership, Version
from warehouse.rows import UTC_TIME

STATEMENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("event_version", pa.int32()),
        ("block", pa.string()),
        ("origin_id", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
    ]
)
FACT_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("block", pa.string()),
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
        ("block", pa.string()),
        ("event_id", pa.string()),
        ("event_version", pa.int32()),
        ("article_id", pa.string()),
        ("origin_id", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
        ("reason", pa.string()),
        ("tied_to", pa.string()),
    ]
)


def block_table(blocks: Sequence[str]) -> pa.Table:
    """The names of blocks, in a column `block`."""
    return pa.table({"block": pa.array(blocks, pa.string())})


def statement_table(statements: Sequence[tuple[str, Statement]]) -> pa.Table:
    """Statements with their blocks as a table of `STATEMENT_SCHEMA`."""
    rows = [
        {
            "event_id": each.event_id,
            "event_version": each.event_version,
            "block": block,
            "origin_id": each.origin,
            "said_from": each.said_from,
            "said_until": each.said_until,
        }
        for block, each in statements
    ]
    return pa.Table.from_pylist(rows, STATEMENT_SCHEMA)


def fact_table(facts: Sequence[tuple[str, Version, Summary]]) -> pa.Table:
    """Versions of facts with their summaries as a table of `FACT_SCHEMA`."""
    return pa.Table.from_pylist([_fact_row(*each) for each in facts], FACT_SCHEMA)


def _fact_row(block: str, version: Version, summary: Summary) -> dict[str, Any]:
    when = summary.when
    return {
        "id": version.fact_id,
        "kind": version.members[0].statement.kind,
        "block": block,
        "said_from": version.said_from,
        "said_until": version.said_until,
        "status": summary.status,
        "articles": summary.articles,
        "origins": summary.origins,
        "first_reported": summary.first_reported,
        "last_reported": summary.last_reported,
        "when_start": when and when.start,
        "when_end": when and when.end,
        "when_precision": when and when.precision,
        "value": summary.value,
        "low": summary.low,
        "high": summary.high,
        "unit": summary.unit,
        "best_event": summary.best_event,
        "payload": as_json(summary.slots),
        "claims": as_json(summary.claims),
    }


def member_table(members: Sequence[tuple[str, Membership]]) -> pa.Table:
    """Memberships as a table of `MEMBER_SCHEMA`."""
    rows = [
        {
            "fact_id": each.fact_id,
            "block": block,
            "event_id": each.statement.event_id,
            "event_version": each.statement.event_version,
            "article_id": each.statement.article_id,
            "origin_id": each.statement.origin,
            "said_from": each.statement.said_from,
            "said_until": each.statement.said_until,
            "reason": each.reason,
            "tied_to": each.tied_to,
        }
        for block, each in members
    ]
    return pa.Table.from_pylist(rows, MEMBER_SCHEMA)
