"""What must be true of a warehouse: asked of the rows of one load before it is committed, and of all rows on demand."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

LISTED = 5  # faults of one sort that are named


@dataclass(frozen=True)
class Fault:
    """Something in the warehouse that cannot be: what, of which ids (the first few), and how many in all."""

    what: str
    keys: tuple[str, ...]
    count: int

    def __str__(self) -> str:
        more = f" and {self.count - len(self.keys)} more" if self.count > len(self.keys) else ""
        return f"{self.what}: {', '.join(self.keys)}{more}"


# What primary keys would have promised: what there may be one of, its table and key, of which rows, and which of them a
# load touches.
UNIQUE = (
    ("current texts of article", "article", "id", "believed_until IS NULL", "id IN (SELECT id FROM verdict)"),
    (
        "current readings of article",
        "reading",
        "article_id",
        "believed_until IS NULL",
        "article_id IN (SELECT id FROM verdict)",
    ),
    (
        "current origins of article",
        "origin",
        "article_id",
        "believed_until IS NULL",
        "article_id IN (SELECT id FROM verdict)",
    ),
    (
        "current events with id",
        "event",
        "id",
        "believed_until IS NULL",
        "id IN (SELECT id FROM incoming_event)",
    ),
    ("rows of one version of event", "event", "id, version", "true", "id IN (SELECT id FROM fresh)"),
    (
        "rows of one evidence of event",
        "evidence",
        "event_id, event_version, ordinal",
        "true",
        "event_id IN (SELECT id FROM fresh)",
    ),
)

QUOTED = """
SELECT event.id AS key FROM event
JOIN article ON article.id = event.article_id AND article.version = event.article_version
JOIN evidence ON evidence.event_id = event.id AND evidence.event_version = event.version
WHERE substring(
    CASE evidence.part WHEN 'title' THEN article.title ELSE article."text" END,
    evidence."start" + 1, evidence."end" - evidence."start"
) IS DISTINCT FROM evidence."text"
"""
CLAIMED = """
SELECT event.id AS key FROM event
JOIN article ON article.id = event.article_id AND article.version = event.article_version
WHERE claimant_span IS NOT NULL AND substring(
    CASE claimant_span.part WHEN 'title' THEN article.title ELSE article."text" END,
    claimant_span."start" + 1, claimant_span."end" - claimant_span."start"
) IS DISTINCT FROM claimant_span."text"
"""
# What no single load can see. Each query gives the key of every row that is at fault.
WHOLE = {
    "articles without a reader": """
SELECT article.id AS key FROM article
LEFT JOIN reading ON reading.article_id = article.id AND reading.article_version = article.version
    AND reading.believed_until IS NULL
WHERE article.believed_until IS NULL AND reading.article_id IS NULL
""",
    "current events of a text that is not current": """
SELECT event.id AS key FROM event
LEFT JOIN article ON article.id = event.article_id AND article.version = event.article_version
    AND article.believed_until IS NULL
WHERE event.believed_until IS NULL AND article.id IS NULL
""",
    "events without evidence": """
SELECT event.id AS key FROM event
WHERE NOT EXISTS (
    SELECT 1 FROM evidence WHERE evidence.event_id = event.id AND evidence.event_version = event.version
)
""",
    "evidence of no event": """
SELECT evidence.event_id AS key FROM evidence
WHERE NOT EXISTS (
    SELECT 1 FROM event WHERE event.id = evidence.event_id AND event.version = evidence.event_version
)
""",
    "evidence that its article does not have": QUOTED,
    "claimants that their article does not have": CLAIMED,
    "beliefs that end before they begin": """
SELECT id AS key FROM article WHERE believed_until < believed_from
UNION ALL SELECT article_id FROM reading WHERE believed_until < believed_from
UNION ALL SELECT id FROM event WHERE believed_until < believed_from
""",
    "facts of events that are not there": """
SELECT fact_id AS key FROM fact_member WHERE event_id NOT IN (SELECT id FROM event)
UNION ALL SELECT id FROM fact WHERE best_event NOT IN (SELECT id FROM event)
""",
}


def doubles(*, touched: bool) -> str:
    """SQL for rows that are there more than once: among those of the load under way, or among all.

    Columns are `what`, `key` and `rows`; every row found is a fault.
    """
    queries = []
    for what, table, columns, which, of_load in UNIQUE:
        key = columns.partition(",")[0]
        rows = f"{which} AND {of_load}" if touched else which
        queries.append(
            f"SELECT '{what}' AS what, {key} AS key, count(*) AS rows FROM {table} "
            f"WHERE {rows} GROUP BY {columns} HAVING count(*) <> 1"
        )
    return "\nUNION ALL\n".join(queries)


def faults(connection: duckdb.DuckDBPyConnection) -> list[Fault]:
    """Everything that is wrong in the whole warehouse; empty where all is well."""
    queries = [
        f"SELECT 'several ' || what AS what, key FROM ({doubles(touched=False)})",
        *(f"SELECT '{what}' AS what, key FROM ({query})" for what, query in WHOLE.items()),
    ]
    rows = [row for query in queries for row in connection.execute(_counted(query)).fetchall()]
    return [Fault(what, tuple(keys), count) for what, keys, count in rows]


def _counted(query: str) -> str:
    return f"""
    SELECT what, list(DISTINCT key ORDER BY key)[:{LISTED}], count(DISTINCT key) FROM ({query}) GROUP BY what ORDER BY what
    """
