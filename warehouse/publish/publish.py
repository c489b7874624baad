"""Publishing: a snapshot is made beside the old ones and put in their place all at once.

The writer is kept waiting only while its file is copied. Killed at any moment, publishing leaves the snapshot before; what it
left lying is cleared away by the next.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.connect import connect, missing
from warehouse.errors import NothingPublished, PublishRefused, SnapshotBroken
from warehouse.opening import open_warehouse
from warehouse.publish.changes import FACT_CHANGES, quoted, view_hashes, write_changes
from warehouse.publish.folder import (
    DATABASE,
    DRAFT,
    IN_USE,
    LINK,
    VERSIONS,
    current_version,
    number_of,
    version_name,
    versions_in,
)
from warehouse.publish.manifest import (
    SCHEMA_VERSION,
    Manifest,
    PublishedFile,
    content_hash,
    file_hash,
    layout_digest,
    snapshot_id,
    verify,
)
from warehouse.publish.records import instant
from warehouse.publish.retention import remove_leftovers, remove_old
from warehouse.publish.tables import Locate, make_tables
from warehouse.publish.views import published_views
from warehouse.transaction import transaction

LOCK = "publish.lock"
KEPT = 3
READ_ONLY = 0o444


@dataclass(frozen=True)
class Publication:
    """What publishing did: the snapshot that is published now, whether it is new, and how many old ones went."""

    version: Path
    manifest: Manifest
    is_new: bool
    removed: int


def publish(
    database: Path,
    folder: Path,
    *,
    keep: int = KEPT,
    wait_seconds: float = 30.0,
    locate: Locate | None = None,
) -> Publication:
    """Publish the warehouse in `database` into `folder`; see `warehouse.publish_snapshot`."""
    if keep < 1:
        raise ValueError(f"keep must be 1 or more, got {keep}")
    if not database.is_file():
        raise missing(database)
    try:
        (folder / VERSIONS).mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=wait_seconds):
            return _publish(database, folder, keep, wait_seconds, locate)
    except Timeout as error:
        raise PublishRefused(
            f"{folder}: another process has been publishing here for {wait_seconds:g} s; wait and try again"
        ) from error
    except (OSError, duckdb.Error) as error:
        raise PublishRefused(
            f"{folder}: could not publish: {error}; readers keep the snapshot they had. Make room or choose "
            "another folder, and run `shilu publish`"
        ) from error


def _publish(
    database: Path, folder: Path, keep: int, wait_seconds: float, locate: Locate | None
) -> Publication:
    remove_leftovers(folder)
    before = _published_before(folder)
    draft = folder / VERSIONS / f"{DRAFT}-{os.getpid()}"
    draft.mkdir()
    (draft / IN_USE).touch()
    _copy_warehouse(database, draft / DATABASE, wait_seconds)
    manifest = _fill(draft, folder, before, locate)
    if manifest is None:
        assert before is not None
        shutil.rmtree(draft)
        # When it was last found to be up to date: the feed tells.
        os.utime(folder / LINK, follow_symlinks=False)
        return Publication(current_version(folder), before, False, len(remove_old(folder, keep)))
    version = folder / VERSIONS / version_name(manifest.number, manifest.id)
    manifest.write(draft)
    _sync(draft)
    draft.rename(version)
    _turn(folder, version)
    return Publication(version, manifest, True, len(remove_old(folder, keep)))


def _published_before(folder: Path) -> Manifest | None:
    """The manifest of the snapshot published now; `None` where there is none that this version can go on from."""
    try:
        manifest = verify(current_version(folder), DATABASE)
    except (NothingPublished, SnapshotBroken):
        return None
    return manifest if manifest.schema_version == SCHEMA_VERSION else None


def _copy_warehouse(database: Path, copy: Path, wait_seconds: float) -> None:
    """Copy the warehouse, its facts and findings up to date, while no writer is in it."""
    house = open_warehouse(database, read_only=False, wait_seconds=wait_seconds)
    try:
        house.resolve()
        house.audit()
    except BaseException:
        house.close()
        raise
    house.close_and_copy(copy)


def _fill(draft: Path, folder: Path, before: Manifest | None, locate: Locate | None) -> Manifest | None:
    """Make the tables of the feed and the Parquet files in the draft; its manifest.

    `None` where all of it is as in the snapshot before.
    """
    connection = connect(draft / DATABASE, read_only=False, deadline=0.0, wait_seconds=0.0)
    try:
        with transaction(connection):  # written once, whole, instead of a bit more at each step
            make_tables(connection, locate)
        files = [
            _write_parquet(connection, draft, name, select) for name, select in published_views().items()
        ]
        content = content_hash({each.name: each.sha256 for each in files})
        if before is not None and content == before.content:
            return None
        snapshot = snapshot_id(before.id if before is not None else None, content)
        number = _next_number(folder)
        previous = current_version(folder) / DATABASE if before is not None else None
        last = write_changes(connection, previous, number, snapshot)
        files.append(_write_parquet(connection, draft, "changes", FACT_CHANGES))
        manifest = _manifest(connection, files)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    (draft / DATABASE).chmod(READ_ONLY)
    files.insert(0, _published_file(draft, DATABASE))
    return replace(
        manifest,
        id=snapshot,
        number=number,
        previous=before.id if before is not None else None,
        content=content,
        last_sequence=last["facts"],
        last_sequences=last,
        files=files,
    )


def _next_number(folder: Path) -> int:
    """One more than the highest so far, also where the link to the current snapshot is lost."""
    return max(map(number_of, versions_in(folder)), default=0) + 1


def _write_parquet(
    connection: duckdb.DuckDBPyConnection, draft: Path, name: str, select: str
) -> PublishedFile:
    """Write a view; its rows are in one order, so that the same rows give the same bytes."""
    path = draft / f"{name}.parquet"
    ordered = f"SELECT * FROM ({select}) ORDER BY ALL"
    copy = f"COPY ({ordered}) TO {quoted(path)} (FORMAT parquet, COMPRESSION zstd)"
    ((rows,),) = connection.execute(copy).fetchall()
    columns = {row[0]: row[1] for row in connection.execute(f"DESCRIBE {select}").fetchall()}
    path.chmod(READ_ONLY)
    return replace(_published_file(draft, path.name), rows=rows, columns=columns)


def _published_file(draft: Path, name: str) -> PublishedFile:
    path = draft / name
    return PublishedFile(name, path.stat().st_size, file_hash(path))


def _manifest(connection: duckdb.DuckDBPyConnection, files: list[PublishedFile]) -> Manifest:
    """The manifest but for what names the snapshot."""
    ((newest,),) = connection.execute("SELECT max(published) FROM feed.article").fetchall()
    versions = connection.execute(
        "SELECT DISTINCT extractor_version FROM reading WHERE believed_until IS NULL ORDER BY 1"
    ).fetchall()
    hashes = view_hashes(connection)
    counts = {each.name.removesuffix(".parquet"): each.rows or 0 for each in files}
    return Manifest(
        id="",
        number=0,
        previous=None,
        schema_version=SCHEMA_VERSION,
        layout=layout_digest(),
        content="",
        newest_article=instant(newest),
        extractor_versions=[version for (version,) in versions],
        facts_hash=hashes["facts"],
        view_hashes=hashes,
        last_sequence=0,
        last_sequences={},
        counts=counts,
        files=[],
    )


def _sync(draft: Path) -> None:
    """Make sure that the files are on the disk before anything points to them."""
    for path in (*sorted(draft.iterdir()), draft):
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def _turn(folder: Path, version: Path) -> None:
    """Let the link point to the snapshot, from one moment to the next."""
    fresh = folder / f"{LINK}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(VERSIONS) / version.name, target_is_directory=True)
    fresh.replace(folder / LINK)
    for place in (folder / VERSIONS, folder):
        file = os.open(place, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
