"""The snapshot that is served: opened once, followed when a newer one is published, kept while a request reads it."""

from __future__ import annotations

import asyncio
import datetime
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from fastapi.concurrency import run_in_threadpool

from warehouse.connect import connect
from warehouse.errors import NothingPublished, SnapshotBroken
from warehouse.publish.folder import DATABASE, LINK, MANIFEST, Lease, lease_current
from warehouse.publish.manifest import Manifest, layout_digest, read_manifest

# Answers kept in memory for each snapshot, in bytes: all of them, and the largest of them.
CACHE_BYTES = 64 << 20
CACHED_ANSWER_BYTES = 4 << 20


@dataclass(frozen=True)
class Answer:
    """The bytes of an answer, ready to be sent, and the same compressed."""

    body: bytes
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()
    compressed: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return len(self.body) + len(self.compressed or b"")


class Snapshot:
    """One snapshot, opened to read. Whoever borrows it gives it back; the last one closes it once it is superseded."""

    def __init__(self, lease: Lease) -> None:
        self.path = lease.version
        self.manifest: Manifest = read_manifest(lease.version)
        self.published = _modified(lease.version / MANIFEST)
        self._lease = lease
        self._connection = connect(lease.version / DATABASE, read_only=True, deadline=0.0, wait_seconds=0.0)
        self._lock = threading.Lock()
        self._readers = 0
        self._superseded = False
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._bytes = 0

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one request."""
        return self._connection.cursor()

    def borrow(self) -> bool:
        """Begin to read; False where the snapshot has been closed."""
        with self._lock:
            if self._superseded and not self._readers:
                return False
            self._readers += 1
            return True

    def give_back(self) -> None:
        """End reading."""
        with self._lock:
            self._readers -= 1
            self._close_when_done()

    def supersede(self) -> None:
        """Close the snapshot as soon as nobody reads it."""
        with self._lock:
            self._superseded = True
            self._close_when_done()

    def _close_when_done(self) -> None:
        if self._superseded and not self._readers:
            self._connection.close()
            self._lease.release()

    def recall(self, question: Hashable) -> Answer | None:
        """The answer given to the same question before, where it is still kept."""
        with self._lock:
            answer = self._answers.get(question)
            if answer is not None:
                self._answers.move_to_end(question)
            return answer

    def remember(self, question: Hashable, answer: Answer) -> None:
        """Keep an answer; what was not asked for longest gives way."""
        if answer.size > CACHED_ANSWER_BYTES:
            return
        with self._lock:
            old = self._answers.pop(question, None)
            self._bytes += answer.size - (old.size if old else 0)
            self._answers[question] = answer
            while self._bytes > CACHE_BYTES:
                self._bytes -= self._answers.popitem(last=False)[1].size


class Shelf:
    """The snapshots of one folder: the current one is opened on demand, and changed when publishing has gone on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._snapshot: Snapshot | None = None
        self._opening = asyncio.Lock()

    async def borrow(self) -> Snapshot:
        """The current snapshot, borrowed: give it back. Raises NothingPublished where there never was one."""
        while True:
            snapshot = self._snapshot
            if snapshot is None or self._has_moved_on(snapshot):
                snapshot = await self._change(snapshot)
            if snapshot.borrow():
                return snapshot

    @property
    def checked(self) -> datetime.datetime | None:
        """When the warehouse was last compared with what is published."""
        try:
            return _modified(self.folder / LINK)
        except OSError:
            return None

    def close(self) -> None:
        """Close the snapshot when its readers have gone."""
        if self._snapshot is not None:
            self._snapshot.supersede()
            self._snapshot = None

    def _has_moved_on(self, snapshot: Snapshot) -> bool:
        try:
            return (self.folder / LINK).readlink().name != snapshot.path.name
        except OSError:  # the folder is gone: what is open is the best there is
            return False

    async def _change(self, old: Snapshot | None) -> Snapshot:
        async with self._opening:
            if self._snapshot is not old and self._snapshot is not None:  # somebody else was faster
                return self._snapshot
            try:
                fresh = await run_in_threadpool(lambda: _open(self.folder))
            except (NothingPublished, SnapshotBroken):
                if old is None:
                    raise
                return old
            self._snapshot = fresh
            if old is not None:
                old.supersede()
            return fresh


def _open(folder: Path) -> Snapshot:
    lease = lease_current(folder)
    try:
        if read_manifest(lease.version).layout != layout_digest():
            raise SnapshotBroken(
                f"{lease.version}: published by another version of Shilu; run `shilu publish` to publish it anew"
            )
        return Snapshot(lease)
    except BaseException:
        lease.release()
        raise


def _modified(path: Path) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(path.lstat().st_mtime, datetime.UTC)
