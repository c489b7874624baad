"""The change feed: what to put and what to remove so that a copy becomes what is published."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Literal, get_args

from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.changes import LOGS, Logged
from warehouse.publish.records import as_record

CURSOR = re.compile(r"(\d{1,15})\.([0-9a-f]{16})")
COLUMNS = ("kind", "operation", "fields", "correction", "replaced_by", "hash")
CHANGES = """
SELECT
    change.sequence, change.id, change.kind, change.operation, change.fields, change.correction, change.replaced_by,
    change.hash, thing.record
FROM (
    FROM feed.change WHERE of = ? AND sequence > ? ORDER BY sequence LIMIT ?
) AS change LEFT JOIN feed.{table} AS thing ON thing.{id} = change.id
ORDER BY change.sequence
"""
Log = Literal["facts", "events", "articles", "findings"]
assert set(get_args(Log)) == set(LOGS)


def changes_page(question: Question, of: Log, cursor: str | None, limit: int) -> Answer:
    """The changes of a log after a cursor.

    Raises HTTPException 410 for a cursor of snapshots that are not before this one.
    """
    manifest, log = question.snapshot.manifest, LOGS[of]
    begin = _sequence(question, of, cursor) if cursor else 0
    found = question.tuples(CHANGES.format(table=log.table, id=log.id), [of, begin, limit + 1])
    more = len(found) > limit
    found = found[:limit]
    last = found[-1][0] if found else begin
    lines = [_line(log, row) for row in found]
    head = as_record(
        {
            "snapshot": manifest.id,
            "next": cursor_of(last, manifest.id),
            "more": more,
            f"{of}_hash": manifest.view_hashes[of],
        }
    )
    return Answer(f'{head[:-1]},"data":[{",".join(lines)}]}}'.encode(), "application/json")


def cursor_of(sequence: int, snapshot: str) -> str:
    """Where a reader is who has all changes up to a number, by the snapshot that told so."""
    return f"{sequence}.{snapshot}"


def _sequence(question: Question, of: Log, cursor: str) -> int:
    match = CURSOR.fullmatch(cursor)
    if match is None:
        raise refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "cursor: none that this address has given; begin again without it",
        )
    sequence = int(match[1])
    known = question.tuples(
        "SELECT last_sequence FROM feed.publication WHERE of = ? AND id = ? AND last_sequence >= ?",
        [of, match[2], sequence],
    )
    if not known:
        raise refusal(
            HTTPStatus.GONE,
            "cursor: of snapshots that this one does not follow; empty your copy and begin again without a cursor",
        )
    return sequence


def _line(log: Logged, row: tuple[object, ...]) -> str:
    """A change as JSON: only facts have heirs, and articles no kind."""
    told = dict(zip(("sequence", log.id, *COLUMNS), row, strict=False))
    if log.table != "fact":
        del told["replaced_by"]
    if log.table == "article":
        del told["kind"]
    head = as_record(told)
    return f'{head[:-1]},"{log.table}":{row[-1] or "null"}}}'
