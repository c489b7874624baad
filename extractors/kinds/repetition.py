"""Whether a record has been told before: one of the latest records of its kind says the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
N = TypeVar("N")
# So many records back a repetition is looked for, so that time grows with the text and no faster. The article
# with most records of one kind among some ten thousand has 22.
REACH = 200


def told_before(kept: Sequence[T], new: N, says_the_same: Callable[[N, T], bool]) -> int | None:
    """The index of the first of the latest records with `says_the_same(new, record)`, `None` where none does."""
    first = max(0, len(kept) - REACH)
    return next((i for i in range(first, len(kept)) if says_the_same(new, kept[i])), None)
