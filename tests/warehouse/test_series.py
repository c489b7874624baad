"""The series: every happening once, under the boundary that was asked for, in money that can be compared."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from typing import Any

import pytest

import warehouse
from schemas import Count, Money, Participant, Period

VERSION = "rules-1"
Tell = Callable[..., None]
Ask = Callable[[str], list[tuple[Any, ...]]]


def march(day: int) -> datetime.date:
    return datetime.date(2024, 3, day)


def on(day: int, until: int | None = None, precision: str = "day") -> Period:
    return Period(start=march(day), end=march(until or day), precision=precision)  # type: ignore[arg-type]


def count(value: int | None, qualifier: str = "exact") -> Count:
    return Count(value=value, qualifier=qualifier)  # type: ignore[arg-type]


def money(value: int, currency: str = "USD", qualifier: str = "exact") -> Money:
    return Money(value=value, qualifier=qualifier, currency=currency)  # type: ignore[arg-type]


def sides(*names: str | None) -> tuple[Participant, ...]:
    return tuple(Participant(role="外长", side=name) for name in names)


@pytest.fixture
def tell(house: warehouse.Warehouse, wire: Any) -> Tell:
    """Loads an article of its own for each event: `tell("attack", when=on(4), count=count(40))`."""
    number = iter(range(1, 1000))

    def load(kind: str, *, published: int = 20, **slots: Any) -> None:
        moment = datetime.datetime(2024, 3, published, 9, tzinfo=datetime.UTC)
        article = wire.article(next(number), published=moment)
        plain = {"attack": {"places": (), "breakdown": (), "claimed_by": None}}.get(kind, {})
        house.load(
            [(article, [getattr(wire, kind)(article, **plain | slots)])],
            run_id="r",
            extractor_version=VERSION,
        )

    return load


@pytest.fixture
def ask(house: warehouse.Warehouse) -> Ask:
    """The answer to a query after resolving."""

    def answer(sql: str) -> list[tuple[Any, ...]]:
        house.resolve()
        return house.query(sql).rows

    return answer


@pytest.mark.parametrize(
    ("boundary", "days"), [("start", [3, 3, 6]), ("end", [4, 4, 6]), ("night", [3, 4, 6])]
)
def test_the_boundary_says_to_which_day_a_night_and_the_past_24_hours_belong(tell, ask, boundary, days):
    tell("attack", when=on(3, 4, "night"), count=count(40), weapon="drone")
    tell("attack", when=on(3, 4), count=count(9), weapon="missile")
    tell("attack", when=on(6), count=count(12), weapon="rocket")
    rows = ask(f"SELECT day FROM attack_series('{boundary}', 'day') ORDER BY weapon")
    assert [day.day for (day,) in rows] == [days[0], days[1], days[2]]


def test_the_total_of_the_country_counts_and_the_regions_of_that_day_do_not(tell, ask):
    tell("attack", when=on(4), count=count(83))
    tell("attack", when=on(4), count=count(36), places=("库尔斯克州",))
    assert ask("SELECT value, facts, days_of_regions FROM attack_series('end', 'day')") == [(83, 1, 0)]


def test_where_there_is_no_total_the_regions_are_summed_and_it_shows(tell, ask):
    tell("attack", when=on(4), count=count(36), places=("库尔斯克州",))
    tell("attack", when=on(4), count=count(5), places=("别尔哥罗德州",))
    assert ask("SELECT value, facts, days_of_regions FROM attack_series('end', 'day')") == [(41, 2, 1)]


def test_two_totals_of_one_day_are_not_added_up(house, wire, ask):
    article = wire.article(1, published=datetime.datetime(2024, 3, 5, 9, tzinfo=datetime.UTC))
    common = {"when": on(4), "places": (), "breakdown": ()}
    events = [
        wire.attack(article, count=count(40), **common),
        wire.attack(article, count=count(12), id="another", **common),
    ]
    house.load([(article, events)], run_id="r", extractor_version=VERSION)
    assert ask("SELECT value FROM attack_series('end', 'day')") == [(40,)]


def test_weeks_begin_on_monday_and_months_on_the_first_and_both_add_up_the_days(tell, ask):
    for day, value in ((4, 10), (10, 20), (11, 40)):  # a Monday, the Sunday of its week, the Monday after
        tell("attack", when=on(day), count=count(value))
    weeks = ask("SELECT day, value, days FROM attack_series('end', 'week') ORDER BY day")
    assert weeks == [(march(4), 30, 2), (march(11), 40, 1)]
    assert ask("SELECT day, value, days FROM attack_series('end', 'month')") == [(march(1), 70, 3)]


def test_what_numbers_leave_open_adds_up_too_and_stays_open_where_one_end_is(tell, ask):
    tell("attack", when=on(4), count=count(None, "dozens"))
    tell("attack", when=on(5), count=count(40))
    assert ask("SELECT value, low, high FROM attack_series('end', 'month')") == [(40, 60, 139)]
    tell("attack", when=on(6), count=count(100, "more_than"))
    assert ask("SELECT value, low, high FROM attack_series('end', 'month')") == [(140, 160, None)]


def test_a_month_told_as_a_whole_is_a_total_and_no_part_of_the_series(tell, ask):
    tell("attack", when=on(1, 31, "month"), count=count(2000))
    tell("attack", when=None, count=count(7))
    assert ask("FROM attack_series('end', 'month')") == []
    assert ask("SELECT value, when_end FROM attack_totals") == [(2000, march(31))]


def test_what_is_denied_or_only_planned_is_not_plotted(tell, ask):
    tell("attack", when=on(4), count=count(40), modality="denied")
    tell("attack", when=on(5), count=count(40), modality="planned")
    tell("aid", modality="denied")
    tell("meeting", modality="denied")
    for name in ("attack_series('end', 'day')", "aid_series", "meeting_series"):
        assert ask(f"FROM {name}") == []


@pytest.mark.parametrize(("boundary", "step"), [("dawn", "day"), ("end", "year")])
def test_an_unknown_boundary_or_step_is_refused_with_the_known_ones(tell, ask, boundary, step):
    tell("attack", when=on(4), count=count(40))
    with pytest.raises(warehouse.QueryFailed, match=r"no (boundary dawn|step year); write '"):
        ask(f"FROM attack_series('{boundary}', '{step}')")


def test_the_plain_views_of_drones_have_a_column_an_outcome(tell, ask):
    for outcome, value in (("launched", 100), ("intercepted", 66), ("suppressed", 20)):
        tell("attack", when=on(4), count=count(value), outcome=outcome)
    tell("attack", when=on(4), count=count(3), weapon="missile")
    for name, day in (("daily", 4), ("weekly", 4), ("monthly", 1)):
        rows = ask(f"SELECT day, attacker, launched, intercepted, suppressed, hit FROM drone_series_{name}")
        assert rows == [(march(day), "UA", 100, 66, 20, None)]


def test_contested_figures_are_counted_as_such(tell, ask, wire):
    article = wire.article(1)
    claimants = [wire.attack(article).claimed_by, None]
    for value, claimant in zip((40, 12), claimants, strict=True):
        tell("attack", when=on(4), count=count(value), claimed_by=claimant)
    assert ask("SELECT facts, contested FROM drone_series_daily") == [(1, 1)]


def test_a_joint_package_counts_once_for_the_joint_list_of_its_donors(tell, ask):
    tell("aid", donors=("NL", "DK"), when=on(4), amount=money(100))
    assert ask("SELECT donor, amount, packages FROM aid_series") == [("DK+NL", 100, 1)]


def test_a_package_counts_once_at_its_latest_stage(tell, ask):
    for day, stage in ((4, "announced"), (14, "delivered")):
        tell("aid", published=day, when=on(day), amount=money(350_000_000), stage=stage)
    assert ask("SELECT stage, amount FROM aid_series") == [("delivered", 350_000_000)]


def test_totals_so_far_and_programmes_stand_apart(tell, ask):
    tell("aid", when=on(4), amount=money(5), scope="cumulative")
    tell("aid", when=on(4), amount=money(7), scope="program")
    tell("aid", when=on(4), amount=money(3))
    assert ask("SELECT amount FROM aid_series") == [(3,)]
    assert ask("SELECT scope, amount FROM aid_totals") == [("cumulative", 5), ("program", 7)]


def test_things_without_an_amount_are_counted_and_cost_nothing(tell, ask):
    tell("aid", when=on(4), amount=None, items=("31辆坦克",))
    assert ask("SELECT amount, usd, packages, without_amount FROM aid_series") == [(None, None, 1, 1)]


def test_money_is_converted_at_the_latest_rate_on_or_before_the_day(house, tell, ask, tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("Date,USD,GBP\n2024-03-01,1.1,0.8\n2024-03-05,1.2,N/A\n")
    house.replace_rates(rates)
    tell("aid", when=on(4), amount=money(80, "GBP"), donors=("GB",))
    tell("aid", when=on(5), amount=money(120, "USD"), donors=("US",))
    tell("aid", when=on(5), amount=money(10, "EUR"), donors=("FR",))
    tell("aid", when=on(5), amount=money(10, "UAH"), donors=("UA",))
    tell("aid", when=Period(start="2024-02-01", end="2024-02-01", precision="day"), amount=money(90, "GBP"))
    rows = ask("SELECT currency, amount, eur, usd FROM aid_series ORDER BY currency, amount")
    assert rows == [
        ("EUR", 10, 10, 12),
        ("GBP", 80, 100, 110),
        ("GBP", 90, None, None),
        ("UAH", 10, None, None),
        ("USD", 120, 100, 120),
    ]


def test_a_rate_older_than_a_year_is_none(house, tell, ask, tmp_path):
    rates = tmp_path / "rates.csv"
    rates.write_text("date,currency,per_eur\n2022-03-01,RUB,117.2\n2022-03-01,USD,1.1\n")
    house.replace_rates(rates)
    tell("aid", when=on(4), amount=money(117, "RUB"))
    assert ask("SELECT eur, usd, rate_day FROM aid_amounts") == [(None, None, None)]


def test_meetings_are_counted_by_pair_of_sides_in_either_order(tell, ask):
    tell("meeting", when=on(4), participants=sides("US", "CN"))
    tell("meeting", when=on(20), participants=sides("CN", "US"))
    tell("meeting", when=on(9), participants=sides("CN", "US", "RU"), event="三方会谈")
    tell("meeting", when=on(9), participants=sides("CN", None))
    rows = ask("SELECT month, side, other_side, meetings, between_the_two FROM meeting_series")
    assert rows == [
        (march(1), "CN", "RU", 1, 0),
        (march(1), "CN", "US", 3, 2),
        (march(1), "RU", "US", 1, 0),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_parts_of_a_series_make_the_whole_whatever_the_step_and_the_boundary(tell, ask, seed):
    chance = random.Random(seed)
    for _ in range(25):
        start = chance.randrange(1, 27)
        when = chance.choice([on(start), on(start, start + 1, "night"), on(start, start + 1)])
        places = chance.choice([(), ("河口市",), ("山城",)])
        tell("attack", when=when, count=count(chance.randrange(1, 90)), places=places)
    for boundary in ("start", "end", "night"):
        totals = {
            step: ask(f"SELECT sum(value), sum(facts), sum(days) FROM attack_series('{boundary}', '{step}')")
            for step in ("day", "week", "month")
        }
        assert totals["day"] == totals["week"] == totals["month"]
    assert ask("SELECT sum(intercepted) FROM drone_series_daily") == ask(
        "SELECT sum(value) FROM attack_series('end', 'day')"
    )
