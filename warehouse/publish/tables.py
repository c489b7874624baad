"""The tables of the feed, made in the copy of the warehouse that becomes a snapshot: schema `feed`.

They hold ready answers: each fact, event and article as the JSON that is served, with columns to filter by, and the series
added up. They are laid down in the order in which they are served, so that the first page reads little.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.publish.columns import (
    ARTICLE_SCHEMA,
    EVENT_SCHEMA,
    FACT_SCHEMA,
    FINDING_SCHEMA,
    HISTORY_SCHEMA,
    MEMBER_SCHEMA,
    PLACE_SCHEMA,
)
from warehouse.publish.event_rows import article_row, event_row, finding_row
from warehouse.publish.fact_rows import fact_row, history_row, member_row
from warehouse.publish.filters import countries_of, places_of
from warehouse.publish.records import Location, Locations
from warehouse.publish.views import SERIES
from warehouse.transaction import registered

# Rows turned into records at a time: a bound on memory.
CHUNK = 5_000
# Columns that are fetched for a few rows at a time: compressed, a row costs as much as its two thousand neighbours.
WHOLE = ("record", "detail")
# What single rows are looked up by.
INDEXES = (
    ("fact", "fact_id"), ("member", "fact_id"), ("history", "fact_id"), ("subject", "fact_id"), ("event", "event_id"),
    ("event", "article_id"), ("article", "article_id"),
)  # fmt: skip
Locate = Callable[[str, tuple[str, ...]], Location | None]

SPANS = """SELECT event_id, event_version,
    list({'part': part, 'start': "start", 'end': "end", 'text': "text"} ORDER BY ordinal) AS spans
FROM evidence GROUP BY ALL"""

# Members of the facts of now, and the events of now by their facts. An event that is current is in one fact at most.
MEMBERS = "SELECT * FROM fact_member WHERE said_until IS NULL"

FACTS = f"""
WITH told AS (
    SELECT
        fact_id,
        list_sort(list(DISTINCT article.source)) AS sources,
        list_sort(list(DISTINCT article.title) || list(DISTINCT evidence."text")) AS told,
        map_from_entries(list(DISTINCT (member.event_id, member.origin_id))) AS origin_of
    FROM ({MEMBERS}) AS member
    JOIN event ON event.id = member.event_id AND event.version = member.event_version
    JOIN article ON article.id = event.article_id AND article.version = event.article_version
    JOIN evidence ON evidence.event_id = event.id AND evidence.event_version = event.version AND evidence.ordinal = 1
    GROUP BY fact_id
), best AS (
    SELECT fact_id, event_id, max(event_version) AS event_version FROM ({MEMBERS}) GROUP BY ALL
)
SELECT
    facts.* EXCLUDE (payload, claims), facts.payload::VARCHAR AS payload, facts.claims::VARCHAR AS claims,
    coalesce(told.sources, []) AS sources, coalesce(told.told, []) AS told, told.origin_of,
    event.claimed_by, event.confidence, article.id AS article_id, article.source, article.title, article.url,
    article.published, proof.spans AS evidence, proof.spans[1]."text" AS evidence_text
FROM facts
LEFT JOIN told USING (fact_id)
LEFT JOIN best ON best.fact_id = facts.fact_id AND best.event_id = facts.best_event
LEFT JOIN event ON event.id = best.event_id AND event.version = best.event_version
LEFT JOIN article ON article.id = event.article_id AND article.version = event.article_version
LEFT JOIN ({SPANS}) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
ORDER BY first_reported DESC, fact_id DESC
"""

EVENTS = f"""
SELECT
    event.id AS event_id, event.kind, member.fact_id, event.claimed_by, event.claimant_side, event.modality,
    event.when_start, event.when_end, event.when_precision, event.payload::VARCHAR AS payload, event.found_by,
    event.confidence, reading.extractor_version, article.id AS article_id, article.source, article.title, article.url,
    article.published, article."text" AS body, event.claimant_span, proof.spans AS evidence
