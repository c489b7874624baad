"""Values: what they refuse and in which words, what they leave possible, and that nothing changes them."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import (
    Claimant,
    Comparison,
    Count,
    Interval,
    Money,
    Participant,
    Period,
    PlacePart,
    Quantity,
    Span,
    WeaponPart,
)
from schemas.values import QUALIFIERS, WORD_INTERVALS

DAY = datetime.date(2025, 3, 2)
VALUES: list[Any] = [
    Span(start=0, end=2, text="无人"),
    Interval(low=1, best=1, high=1),
    Quantity(value=1.5, qualifier="about"),
    Count(value=83, qualifier="exact"),
    Money(value=425000000, qualifier="exact", currency="USD"),
    Period(start=DAY, end=DAY, precision="day"),
    Claimant(name="乌克兰空军"),
    Participant(side="UA"),
    PlacePart(place="苏梅州", value=21),
    WeaponPart(weapon="沙赫德", value=40),
    Comparison(to="2024-09", difference=Count(value=700, qualifier="nearly"), direction="more"),
]
# Qualifier: what it leaves open around 100 (a range: 100 to 140), as low, best and high.
INTERVALS: dict[str, tuple[float | None, float | None, float | None]] = {
    "exact": (100, 100, 100),
    "about": (90, 100, 110),
    "nearly": (90, 100, 100),
    "at_least": (100, 100, None),
    "more_than": (100, 100, None),
    "up_to": (None, 100, 100),
    "less_than": (None, 100, 100),
    "range": (100, 120, 140),
    "several": (2, None, 9),
    "dozens": (20, None, 99),
    "hundreds": (100, None, 999),
    "thousands": (1000, None, 9999),
}
named = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


@named
def test_a_value_is_frozen(value: Any) -> None:
    field = next(iter(type(value).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(value, field, None)


@named
def test_a_value_refuses_unknown_fields_by_name(value: Any) -> None:
    with pytest.raises(ValidationError, match=r"surprise\n\s+Extra inputs are not permitted"):
        type(value).model_validate({**value.model_dump(), "surprise": 1})


@named
def test_a_value_survives_json(value: Any) -> None:
    assert type(value).model_validate_json(value.model_dump_json()) == value


@pytest.mark.parametrize(
    ("build", "field", "given_value"),
    [
        (lambda: Span(start=3, end=5, text="无人机"), "span 3:5", "'无人机' is 3"),
        (lambda: Span(start=-1, end=0, text="无"), "start", "-1"),
        (lambda: Count(value=3, qualifier="several"), "value must be null", "got 3"),
        (lambda: Count(qualifier="exact"), "value is missing", "several"),
        (lambda: Count(value=-4, qualifier="exact"), "value", "-4"),
        (lambda: Count.model_validate({"value": 2.5, "qualifier": "exact"}), "value", "2.5"),
        (lambda: Count.model_validate({"value": 2, "qualifier": "circa"}), "qualifier", "circa"),
        (lambda: Count(value=20, qualifier="range"), "high belongs to", "high=None"),
        (lambda: Count(value=20, high=30, qualifier="exact"), "high belongs to", "high=30"),
        (lambda: Count(value=30, high=20, qualifier="range"), "high must not be below value", "30..20"),
        (lambda: Money(value=1, qualifier="exact", currency="dollars"), "currency", "'dollars'"),
        (
            lambda: Period(start=DAY, end=DAY - datetime.timedelta(days=1), precision="day"),
            "start must not be after end",
            "2025-03-02 > 2025-03-01",
        ),
        (Participant, "a participant needs", "all three are null"),
        (lambda: Claimant(name=""), "name", "''"),
        (lambda: Comparison.model_validate({"to": "去年"}), "to", "去年"),
    ],
)
def test_a_refused_value_names_the_field_and_what_was_given(build: Any, field: str, given_value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        build()
    assert field in str(refused.value)
    assert given_value in str(refused.value)


@pytest.mark.parametrize("qualifier", INTERVALS)
def test_each_qualifier_leaves_its_own_interval(qualifier: str) -> None:
    value = None if qualifier in WORD_INTERVALS else 100
    high = 140 if qualifier == "range" else None
    interval = Count.model_validate({"value": value, "high": high, "qualifier": qualifier}).interval
    assert (interval.low, interval.best, interval.high) == pytest.approx(INTERVALS[qualifier])


def test_every_qualifier_has_an_interval_above() -> None:
    assert list(INTERVALS) == list(QUALIFIERS)


@given(
    value=st.integers(0, 10**12),
    more=st.integers(0, 10**6),
    qualifier=st.sampled_from([each for each in QUALIFIERS if each not in WORD_INTERVALS]),
)
def test_an_interval_holds_the_number_it_was_made_of(value: int, more: int, qualifier: str) -> None:
    high = value + more if qualifier == "range" else None
    interval = Count.model_validate({"value": value, "high": high, "qualifier": qualifier}).interval
    assert interval.best is not None
    assert interval.low is None or interval.low <= value
    assert interval.high is None or interval.high >= (value if high is None else high)
    assert (interval.low or 0) <= interval.best <= (interval.best if interval.high is None else interval.high)


@given(start=st.integers(0, 10**6), text=st.text(min_size=1, max_size=40), slip=st.integers(-3, 3))
def test_a_span_is_as_long_as_its_text_or_refused(start: int, text: str, slip: int) -> None:
    end = start + len(text) + slip
    if slip == 0:
        assert Span(start=start, end=end, text=text).text == text
    else:
        with pytest.raises(ValidationError, match="characters long"):
            Span(start=start, end=end, text=text)
