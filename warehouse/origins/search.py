"""Who could be a copy of whom, asked of the table `signature` in sets.

Floods of one template (weather, quotations, daily communiqués) share one row of words, and of literal copies only
the earliest counts, so that neither is compared pair by pair.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.origins.signature import LEAST_SHARED_BANDS, SCHEME, signature_columns
from warehouse.origins.wording import REACH
from warehouse.transaction import registered

# Texts signed at a time: bounds the memory where a whole warehouse is signed anew.
CHUNK = 5000

# Current articles without a current signature: new, changed, or signed by an earlier scheme.
TOUCHED = """
CREATE OR REPLACE TEMP TABLE touched AS
SELECT article.id, article.version, row_number() OVER (ORDER BY article.id) AS ordinal
FROM article
LEFT JOIN signature ON signature.article_id = article.id AND signature.article_version = article.version
    AND signature.believed_until IS NULL AND signature.scheme = $scheme
WHERE article.believed_until IS NULL AND signature.article_id IS NULL
"""
SIGN = """
INSERT INTO signature BY NAME
SELECT *, $scheme AS scheme, $moment AS believed_from FROM signed ORDER BY article_id
"""

# Those that are searched: what is new, and the copies of what has changed.
SEARCHED = """
CREATE OR REPLACE TEMP TABLE searched AS
SELECT id FROM touched
UNION SELECT article_id FROM origin WHERE believed_until IS NULL AND copied_from IN (SELECT id FROM touched);
CREATE OR REPLACE TEMP TABLE asked AS
SELECT article_id, published, reach_minutes, text_key, words_key, bands FROM signature
WHERE believed_until IS NULL AND reach_minutes IS NOT NULL AND article_id IN (SELECT id FROM searched);
"""
LITERAL = """
SELECT article_id, earliest.published, earliest.article_id FROM (
    SELECT article_id, min({'published': epoch_us(published), 'article_id': article_id}) OVER (
        PARTITION BY text_key ORDER BY published
        RANGE BETWEEN to_minutes(reach_minutes) PRECEDING AND CURRENT ROW
    ) AS earliest
    FROM signature
    WHERE believed_until IS NULL AND reach_minutes IS NOT NULL AND text_key IN (SELECT text_key FROM asked)
) WHERE earliest.article_id <> article_id
"""
AROUND = """
CREATE OR REPLACE TEMP TABLE around AS
SELECT article_id, published, reach_minutes, words_key, bands FROM signature
WHERE believed_until IS NULL AND reach_minutes IS NOT NULL
    AND published BETWEEN $first AND $last  -- lets DuckDB skip blocks of other times
    AND published::DATE IN (
        SELECT DISTINCT published::DATE + days.day
        FROM asked, (SELECT unnest(range(-$days, $days + 1))::INTEGER AS day) AS days
    )
"""
NEAR = """
WITH ours AS (
    SELECT words_key, unnest(any_value(bands)) AS band FROM asked GROUP BY words_key
), theirs AS (
    SELECT words_key, unnest(any_value(bands)) AS band FROM around GROUP BY words_key
), family AS (
    SELECT ours.words_key AS one, theirs.words_key AS other
    FROM ours JOIN theirs ON ours.band = theirs.band AND ours.words_key <> theirs.words_key
    GROUP BY ALL HAVING count(*) >= $shared
)
SELECT DISTINCT
    greatest((ours.published, ours.article_id), (theirs.published, theirs.article_id))[2] AS later,
    least((ours.published, ours.article_id), (theirs.published, theirs.article_id))[2] AS earlier,
    epoch_us(least(ours.published, theirs.published)) AS published
FROM family
JOIN asked AS ours ON ours.words_key = family.one
JOIN around AS theirs ON theirs.words_key = family.other
WHERE greatest(ours.published, theirs.published) - least(ours.published, theirs.published)
    <= to_minutes(least(ours.reach_minutes, theirs.reach_minutes))
ORDER BY later, published, earlier
"""


@dataclass(frozen=True, order=True)
class Earlier:
    """An article that another may be a copy of, in the order of publication: microseconds since 1970, id."""

    published: int
    article_id: str


@dataclass(frozen=True)
class Candidates:
    """Per later article: the earliest of which it is a literal copy, and others to compare, the earliest first."""

    literal: dict[str, Earlier]
    near: dict[str, list[Earlier]]


def sign_touched(connection: duckdb.DuckDBPyConnection, moment: datetime.datetime) -> int:
    """Give every current article its signature; how many lacked one. Leaves the temporary table `touched`."""
    connection.execute(TOUCHED, {"scheme": SCHEME})
    count = int(connection.execute("SELECT count(*) FROM touched").fetchall()[0][0])
    if not count:
        return 0
    connection.execute(
        """
        UPDATE signature SET believed_until = greatest($moment, believed_from + INTERVAL 1 MICROSECOND)
        WHERE believed_until IS NULL AND article_id IN (SELECT id FROM touched)
        """,
        {"moment": moment},
    )
    for low in range(0, count, CHUNK):
        articles = connection.execute(
            """
            SELECT id AS article_id, version AS article_version, published, "text"
            FROM article JOIN touched USING (id, version) WHERE ordinal > $low AND ordinal <= $low + $chunk
            """,
            {"low": low, "chunk": CHUNK},
        ).to_arrow_table()
        signed = articles.drop_columns("text")
        for name, column in zip(*_columns(articles["text"].to_pylist()), strict=True):
            signed = signed.append_column(name, column)
        with registered(connection, {"signed": signed}):
            connection.execute(SIGN, {"scheme": SCHEME, "moment": moment})
    return count


def find_candidates(connection: duckdb.DuckDBPyConnection) -> Candidates:
    """Who may be a copy of whom, among what is touched and around it in time.

    Leaves the temporary table `searched`: articles whose earlier candidates are here in full.
    """
    connection.execute(SEARCHED)
    literal = {later: Earlier(*earlier) for later, *earlier in connection.execute(LITERAL).fetchall()}
    first, last = connection.execute("SELECT min(published), max(published) FROM asked").fetchall()[0]
    if first is None:  # texts too short to have copies
        return Candidates(literal, {})
    connection.execute(AROUND, {"days": REACH.days, "first": first - REACH, "last": last + REACH})
    near: dict[str, list[Earlier]] = defaultdict(list)
    for later, earlier, published in connection.execute(NEAR, {"shared": LEAST_SHARED_BANDS}).fetchall():
        near[later].append(Earlier(published, earlier))
    connection.execute("DROP TABLE around")
    return Candidates(literal, near)


def _columns(texts: list[str]) -> tuple[list[str], list[pa.ChunkedArray]]:
    table = signature_columns(texts)
    return table.column_names, table.columns
