"""The change feed: what to put and what to remove so that a copy becomes the published facts."""

from __future__ import annotations

import re
from http import HTTPStatus

from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.records import as_record

CURSOR = re.compile(r"(\d{1,15})\.([0-9a-f]{16})")
CHANGES = """
SELECT
    change.sequence, change.fact_id, change.kind, change.operation, change.fields, change.correction, change.replaced_by,
    change.hash, fact.record
FROM (
    FROM feed.change WHERE sequence > ? ORDER BY sequence LIMIT ?
) AS change LEFT JOIN feed.fact AS fact ON fact.fact_id = change.fact_id
ORDER BY change.sequence
"""
COLUMNS = ("sequence", "fact_id", "kind", "operation", "fields", "correction", "replaced_by", "hash")


def changes_page(question: Question, cursor: str | None, limit: int) -> Answer:
    """The changes after a cursor. Raises HTTPException 410 for a cursor of snapshots that are not before this one."""
    manifest = question.snapshot.manifest
    begin = _sequence(question, cursor) if cursor else 0
    found = question.tuples(CHANGES, [begin, limit + 1])
    more = len(found) > limit
    found = found[:limit]
    last = found[-1][0] if found else begin
    lines = [_line(row) for row in found]
    head = as_record(
        {
            "snapshot": manifest.id,
            "next": cursor_of(last, manifest.id),
            "more": more,
            "facts_hash": manifest.facts_hash,
        }
    )
    return Answer(f'{head[:-1]},"data":[{",".join(lines)}]}}'.encode(), "application/json")


def cursor_of(sequence: int, snapshot: str) -> str:
    """Where a reader is who has all changes up to a number, by the snapshot that told so."""
    return f"{sequence}.{snapshot}"


def _sequence(question: Question, cursor: str) -> int:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "cursor: none that /api/changes has given; begin again without it",
        )
    sequence = int(match[1])
    known = question.tuples(
        "SELECT last_sequence FROM feed.publication WHERE id = ? AND last_sequence >= ?", [match[2], sequence]
    )
    if not known:
        raise refusal(
            HTTPStatus.GONE,
            "cursor: of snapshots that this one does not follow; empty your copy and begin again without a cursor",
        )
    return sequence


def _line(row: tuple[object, ...]) -> str:
    head = as_record(dict(zip(COLUMNS, row, strict=False)))
    return f'{head[:-1]},"fact":{row[-1] or "null"}}}'
