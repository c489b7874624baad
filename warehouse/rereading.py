"""Articles of the warehouse that the extractor should read again."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

import duckdb

from schemas import Article
from warehouse.lookup import fetched
from warehouse.restore import article_from_row

# `older`: last read by another version than the one given. `failed`: its last reading became an issue. `all`: any.
Which = Literal["older", "failed", "all"]


@dataclass(frozen=True, slots=True)
class Selection:
    """Stored articles: which, of them those that came from the `source`, and those published from `first` to `last`.

    The dates are local to where the article was published, both included; `None` leaves a side open.
    """

    which: Which = "older"
    source: str | None = None
    first: datetime.date | None = None
    last: datetime.date | None = None


CONDITIONS: dict[Which, str] = {
    "older": "reading.extractor_version <> $extractor_version",
    "failed": """EXISTS (
        SELECT 1 FROM issue
        WHERE issue.article_id = article.id AND issue.run_id = reading.run_id
            AND starts_with(issue.code, 'extraction_')
    )""",
    "all": "true",
}
# An article belongs to every source that has sent a version of it.
OF_SOURCE = """EXISTS (
    SELECT 1 FROM article AS sent JOIN run ON run.id = sent.run_id
    WHERE sent.id = article.id AND run.source = $source
)"""
# TIMESTAMPTZ forgets the offset that it came with.
LOCAL_DAY = """(
    (article.published AT TIME ZONE 'UTC') + to_minutes(article.utc_offset_minutes::INTEGER)
)::DATE"""
CURRENT = """
FROM article JOIN reading ON reading.article_id = article.id AND reading.believed_until IS NULL
WHERE article.believed_until IS NULL
"""


def to_reread(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    extractor_version: str,
    after: str,
    limit: int,
) -> list[Article]:
    """The next articles of this selection with ids behind `after`, by id: whoever stops can go on from there."""
    condition, parameters = _condition(selection, extractor_version)
    rows = fetched(
        connection,
        f"SELECT article.* {CURRENT} AND article.id > $after AND {condition} ORDER BY article.id LIMIT $limit",
        {"after": after, "limit": limit} | parameters,
    )
    return [article_from_row(row) for row in rows]


def count_to_reread(
    connection: duckdb.DuckDBPyConnection, selection: Selection, extractor_version: str
) -> int:
    """How many articles of this selection there are."""
    condition, parameters = _condition(selection, extractor_version)
    count: int = connection.execute(f"SELECT count(*) {CURRENT} AND {condition}", parameters).fetchall()[0][0]
    return count


def _condition(selection: Selection, extractor_version: str) -> tuple[str, dict[str, object]]:
    conditions, parameters = [CONDITIONS[selection.which]], dict[str, object]()
    if selection.which == "older":
        parameters["extractor_version"] = extractor_version
    if selection.source is not None:
        conditions.append(OF_SOURCE)
        parameters["source"] = selection.source
    for name, day, comparison in (("first", selection.first, ">="), ("last", selection.last, "<=")):
        if day is not None:
            conditions.append(f"{LOCAL_DAY} {comparison} ${name}")
            parameters[name] = day
    return " AND ".join(conditions), parameters
