"""Times of statements compared."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from schemas import Period

DAY = datetime.timedelta(days=1)
# A window of so many days is that of a daily report.
SHORT_DAYS = 2


class Reach(NamedTuple):
    """Where statements lie: those with a date or those without one, by their `Statement.day`, ends included."""

    is_dated: bool
    first: datetime.date
    last: datetime.date


def is_short(period: Period) -> bool:
    """Whether a period is a day, a night, or “the past 24 hours”."""
    return (period.end - period.start).days < SHORT_DAYS


def shared(first: Period, second: Period) -> bool:
    """Whether two periods have a day in common."""
    return first.start <= second.end and second.start <= first.end


def gap(first: Period, second: Period) -> int:
    """Days between two periods; 0 where they touch or overlap."""
    if shared(first, second):
        return 0
    return max((second.start - first.end).days, (first.start - second.end).days)


def days_near(day: datetime.date, days: int) -> Iterator[datetime.date]:
    """A day and those around it, the earliest first."""
    for number in range(-days, days + 1):
        yield day + number * DAY


def stretch(day: datetime.date, days: int) -> int:
    """The number of the stretch of so many days, counted from the beginning of the calendar, in which a day lies.

    Two days no more than `days` apart lie in the same stretch or in neighbouring ones.
    """
    return day.toordinal() // days


def days_around(
    first: datetime.date, last: datetime.date, before: int, after: int
) -> tuple[datetime.date, datetime.date]:
    """The first and last of the days from so many before to so many after, as far as the calendar goes."""
    begin = max(first.toordinal() - before, datetime.date.min.toordinal())
    end = min(last.toordinal() + after, datetime.date.max.toordinal())
    return datetime.date.fromordinal(begin), datetime.date.fromordinal(end)


def stretches_around(day: datetime.date, days: int) -> tuple[datetime.date, datetime.date]:
    """The first and last day of the stretch in which a day lies, with its neighbouring stretches."""
    into = day.toordinal() % days
    return days_around(day, day, into + days, 2 * days - 1 - into)
