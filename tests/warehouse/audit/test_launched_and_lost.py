"""What was launched is at least what was shot down, suppressed and hit."""

from __future__ import annotations

import pytest

from schemas import Count

CHECK = "launched_and_lost"


def fates(news, when, launched=50, **lost):
    yield news.attack(launched, outcome="launched", when=when)
    for outcome, count in lost.items():
        yield news.attack(count, outcome=outcome, when=when)


def test_more_lost_than_launched_in_one_text_is_an_error_with_both_sides(news):
    ids = news.report(1, news.at(5), *fates(news, news.on(4), intercepted=33, suppressed=19))
    (finding,) = news.findings(CHECK)
    assert finding.severity == "error"
    assert (
        finding.message
        == "one text: 33 shot down and 19 suppressed, together 52, of only 50 launched (drone)"
    )
    assert [each.event_id for each in finding.one_side] == ids[:1]
    assert [each.event_id for each in finding.other_side] == ids[1:]


@pytest.mark.parametrize(
    "lost",
    [
        {"intercepted": 33, "suppressed": 9},
        {"intercepted": 40, "suppressed": 5, "hit": 5},
        {"intercepted": 50},
        {},
    ],
    ids=str,
)
def test_as_many_or_fewer_lost_than_launched_are_no_finding(news, lost):
    news.report(1, news.at(5), *fates(news, news.on(4), **lost))
    assert news.findings(CHECK) == []


@pytest.mark.parametrize("qualifier", ["about", "more_than", "at_least"])
def test_a_launched_number_that_may_be_larger_contradicts_nothing(news, qualifier):
    launched = Count(value=50, qualifier=qualifier)
    news.report(1, news.at(5), *fates(news, news.on(4), launched=launched, intercepted=52))
    assert news.findings(CHECK) == []


@pytest.mark.parametrize(
    "other",
    [
        {"weapon": "missile"},
        {"attacker": "RU", "target": "UA"},
        {"places": ("河口市",)},
        {"modality": "denied"},
    ],
    ids=str,
)
def test_other_weapons_sides_regions_and_denials_are_not_compared(news, other):
    when = news.on(4)
    lost = news.attack(60, when=when, **other)
    news.report(1, news.at(5), news.attack(50, outcome="launched", when=when), lost)
    assert news.findings(CHECK) == []


def test_another_day_is_not_compared_nor_undated_numbers_of_different_clauses(news):
    for number, (first, second) in enumerate([(news.on(4), news.on(3)), (None, None)]):
        launched = news.attack(50, outcome="launched", when=first)
        news.report(number, news.at(5), launched, news.attack(60, when=second))
    assert news.findings(CHECK) == []


def test_undated_numbers_of_one_clause_are_compared(news):
    words = "发射50架，击落60架"
    launched = news.attack(50, words, outcome="launched")
    news.report(1, news.at(5), launched, news.attack(60, words))
    assert [finding.severity for finding in news.findings(CHECK)] == ["error"]


def test_one_claimant_in_several_texts_is_a_warning_and_the_safest_figures_are_compared(news):
    common = {"when": news.on(4), "claimed_by": news.by("北岸军方")}
    news.report(1, news.at(5), news.attack(50, outcome="launched", **common))
    news.report(2, news.at(5, 12), news.attack(60, **common))
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.first_said) == ("warning", news.at(5, 12))
    assert "北岸军方 in 2 texts: 60 shot down, of only 50 launched" in finding.message
    news.report(3, news.at(5, 13), news.attack(48, **common))
    assert news.findings(CHECK) == []


def test_different_claimants_are_not_held_to_each_other(news):
    news.report(
        1, news.at(5), news.attack(50, outcome="launched", when=news.on(4), claimed_by=news.by("北岸军方"))
    )
    news.report(2, news.at(5), news.attack(60, when=news.on(4), claimed_by=news.by("南岸军方")))
    assert news.findings(CHECK) == []
