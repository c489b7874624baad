"""What is said now, laid out for the checks: one row a statement, its slots as columns.

The tables `audited_statement`, `audited_attack_count` and so on hold it as it was last audited, so that an audit lays out
what is new alone. A check does not read them: it is shown those of its groups in which something changed, as
`current_statement`, `current_attack_count` and so on, and as `whole_count` the attack counts that are asserted of a
whole country, not of a region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import duckdb

from schemas import KINDS, EventBase
from warehouse.facts.attack_likeness import TOTAL_PLACES
from warehouse.slots import payload_structure, slot_columns

# By the table that a check reads, the expression that tells its groups apart: what it compares lies in one group.
Groups = Mapping[str, str]

# How what is said now differs from what was audited.
CHANGES = """
CREATE OR REPLACE TEMP TABLE audit_change AS
SELECT coalesce(now.event_id, audited.event_id) AS event_id,
    now.event_version, now.origin_id, now.fact_id, now.said_from,
    now.event_id IS NOT NULL AS is_said, audited.event_id IS NOT NULL AS was_audited
FROM (
    SELECT said.event_id, said.event_version, said.origin_id, said.said_from, member.fact_id
    FROM event_said AS said
    LEFT JOIN fact_member AS member
        ON member.event_id = said.event_id AND member.event_version = said.event_version
    WHERE said.said_until IS NULL
) AS now
FULL JOIN audited_statement AS audited ON audited.event_id = now.event_id
WHERE now.event_id IS NULL OR audited.event_id IS NULL OR audited.event_version <> now.event_version
    OR audited.origin_id <> now.origin_id OR audited.said_from <> now.said_from
    OR audited.fact_id IS DISTINCT FROM now.fact_id
"""
ARRIVED = """
CREATE OR REPLACE TEMP TABLE arrived_statement AS
SELECT
    event.id AS event_id, event.version AS event_version, event.kind, event.article_id, change.origin_id, change.fact_id,
    article.source, change.said_from,
    (change.said_from + to_minutes(article.utc_offset_minutes))::DATE AS said_on,
    event.claimed_by, event.modality, event.when_start, event.when_end, event.when_precision,
    proof.words AS evidence, proof.part, proof."start", proof."end", event.payload
FROM audit_change AS change
JOIN event ON event.id = change.event_id AND event.version = change.event_version
JOIN article ON article.id = event.article_id AND article.version = event.article_version
JOIN (
    SELECT event_id, event_version, string_agg("text", ' … ' ORDER BY ordinal) AS words,
        arg_min(part, ordinal) AS part, arg_min("start", ordinal) AS "start", arg_min("end", ordinal) AS "end"
    FROM evidence WHERE event_id IN (SELECT event_id FROM audit_change WHERE is_said) GROUP BY ALL
) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
WHERE is_said
ORDER BY change.said_from, event.id
"""
WHOLE_COUNTS = f"""
CREATE OR REPLACE TEMP VIEW whole_count AS
SELECT * FROM current_attack_count
WHERE modality = 'asserted' AND (len(places) NOT BETWEEN 1 AND {TOTAL_PLACES - 1} OR len(breakdown) > 0)
"""
NAMES = ("statement", *KINDS)


@contextmanager
def arriving(connection: duckdb.DuckDBPyConnection) -> Iterator[int]:
    """Lay out what is said otherwise than when it was audited, in temporary tables `arrived_…`; how much that is."""
    connection.execute(CHANGES)
    connection.execute(ARRIVED)
    for kind, kind_class in KINDS.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE arrived_{kind} AS {_of_kind(kind, kind_class)}")
    (changes,) = connection.execute("SELECT count(*) FROM audit_change").fetchall()[0]
    yield changes
    for table in ("audit_change", *(f"arrived_{name}" for name in NAMES)):
        connection.execute(f"DROP TABLE temp.{table}")


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing has been audited: all that is said is to arrive."""
    connection.execute("DELETE FROM audited_statement")


def renew(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the tables of the kinds the columns that the kinds have now, and no rows."""
    for kind in KINDS:
        connection.execute(f"CREATE OR REPLACE TABLE audited_{kind} AS SELECT * FROM arrived_{kind} LIMIT 0")


def take_up(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of what was audited what is said now."""
    for name in NAMES:
        connection.execute(
            f"DELETE FROM audited_{name} WHERE event_id IN (SELECT event_id FROM audit_change WHERE was_audited)"
        )
        columns = "* EXCLUDE payload" if name == "statement" else "*"
        connection.execute(f"INSERT INTO audited_{name} BY NAME SELECT {columns} FROM arrived_{name}")


def _of_kind(kind: str, kind_class: type[EventBase]) -> str:
    slots = ", ".join(f'{expression} AS "{name}"' for name, expression in slot_columns(kind_class, "slots"))
    structure = json.dumps(payload_structure(kind_class))
    return (
        f"SELECT * EXCLUDE (payload, slots), {slots} FROM ("
        f"SELECT *, from_json(payload, '{structure}') AS slots FROM arrived_statement WHERE kind = '{kind}')"
    )


@contextmanager
def shown(
    connection: duckdb.DuckDBPyConnection, check: str, groups: Groups, *, whole: bool
) -> Iterator[None]:
    """Let a check see the statements of its groups in `changed_group` as `current_…`, where `whole` all there are."""
    views = [f"current_{name}" for name in groups]
    for name, key in groups.items():
        among = (
            "" if whole else f"WHERE {key} IN (SELECT key FROM changed_group WHERE check_name = '{check}')"
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW current_{name} AS SELECT * FROM audited_{name} {among}"
        )
    if "attack_count" in groups:
        connection.execute(WHOLE_COUNTS)
        views.append("whole_count")
    yield
    for view in views:
        connection.execute(f"DROP VIEW temp.{view}")


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The answer to a query, a dictionary a row."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
