"""The change log of a snapshot: for everything ever published its last change, numbered, removals included.

Facts, events, articles and findings have a log each. Whoever applies all changes of a log to an empty copy has what is
published of its kind; whoever has applied those up to a number needs only the later ones. What changes again moves to a
later number, so that a log grows with what there is and not with its changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

CHANGE_TABLE = """
CREATE TABLE feed.change (
    of          VARCHAR NOT NULL,       -- the log: facts, events, articles, findings
    sequence    BIGINT NOT NULL,        -- of the log
    id          VARCHAR NOT NULL,
    kind        VARCHAR,                -- NULL for articles
    operation   VARCHAR NOT NULL CHECK (operation IN ('added', 'changed', 'removed')),
    number      BIGINT NOT NULL,        -- of the snapshot that first had it so
    fields      VARCHAR[] NOT NULL,     -- of the record, those that changed
    correction  VARCHAR,                -- corrected, retracted or changed: what an article it rests on has been
    replaced_by VARCHAR,                -- the fact to which a removed fact's best statement belongs now
    hash        VARCHAR                 -- of the record; NULL for what was removed
)
"""
# The snapshots so far: cursors name the snapshot they were given by, and are good only where it is one of these.
PUBLICATION_TABLE = """
CREATE TABLE feed.publication (of VARCHAR NOT NULL, number BIGINT NOT NULL, id VARCHAR NOT NULL, last_sequence BIGINT NOT NULL)
"""
# The changes of facts as they are published as a file.
FACT_CHANGES = """SELECT sequence, id AS fact_id, kind, operation, number, fields, correction, replaced_by, hash
FROM feed.change WHERE of = 'facts'"""


@dataclass(frozen=True)
class Logged:
    """What has a log: its table and id, the moment by which new ones are numbered, and the articles each rests on.

    `articles` is SQL for (id, article_id), `{of}` the database it is asked of.
    """

    table: str
    id: str
    moment: str
    articles: str
    kind: str = "kind"


LOGS = {
    "facts": Logged(
        "fact", "fact_id", "first_reported", "SELECT fact_id, article_id FROM {of}.main.fact_member"
    ),
    "events": Logged("event", "event_id", "published", "SELECT event_id, article_id FROM {of}.feed.event"),
    "articles": Logged(
        "article", "article_id", "published", "SELECT article_id, article_id FROM {of}.feed.article", "NULL"
    ),
    "findings": Logged(
        "finding",
        "finding_id",
        "first_said",
        "SELECT id, subject.article_id FROM (SELECT id, unnest(one_side || other_side) AS subject FROM {of}.main.finding)",
    ),
}

# What has a version that the snapshot before did not have, and why.
RENEWED = """
CREATE TEMP TABLE renewed_article AS
SELECT article_id, arg_max(reason, article_version) AS reason FROM main.article_said AS said
WHERE reason IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM previous.main.article AS old
    WHERE old.id = said.article_id AND old.version = said.article_version
)
GROUP BY article_id
"""
CHANGED = """
INSERT INTO feed.change
WITH rests(id, article_id) AS (
    {articles_now} UNION ALL {articles_before}
), corrected AS (
    SELECT id, min(reason) AS reason FROM rests JOIN renewed_article USING (article_id) GROUP BY id
), now AS (
    SELECT {id} AS id, {kind} AS kind, {moment} AS moment, record, sha256(record) AS hash FROM feed.{table}
), log AS (
    SELECT id, hash FROM previous.feed.change WHERE of = '{of}' AND hash IS NOT NULL
), differing AS (
    SELECT
        coalesce(now.id, log.id) AS id, now.kind, now.moment, now.record, now.hash,
        CASE WHEN log.id IS NULL THEN 'added' WHEN now.id IS NULL THEN 'removed' ELSE 'changed' END AS operation
    FROM now FULL JOIN log ON log.id = now.id
    WHERE now.hash IS DISTINCT FROM log.hash
), told AS (
    SELECT
        differing.id, coalesce(differing.kind, old.kind) AS kind, operation,
        CASE WHEN operation = 'changed' THEN [
            name FOR name IN json_keys(differing.record)
            IF json_extract(differing.record, '$.' || name) IS DISTINCT FROM json_extract(old.record, '$.' || name)
        ] ELSE [] END AS fields,
        corrected.reason AS correction, {heir} AS replaced_by, differing.hash,
        coalesce(differing.moment, old.moment) AS moment
    FROM differing
    LEFT JOIN (SELECT {id} AS id, {kind} AS kind, {moment} AS moment, * FROM previous.feed.{table}) AS old ON old.id = differing.id
    LEFT JOIN corrected ON corrected.id = differing.id
)
SELECT
    '{of}', {last} + row_number() OVER (ORDER BY operation = 'removed' DESC, moment, id), id, kind, operation, {number},
    fields, correction, replaced_by, hash
