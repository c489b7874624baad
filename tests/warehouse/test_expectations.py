"""Floors and ceilings of sources: what is counted, from when on, and what is kept of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from schemas import Issue, Run
from warehouse import Expectation, LoadResult, Warehouse

NOON = datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = 24 * HOUR
FLOOR = Expectation("least_articles_per_day", "articles", "least", 2)
CEILING = Expectation("most_articles_per_day", "articles", "most", 2)
ISSUES = Expectation("most_issues_per_day", "issues", "most", 1, on_breach="fail")
ATTACKS = Expectation("kinds_within_days.attack_count", "events", "least", 1, days=2, kind="attack_count")


@pytest.fixture
def ran(house: Warehouse, load: Callable[..., LoadResult]) -> Callable[..., str]:
    """Records a run of source `rss` that began some time before noon, with the articles that it loaded."""

    def run(ago: datetime.timedelta, batch: Any = (), *, source: str = "rss") -> str:
        name = f"run-{source}-{ago}"
        house.record_run(
            Run(id=name, started=NOON - ago, extractor_version="v", source=source, status="succeeded")
        )
        if batch:
            load(batch, run_id=name, now=NOON - ago)
        return name

    return run


def outcome(house: Warehouse, *expectations: Expectation, now: datetime.datetime = NOON) -> list[Any]:
    checked = house.check_expectations("rss", expectations, now=now)
    return [(each.found, each.outcome) for each in checked]


def test_new_articles_of_the_last_day_are_held_against_floor_and_ceiling(
    house: Warehouse, wire: Any, ran: Callable[..., str]
) -> None:
    ran(3 * DAY, wire.batch([9]))
    ran(25 * HOUR, wire.batch([1]))
    ran(2 * HOUR, wire.batch([2]))
    ran(2 * HOUR, wire.batch([7, 8]), source="another")
    assert outcome(house, FLOOR, CEILING) == [(1, "broken"), (1, "met")]
    ran(HOUR, wire.batch([3, 4]))
    assert outcome(house, FLOOR, CEILING) == [(3, "met"), (3, "broken")]


def test_an_article_that_changed_is_no_new_one(house: Warehouse, wire: Any, ran: Callable[..., str]) -> None:
    ran(3 * DAY, wire.batch([1, 2]))
    ran(HOUR, wire.batch([1, 2], drones=41))
    assert house.query("SELECT max(version) FROM article").rows == [(2,)]
    assert outcome(house, FLOOR) == [(0, "broken")]


def test_a_floor_says_nothing_of_a_source_younger_than_its_days(
    house: Warehouse, wire: Any, ran: Callable[..., str]
) -> None:
    assert outcome(house, FLOOR) == [(0, "too_early")]
    ran(25 * HOUR)
    assert outcome(house, FLOOR, ATTACKS) == [(0, "broken"), (0, "too_early")]
    assert outcome(house, ATTACKS, now=NOON + DAY) == [(0, "broken")]


def test_a_kind_that_is_always_there_must_come_within_its_days(
    house: Warehouse, wire: Any, ran: Callable[..., str]
) -> None:
    article = wire.article(1)
    ran(5 * DAY, wire.batch([9]))
    ran(HOUR, [(article, [wire.aid(article)])])
    assert outcome(house, ATTACKS) == [(0, "broken")]
    ran(HOUR / 2, wire.batch([2]))
    assert outcome(house, ATTACKS) == [(1, "met")]


def test_an_issue_of_every_run_counts_once(house: Warehouse, ran: Callable[..., str]) -> None:
    def fails(ago: datetime.timedelta, *paths: str) -> None:
        issues = [Issue(path=path, code="timeout", reason=f"at {ago}") for path in paths]
        house.record_issues(ran(ago), issues)

    fails(30 * HOUR, "old")
    fails(3 * HOUR, "feed")
    fails(2 * HOUR, "feed")
    assert outcome(house, ISSUES) == [(1, "met")]
    fails(HOUR, "feed", "page")
    (checked,) = house.check_expectations("rss", [ISSUES], now=NOON)
    assert (checked.found, checked.outcome, checked.on_breach) == (2, "broken", "fail")
    assert "source rss: 2 different issues in the last day, at most 1 expected; look at" in checked.message


def test_a_row_holds_as_long_as_the_outcome_and_breaches_are_those_of_now(
    house: Warehouse, wire: Any, ran: Callable[..., str]
) -> None:
    ran(3 * DAY)
    for hours in range(3):
        house.check_expectations("rss", [FLOOR], now=NOON + hours * HOUR, run_id=f"r{hours}")
    columns = "found, outcome, since, checked, ended, run_id"
    assert house.query(f"SELECT {columns} FROM expectation").rows == [
        (0, "broken", NOON, NOON + 2 * HOUR, None, "r2")
    ]
    assert house.query("SELECT source, expectation, found, bound FROM breaches").rows == [
        ("rss", "least_articles_per_day", 0, 2)
    ]
    ran(-2 * HOUR, wire.batch([1, 2]))
    house.check_expectations("rss", [FLOOR], now=NOON + 3 * HOUR)
    rows = house.query(f"SELECT {columns} FROM expectation ORDER BY since").rows
    assert [(row[1], row[4]) for row in rows] == [("broken", NOON + 3 * HOUR), ("met", None)]
    assert house.query("FROM breaches").rows == []


def test_an_expectation_taken_back_ends_and_a_new_bound_begins_anew(
    house: Warehouse, ran: Callable[..., str]
) -> None:
    ran(3 * DAY)
    house.check_expectations("rss", [FLOOR, CEILING], now=NOON)
    house.check_expectations("other", [FLOOR], now=NOON)
    stricter = Expectation("least_articles_per_day", "articles", "least", 5)
    house.check_expectations("rss", [stricter], now=NOON + HOUR)
    current = [(each.source, each.bound, each.since) for each in house.expectations()]
    assert current == [("other", 2, NOON), ("rss", 5, NOON + HOUR)]
    house.check_expectations("rss", [], now=NOON + 2 * HOUR)
    assert [each.source for each in house.expectations()] == ["other"]


def test_what_came_on_each_day_is_a_view(house: Warehouse, wire: Any, ran: Callable[..., str]) -> None:
    ran(2 * DAY, wire.batch([1, 2]))
    ran(HOUR, wire.batch([3]))
    assert house.query("SELECT source, day, articles FROM source_days ORDER BY day").rows == [
        ("rss", datetime.date(2026, 3, 8), 2),
        ("rss", datetime.date(2026, 3, 10), 1),
    ]
