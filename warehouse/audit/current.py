"""What is said now, laid out for the checks in temporary tables: one row a statement, its slots as columns.

`current_statement` holds what all kinds share, `current_attack_count` and so on the slots besides; `whole_count` the
attack counts that are asserted of a whole country, not of a region.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from schemas import KINDS, EventBase
from warehouse.facts.attack_likeness import TOTAL_PLACES
from warehouse.slots import payload_structure, slot_columns

# `said_on` is the day of saying where the article appeared. `part`, `start` and `end` say where its first evidence stands.
STATEMENTS = """
CREATE OR REPLACE TEMP TABLE current_statement AS
SELECT
    said.event_id, said.kind, said.article_id, said.origin_id, member.fact_id, article.source, said.said_from,
    (said.said_from + to_minutes(article.utc_offset_minutes))::DATE AS said_on,
    said.claimed_by, said.modality, said.when_start, said.when_end, said.when_precision,
    proof.words AS evidence, proof.part, proof."start", proof."end", said.payload
FROM event_said AS said
JOIN article ON article.id = said.article_id AND article.version = said.article_version
LEFT JOIN fact_member AS member ON member.event_id = said.event_id AND member.event_version = said.event_version
JOIN (
    SELECT event_id, event_version, string_agg("text", ' … ' ORDER BY ordinal) AS words,
        arg_min(part, ordinal) AS part, arg_min("start", ordinal) AS "start", arg_min("end", ordinal) AS "end"
    FROM evidence GROUP BY ALL
) AS proof ON proof.event_id = said.event_id AND proof.event_version = said.event_version
WHERE said.said_until IS NULL
ORDER BY said.said_from, said.event_id
"""
WHOLE_COUNTS = f"""
CREATE OR REPLACE TEMP VIEW whole_count AS
SELECT * FROM current_attack_count
WHERE modality = 'asserted' AND (len(places) NOT BETWEEN 1 AND {TOTAL_PLACES - 1} OR len(breakdown) > 0)
"""


@contextmanager
def laid_out(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Let SQL see the temporary tables while the block runs."""
    tables = ["current_statement", *(f"current_{kind}" for kind in KINDS)]
    try:
        connection.execute(STATEMENTS)
        for kind, kind_class in KINDS.items():
            connection.execute(f"CREATE OR REPLACE TEMP TABLE current_{kind} AS {_of_kind(kind, kind_class)}")
        connection.execute(WHOLE_COUNTS)
        yield
    finally:
        connection.execute("DROP VIEW IF EXISTS temp.whole_count")
        for table in tables:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _of_kind(kind: str, kind_class: type[EventBase]) -> str:
    slots = ", ".join(f'{expression} AS "{name}"' for name, expression in slot_columns(kind_class, "slots"))
    structure = json.dumps(payload_structure(kind_class))
    return (
        f"SELECT * EXCLUDE (payload, slots), {slots} FROM ("
        f"SELECT *, from_json(payload, '{structure}') AS slots FROM current_statement WHERE kind = '{kind}')"
    )


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The answer to a query, a dictionary a row."""
    cursor = connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