FROM event
JOIN article ON article.id = event.article_id AND article.version = event.article_version
JOIN reading ON reading.article_id = event.article_id AND reading.believed_until IS NULL
LEFT JOIN ({MEMBERS}) AS member ON member.event_id = event.id AND member.event_version = event.version
LEFT JOIN ({SPANS}) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
WHERE event.believed_until IS NULL
ORDER BY article.published DESC, event.id DESC
"""

ARTICLES = """
SELECT
    article.id AS article_id, article.version, article.source, article.title, article.url, article.published,
    article.language, article.script, article."text", article.captions, origin.origin_id,
    coalesce(origin.is_reprint, false) AS is_reprint, coalesce(found.events, 0) AS events, told.versions,
    coalesce(copies.reprints, []) AS reprints
FROM article
LEFT JOIN article_origins AS origin ON origin.article_id = article.id
LEFT JOIN (
    SELECT said.article_id, list(
        {'version': said.article_version, 'title': version.title, 'said_from': said.said_from, 'correction': said.reason}
        ORDER BY said.article_version DESC
    ) AS versions
    FROM article_said AS said
    JOIN article AS version ON version.id = said.article_id AND version.version = said.article_version
    GROUP BY said.article_id
) AS told ON told.article_id = article.id
LEFT JOIN (
    SELECT origin_id, list(
        {'article_id': article_id, 'source': source, 'title': title, 'url': url, 'published': published}
        ORDER BY published, article_id
    ) AS reprints
    FROM article_origins WHERE is_reprint GROUP BY origin_id
) AS copies ON copies.origin_id = article.id
LEFT JOIN (
    SELECT article_id, count(*) AS events FROM event WHERE believed_until IS NULL GROUP BY article_id
) AS found ON found.article_id = article.id
WHERE article.believed_until IS NULL
ORDER BY article.published DESC, article.id DESC
"""

# All members that there ever were, a fact's beside each other.
ALL_MEMBERS = f"""
SELECT
    member.fact_id, member.event_id, member.reason, member.tied_to, member.said_from, member.said_until,
    member.origin_id, event.claimed_by, event.claimant_side, event.modality, event.confidence,
    event.payload::VARCHAR AS payload, article.id AS article_id, article.source, article.title, article.url,
    article.published, article."text" AS body, proof.spans AS evidence, row_number() OVER (
        PARTITION BY member.fact_id ORDER BY member.said_from, member.event_id, member.event_version
    ) AS place
