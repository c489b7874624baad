"""Totals of weeks and months against their days."""

from __future__ import annotations

import datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from schemas import Count
from warehouse.audit.month_and_days import Tally, compared, heaviest

CHECK = "month_and_days"
FIRST = datetime.date(2026, 3, 1)


def tally(day: int, days: int, value: float) -> Tally:
    start = FIRST + datetime.timedelta(days=day)
    return Tally(start, start + datetime.timedelta(days=days - 1), value, value, f"{day}-{days}-{value}")


def day_reports(news, days, value, first=1):
    for day in range(first, first + days):
        news.report(day, news.at(day + 1), news.attack(value, when=news.on(day)))


def test_days_that_exceed_their_month_are_a_warning_that_names_the_days(news):
    day_reports(news, 10, 30)
    (month,) = news.report(99, news.at(31), news.attack(250, when=news.on(1, 31, "month")))
    (finding,) = news.findings(CHECK)
    assert finding.severity == "warning"
    assert finding.message == (
        "intercepted (drone): 10 daily counts add up to 300, more than the 250 of 2026-03-01 to 2026-03-31"
    )
    assert finding.one_side[0].event_id == month and len(finding.other_side) == 10
    assert (finding.when_start, finding.when_end) == (datetime.date(2026, 3, 1), datetime.date(2026, 3, 31))


def test_days_that_fill_part_of_their_month_are_no_finding(news):
    day_reports(news, 10, 25)
    news.report(99, news.at(31), news.attack(250, when=news.on(1, 31, "month")))
    assert news.findings(CHECK) == []


def test_a_month_that_may_be_larger_contradicts_nothing(news):
    day_reports(news, 10, 30)
    more = Count(value=250, qualifier="more_than")
    news.report(99, news.at(31), news.attack(more, when=news.on(1, 31, "month")))
    assert news.findings(CHECK) == []


def test_a_week_of_more_than_all_its_days_is_noticed_only_where_no_day_is_missing(news):
    day_reports(news, 6, 30)
    news.report(99, news.at(8), news.attack(300, when=news.on(1, 7, "week")))
    assert news.findings(CHECK) == []
    day_reports(news, 1, 30, first=7)
    (finding,) = news.findings(CHECK)
    assert finding.severity == "notice" and "all 7 days add up to 210, less than the 300" in finding.message


def test_a_day_told_by_many_articles_counts_once(news):
    for number in range(5):
        news.report(number, news.at(5, number), news.attack(60, when=news.on(4)))
    news.report(99, news.at(31), news.attack(250, when=news.on(1, 31, "month")))
    assert news.findings(CHECK) == []


def test_rival_figures_of_a_day_count_with_the_lowest(news):
    for day in range(1, 11):
        for claimant, value in (("北岸军方", 30), ("南岸军方", 20)):
            claim = news.attack(value, when=news.on(day), claimed_by=news.by(claimant))
            news.report(day * 100 + value, news.at(day + 1), claim)
    news.report(9999, news.at(31), news.attack(250, when=news.on(1, 31, "month")))
    assert news.findings(CHECK) == []


def test_a_region_a_day_outside_and_another_weapon_are_not_added(news):
    for day in range(2, 12):
        news.report(day, news.at(day + 1), news.attack(30, when=news.on(day), places=("河口市",)))
        news.report(day + 100, news.at(day + 1), news.attack(30, when=news.on(day), weapon="missile"))
        news.report(day + 200, news.at(day + 19), news.attack(30, when=news.on(day + 18)))
    news.report(999, news.at(31), news.attack(250, when=news.on(1, 19, "period")))
    assert news.findings(CHECK) == []


def test_nights_that_touch_are_added_and_a_day_beside_its_night_is_not():
    nights = [tally(0, 2, 10), tally(1, 2, 10)]
    assert heaviest(nights) == nights
    assert heaviest([tally(1, 1, 12), tally(0, 2, 10)]) == [tally(1, 1, 12)]
    assert heaviest([tally(0, 1, 4), tally(1, 1, 5)]) == [tally(0, 1, 4), tally(1, 1, 5)]


def test_a_number_without_a_lower_end_adds_nothing():
    month = tally(0, 31, 5)
    open_below = Tally(FIRST, FIRST, None, 40, "x")
    assert compared(month, [open_below], outcome="launched", weapon="drone") is None
    assert compared(month, [], outcome="launched", weapon="drone") is None


@given(
    st.lists(
        st.builds(tally, st.integers(0, 6), st.integers(1, 2), st.integers(1, 9)),
        max_size=7,
        unique_by=lambda x: x.event,
    )
)
def test_no_other_choice_of_windows_without_overlap_counts_more(tallies):
    def apart(chosen):
        return all(a.ends <= b.begins or b.ends <= a.begins for a, b in combinations(chosen, 2))

    best = max(
        sum(each.low for each in chosen)
        for size in range(len(tallies) + 1)
        for chosen in combinations(tallies, size)
        if apart(chosen)
    )
    found = heaviest(tallies)
    assert apart(found) and sum(each.low for each in found) == best
    assert heaviest(tallies[::-1]) == found
