"""Drops paragraphs that are no part of the news, by the rules in `boilerplate.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import opencc

HEAD = 3  # paragraphs at the start where date lines and bylines stand
TAIL = 20  # paragraphs at the end where footers stand
Where = Literal["head", "tail", "edges", "anywhere"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One sort of boilerplate: patterns over the folded paragraph, and how it may stand in the article."""

    name: str
    where: Where
    longest: int
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]

    def drops(self, folded: str) -> bool:
        """Whether the folded paragraph is of this sort."""
        return len(folded) <= self.longest and any(pattern.fullmatch(folded) for pattern in self.patterns)


def without_boilerplate(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs that belong to the news, unchanged and in order."""
    last = len(paragraphs) - TAIL
    return [p for i, p in enumerate(paragraphs) if boilerplate_rule(p, head=i < HEAD, tail=i >= last) is None]


def boilerplate_rule(paragraph: str, *, head: bool, tail: bool) -> Rule | None:
    """The first rule that drops the paragraph standing there, `None` where it stays."""
    if len(paragraph) > longest():
        return None
    folded = fold(paragraph)
    for rule in rules():
        stands = (
            rule.where == "anywhere" or (head and rule.where != "tail") or (tail and rule.where != "head")
        )
        if stands and rule.drops(folded):
            return rule
    return None


def fold(paragraph: str) -> str:
    """The spelling of patterns: ASCII punctuation, Simplified characters, lower case, trimmed."""
    simplified: str = _to_simplified().convert(unicodedata.normalize("NFKC", paragraph))
    return simplified.strip().lower()


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order of the file."""
    data = tomllib.loads(Path(__file__).with_name("boilerplate.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            name=entry["name"],
            where=entry["where"],
            longest=entry["longest"],
            patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in entry["patterns"]),
            examples=tuple(entry["examples"]),
            counterexamples=tuple(entry["counterexamples"]),
        )
        for entry in data["rule"]
    )


@cache
def longest() -> int:
    """Length in characters above which no rule applies."""
    return max(rule.longest for rule in rules())


@cache
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
