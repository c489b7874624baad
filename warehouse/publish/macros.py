"""What the tables of the feed are written with in SQL: macros and a function that last as long as the connection."""

from __future__ import annotations

import duckdb
import pyarrow as pa
from duckdb.func import PythonUDFType

from warehouse.publish.filters import BETWEEN, MARK, all_folded

# `instant`: a moment in UTC, ISO 8601 with Z. `web`: an address where it is one of the web; NULL for anything else that a
# browser might run. `entries`: exact values as `filters.entry` writes them, in one text. `searchable`: texts, each once,
# with a newline between them that no search crosses.
MACROS = {
    "instant(moment)": """CASE
        WHEN epoch_us(moment) % 1000000 = 0 THEN strftime(make_timestamp(epoch_us(moment)), '%Y-%m-%dT%H:%M:%SZ')
        ELSE strftime(make_timestamp(epoch_us(moment)), '%Y-%m-%dT%H:%M:%S.%fZ')
    END""",
    "web(url)": "CASE WHEN regexp_matches(url, '^[Hh][Tt][Tt][Pp][Ss]?:') THEN url END",
    "period(first, last, exact)": """CASE WHEN first IS NOT NULL THEN {
        'start': first::VARCHAR, 'end': last::VARCHAR, 'precision': exact
    } END""",
    "reference(id, source, title, url, published)": """{
        'article_id': id, 'source': source, 'title': title, 'url': web(url), 'published': instant(published)
    }""",
    "in_order(listed)": "[each FOR each, place IN listed IF list_position(listed, each) = place]",
    "entries(name, listed)": f"""array_to_string(
        [chr({ord(MARK)}) || name || '=' || each || chr({ord(MARK)}) FOR each IN listed], ''
    )""",
    "together(listed)": f"array_to_string(listed, '{BETWEEN}')",
    "searchable(listed)": r"folded(array_to_string(list_filter(list_distinct(listed), lambda each: each <> ''), chr(10)))",
}


def define(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the connection know the macros, and `folded` of filters.py."""
    connection.create_function("folded", _folded, ["VARCHAR"], "VARCHAR", type=PythonUDFType.ARROW)
    for head, body in MACROS.items():
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {head} AS {body}")


def _folded(texts: pa.ChunkedArray) -> pa.Array:
    return pa.array(all_folded(texts.to_pylist()), pa.string())
