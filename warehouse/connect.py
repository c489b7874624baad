"""Opening the database file: one writer at a time, a bounded wait, and a word on who holds it."""

from __future__ import annotations

import datetime
import json
import os
import shlex
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import WarehouseError, WarehouseLocked, WarehouseMissing

# Sized for two cores; sorts and joins beyond the limit spill to a folder beside the database.
MEMORY_LIMIT = "2GB"
THREADS = 2
POLL_SECONDS = 0.1


def runs(pid: int) -> bool:
    """Whether a process with this id runs on this machine."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs, under another user
        return True
    return True


@dataclass(frozen=True)
class Holder:
    """Who writes to the database: process id, command line, and since when (ISO 8601, UTC)."""

    pid: int
    command: str
    since: str

    @classmethod
    def this_process(cls) -> Self:
        """The holder that this process would be, from now on."""
        command = shlex.join([Path(sys.argv[0]).name or "python", *sys.argv[1:]])
        return cls(os.getpid(), command, datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))

    @property
    def is_alive(self) -> bool:
        """Whether a process with this id runs on this machine: a killed writer leaves its note behind."""
        return runs(self.pid)

    def __str__(self) -> str:
        whose = "this very process" if self.pid == os.getpid() else f"process {self.pid}"
        return f"{whose} (`{self.command}`) has been writing since {self.since}"


class WriterLock:
    """The right to write to one database: a lock file beside it, and a note of who holds it.

    The note is a file of its own, since a contender may truncate the lock file on its attempt.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._note = database.with_name(f"{database.name}.holder.json")
        # Not per thread: a flow may open the warehouse in one thread and close it in another.
        self._lock = FileLock(database.with_name(f"{database.name}.lock"), thread_local=False)

    def acquire(self, deadline: float, wait_seconds: float) -> None:
        """Take the lock until `deadline` (of `time.monotonic`).

        Raises WarehouseLocked at the deadline, WarehouseError where the folder cannot be written.
        """
        try:
            self._lock.acquire(timeout=max(0.0, deadline - time.monotonic()), poll_interval=POLL_SECONDS)
        except Timeout:
            raise locked(self._database, wait_seconds, "") from None
        except OSError as error:
            raise WarehouseError(
                f"{self._database}: cannot write the lock file beside it: {error}; "
                "choose a folder you may write to"
            ) from error

    def sign(self) -> None:
        """Note that this process writes: once the database is open, not while it waits for readers."""
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(Holder.this_process())), encoding="utf-8")
        draft.replace(self._note)

    def release(self) -> None:
        """Let go of the lock; harmless where it is not held."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()


def read_note(database: Path) -> Holder | None:
    """The writer named in the note beside `database`, alive or not, if there is one."""
    note = database.with_name(f"{database.name}.holder.json")
    try:
        return Holder(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):  # no note, or not one of ours: DuckDB's own words must do
        return None


def read_holder(database: Path) -> Holder | None:
    """The living writer named in the note beside `database`, if there is one."""
    holder = read_note(database)
    return holder if holder is not None and holder.is_alive else None


def locked(database: Path, wait_seconds: float, duckdb_says: str) -> WarehouseLocked:
    """The error that says who holds `database`, how long we waited and what to do."""
    holder = read_holder(database)
    if holder is None and not duckdb_says:
        duckdb_says = _conflict(database)
    who = str(holder) if holder else f"DuckDB says: {duckdb_says or 'no holder is known any more'}"
    if holder and holder.pid == os.getpid():
        remedy = "close that warehouse first"
    else:
        stop = f"`kill {holder.pid}`" if holder else "stopping the process named above"
        remedy = f"wait for it to finish and try again, allow a longer wait, or end it by {stop}"
    return WarehouseLocked(
        f"{database}: in use by another; {who}. Waited {wait_seconds:g} s. Next: {remedy}."
    )


def connect(
    database: Path, *, read_only: bool, deadline: float, wait_seconds: float
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection to `database`, waiting until `deadline` for other processes to let go.

    A read-only connection can touch nothing but the database: no files, no network, no settings.
    Raises WarehouseMissing (readers only), WarehouseLocked, and WarehouseError for a file that DuckDB cannot
    open.
    """
    if read_only and not database.exists():
        raise missing(database)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",  # a table name must not mean a Python variable
    }
    if read_only:
        config["enable_external_access"] = "false"
    connection = _connect_by(database, read_only, config, deadline, wait_seconds)
    # A second reader in one process shares the settings of the first, and finds them locked.
    if not connection.execute("SELECT current_setting('lock_configuration')").fetchall()[0][0]:
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        if read_only:
            connection.execute("SET lock_configuration = true")
    return connection


def missing(database: Path) -> WarehouseMissing:
    """The error for a reader that comes before the first run."""
    return WarehouseMissing(
        f"{database}: there is no warehouse yet; run `shilu run PATH` first to read articles into it"
    )


def _connect_by(
    database: Path,
    read_only: bool,
    config: dict[str, str | bool | int | float | list[str]],
    deadline: float,
    wait_seconds: float,
) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            return duckdb.connect(str(database), read_only=read_only, config=config)
        except duckdb.Error as error:
            if not _is_conflict(error):
                raise WarehouseError(
                    f"{database}: DuckDB {duckdb.__version__} cannot open it: {error}; "
                    "give the path of a Shilu warehouse; a file of a newer DuckDB needs the Shilu that "
                    "wrote it; otherwise move it away to start a new one"
                ) from error
            if time.monotonic() >= deadline:
                raise locked(database, wait_seconds, str(error)) from error
        time.sleep(min(POLL_SECONDS, max(0.0, deadline - time.monotonic())))


def _is_conflict(error: duckdb.Error) -> bool:
    """Whether another connection is in the way: of another process, or of this one in the other mode."""
    words = str(error)
    return "Could not set lock on file" in words or "with a different configuration" in words


def _conflict(database: Path) -> str:
    """What DuckDB says of whoever holds `database`; empty where nobody does."""
    try:
        duckdb.connect(str(database), read_only=True).close()
    except duckdb.Error as error:
        return str(error)
    return ""
