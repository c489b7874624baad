"""Hashes of what a warehouse holds, in whatever order and files it holds it.

Two of them. The hash of the *content* is over what is believed now: two warehouses have the same one where the same
articles were read by the same version, on whatever way, in however many runs. The hash of the *rows* is over every row
of every table, past beliefs and the record of runs too: a copy has the same one as its original.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import duckdb

# What is believed now, by table: the condition on its rows, and the columns that tell of the way there instead.
BELIEVED = "believed_until IS NULL"
BELIEF = ("version", "article_version", "run_id", "believed_from", "believed_until")
CONTENT: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "article": (BELIEVED, BELIEF),
    "reading": (BELIEVED, BELIEF),
    "event": (BELIEVED, (*BELIEF, "extractor_version")),  # there the first that read it so
    "evidence": (
        f"(event_id, event_version) IN (SELECT (id, version) FROM event WHERE {BELIEVED})",
        ("event_version",),
    ),
    "origin": (BELIEVED, BELIEF),
    "fact": ("true", ()),
    "fact_member": ("true", ("event_version",)),
    "issue": ("true", ("run_id",)),
    "rate": ("true", ()),
}
ONCE = {"issue"}  # two runs may tell of the same one


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over what is believed now, hexadecimal."""
    present = columns_by_table(connection)
    return _hash(
        [
            (table, [name for name in present[table] if name not in incidental], condition, table in ONCE)
            for table, (condition, incidental) in CONTENT.items()
            if table in present
        ],
        connection,
    )


def rows_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 over all rows of all tables, hexadecimal; reads every block of the file that holds any."""
    tables = columns_by_table(connection)
    return _hash([(table, tables[table], "true", False) for table in sorted(tables)], connection)


def columns_by_table(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """The columns of each table, sorted by name."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(
        """
        SELECT table_name, column_name FROM duckdb_columns()
        WHERE NOT internal AND database_name = current_database()
            AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE NOT temporary)
        ORDER BY ALL
        """
    ).fetchall():
        found.setdefault(table, []).append(column)
    return found


def _hash(parts: list[tuple[str, list[str], str, bool]], connection: duckdb.DuckDBPyConnection) -> str:
    whole = hashlib.sha256()
    for table, columns, condition, once in parts:
        whole.update(f"{table} {_digest(connection, table, columns, condition, once=once)}\n".encode())
    return whole.hexdigest()


def _digest(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], condition: str, *, once: bool
) -> str:
    """Number and sum of the digests of rows: their order does not matter, a row too many does.

    A missing value differs from every value, since rows are taken as JSON.
    """
    row = "{" + ", ".join(f"'{name}': \"{name}\"" for name in columns) + "}"
    digests = (
        f'SELECT {"DISTINCT " if once else ""}md5_number(to_json({row})::VARCHAR) AS digest FROM "{table}"'
    )
    count, low, high = connection.execute(
        f"""
        SELECT count(*),
            coalesce(sum((digest & 18446744073709551615::UHUGEINT)::HUGEINT), 0),
            coalesce(sum((digest >> 64)::HUGEINT), 0)
        FROM ({digests} WHERE {condition})
        """
    ).fetchall()[0]
    return f"{count} {low} {high}"
