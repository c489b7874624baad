"""A warehouse's open file: held, guarded, closed and copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from warehouse.connect import WriterLock
from warehouse.errors import WarehouseError


class Handle:
    """The connection to a warehouse's file and, of a writer, the lock that keeps others out. A context manager."""

    def __init__(
        self, path: Path, connection: duckdb.DuckDBPyConnection, *, read_only: bool, lock: WriterLock | None
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection
        self._lock = lock
        self._is_open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Fold the write-ahead log into the file, close it, let the next writer in; harmless when closed."""
        if not self._is_open:
            return
        try:
            self._close_file()
        finally:
            if self._lock is not None:
                self._lock.release()

    def close_and_copy(self, path: Path) -> None:
        """Close, and copy the file to `path` before the next writer gets in. Raises OSError where that fails."""
        if self.read_only:
            raise WarehouseError(
                f"{self.path}: cannot copy: it was opened to read only; open it without read_only"
            )
        self._check_open("copy")
        try:
            # DuckDB lets go of the file first: opening it a second time in this process would undo its locks.
            self._close_file()
            shutil.copyfile(self.path, path)
        finally:
            if self._lock is not None:
                self._lock.release()

    def _close_file(self) -> None:
        self._is_open = False
        try:
            if not self.read_only:
                self._connection.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise WarehouseError(
                f"{self.path}: closing could not write everything into the file: {error}; nothing is lost, "
                "the rest lies in the .wal file beside it; free disk space and open it again"
            ) from error
        finally:
            self._connection.close()

    def _check_open(self, doing: str) -> None:
        if not self._is_open:
            raise WarehouseError(
                f"{self.path}: cannot {doing}: this warehouse has been closed; open it again"
            )

    @contextmanager
    def _working(self, doing: str, *, writes: bool = False) -> Iterator[None]:
        """Refuse what this warehouse was not opened for; turn DuckDB's errors into ours."""
        self._check_open(doing)
        if writes and self.read_only:
            raise WarehouseError(
                f"{self.path}: cannot {doing}: it was opened to read only; open it without read_only"
            )
        try:
            yield
        except duckdb.Error as error:
            rolled_back = "; nothing of it was written" if writes else ""
            raise WarehouseError(f"{self.path}: could not {doing}: {error}{rolled_back}") from error
