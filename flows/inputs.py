"""What a run reads: items that come in a fixed order, as often as they are asked for, and a word at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Protocol

from flows.days import Days
from flows.sources import Limits, read_items
from flows.sources.item import Item
from schemas import Article

OTHER_DAYS = "other days"  # what a run over a stretch of days passes over


class Inputs(Protocol):
    """Inputs of one run."""

    source: str | None

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        """Every input as an article or an issue; asked for twice, it gives the same."""

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        """All inputs have been loaded by this run, but for some at the paths `left`, which remain to be read."""


class Paths:
    """Files and folders that the user named."""

    source: str | None = None

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = list(paths)

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        """Raises `InputNotFoundError` at once where a path does not exist."""
        return read_items(self.paths, limits=limits, passed_over=passed_over)

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        """Nothing is remembered of paths: a rerun reads them again."""


class OfDays:
    """Of other inputs those articles that were published on some days; what is no article stays in."""

    def __init__(self, inputs: Inputs, days: Days) -> None:
        self.source: str | None = inputs.source
        self._inputs = inputs
        self._days = days
        self._left: set[str] = set()

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        for item in self._inputs.items(limits, passed_over):
            if isinstance(item.outcome, Article) and item.outcome.published.date() not in self._days:
                self._left.add(item.path)
                passed_over[OTHER_DAYS] += 1
            else:
                yield item

    def finished(self, run_id: str, left: AbstractSet[str] = frozenset()) -> None:
        self._inputs.finished(run_id, self._left | left)
