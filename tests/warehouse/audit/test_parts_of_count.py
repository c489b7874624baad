"""Parts of a count sum to it, are called partial, or contradict it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas import Count, PlacePart, WeaponPart
from schemas.values import QUALIFIERS, WORD_INTERVALS

CHECK = "parts_of_count"
TO_99 = st.integers(0, 99)
NUMBERS = itertools.count(1)


def places(*values):
    return tuple(PlacePart(place=f"第{i}州", value=value) for i, value in enumerate(values))


def standing(news):
    return [row[0] for row in news.house.query("SELECT standing FROM parts_of_counts").rows]


def test_parts_that_sum_to_their_count_are_closed(news):
    news.report(1, news.at(5), news.attack(47, breakdown=places(21, 14, 12)))
    assert news.findings(CHECK) == [] and standing(news) == ["closed"]


def test_parts_beyond_their_count_are_an_error_with_the_numbers(news):
    (event,) = news.report(1, news.at(5), news.attack(40, "击落40架", breakdown=places(30, 12)))
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.kind) == ("error", "attack_count")
    assert finding.message == "the parts (第0州 30, 第1州 12) add up to 42, more than the total of 40"
    assert [(each.event_id, each.evidence) for each in finding.one_side] == [(event, "击落40架")]
    assert finding.other_side == ()
    assert standing(news) == ["contradictory"]


@pytest.mark.parametrize(
    "words", ["击落40架，其中河谷州30架", "擊落40架，包括河谷州30架", "击落40架，含河谷州30架"]
)
def test_parts_that_the_text_calls_a_selection_may_fall_short(news, words):
    news.report(1, news.at(5), news.attack(40, words, breakdown=places(30)))
    assert news.findings(CHECK) == [] and standing(news) == ["partial"]


def test_parts_that_fall_short_without_a_word_are_noticed(news):
    news.report(1, news.at(5), news.attack(40, "击落40架：河谷州30架", breakdown=places(30)))
    (finding,) = news.findings(CHECK)
    assert finding.severity == "notice" and "add up to 30, less than the total of 40" in finding.message
    assert standing(news) == ["unexplained"]


@pytest.mark.parametrize(
    ("qualifier", "parts", "expected"),
    [
        ("about", 44, "closed"),
        ("about", 45, "contradictory"),
        ("nearly", 41, "contradictory"),
        ("nearly", 36, "closed"),
        ("more_than", 400, "closed"),
        ("up_to", 1, "closed"),
        ("up_to", 41, "contradictory"),
        ("at_least", 39, "unexplained"),
    ],
)
def test_a_qualified_count_is_compared_by_its_interval(news, qualifier, parts, expected):
    news.report(1, news.at(5), news.attack(Count(value=40, qualifier=qualifier), breakdown=places(parts)))
    assert standing(news) == [expected]


def test_parts_by_place_and_parts_by_weapon_each_divide_the_whole(news):
    weapons = (WeaponPart(weapon="渡鸦", value=40),)
    news.report(1, news.at(5), news.attack(40, breakdown=places(30, 10) + weapons))
    assert standing(news) == ["closed"]


def test_a_list_of_places_and_weapons_may_divide_the_whole_together(news):
    news.report(1, news.at(5), news.attack(40, breakdown=(*places(30), WeaponPart(weapon="渡鸦", value=10))))
    assert standing(news) == ["closed"]


def test_articles_that_say_the_same_of_one_fact_are_one_finding_of_the_first(news):
    told = news.attack(40, breakdown=places(30, 12), when=news.on(4))
    (first,) = news.report(1, news.at(5), told)
    news.report(2, news.at(6), told)
    (finding,) = news.findings(CHECK)
    assert finding.one_side[0].event_id == first


def expected_standing(count: Count, parts: list[int]) -> str:
    low, high = count.interval.low or 0, count.interval.high
    if high is not None and sum(parts) > high:
        return "contradictory"
    return "closed" if sum(parts) >= low else "unexplained"


def counts() -> st.SearchStrategy[Count]:
    words = st.sampled_from([Count(qualifier=word) for word in WORD_INTERVALS])
    plain = st.sampled_from([each for each in QUALIFIERS if each not in WORD_INTERVALS and each != "range"])
    ranges = st.builds(lambda low, more: Count(value=low, high=low + more, qualifier="range"), TO_99, TO_99)
    return words | st.builds(lambda value, how: Count(value=value, qualifier=how), TO_99, plain) | ranges


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(counts(), st.lists(TO_99, min_size=1, max_size=4)), min_size=20, max_size=20))
def test_the_standing_follows_the_interval_of_any_count(news, told):
    number = next(NUMBERS)  # a text of its own for each example: what was loaded before stays
    ids = news.report(
        number, news.at(5), *(news.attack(count, breakdown=places(*parts)) for count, parts in told)
    )
    found = news.house.query(
        "SELECT standing, event_id FROM parts_of_counts WHERE article_id = ?", [f"wire-{number:05}"]
    ).rows
    expected = [
        (expected_standing(count, parts), name) for name, (count, parts) in zip(ids, told, strict=True)
    ]
    assert sorted(found) == sorted(expected)
