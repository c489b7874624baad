"""What a doctor would look at: the file and what lies beside it, from outside to inside, each with what to do."""

from __future__ import annotations

import datetime
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.backup import log_of
from warehouse.connect import connect, read_holder, read_note
from warehouse.errors import WarehouseError, WarehouseLocked
from warehouse.journal import is_gone
from warehouse.migrate import has_migrations, known_migrations, pending_migrations
from warehouse.soundness import faults

State = Literal["ok", "warning", "fault"]
ROOM_FACTOR = 2  # a checkpoint or a migration may need the file's size again
LEAST_ROOM = 500_000_000  # bytes
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Symptom:
    """One thing looked at: whether it is well, in words, and what to do where it is not."""

    looked_at: str
    state: State
    words: str
    remedy: str = ""


def examine(path: Path, *, wait_seconds: float = 5.0) -> Iterator[Symptom]:
    """Look at the warehouse in the file `path`, from outside to inside; stops where it cannot look further.

    Changes nothing but what DuckDB does on opening.
    """
    path = Path(path).resolve()
    yield _folder(path)
    yield _room(path)
    yield _lock(path)
    yield _leftovers(path)
    if not path.exists():
        yield Symptom(
            "file", "warning", f"{path}: there is none yet", "run `shilu run PATH` to read articles into it"
        )
        return
    yield Symptom("file", "ok", f"{path}: {path.stat().st_size / MEGABYTE:.1f} MB")
    yield _log(path)
    try:
        deadline = time.monotonic() + wait_seconds
        connection = connect(path, read_only=True, deadline=deadline, wait_seconds=wait_seconds)
    except WarehouseLocked as error:
        yield Symptom(
            "database", "warning", f"cannot be looked into: {error}", "try again when the writer has finished"
        )
        return
    except WarehouseError as error:
        yield Symptom("database", "fault", str(error), "put back a copy: `shilu restore FILE --force`")
        return
    with closing(connection):
        yield from _inside(connection, path)


def _inside(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Symptom]:
    try:
        migrations = _migrations(connection, path)
        yield migrations
        if migrations.state != "ok":
            return
        yield _runs(connection)
        found = faults(connection)
    except duckdb.Error as error:
        yield Symptom(
            "database",
            "fault",
            f"cannot be read: {error}",
            "check the disk, then put back a copy: `shilu restore FILE --force`",
        )
        return
    for fault in found:
        yield Symptom(
            "content",
            "fault",
            str(fault),
            "put back a copy (`shilu restore FILE --force`) or build the warehouse anew from the articles; please report it",
        )
    if not found:
        articles = connection.execute("SELECT count(*) FROM article WHERE believed_until IS NULL").fetchall()[
            0
        ][0]
        yield Symptom(
            "content",
            "ok",
            f"{articles} articles: keys, beliefs, spans against their articles, facts are sound",
        )


def _folder(path: Path) -> Symptom:
    folder = path.parent
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        return Symptom(
            "folder",
            "fault",
            f"{existing}: cannot be written",
            "give yourself the right to, or choose another path",
        )
    return Symptom("folder", "ok", f"{folder}: can be written")


def _room(path: Path) -> Symptom:
    existing = next(each for each in (path.parent, *path.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    needed = max(LEAST_ROOM, ROOM_FACTOR * (path.stat().st_size if path.exists() else 0))
    words = f"{free / MEGABYTE:,.0f} MB free"
    if free < needed:
        return Symptom(
            "disk",
            "warning",
            f"{words}, {needed / MEGABYTE:,.0f} MB should be",
            f"free space on the disk of {existing}",
        )
    return Symptom("disk", "ok", words)


def _lock(path: Path) -> Symptom:
    holder, note = read_holder(path), read_note(path)
    if holder is not None:
        return Symptom("lock", "ok", str(holder))
    if note is not None:
        return Symptom(
            "lock",
            "warning",
            f"process {note.pid} (`{note.command}`) was killed while it wrote, since {note.since}",
            "nothing is lost and nobody is kept out; run the same command again to go on",
        )
    return Symptom("lock", "ok", "nobody writes")


def _leftovers(path: Path) -> Symptom:
    names = (f"{path.name}.part", f"{path.name}.part.wal", f"{path.name}.wal.set-aside", f"{path.name}.tmp")
    left = [str(each) for name in names if (each := path.with_name(name)).exists()]
    if left:
        return Symptom(
            "leftovers", "warning", ", ".join(left), "of a copy or query that was cut short; may be removed"
        )
    return Symptom("leftovers", "ok", "none")


def _log(path: Path) -> Symptom:
    log = log_of(path)
    if log.exists():
        return Symptom(
            "log",
            "warning",
            f"{log}: {log.stat().st_size / MEGABYTE:.1f} MB committed and not yet in the file, by a writer that was "
            "killed or has not finished",
            "leave it where it is: the next command that writes takes it in; copy the two files together or use "
            "`shilu backup`",
        )
    return Symptom("log", "ok", "none: everything is in the file")


def _migrations(connection: duckdb.DuckDBPyConnection, path: Path) -> Symptom:
    try:
        pending = pending_migrations(connection, path, known_migrations())
    except WarehouseError as error:
        return Symptom("migrations", "fault", str(error), "use the Shilu that wrote it, or another file")
    if not has_migrations(connection):
        return Symptom("migrations", "warning", "the database is empty", "run `shilu run PATH` to fill it")
    if pending:
        return Symptom(
            "migrations",
            "warning",
            f"written by an older Shilu: it lacks {', '.join(map(str, pending))}",
            "`shilu backup FILE`, then run `shilu run PATH` once to bring it up to date",
        )
    return Symptom("migrations", "ok", f"up to date: {known_migrations()[-1]}")


def _runs(connection: duckdb.DuckDBPyConnection) -> Symptom:
    rows = connection.execute(
        "SELECT id, process, started FROM run WHERE status = 'running' AND process IS NOT NULL ORDER BY started"
    ).fetchall()
    gone = [name for name, process, started in rows if is_gone(process, started)]
    last = connection.execute(
        "SELECT id, status, started FROM run ORDER BY started DESC, id LIMIT 1"
    ).fetchall()
    if gone:
        return Symptom("runs", "warning", f"killed: {', '.join(gone)}", "run the same command again to go on")
    if not last:
        return Symptom("runs", "warning", "none yet", "run `shilu run PATH`")
    name, status, started = last[0]
    if started > datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=1):
        return Symptom(
            "runs",
            "warning",
            f"the last one, {name}, began in the future: the clock was put back since",
            "set the clock right; order of loading is kept, times of belief run on from the latest",
        )
    if status == "failed":
        return Symptom(
            "runs",
            "warning",
            f"the last one, {name}, failed",
            "run the same command again and read its error",
        )
    return Symptom("runs", "ok", f"the last one, {name}: {status}")
