"""Longest-match lookup of many names in running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Generic, TypeVar

V = TypeVar("V")


class NameIndex(Generic[V]):
    """Names of two characters or more with a value each, found by a set of first pairs and a dictionary.

    A pass looks up every pair of neighbouring characters once; only where a name may begin are the possible
    lengths tried, longest first.
    """

    def __init__(self, names: Mapping[str, V]) -> None:
        """Raises ValueError for a name of fewer than two characters."""
        lengths: dict[str, set[int]] = {}
        for name in names:
            if len(name) < 2:
                raise ValueError(
                    f"a name must have two characters or more, got {name!r}: list it with its context"
                )
            lengths.setdefault(name[:2], set()).add(len(name))
        self._names = dict(names)
        self._lengths = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in lengths.items()}

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __len__(self) -> int:
        return len(self._names)

    def get(self, name: str) -> V | None:
        """The value of exactly this name."""
        return self._names.get(name)

    def match_at(self, text: str, start: int) -> tuple[int, V] | None:
        """End and value of the longest name that begins at `start`."""
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            if name in self._names:
                return start + len(name), self._names[name]
        return None

    def starts(self, text: str) -> list[int]:
        """Offsets where a name may begin, ascending."""
        heads = self._lengths
        return [i for i, (a, b) in enumerate(pairwise(text)) if a + b in heads]

    def find(self, text: str) -> Iterator[tuple[int, int, V]]:
        """Leftmost-longest names that do not overlap, as (start, end, value)."""
        reached = 0
        for start in self.starts(text):
            if start < reached:
                continue
            match = self.match_at(text, start)
            if match is not None:
                reached, value = match
                yield start, reached, value
