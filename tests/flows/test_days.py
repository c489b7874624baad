"""Stretches of days, and addresses of lists that are kept one a day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.days import Days, fault_of_dates, on_days
from flows.errors import ShiluError

TODAY = datetime.date(2025, 3, 2)
DATES = st.dates(min_value=datetime.date(2020, 1, 1), max_value=TODAY)


@given(st.tuples(DATES, DATES).map(sorted))
def test_the_lists_of_a_stretch_are_those_of_its_days_the_last_first(ends: list[datetime.date]) -> None:
    days = Days(*ends)
    lists = on_days(["https://n.example/{date:%Y%m%d}"], days, TODAY)
    assert lists[0].endswith(f"{ends[1]:%Y%m%d}") and lists[-1].endswith(f"{ends[0]:%Y%m%d}")
    assert len(lists) == (ends[1] - ends[0]).days + 1 == len(set(lists))
    assert all(datetime.datetime.strptime(each[-8:], "%Y%m%d").date() in days for each in lists)


def test_without_days_the_lists_are_those_of_today_and_yesterday() -> None:
    assert on_days(["https://n.example/{date:%Y-%m}/{date:%-d}/", "https://n.example/all"], None, TODAY) == [
        "https://n.example/2025-03/2/",
        "https://n.example/2025-03/1/",
        "https://n.example/all",
    ]


def test_a_list_of_a_month_is_named_once_and_no_list_of_tomorrow_at_all() -> None:
    days = Days(datetime.date(2025, 2, 20), datetime.date(2025, 3, 20))
    assert on_days(["https://n.example/{date:%Y-%m}"], days, TODAY) == [
        "https://n.example/2025-03",
        "https://n.example/2025-02",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (Days(None, TODAY), "need a first day; give --from"),
        (Days(datetime.date(1999, 1, 1), TODAY), "take them in several runs"),
    ],
)
def test_lists_without_end_are_refused(days: Days, words: str) -> None:
    with pytest.raises(ShiluError, match=words):
        on_days(["https://n.example/{date:%Y%m%d}"], days, TODAY)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [("5.3.2024", None, "is no date; write it as 2024-03-05"), ("2024-03-05", "2024-03-04", "ends before it begins")],
)  # fmt: skip
def test_what_are_no_days_is_refused(first: str, last: str | None, words: str) -> None:
    with pytest.raises(ShiluError, match=words):
        Days.parsed(first, last)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://n.example/{date:%Q}", "no form of a date"),
        ("https://n.example/{date:today}", "no form of a date"),
        ("https://n.example/{day}", "braces hold a date"),
        ("https://n.example/{date:%Y}/}", "braces hold a date"),
    ],
)
def test_an_address_with_no_proper_date_is_refused(address: str, words: str) -> None:
    assert words in (fault_of_dates(address) or "")


def test_an_address_with_escapes_or_a_date_is_fine() -> None:
    assert fault_of_dates("https://n.example/%E6%96%B0/{date:%Y/%m-%d}/{date:%j}?q=%20") is None
