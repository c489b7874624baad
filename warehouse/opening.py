"""Opening a warehouse: the lock, the connection, tables and views brought up to date."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb

from warehouse.connect import WriterLock, connect, missing
from warehouse.errors import MigrationRefused, WarehouseError
from warehouse.migrate import apply_migrations, has_migrations, known_migrations, pending_migrations
from warehouse.series.rates import bring_shipped_rates
from warehouse.store import Warehouse
from warehouse.views import refresh_views


def open_warehouse(path: Path, *, read_only: bool, wait_seconds: float) -> Warehouse:
    """See `warehouse.open`."""
    if not wait_seconds >= 0:
        raise ValueError(f"wait_seconds must be 0 or more, got {wait_seconds}")
    path = Path(path).resolve()  # a snapshot is a symbolic link that a writer may turn elsewhere
    deadline = time.monotonic() + wait_seconds
    lock = None if read_only else _writer_lock(path, deadline, wait_seconds)
    try:
        connection = connect(path, read_only=read_only, deadline=deadline, wait_seconds=wait_seconds)
        try:
            if lock is not None:
                lock.sign()
            _bring_up_to_date(connection, path, read_only)
        except (duckdb.Error, OSError) as error:
            connection.close()
            raise WarehouseError(
                f"{path}: opened, but could not be made ready: {error}; free disk space where that is "
                "the reason, else restore the file from a copy or build it anew"
            ) from error
        except BaseException:
            connection.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return Warehouse(path, connection, read_only=read_only, lock=lock)


def _writer_lock(path: Path, deadline: float, wait_seconds: float) -> WriterLock:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot create its folder: {error}; choose another path") from error
    lock = WriterLock(path)
    lock.acquire(deadline, wait_seconds)
    return lock


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    if not read_only:
        apply_migrations(connection, path)
        bring_shipped_rates(connection)
    else:
        pending = pending_migrations(connection, path, known_migrations())
        if not has_migrations(connection):
            raise missing(path)
        if pending:
            raise MigrationRefused(
                f"{path}: written by an older Shilu (it lacks migration {pending[0]}); "
                "run `shilu run PATH` once to bring it up to date"
            )
    refresh_views(connection, read_only=read_only)
