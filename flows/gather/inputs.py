"""What sources give a run to read: files that have changed, documents that nobody has read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from flows.fetch import StoreDamaged
from flows.gather.desk import Desk
from flows.sources import Limits, read_items
from flows.sources.item import Item, Outlet, Refusal, shown
from schemas import Ask, Issue


class WatchedPaths:
    """Files and folders of a source: those that have not changed since they were read are passed over."""

    def __init__(self, paths: Iterable[Path], desk: Desk, *, again: bool) -> None:
        self.source: str | None = desk.source.name
        self._paths = list(paths)
        self._desk = desk
        self._outlet: Outlet = desk.source.said_of_articles
        self._again = again
        self._marks: dict[str, str] = {}
        self._taken: set[str] = set()  # by the last pass
        self._unreadable: set[str] = set()

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        self._taken.clear()
        for path in self._paths:
            if path.exists():
                for item in read_items(
                    [path], limits=limits, passed_over=passed_over, outlet=self._outlet, wanted=self._wanted
                ):
                    if isinstance(item.outcome, Issue) and item.outcome.code == "unreadable":
                        self._unreadable.add(item.path)
                    yield item
            else:
                yield Refusal(
                    "unreadable",
                    "no such file or folder; bring it back (is a disk not mounted?), or correct paths in the source",
                ).item(shown(path))

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        self._desk.record(
            Ask(
                source=self._desk.source.name,
                address=path,
                role="file",
                asked=self._desk.now(),
                etag=mark,
                read_by=run_id,
            )
            for path, mark in self._marks.items()
            # What vanished since the first pass, or could not be opened, was not read: the next run tries again.
            if path in self._taken and path not in self._unreadable and path not in left
        )

    def _wanted(self, path: Path) -> bool:
        name = shown(path)
        known = self._desk.known.get(name)
        if name in self._marks:  # the second pass takes what the first took
            self._taken.add(name)
            return True
        try:
            status = path.stat()
        except OSError:
            return True  # its reader tells why
        mark = f"{status.st_size}-{status.st_mtime_ns}"
        if not self._again and known is not None and known.etag == mark and known.read_by is not None:
            return False
        self._marks[name] = mark
        self._taken.add(name)
        return True


class Documents:
    """What a source has sent and nobody has read yet, with the asks that failed."""

    def __init__(
        self, desk: Desk, parse: Callable[[Ask, bytes, Limits], Iterator[Item]], *, again: bool
    ) -> None:
        self.source: str | None = desk.source.name
        self._desk = desk
        self._parse = parse
        self._unread = desk.unread(again=again)
        self._items: list[Item] | None = None  # read once: parsing pages is the dear part
        self._lost: list[Ask] = []

    @property
    def failures(self) -> list[Item]:
        """The asks that failed, as issues."""
        return self._desk.failures

    @property
    def asked(self) -> int:
        """How many addresses were asked."""
        return self._desk.asked

    @property
    def received(self) -> int:
        """How many documents with new bytes came."""
        return self._desk.received

    @property
    def unread(self) -> int:
        """How many documents there are to read."""
        return len(self._unread)

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        if self._items is None:
            self._items = [*self._desk.failures, *self._read(limits)]
        return iter(self._items)

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        unread = left | {ask.address for ask in self._lost}
        self._desk.record(
            ask.model_copy(update={"read_by": run_id}) for ask in self._unread if ask.address not in unread
        )
        self._desk.record(self._lost)

    def _read(self, limits: Limits) -> Iterator[Item]:
        for ask in self._unread:
            assert ask.digest is not None
            try:
                data = self._desk.store.read(ask.digest)
            except StoreDamaged as error:
                # To be asked for anew, from the beginning, by the next run.
                blank = {"digest": None, "etag": None, "last_modified": None, "asked": None}
                self._lost.append(ask.model_copy(update=blank))
                yield Refusal("unreadable", f"{error}; the next run asks for them again").item(ask.address)
                continue
            yield from self._parse(ask, data, limits)


class Failures:
    """The asks of a source that failed, alone: what came stays unread."""

    def __init__(self, documents: Documents) -> None:
        self.source: str | None = documents.source
        self._failures = documents.failures

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        return iter(self._failures)

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        """Nothing was read."""
