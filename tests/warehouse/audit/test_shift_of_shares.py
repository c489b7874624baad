"""A source whose words change their meaning."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.audit.shift_of_shares import REPORTS, chance_of_change, shifts

CHECK = "shift_of_shares"


def daily(news, shares, claimant="北岸空军"):
    """A report a day: of 100 launched, so many shot down and (unless `None`) so many suppressed."""
    for day, (intercepted, suppressed) in enumerate(shares, start=1):
        common = {"when": news.on(day), "claimed_by": news.by(claimant)}
        told = [news.attack(100, outcome="launched", **common), news.attack(intercepted, **common)]
        if suppressed is not None:
            told.append(news.attack(suppressed, outcome="suppressed", **common))
        news.report(day, news.at(day, 20), *told)


def test_shot_down_and_suppressed_merged_into_one_figure_is_a_warning_that_names_the_day(news):
    daily(
        news,
        [(60 + day % 3, 30 + day % 4) for day in range(12)] + [(90 + day % 4, None) for day in range(12)],
    )
    found = news.findings(CHECK)
    assert [finding.severity for finding in found] == ["warning", "warning"]
    messages = sorted(finding.message for finding in found)
    assert messages[0] == (
        "北岸空军 (drone): shot down of launched: 61% up to 2026-03-12, 92% from 2026-03-13 on "
        "(medians of 8 reports each); the words may have changed their meaning"
    )
    assert (
        "suppressed of shot down and suppressed: 34% up to 2026-03-12, 0% from 2026-03-13 on" in messages[1]
    )
    one, other = (found[0].one_side, found[0].other_side)
    assert {each.said_from for each in one} == {news.at(12, 20)}
    assert {each.said_from for each in other} == {news.at(13, 20)}
    assert (len(one), len(other)) == (3, 2)


def test_shares_that_only_vary_are_no_finding(news):
    chance = random.Random(3)
    daily(news, [(chance.randrange(50, 75), chance.randrange(15, 25)) for _ in range(28)])
    assert news.findings(CHECK) == []


def test_a_few_reports_prove_nothing(news):
    daily(news, [(60, 30)] * 7 + [(95, None)] * 7)
    assert news.findings(CHECK) == []


@pytest.mark.parametrize("at", [8, 15, 22])
def test_a_jump_is_found_where_it_is(at):
    chance = random.Random(at)
    values = [chance.gauss(0.6 if i < at else 0.9, 0.05) for i in range(30)]
    assert shifts(values) == [at]


def test_two_jumps_are_two():
    assert shifts([0.6] * 20 + [0.9] * 20 + [0.3] * 20) == [20, 40]


def test_a_slow_drift_is_no_jump():
    assert shifts([0.3 + i / 200 for i in range(100)]) == []


@given(st.lists(st.floats(0, 1), max_size=40))
def test_shifts_lie_between_reports_enough_on_both_sides(values):
    found = shifts(values)
    assert found == sorted(set(found))
    assert all(at >= REPORTS and len(values) - at >= REPORTS for at in found)
    assert 0 <= chance_of_change(values or [0.5]) <= 1


@given(st.floats(0, 1), st.integers(0, 60))
def test_a_series_that_never_changes_has_no_shift(value, size):
    assert shifts([value] * size) == []
