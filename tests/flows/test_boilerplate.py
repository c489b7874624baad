"""The boilerplate rules, by their own examples and by where they apply."""

from __future__ import annotations

import pytest

from flows.sources.boilerplate import boilerplate_rule, fold, longest, rules, without_boilerplate

EXAMPLES = [(rule.name, example) for rule in rules() for example in rule.examples]
COUNTEREXAMPLES = [(rule.name, example) for rule in rules() for example in rule.counterexamples]


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_every_example_is_dropped_by_its_rule(name: str, example: str) -> None:
    rule = next(rule for rule in rules() if rule.name == name)
    assert rule.drops(fold(example))


@pytest.mark.parametrize(("name", "example"), COUNTEREXAMPLES)
def test_no_counterexample_is_dropped_by_any_rule(name: str, example: str) -> None:
    dropped_by = boilerplate_rule(example, head=True, tail=True)
    assert dropped_by is None, f"{dropped_by} drops what {name} gives as a counterexample"


def test_every_rule_has_examples_and_counterexamples() -> None:
    assert all(rule.examples and rule.counterexamples for rule in rules())
    assert len({rule.name for rule in rules()}) == len(rules())


def test_footers_stand_at_the_end_only() -> None:
    news = [f"第{i}段说，局势没有变化。" for i in range(30)]
    assert without_boilerplate(["订阅", *news, "订阅"]) == ["订阅", *news]


def test_date_lines_stand_at_the_head_only() -> None:
    assert without_boilerplate(["2024-03-05", *["会谈继续。"] * 25, "2024-03-05"])[-1] == "2024-03-05"


def test_long_paragraphs_are_never_touched() -> None:
    assert boilerplate_rule("编辑：" + "甲" * longest(), head=True, tail=True) is None


def test_traditional_spelling_is_dropped_alike() -> None:
    assert without_boilerplate(["雙方會談。", "責任編輯：李明", "（本報道參考了路透社的報道）"]) == [
        "雙方會談。"
    ]
