"""Articles of the warehouse that the extractor should read again."""

from __future__ import annotations

from typing import Literal

import duckdb

from schemas import Article
from warehouse.lookup import fetched
from warehouse.restore import article_from_row

# `older`: last read by another version than the one given. `failed`: its last reading became an issue. `all`: any.
Which = Literal["older", "failed", "all"]
CONDITIONS: dict[Which, str] = {
    "older": "reading.extractor_version <> $extractor_version",
    "failed": """EXISTS (
        SELECT 1 FROM issue
        WHERE issue.article_id = article.id AND issue.run_id = reading.run_id
            AND starts_with(issue.code, 'extraction_')
    )""",
    "all": "true",
}
CURRENT = """
FROM article JOIN reading ON reading.article_id = article.id AND reading.believed_until IS NULL
WHERE article.believed_until IS NULL
"""


def to_reread(
    connection: duckdb.DuckDBPyConnection, which: Which, extractor_version: str, after: str, limit: int
) -> list[Article]:
    """The next articles of this sort with ids behind `after`, by id: whoever stops can go on from there."""
    rows = fetched(
        connection,
        f"SELECT article.* {CURRENT} AND article.id > $after AND {CONDITIONS[which]} ORDER BY article.id LIMIT $limit",
        {"after": after, "limit": limit} | _version(which, extractor_version),
    )
    return [article_from_row(row) for row in rows]


def count_to_reread(connection: duckdb.DuckDBPyConnection, which: Which, extractor_version: str) -> int:
    """How many articles of this sort there are."""
    sql = f"SELECT count(*) {CURRENT} AND {CONDITIONS[which]}"
    count: int = connection.execute(sql, _version(which, extractor_version)).fetchall()[0][0]
    return count


def _version(which: Which, extractor_version: str) -> dict[str, str]:
    return {"extractor_version": extractor_version} if "$extractor_version" in CONDITIONS[which] else {}