FROM told
UNION ALL
FROM previous.feed.change WHERE of = '{of}' AND id NOT IN (SELECT id FROM told)
ORDER BY 2
"""
# The fact to which the best statement of a removed fact belongs now.
HEIR = """CASE WHEN operation = 'removed' THEN (
    SELECT min(member.fact_id) FROM main.fact_member AS member
    WHERE member.event_id = old.best_event AND member.said_until IS NULL
) END"""
FIRST = """
INSERT INTO feed.change
SELECT '{of}', row_number() OVER (ORDER BY {moment}, {id}), {id}, {kind}, 'added', {number}, [], NULL, NULL, sha256(record)
FROM feed.{table} ORDER BY 2
"""
# The hash over all that is published of a log: of lines `id hash`, sorted; docs/feed.md tells it to readers.
VIEW_HASH = """
SELECT sha256(coalesce(string_agg(id || ' ' || hash || chr(10), '' ORDER BY id), ''))
FROM feed.change WHERE of = ? AND hash IS NOT NULL
"""


def view_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The hash over all that is published, of each log."""
    return {of: connection.execute(VIEW_HASH, [of]).fetchall()[0][0] for of in LOGS}


def write_changes(
    connection: duckdb.DuckDBPyConnection, previous: Path | None, number: int, snapshot: str
) -> dict[str, int]:
    """Make the logs from those of the database `previous` and what differs now; the last number in each.

    `number` and `snapshot` (its id) are of the snapshot that is being made.
    """
    connection.execute(CHANGE_TABLE)
    connection.execute(PUBLICATION_TABLE)
    last = dict.fromkeys(LOGS, 0)
    if previous is not None:
        connection.execute(f"ATTACH {quoted(previous)} AS previous (READ_ONLY)")
        connection.execute("INSERT INTO feed.publication FROM previous.feed.publication")
        connection.execute(RENEWED)
        last |= dict(
            connection.execute("SELECT of, max(last_sequence) FROM feed.publication GROUP BY of").fetchall()
        )
    here = connection.execute("SELECT current_database()").fetchall()[0][0]
    for of, log in LOGS.items():
        shape = {
            "of": of,
            "id": log.id,
            "kind": log.kind,
            "table": log.table,
            "moment": log.moment,
            "number": number,
        }
        if previous is None:
            connection.execute(FIRST.format(**shape))
        else:
            articles = {
                "articles_now": log.articles.format(of=here),
                "articles_before": log.articles.format(of="previous"),
            }
            heir = HEIR if of == "facts" else "NULL"
            connection.execute(CHANGED.format(**shape, **articles, heir=heir, last=last[of]))
        ((newest,),) = connection.execute(
            "SELECT max(sequence) FROM feed.change WHERE of = ?", [of]
        ).fetchall()
        last[of] = max(last[of], newest or 0)
        connection.execute(
            "INSERT INTO feed.publication VALUES (?, ?, ?, ?)", [of, number, snapshot, last[of]]
        )
    if previous is not None:
        connection.execute("DROP TABLE temp.renewed_article")
        connection.execute("DETACH previous")
    return last


def quoted(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
