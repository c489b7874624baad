"""The examples in the rule files are tests: each rule must match its examples, slot for slot."""

from __future__ import annotations

import datetime
import functools

import pytest

from extractors.kinds import FINDERS, rules_of
from extractors.reading.mention import MentionType
from extractors.reading.reader import Reader
from extractors.rules.ruleset import Match, Rule, read_example
from extractors.rules.slots import slots_of
from schemas import KINDS, Article

PUBLISHED = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)
RULES = [(kind, rule) for kind in FINDERS for rule in rules_of(kind).rules]
EXAMPLES = [
    pytest.param(kind, rule, example, id=f"{kind}/{rule.name}-{number}")
    for kind, rule in RULES
    for number, example in enumerate(rule.examples, 1)
]
COUNTEREXAMPLES = [
    pytest.param(kind, rule, example, id=f"{kind}/{rule.name}-{number}")
    for kind, rule in RULES
    for number, example in enumerate(rule.counterexamples, 1)
]
each_rule = pytest.mark.parametrize(
    ("kind", "rule"), RULES, ids=[f"{kind}/{rule.name}" for kind, rule in RULES]
)


@functools.cache
def reader() -> Reader:
    return Reader()


def matches_of(kind: str, rule: Rule, sentence: str) -> tuple[list[Match], str]:
    """What the rule finds in a sentence, and the mentions read in it, for the message of a failure."""
    article = Article.of(source="rules", title="", text=sentence, published=PUBLISHED)
    reading = reader().read(article, gated=False)
    mentions = "、".join(f"{m.words} ({m.type})" for part in reading.sentences for m in part.mentions)
    found = [match for part in reading.sentences for match in rules_of(kind).matches(part.encoded)]
    return [match for match in found if match.rule.name == rule.name], mentions


def filled(kind: str, match: Match, sentence: str) -> dict[str, list[str]]:
    """The words in each slot: of its mentions, or of the stretch where the slot takes free words.

    An article without title has its text from offset 1 on.
    """
    slots: dict[str, list[str]] = {}
    for slot, stretch in match.words.items():
        free = slots_of(kind)[slot].text
        stretches = [stretch] if free else [(m.start, m.end) for m in match.slots[slot]]
        slots[slot] = [sentence[first - 1 : last - 1] for first, last in stretches]
    return slots


def as_marked(kind: str, marked: list[tuple[str, str]], found: dict[str, list[str]]) -> bool:
    """Whether exactly the marked slots hold exactly the marked words.

    A coordination (库尔斯克州和布良斯克州) may be marked as a whole or part by part. `any` fills no slot,
    so an example need not mark it.
    """
    expected: dict[str, list[str]] = {}
    for slot, words in marked:
        expected.setdefault(slot, []).append(words)
    if set(expected) - {"any"} != set(found) - {"any"}:
        return False
    for slot, words in expected.items():
        if slot not in found:
            return False
        whole = slots_of(kind)[slot].plural and len(words) == 1 and len(found[slot]) > 1
        if whole and all(part in words[0] for part in found[slot]) and words[0].startswith(found[slot][0]):
            continue
        if words != found[slot]:
            return False
    return True


@pytest.mark.parametrize(("kind", "rule", "example"), EXAMPLES)
def test_a_rule_matches_its_example_with_the_marked_words(kind: str, rule: Rule, example: str) -> None:
    sentence, marked = read_example(example)
    assert "{" not in sentence, f"mark slots as {{slot:words}}, got {example}"
    matches, mentions = matches_of(kind, rule, sentence)
    candidates = [filled(kind, match, sentence) for match in matches]
    assert any(as_marked(kind, marked, found) for found in candidates), (
        f"{sentence}\n  marked   {marked}\n  found    {candidates or 'no match'}\n  mentions {mentions}"
    )


@pytest.mark.parametrize(("kind", "rule", "example"), COUNTEREXAMPLES)
def test_a_rule_does_not_match_its_counterexample(kind: str, rule: Rule, example: str) -> None:
    assert "{" not in example, "a counterexample is plain text"
    matches, mentions = matches_of(kind, rule, example)
    assert not matches, (
        f"{example}\n  found    {[filled(kind, match, example) for match in matches]}\n  by       "
        f"{[match.template for match in matches]}\n  mentions {mentions}"
    )


@each_rule
def test_a_rule_has_a_counterexample(kind: str, rule: Rule) -> None:
    assert rule.counterexamples, f"{kind}: {rule.name}: write the near miss that it must not match"


@each_rule
def test_every_example_holds_a_gate_word_of_its_kind(kind: str, rule: Rule) -> None:
    gate = rules_of(kind).gate
    passing = [example for example in rule.examples if gate.search(read_example(example)[0])]
    assert passing or "inherits_weapon" in rule.constants, (
        f"{kind}: no example of {rule.name} passes the gate"
    )


@each_rule
def test_constants_named_like_slots_hold_values_of_their_slots(kind: str, rule: Rule) -> None:
    fields = KINDS[kind].model_fields
    for name, value in rule.constants.items():
        if name in fields:
            annotation = str(fields[name].annotation)
            assert not isinstance(value, str) or "Literal" not in annotation or repr(value) in annotation, (
                f"{kind}: {rule.name}: {name} = {value!r} is none of {annotation}"
            )


def test_a_marked_slot_names_a_slot_of_its_kind() -> None:
    for kind, rule in RULES:
        for example in rule.examples:
            unknown = {slot for slot, _ in read_example(example)[1]} - set(slots_of(kind))
            assert not unknown, f"{kind}: {rule.name}: {example} marks {sorted(unknown)}"


def test_every_kind_has_rules() -> None:
    assert {kind for kind, _ in RULES} == set(FINDERS)
    assert set(FINDERS) <= set(KINDS)


def test_the_check_sees_a_wrong_slot_a_missing_slot_and_wrong_words() -> None:
    found = {"count": ["83架"], "weapon": ["无人机"], "places": ["库尔斯克州", "布良斯克州"]}
    right = [("count", "83架"), ("weapon", "无人机"), ("places", "库尔斯克州和布良斯克州")]
    assert as_marked("attack_count", right, found)
    assert not as_marked("attack_count", right[1:], found)
    assert not as_marked("attack_count", [*right, ("attacker", "俄军")], found)
    assert not as_marked("attack_count", [("count", "83"), *right[1:]], found)
    assert MentionType.COUNT in slots_of("attack_count")["count"].types
