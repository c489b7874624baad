"""Longest-match lookup of many names in running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

V = TypeVar("V")
# Pairs of characters are told apart by so many bits first; odd factors mix the two code points.
BITS = 18
FACTORS = np.array([2654435761, 2246822519], dtype=np.uint32)
# Shorter texts are looked through pair by pair.
SHORT = 64


@lru_cache(maxsize=2)  # all indexes look through the same text one after the other
def _pair_codes(text: str) -> npt.NDArray[np.uint32]:
    """A number of BITS bits for every pair of neighbouring characters, equal for equal pairs."""
    points = _points(text)
    return _codes(points[:-1], points[1:])


class NameIndex(Generic[V]):
    """Names of two characters or more with a value each, found by their first pairs and a dictionary.

    A pass looks up every pair of neighbouring characters once, by its code in a table; only where a name may begin
    are the possible lengths tried, longest first.
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
        self._table = _table(self._lengths)

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
        if len(text) < SHORT:
            return [i for i, (a, b) in enumerate(pairwise(text)) if a + b in heads]
        return [
            i for i in np.flatnonzero(self._table[_pair_codes(text)]).tolist() if text[i : i + 2] in heads
        ]

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


def _table(heads: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Whether a pair with this code may be one of the heads; a few others have the same codes."""
    table = np.zeros(1 << BITS, dtype=np.bool_)
    points = _points("".join(heads))
    table[_codes(points[::2], points[1::2])] = True
    return table


def _points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _codes(first: npt.NDArray[np.uint32], second: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    mixed: npt.NDArray[np.uint32] = first * FACTORS[0] + second * FACTORS[1]
    return mixed >> np.uint32(32 - BITS)
