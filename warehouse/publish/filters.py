"""Texts to filter by: exact values in an index, words folded so that either script finds both."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

BETWEEN = " | "
# Around an entry of an index; no text of news has it, and no question may.
MARK = "\x1f"
# Between texts that are folded together.
APART = "\x1e"


def entry(name: str, value: str) -> str:
    """A value as it stands in an index; far faster to find than in lists of the database."""
    return f"{MARK}{name}={value}{MARK}"


def folded(words: str) -> str:
    """Words as they are searched: NFKC, Simplified, lower case, so that either script finds both."""
    return str(_to_simplified().convert(unicodedata.normalize("NFKC", words)).lower())


def all_folded(texts: list[str | None]) -> list[str]:
    """The same of many texts, in one go."""
    if not texts:
        return []
    return folded(APART.join((each or "").replace(APART, " ") for each in texts)).split(APART)


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
