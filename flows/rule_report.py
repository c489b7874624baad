"""Accounts of the rules: what each of them finds in annotated articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors import Extractor
from flows.training import annotated, judged


@dataclass(frozen=True)
class RuleAccount:
    """One rule: how often its templates match, how many events are its own, and how many of those are right."""

    rule: str
    matches: int
    events: int
    right: int


def rule_report(sets: Sequence[tuple[Path, Path]]) -> list[RuleAccount]:
    """An account of every rule on annotated articles, in the order of the rule files; unlikely events count too.

    Names in `found_by` that are no rule's (what is found without a template) come last. Raises `ShiluError`.
    """
    annotations = [pair for files in sets for pair in annotated(*files)]
    extractor = Extractor()
    events: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for each in judged(extractor, annotations):
        events[each.found_by] += 1
        right[each.found_by] += each.right
    matches = extractor.matches(article for article, _ in annotations)
    names = dict.fromkeys([*extractor.rules(), *sorted(events)])
    return [RuleAccount(name, matches[name], events[name], right[name]) for name in names]