FROM fact_member AS member
JOIN event ON event.id = member.event_id AND event.version = member.event_version
JOIN article ON article.id = event.article_id AND article.version = event.article_version
LEFT JOIN ({SPANS}) AS proof ON proof.event_id = event.id AND proof.event_version = event.version
ORDER BY member.fact_id, member.said_from, member.event_id, member.event_version
"""

HISTORY = """
SELECT * EXCLUDE (payload, claims), row_number() OVER (PARTITION BY fact_id ORDER BY said_from) AS place
FROM fact_history ORDER BY fact_id, said_from
"""

# How often each value that readers filter by occurs among the facts.
FACETS = """
CREATE TABLE feed.facet AS
SELECT * FROM (
    SELECT 'kind' AS name, kind AS value, count(*) AS facts FROM feed.fact GROUP BY kind
    UNION ALL SELECT 'status', status, count(*) FROM feed.fact GROUP BY status
    UNION ALL SELECT 'side', side, count(*) FROM (SELECT unnest(string_split(sides, ' | ')) AS side FROM feed.fact) GROUP BY side
    UNION ALL SELECT 'place', place, count(*) FROM (SELECT unnest(string_split(places, ' | ')) AS place FROM feed.fact) GROUP BY place
    UNION ALL SELECT 'claimant', claimant, count(*)
        FROM (SELECT unnest(list_distinct(string_split(claimants, ' | '))) AS claimant FROM feed.fact) GROUP BY claimant
    UNION ALL SELECT 'source', source, count(*) FROM (SELECT unnest(string_split(sources, ' | ')) AS source FROM feed.fact) GROUP BY source
) WHERE value <> '' ORDER BY name, facts DESC, value
"""

FINDINGS = """
SELECT *, list_position(['error', 'warning', 'notice'], severity) AS gravity
FROM findings ORDER BY gravity, first_said DESC, finding_id DESC
"""

# The findings by the facts that they are about.
SUBJECTS = """
CREATE TABLE feed.subject AS
SELECT fact_id, row_number() OVER (PARTITION BY fact_id ORDER BY gravity, finding_id) AS place, record
FROM (SELECT DISTINCT fact_id, finding_id FROM finding_subjects WHERE fact_id IS NOT NULL)
JOIN feed.finding USING (finding_id) ORDER BY fact_id, place
"""


def make_tables(connection: duckdb.DuckDBPyConnection, locate: Locate | None) -> None:
    """Make all tables of the feed but for the changes; `locate` says where a place of a text on some countries is."""
    connection.execute("CREATE SCHEMA feed")
    locations = _locations(connection, locate)
    _fill(connection, "fact", FACTS, FACT_SCHEMA, lambda row: fact_row(row, locations))
    _fill(connection, "event", EVENTS, EVENT_SCHEMA, lambda row: event_row(row, locations))
    _fill(connection, "article", ARTICLES, ARTICLE_SCHEMA, article_row)
    _fill(connection, "member", ALL_MEMBERS, MEMBER_SCHEMA, member_row)
    _fill(connection, "history", HISTORY, HISTORY_SCHEMA, history_row)
    _fill(connection, "finding", FINDINGS, FINDING_SCHEMA, finding_row)
    connection.execute(SUBJECTS)
    connection.execute(FACETS)
    for name, select in SERIES.items():
        connection.execute(f"CREATE TABLE feed.{name} AS SELECT * FROM ({select}) ORDER BY ALL")
    for table, column in INDEXES:
        connection.execute(f"CREATE INDEX {table}_by_{column} ON feed.{table} ({column})")


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    select: str,
    schema: pa.Schema,
    row_of: Callable[[Mapping[str, Any]], dict[str, Any]],
) -> None:
    """Make `feed.<table>` of the rows of a query, a chunk at a time."""
    with registered(connection, {"made_rows": schema.empty_table()}):
        described = connection.execute("DESCRIBE FROM made_rows").fetchall()
    columns = [
        f'"{name}" {kind}{" USING COMPRESSION uncompressed" if name in WHOLE else ""}'
        for name, kind, *_ in described
    ]
    connection.execute(f"CREATE TABLE feed.{table} ({', '.join(columns)})")
    for chunk in _chunks(connection.cursor().execute(select)):
        content = pa.Table.from_pylist([row_of(row) for row in chunk], schema)
        with registered(connection, {"made_rows": content}):
            connection.execute(f"INSERT INTO feed.{table} BY NAME SELECT * FROM made_rows")


def _chunks(cursor: duckdb.DuckDBPyConnection) -> Iterator[list[dict[str, Any]]]:
    names = [column[0] for column in cursor.description or ()]
    while rows := cursor.fetchmany(CHUNK):
        yield [dict(zip(names, row, strict=True)) for row in rows]


def _locations(connection: duckdb.DuckDBPyConnection, locate: Locate | None) -> Locations:
    """Where the places of current events and facts are; the same as the table `feed.place`."""
    wanted: set[tuple[str, tuple[str, ...]]] = set()
    cursor = connection.cursor().execute(
        "SELECT kind, payload::VARCHAR AS payload FROM event WHERE believed_until IS NULL "
        "UNION SELECT kind, payload::VARCHAR FROM fact WHERE said_until IS NULL"
    )
    for chunk in _chunks(cursor):
        for row in chunk:
            slots = json.loads(row["payload"])
            wanted.update((place, countries_of(slots)) for place in places_of(row["kind"], slots))
    located = {pair: found for pair in sorted(wanted) if locate is not None and (found := locate(*pair))}
    rows = [
        {
            "place": place,
            "told_of": list(countries),
            "name": found.name,
            "country": found.country,
            "geonames_id": found.geonames_id,
            "latitude": found.latitude,
            "longitude": found.longitude,
        }
        for (place, countries), found in located.items()
    ]
    with registered(connection, {"made_rows": pa.Table.from_pylist(rows, PLACE_SCHEMA)}):
        connection.execute("CREATE TABLE feed.place AS SELECT * FROM made_rows ORDER BY ALL")
    return located
