"""Rule files: reading, checking and matching `extractors/kinds/<kind>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.reading.encoding import Encoded
from extractors.reading.mention import Mention
from extractors.rules.template import SlotType, TemplateError, compile_template

RULE_KEYS = {"name", "templates", "examples", "counterexamples"}
MARKED_SLOT = re.compile(r"\{(\w+):([^{}]+)\}")


@dataclass(frozen=True)
class Rule:
    """One rule: templates that mean the same, with constants for the kind and examples that run as tests."""

    name: str
    templates: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    constants: Mapping[str, Any]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A rule that matched: which template, where in the encoded sentence, and the mentions in its slots."""

    rule: Rule
    template: str
    encoded: Encoded
    first: int  # encoded positions, end excluded
    last: int
    slots: Mapping[str, tuple[Mention, ...]]
    words: Mapping[str, tuple[int, int]]  # offsets of what fills each slot, free text included

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the matched words."""
        return self.encoded.span(self.first, self.last)

    def one(self, slot: str) -> Mention | None:
        """The mention in a slot, `None` where the slot stayed empty."""
        found = self.slots.get(slot, ())
        return found[0] if found else None


@dataclass(frozen=True)
class RuleSet:
    """The rules of one kind, in file order, with their word lists and the gate words of the kind."""

    kind: str
    words: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    gate: re.Pattern[str]

    def matches(self, encoded: Encoded, *, overlapping: bool = False) -> Iterator[Match]:
        """All matches of all rules, in rule order.

        Matches of one template do not overlap each other, unless `overlapping`: then each start has its match.
        """
        for rule in self.rules:
            for template, pattern in zip(rule.templates, rule.patterns, strict=True):
                at = 0
                while found := pattern.search(encoded.text, at):
                    if found.end() > found.start():
                        yield _match(rule, template, found, encoded)
                    at = found.start() + 1 if overlapping else max(found.end(), found.start() + 1)

    def further(self, match: Match) -> Match | None:
        """The next match of a match's own template that begins in its `target`: what it has swallowed."""
        pattern = match.rule.patterns[match.rule.templates.index(match.template)]
        found = pattern.search(match.encoded.text, match.encoded.position(match.words["target"][0]))
        if found is None or found.start() >= match.last or found.end() == found.start():
            return None
        return _match(match.rule, match.template, found, match.encoded)


def load_rules(path: Path, slots: Mapping[str, SlotType]) -> RuleSet:
    """The rule file of a kind, compiled.

    Raises TemplateError naming file, rule and remedy for unknown keys, doubled names, rules without examples and
    templates that cannot be compiled.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = set(data) - {"gate", "words", "phrases", "rule"}
    if unknown:
        raise TemplateError(
            f"{path.name}: unknown table {sorted(unknown)}; a rule file has gate, words, phrases and [[rule]]"
        )
    words = {name: tuple(values) for name, values in data.get("words", {}).items()}
    phrases = dict(data.get("phrases", {}))
    rules = tuple(_rule(entry, words, phrases, slots, path.name) for entry in data.get("rule", []))
    names = [rule.name for rule in rules]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise TemplateError(f"{path.name}: rule names must be unique, got {', '.join(doubled)} twice")
    gate = data.get("gate")
    if not gate:
        raise TemplateError(
            f"{path.name}: `gate` is missing: the words one of which every sentence of the kind holds"
        )
    return RuleSet(path.stem, words, rules, re.compile("|".join(map(re.escape, gate))))


def _rule(
    entry: dict[str, Any],
    words: Mapping[str, tuple[str, ...]],
    phrases: Mapping[str, str],
    slots: Mapping[str, SlotType],
    file: str,
) -> Rule:
    where = f"{file}: rule {entry.get('name', '(without name)')!r}"
    for key in ("name", "templates", "examples"):
        if not entry.get(key):
            raise TemplateError(f"{where}: {key} is missing")
    return Rule(
        name=entry["name"],
        templates=tuple(entry["templates"]),
        patterns=tuple(
            compile_template(template, words, phrases, slots, where) for template in entry["templates"]
        ),
        constants={key: value for key, value in entry.items() if key not in RULE_KEYS},
        examples=tuple(entry["examples"]),
        counterexamples=tuple(entry.get("counterexamples", ())),
    )


def _match(rule: Rule, template: str, found: re.Match[str], encoded: Encoded) -> Match:
    filled: dict[str, tuple[Mention, ...]] = {}
    words: dict[str, tuple[int, int]] = {}
    for group, text in found.groupdict().items():
        if text is not None:
            slot = group.rpartition("__")[0]
            filled[slot] = filled.get(slot, ()) + tuple(encoded.mentions_in(*found.span(group)))
            words.setdefault(slot, encoded.span(*found.span(group)))
    return Match(rule, template, encoded, found.start(), found.end(), filled, words)


def read_example(example: str) -> tuple[str, list[tuple[str, str]]]:
    """An example's plain text, and its marked slots as (slot, words) in order."""
    marked = [(slot, words) for slot, words in MARKED_SLOT.findall(example)]
    return MARKED_SLOT.sub(r"\2", example), marked
