"""The change log of a snapshot: for every fact ever published its last change, numbered, removals included.

Whoever applies all changes to an empty copy has the facts; whoever has applied those up to a number needs only the later
ones. A fact that changes again moves to a later number, so that the log grows with the facts and not with their changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas import digest
from warehouse.transaction import registered

CHANGE_TABLE = """
CREATE TABLE feed.change (
    sequence    BIGINT NOT NULL,
    fact_id     VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,
    operation   VARCHAR NOT NULL CHECK (operation IN ('added', 'changed', 'removed')),
    number      BIGINT NOT NULL,        -- of the snapshot that first had it so
    fields      VARCHAR[] NOT NULL,     -- of the record, those that changed
    correction  VARCHAR,                -- corrected, retracted or changed: what an article it rests on has been
    replaced_by VARCHAR,                -- the fact to which a removed fact's best statement belongs now
    hash        VARCHAR                 -- of the record; NULL for a removed fact
)
"""
# The snapshots so far: cursors name the snapshot they were given by, and are good only where it is one of these.
PUBLICATION_TABLE = """
CREATE TABLE feed.publication (number BIGINT NOT NULL, id VARCHAR NOT NULL, last_sequence BIGINT NOT NULL)
"""

# Why a fact changed: an article it rests on, or rested on, has a version that the snapshot before did not have.
CORRECTED = """
CREATE TEMP TABLE corrected_fact AS
WITH renewed AS (
    SELECT article_id, arg_max(reason, article_version) AS reason FROM article_said AS said
    WHERE reason IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM previous.article AS old
        WHERE old.id = said.article_id AND old.version = said.article_version
    )
    GROUP BY article_id
)
SELECT fact_id, min(renewed.reason) AS reason
FROM (
    SELECT fact_id, article_id FROM feed.member UNION ALL SELECT fact_id, article_id FROM previous.feed.member
) AS member JOIN renewed USING (article_id)
GROUP BY fact_id
"""
CHANGED = """
SELECT
    coalesce(new.fact_id, old.fact_id) AS fact_id, coalesce(new.kind, old.kind) AS kind, new.hash,
    CASE WHEN old.fact_id IS NULL THEN 'added' WHEN new.fact_id IS NULL THEN 'removed' ELSE 'changed' END AS operation,
    old.record AS before, new.record AS after, corrected_fact.reason AS correction,
    CASE WHEN new.fact_id IS NULL THEN heir.fact_id END AS replaced_by
FROM feed.fact AS new
FULL JOIN previous.feed.fact AS old ON old.fact_id = new.fact_id
LEFT JOIN corrected_fact ON corrected_fact.fact_id = coalesce(new.fact_id, old.fact_id)
LEFT JOIN (
    SELECT event_id, min(fact_id) AS fact_id FROM feed.member WHERE said_until IS NULL GROUP BY event_id
) AS heir ON heir.event_id = old.best_event
WHERE new.hash IS DISTINCT FROM old.hash
ORDER BY operation = 'removed' DESC, coalesce(new.first_reported, old.first_reported), fact_id
"""
FIRST = """
SELECT fact_id, kind, hash, 'added' AS operation, NULL AS before, record AS after, NULL AS correction, NULL AS replaced_by
FROM feed.fact ORDER BY first_reported, fact_id
"""
CHANGE_SCHEMA = pa.schema(
    [
        ("sequence", pa.int64()),
        ("fact_id", pa.string()),
        ("kind", pa.string()),
        ("operation", pa.string()),
        ("number", pa.int64()),
        ("fields", pa.list_(pa.string())),
        ("correction", pa.string()),
        ("replaced_by", pa.string()),
        ("hash", pa.string()),
    ]
)


def facts_hash(hashes: Iterable[tuple[str, str]]) -> str:
    """The hash over all facts: SHA-256 of lines `fact_id hash`, sorted; docs/feed.md tells it to readers."""
    return digest("".join(f"{fact_id} {record_hash}\n" for fact_id, record_hash in sorted(hashes)))


def write_changes(
    connection: duckdb.DuckDBPyConnection, previous: Path | None, number: int, snapshot: str
) -> int:
    """Make the change log from that of the database `previous` and what differs now; the last number in it.

    `number` and `snapshot` (its id) are of the snapshot that is being made.
    """
    connection.execute(CHANGE_TABLE)
    connection.execute(PUBLICATION_TABLE)
    last = 0
    if previous is None:
        changes = connection.execute(FIRST)
    else:
        connection.execute(f"ATTACH {quoted(previous)} AS previous (READ_ONLY)")
        connection.execute("INSERT INTO feed.publication FROM previous.feed.publication")
        ((last,),) = connection.execute("SELECT max(last_sequence) FROM feed.publication").fetchall()
        connection.execute(CORRECTED)
        changes = connection.execute(CHANGED)
    names = [column[0] for column in changes.description or ()]
    rows = [
        _change(dict(zip(names, row, strict=True)), sequence, number)
        for sequence, row in enumerate(changes.fetchall(), last + 1)
    ]
    with registered(connection, {"new_change": pa.Table.from_pylist(rows, CHANGE_SCHEMA)}):
        kept = (
            ""
            if previous is None
            else (
                "FROM previous.feed.change WHERE fact_id NOT IN (SELECT fact_id FROM new_change) UNION ALL BY NAME "
            )
        )
        connection.execute(f"INSERT INTO feed.change BY NAME FROM ({kept}FROM new_change) ORDER BY sequence")
    last += len(rows)
    connection.execute("INSERT INTO feed.publication VALUES (?, ?, ?)", [number, snapshot, last])
    if previous is not None:
        connection.execute("DROP TABLE corrected_fact")
        connection.execute("DETACH previous")
    return last


def _change(row: Mapping[str, Any], sequence: int, number: int) -> dict[str, Any]:
    fields: list[str] = []
    if row["operation"] == "changed":
        before, after = json.loads(row["before"]), json.loads(row["after"])
        fields = [name for name in after if name not in before or before[name] != after[name]]
    return {
        "sequence": sequence,
        "number": number,
        "fields": fields,
        **{name: row[name] for name in ("fact_id", "kind", "operation", "correction", "replaced_by", "hash")},
    }


def quoted(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
