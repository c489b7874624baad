"""All or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block did, or roll all of it back where the block raises anything at all."""
    connection.execute("BEGIN TRANSACTION")
    try:
        yield
    except BaseException:
        # DuckDB has already ended a transaction that failed on COMMIT or on a full disk.
        with suppress(duckdb.TransactionException):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
