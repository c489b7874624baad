"""What a run reads: items that come in a fixed order, as often as they are asked for, and a word at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from flows.sources import Limits, read_items
from flows.sources.item import Item


class Inputs(Protocol):
    """Inputs of one run."""

    source: str | None

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        """Every input as an article or an issue; asked for twice, it gives the same."""

    def finished(self, run_id: str) -> None:
        """All inputs have been loaded by this run."""


class Paths:
    """Files and folders that the user named."""

    source: str | None = None

    def __init__(self, paths: Iterable[Path]) -> None:
        self.paths = list(paths)

    def items(self, limits: Limits, passed_over: Counter[str]) -> Iterator[Item]:
        """Raises `InputNotFoundError` at once where a path does not exist."""
        return read_items(self.paths, limits=limits, passed_over=passed_over)

    def finished(self, run_id: str) -> None:
        """Nothing is remembered of paths: a rerun reads them again."""
