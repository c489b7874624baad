"""Copies of a warehouse: taken while others read it, put back whole or not at all.

A copy is made beside its goal, read in full, held against its original, and only then takes the goal's name: whatever
ends this process on the way, the goal is the old file or the new one. No file is overwritten unless asked for.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.connect import WriterLock, connect, missing
from warehouse.errors import CopyRefused, MigrationRefused, WarehouseError, WarehouseLocked
from warehouse.fingerprint import rows_hash
from warehouse.migrate import has_migrations, known_migrations, pending_migrations


@dataclass(frozen=True)
class Copy:
    """A copy made: where it lies, its size in bytes, and the hash of all rows that it shares with its original."""

    path: Path
    size: int
    rows_hash: str


def back_up(database: Path, goal: Path, *, replace: bool = False, wait_seconds: float = 30.0) -> Copy:
    """Copy the warehouse `database` to the file `goal`. Readers are not disturbed; writers wait meanwhile.

    `replace` allows `goal` to exist. Raises CopyRefused where it exists otherwise, where the copy cannot be written and
    where it is not what its original is; WarehouseMissing, MigrationRefused and WarehouseError where the database is
    none of ours or broken; WarehouseLocked where a writer does not finish within `wait_seconds`.
    """
    database, goal = Path(database).resolve(), Path(goal).resolve()
    if goal == database:
        raise CopyRefused(f"{goal}: this is the warehouse itself; give another file for the copy")
    _refuse_to_replace(goal, replace)
    if not database.exists():
        raise missing(database)
    deadline = time.monotonic() + wait_seconds
    with _writers_kept_out(database, deadline, wait_seconds):
        return _copy(database, goal, deadline, wait_seconds, replace)


def put_back(copy: Path, database: Path, *, replace: bool = False, wait_seconds: float = 30.0) -> Copy:
    """Make the copy `copy` the warehouse `database`.

    `replace` allows `database` to exist: what it holds is then gone. Whoever reads it at that moment goes on reading
    the old one. Raises as `back_up`; MigrationRefused where the copy was written by a newer Shilu.
    """
    copy, database = Path(copy).resolve(), Path(database).resolve()
    if copy == database:
        raise CopyRefused(f"{copy}: this is the warehouse itself; give the file of a copy")
    _refuse_to_replace(database, replace)
    deadline = time.monotonic() + wait_seconds
    with _writers_kept_out(database, deadline, wait_seconds):
        _fold_log(database, deadline, wait_seconds)
        return _copy(copy, database, deadline, wait_seconds, replace)


def log_of(database: Path) -> Path:
    """DuckDB's write-ahead log of a database file: what was committed and is not in the file yet."""
    return database.with_name(f"{database.name}.wal")


def _refuse_to_replace(goal: Path, replace: bool) -> None:
    if goal.exists() and not replace:
        raise CopyRefused(f"{goal}: there is a file already; give another name, or --force to replace it")


@contextlib.contextmanager
def _writers_kept_out(database: Path, deadline: float, wait_seconds: float) -> Iterator[None]:
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CopyRefused(f"{database}: cannot create its folder: {error}; choose another path") from error
    lock = WriterLock(database)
    lock.acquire(deadline, wait_seconds)
    try:
        yield
    finally:
        lock.release()


def _copy(original: Path, goal: Path, deadline: float, wait_seconds: float, replace: bool) -> Copy:
    draft = goal.with_name(f"{goal.name}.part")
    # Open while it is copied: DuckDB's own lock keeps out writers that are none of ours.
    source = connect(original, read_only=True, deadline=deadline, wait_seconds=wait_seconds)
    try:
        _check_ours(source, original)
        wanted = rows_hash(source)
        goal.parent.mkdir(parents=True, exist_ok=True)
        _write_draft(original, draft)
        with contextlib.closing(
            connect(draft, read_only=True, deadline=deadline, wait_seconds=wait_seconds)
        ) as written:
            got = rows_hash(written)
        if got != wanted:
            raise CopyRefused(
                f"{draft}: the copy is not what {original} is; nothing was replaced, check the disk and try again"
            )
        size = draft.stat().st_size
        _take_name(draft, goal, replace)
    except duckdb.Error as error:
        raise CopyRefused(
            f"{original}: cannot be read in full: {error}; nothing was replaced, see `shilu doctor`"
        ) from error
    except OSError as error:
        raise CopyRefused(
            f"{goal}: cannot be written: {error}; nothing was replaced, free disk space or choose another folder"
        ) from error
    finally:
        source.close()
        with contextlib.suppress(OSError):  # what went wrong before is what the user must see
            for leftover in (draft, log_of(draft)):
                leftover.unlink(missing_ok=True)
    return Copy(goal, size, wanted)


def _check_ours(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise MigrationRefused unless it is a warehouse that this version can bring up to date."""
    pending_migrations(connection, path, known_migrations())
    if not has_migrations(connection):
        raise MigrationRefused(f"{path}: an empty database, no Shilu warehouse; give another path")


def _write_draft(original: Path, draft: Path) -> None:
    """The file with its log, folded into one, safely on the disk."""
    log_of(draft).unlink(missing_ok=True)  # of a copy that was cut short
    shutil.copyfile(original, draft)
    if log_of(original).exists():
        shutil.copyfile(log_of(original), log_of(draft))
        with duckdb.connect(str(draft)) as connection:
            connection.execute("CHECKPOINT")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())


def _take_name(draft: Path, goal: Path, replace: bool) -> None:
    if replace:
        draft.replace(goal)
    else:
        try:
            goal.hardlink_to(draft)  # unlike a renaming, it replaces nothing that came into being meanwhile
        except FileExistsError:
            _refuse_to_replace(goal, replace)
        except OSError:  # a file system without links
            _refuse_to_replace(goal, replace)
            draft.rename(goal)
    folder = os.open(goal.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _fold_log(database: Path, deadline: float, wait_seconds: float) -> None:
    """Leave no log of the old database that the new one might be taken to go with.

    It is folded into the old file, which may yet stay; where that is broken, the log is set aside under another name.
    """
    log = log_of(database)
    if not log.exists():
        return
    try:
        with contextlib.closing(
            connect(database, read_only=False, deadline=deadline, wait_seconds=wait_seconds)
        ) as connection:
            connection.execute("CHECKPOINT")
    except WarehouseLocked:
        raise
    except (duckdb.Error, WarehouseError):
        if not log.exists():  # else it is the broken file's, and is set aside with what it holds
            raise
    if log.exists():
        log.replace(log.with_name(f"{log.name}.set-aside"))
