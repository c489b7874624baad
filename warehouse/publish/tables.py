"""The tables of the feed within a snapshot: records as they are served, with columns to filter by, and the series added up.

They are written by the database itself, and laid down in the order in which they are served, so that the first page reads
little. What one thing alone shows of itself is read from the tables of the warehouse when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa

from warehouse.publish.event_rows import ARTICLES, EVENTS, FINDINGS
from warehouse.publish.event_rows import PAYLOADS as EVENT_PAYLOADS
from warehouse.publish.fact_rows import FACTS
from warehouse.publish.fact_rows import PAYLOADS as FACT_PAYLOADS
from warehouse.publish.macros import define
from warehouse.publish.records import Location
from warehouse.publish.series_tables import SERIES_TABLES
from warehouse.publish.shapes import shapes_select
from warehouse.transaction import registered

# `record` is the JSON that is served; `index` holds exact values and `search` folded words to filter by.
TABLES = {"fact": FACTS, "event": EVENTS, "article": ARTICLES, "finding": FINDINGS}
# Fetched for a few rows at a time: compressed, a row costs as much as its two thousand neighbours.
WHOLE = "record"
# What single rows are looked up by.
INDEXES = (
    ("feed.fact", "fact_id"), ("feed.event", "event_id"), ("feed.event", "article_id"), ("feed.article", "article_id"),
    ("feed.subject", "fact_id"), ("fact_member", "fact_id"), ("fact", "id"), ("event", "id"), ("evidence", "event_id"),
    ("article", "id"),
)  # fmt: skip
Locate = Callable[[str, tuple[str, ...]], Location | None]
PLACE_SCHEMA = pa.schema(
    [
        ("place", pa.string()),
        ("told_of", pa.list_(pa.string())),
        ("name", pa.string()),
        ("country", pa.string()),
        ("geonames_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
    ]
)
# Where the places of a payload are that are on the map, in the order of its places.
SPOTTED = """
CREATE TEMP TABLE spotted AS
SELECT places, countries, list({
    'place': place, 'name': name, 'country': country, 'geonames_id': geonames_id,
    'latitude': latitude, 'longitude': longitude
} ORDER BY number) AS locations
FROM (
    SELECT DISTINCT places, countries, unnest(places) AS place, generate_subscripts(places, 1) AS number
    FROM (SELECT places, countries FROM shaped_event UNION SELECT places, countries FROM shaped_fact)
)
JOIN feed.place USING (place) WHERE told_of = countries GROUP BY ALL
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

# The findings by the facts that they are about.
SUBJECTS = """
CREATE TABLE feed.subject AS
SELECT fact_id, row_number() OVER (PARTITION BY fact_id ORDER BY gravity, finding_id) AS place, record
FROM (SELECT DISTINCT fact_id, finding_id FROM finding_subjects WHERE fact_id IS NOT NULL)
JOIN feed.finding USING (finding_id) ORDER BY fact_id, place
"""


def make_tables(connection: duckdb.DuckDBPyConnection, locate: Locate | None) -> None:
    """Make all tables of the feed but for the changes; `locate` says where a place of a text on some countries is."""
    define(connection)
    connection.execute("CREATE SCHEMA feed")
    for name, payloads in (("event", EVENT_PAYLOADS), ("fact", FACT_PAYLOADS)):
        connection.execute(f"CREATE TEMP TABLE shaped_{name} AS {shapes_select(payloads)}")
    _put_on_map(connection, locate)
    connection.execute(SPOTTED)
    for name, select in TABLES.items():
        _fill(connection, f"feed.{name}", select)
    for name in ("shaped_event", "shaped_fact", "spotted"):
        connection.execute(f"DROP TABLE temp.{name}")
    connection.execute(SUBJECTS)
    connection.execute(FACETS)
    for name, select in SERIES_TABLES.items():
        connection.execute(f"CREATE TABLE feed.{name} AS SELECT * FROM ({select}) ORDER BY ALL")
    for table, column in INDEXES:
        connection.execute(f"CREATE INDEX {table.rpartition('.')[2]}_by_{column} ON {table} ({column})")


def _fill(connection: duckdb.DuckDBPyConnection, table: str, select: str) -> None:
    """Make a table of the rows of a query, in their order."""
    columns = [
        f'"{name}" {kind}{" USING COMPRESSION uncompressed" if name == WHOLE else ""}'
        for name, kind, *_ in connection.execute(f"DESCRIBE {select}").fetchall()
    ]
    connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    connection.execute(f"INSERT INTO {table} {select}")


def _put_on_map(connection: duckdb.DuckDBPyConnection, locate: Locate | None) -> None:
    """Make the table `feed.place` of where the places of current events and facts are."""
    wanted = connection.execute(
        "SELECT DISTINCT unnest(places), countries FROM (FROM shaped_event UNION ALL FROM shaped_fact)"
    ).fetchall()
    pairs = sorted((place, tuple(countries)) for place, countries in wanted)
    located = [(pair, found) for pair in pairs if locate is not None and (found := locate(*pair))]
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
        for (place, countries), found in located
    ]
    with registered(connection, {"made_rows": pa.Table.from_pylist(rows, PLACE_SCHEMA)}):
        connection.execute("CREATE TABLE feed.place AS SELECT * FROM made_rows ORDER BY ALL")
