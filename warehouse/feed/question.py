"""One question to a snapshot: SQL of ours with bound values, within a limit of time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from warehouse.errors import WarehouseError
from warehouse.feed.shelf import Snapshot

if TYPE_CHECKING:
    import pyarrow as pa

FETCHED = 1_000


class TookTooLong(WarehouseError):
    """A question was not answered within its limit of time."""


class Question:
    """A cursor on a borrowed snapshot; a context manager. After `seconds` whatever it is doing is interrupted."""

    def __init__(self, snapshot: Snapshot, seconds: float) -> None:
        self.snapshot = snapshot
        self._cursor = snapshot.cursor()
        self.seconds = seconds
        self._late = threading.Event()
        self._timer = threading.Timer(seconds, self._interrupt)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._cursor.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """All rows of a query, by column. Raises TookTooLong."""
        cursor = self._execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        try:
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise self._explained(error) from error

    def tuples(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises TookTooLong."""
        cursor = self._execute(sql, values)
        try:
            return cursor.fetchall()
        except duckdb.Error as error:
            raise self._explained(error) from error

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The one value that a query gives. Raises TookTooLong."""
        return self.tuples(sql, values)[0][0]

    def chunks(self, sql: str, values: Sequence[object] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a query, so many at a time that none of it grows large. Raises TookTooLong."""
        cursor = self._execute(sql, values)
        while True:
            try:
                rows = cursor.fetchmany(FETCHED)
            except duckdb.Error as error:
                raise self._explained(error) from error
            if not rows:
                return
            yield rows

    def columns(self, sql: str, values: Sequence[object] = ()) -> list[str]:
        """The names of the columns that a query gives."""
        cursor = self._execute(f"SELECT * FROM ({sql}) LIMIT 0", values)
        return [column[0] for column in cursor.description or ()]

    def table(self, sql: str, values: Sequence[object] = ()) -> pa.Table:
        """All rows of a query as an Arrow table. Raises TookTooLong."""
        cursor = self._execute(sql, values)
        try:
            return cursor.to_arrow_table()
        except duckdb.Error as error:
            raise self._explained(error) from error

    def _execute(self, sql: str, values: Sequence[object]) -> duckdb.DuckDBPyConnection:
        try:
            return self._cursor.execute(sql, list(values))
        except duckdb.Error as error:
            raise self._explained(error) from error

    def _interrupt(self) -> None:
        self._late.set()
        self._cursor.interrupt()

    def _explained(self, error: duckdb.Error) -> WarehouseError:
        if self._late.is_set():
            return TookTooLong(
                f"not answered within {self.seconds:g} s; ask for less: a shorter time, fewer kinds, a lower limit"
            )
        return WarehouseError(f"the snapshot {self.snapshot.path.name} could not be read: {error}")
