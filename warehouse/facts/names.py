"""Names of places, things and people compared: leniently, for articles write them in many ways."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

SILENT = re.compile(r"[\s,，。、·•:：;；“”\"'‘’()（）《》\-—]+")
UNIT = re.compile(r"(?:地区|自治区|自治州|大区|州|省|市|区|镇|村|县|郡|境内|上空|附近)$")
SHORTEST = 2


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """A name without signs and, where it stays a name, without the word for what kind of unit it is."""
    bare = SILENT.sub("", name)
    stem = UNIT.sub("", bare)
    return stem if len(stem) >= SHORTEST else bare


def alike(first: str, second: str) -> bool:
    """Whether two names can stand for the same: equal, or the one within the other."""
    a, b = plain(first), plain(second)
    if min(len(a), len(b)) < SHORTEST:
        return a == b
    return a in b or b in a


def pairs(name: str) -> set[str]:
    """The pairs of neighbouring characters of a plain name: names that are alike share one."""
    bare = plain(name)
    return {bare[i : i + 2] for i in range(max(1, len(bare) - 1))}


def any_alike(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether some name of the first is like some name of the second."""
    others = list(second)
    return any(alike(a, b) for a in first for b in others)
