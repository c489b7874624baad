"""The folder of published snapshots: where things lie in it, and the right to read one of them.

current -> versions/000012-3f9ac1…     the symbolic link that publishing turns, all at once
versions/000012-3f9ac1…/               one snapshot: shilu.duckdb, a Parquet file for each view, manifest.json
publish.lock                           held by whoever publishes
"""

from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path
from types import TracebackType
from typing import Self

from warehouse.errors import NothingPublished

LINK = "current"
VERSIONS = "versions"
DATABASE = "shilu.duckdb"
MANIFEST = "manifest.json"
# Readers hold a shared lock on this file of their snapshot; it is removed only by who gets the exclusive one.
IN_USE = "in-use"
DRAFT = ".draft"
VERSION_NAME = re.compile(r"(\d{6,})-([0-9a-f]{16})")
ATTEMPTS = 100


def beside(database: Path) -> Path:
    """Where the snapshots of a warehouse are published unless told otherwise: data/shilu.published."""
    return database.with_name(f"{database.stem}.published")


def version_name(number: int, identity: str) -> str:
    """The name of a snapshot's folder; names sort as the numbers do up to a million."""
    return f"{number:06}-{identity}"


def versions_in(folder: Path) -> list[Path]:
    """The snapshots in the folder, the oldest first; drafts and foreign files are none."""
    place = folder / VERSIONS
    found = [path for path in place.iterdir() if VERSION_NAME.fullmatch(path.name)] if place.is_dir() else []
    return sorted(found, key=lambda path: (number_of(path), path.name))


def number_of(version: Path) -> int:
    """The number of a snapshot, counted from 1."""
    match = VERSION_NAME.fullmatch(version.name)
    if match is None:
        raise ValueError(f"{version}: no folder of a snapshot; their names are like 000001-0123456789abcdef")
    return int(match[1])


def current_version(folder: Path) -> Path:
    """The snapshot that is published now. Raises NothingPublished where there is none."""
    try:
        target = (folder / LINK).readlink()
    except OSError as error:
        raise NothingPublished(
            f"{folder}: nothing has been published here yet; run `shilu publish`, or `shilu run PATH` first"
        ) from error
    return folder / target


class Lease:
    """The right to read one snapshot: while it is held, publishing does not remove the snapshot.

    A context manager; `version` is the snapshot's folder.
    """

    def __init__(self, version: Path) -> None:
        """Raises OSError where the snapshot is being removed or gone."""
        self.version = version
        self._file: int | None = os.open(version / IN_USE, os.O_RDONLY)
        try:
            fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            (version / MANIFEST).stat()  # removed between opening and locking?
        except OSError:
            self.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Give the right back; harmless when done twice."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def lease_current(folder: Path) -> Lease:
    """Take a lease of the snapshot that is published now.

    Raises NothingPublished where there is none, or where it is broken: its folder is not there.
    """
    for _ in range(ATTEMPTS):  # between reading the link and locking, publishing may have gone on
        version = current_version(folder)
        try:
            return Lease(version)
        except OSError as error:
            failure = error
    raise NothingPublished(
        f"{folder}: the published snapshot cannot be opened: {failure}; run `shilu publish`"
    ) from failure
