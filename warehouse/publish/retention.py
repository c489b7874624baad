"""Which snapshots go: the oldest, beyond as many as are kept, and never one that somebody reads."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

from warehouse.publish.folder import (
    DATABASE,
    DRAFT,
    IN_USE,
    LINK,
    VERSIONS,
    current_version,
    number_of,
    versions_in,
)

REMOVING = ".removing"


def remove_leftovers(folder: Path) -> None:
    """Remove what a killed publisher left: drafts, half-removed snapshots, and a snapshot never published."""
    place = folder / VERSIONS
    for path in place.iterdir():
        if path.name.startswith((DRAFT, REMOVING)):
            shutil.rmtree(path)
    current = current_version(folder) if (folder / LINK).is_symlink() else None
    for version in versions_in(folder):
        if current is None or (version != current and number_of(version) >= number_of(current)):
            _remove(version)


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` snapshots and those that are read; what was removed.

    A snapshot that is read now goes when something is published after its last reader has gone.
    """
    removed = []
    current = current_version(folder)
    for version in versions_in(folder)[: -keep or None]:
        if version != current and _remove(version):
            removed.append(version)
    return removed


def _remove(version: Path) -> bool:
    """Remove a snapshot unless somebody reads it. It vanishes under its name at once."""
    file = os.open(version / IN_USE, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_open_in_duckdb(version / DATABASE):
            return False
        going = version.with_name(f"{REMOVING}-{version.name}")
        version.rename(going)
    except BlockingIOError:
        return False
    finally:
        os.close(file)
    shutil.rmtree(going)
    return True


def _is_open_in_duckdb(database: Path) -> bool:
    """Whether another process has the database open by itself: DuckDB's readers lock the file's bytes."""
    database.chmod(0o644)  # whoever asks for an exclusive lock must be able to write
    file = os.open(database, os.O_RDWR)
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(file)
    return False
