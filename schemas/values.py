"""The values that fill the slots of an event: evidence, numbers, money, periods, people.

Every class is frozen and refuses unknown fields; a refused value names the field and what was given.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Qualifier = Literal[
    "exact", "about", "nearly", "at_least", "more_than", "up_to", "less_than", "range",
    "several", "dozens", "hundreds", "thousands",
]  # fmt: skip
# Qualifiers that stand for a number word without a numeral (数架, 数十, 上百, 数千), with the interval they imply.
WORD_INTERVALS: dict[str, tuple[int, int]] = {
    "several": (2, 9),
    "dozens": (20, 99),
    "hundreds": (100, 999),
    "thousands": (1000, 9999),
}
# What 约 and 近 leave open, as a share of the number. A convention of ours: news gives no tolerance.
APPROXIMATION = 0.1

Precision = Literal["day", "night", "week", "month", "quarter", "year", "period"]
Modality = Literal["asserted", "planned", "possible", "denied"]
Weapon = Literal["drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"]
StrikeWeapon = Literal[
    "drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed",
    "artillery", "explosive", "other", "unknown",
]  # fmt: skip
Part = Literal["title", "text"]

Words = Annotated[str, StringConstraints(min_length=1)]
# A country (ISO 3166-1 alpha-2), an organisation's code, or the name as written where there is no code.
Code = Annotated[str, StringConstraints(min_length=1, max_length=80)]
CURRENCY = re.compile(r"[A-Z]{3}")


class Value(BaseModel):
    """Base of all values: frozen, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Value):
    """A verbatim stretch of an article: `article.<part>[start:end] == text`, offsets in characters."""

    part: Part = "text"
    start: int = Field(ge=0)
    end: int
    text: Words

    @model_validator(mode="after")
    def _length_agrees(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"span {self.start}:{self.end} is {self.end - self.start} characters long, "
                f"its text {self.text!r} is {len(self.text)}"
            )
        return self


class Interval(Value):
    """What a qualified number leaves possible, both ends included; `None` is open.

    `best` is the single number to plot: the number named, or the middle of a range; `None` for 数十 and the like.
    """

    low: float | None
    best: float | None
    high: float | None


class Quantity(Value):
    """A number as the text qualifies it. `value` is `None` only for number words (several, dozens, …)."""

    value: int | float | None = Field(default=None, ge=0)
    high: int | float | None = None
    qualifier: Qualifier

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        is_word = self.qualifier in WORD_INTERVALS
        if is_word and self.value is not None:
            raise ValueError(f"value must be null with qualifier {self.qualifier!r}, got {self.value!r}")
        if not is_word and self.value is None:
            raise ValueError(f"value is missing; only {', '.join(WORD_INTERVALS)} go without a numeral")
        if (self.qualifier == "range") != (self.high is not None):
            raise ValueError(
                f"high belongs to qualifier 'range' and only there, got high={self.high!r}, {self.qualifier!r}"
            )
        if self.high is not None and self.value is not None and self.high < self.value:
            raise ValueError(f"high must not be below value, got {self.value!r}..{self.high!r}")
        return self

    @property
    def interval(self) -> Interval:
        """The interval the qualifier implies; the convention is documented in docs/records.md."""
        if self.value is None:
            low, high = WORD_INTERVALS[self.qualifier]
            return Interval(low=low, best=None, high=high)
        value = self.value
        match self.qualifier:
            case "about":
                return Interval(low=value * (1 - APPROXIMATION), best=value, high=value * (1 + APPROXIMATION))
            case "nearly":
                return Interval(low=value * (1 - APPROXIMATION), best=value, high=value)
            case "at_least" | "more_than":
                return Interval(low=value, best=value, high=None)
            case "up_to" | "less_than":
                return Interval(low=None, best=value, high=value)
            case "range":
                assert self.high is not None  # checked on construction
                return Interval(low=value, best=(value + self.high) / 2, high=self.high)
            case _:
                return Interval(low=value, best=value, high=value)


class Count(Quantity):
    """A whole number of things, people or times."""

    value: int | None = Field(default=None, ge=0)
    high: int | None = None


class Money(Quantity):
    """An amount of money in `currency` (ISO 4217), as a plain number of currency units."""

    currency: str

    @model_validator(mode="after")
    def _currency_is_a_code(self) -> Self:
        if not CURRENCY.fullmatch(self.currency):
            raise ValueError(f"currency must be an ISO 4217 code such as USD, got {self.currency!r}")
        return self


class Period(Value):
    """Local dates, both included, and how finely the text gives them."""

    start: datetime.date
    end: datetime.date
    precision: Precision

    @model_validator(mode="after")
    def _start_comes_first(self) -> Self:
        if self.start > self.end:
            raise ValueError(f"start must not be after end, got {self.start} > {self.end}")
        return self


class Claimant(Value):
    """Who says so: the innermost source as written, its side where known, and where the words stand."""

    name: Words
    side: Code | None = None
    span: Span | None = None


class Participant(Value):
    """One side of a meeting: a person, an office without a name, or a whole delegation."""

    name: Words | None = None
    role: Words | None = None
    side: Code | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.name is None and self.role is None and self.side is None:
            raise ValueError("a participant needs a name, a role or a side; all three are null")
        return self


class PlacePart(Value):
    """One part of a count by place, as written."""

    place: Words
    value: int = Field(ge=0)


class WeaponPart(Value):
    """One part of a count by weapon model, as written."""

    weapon: Words
    value: int = Field(ge=0)


class Comparison(Value):
    """How a count compares with an earlier period (`to`: YYYY, YYYY-MM or YYYY-MM-DD)."""

    to: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")]
    difference: Count
    direction: Literal["more", "fewer"]


QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
