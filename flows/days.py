"""A stretch of days of publication, and addresses of lists that are kept one a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flows.errors import ShiluError

PLACE = re.compile(r"\{date:([^{}]+)\}")
DIRECTIVE = re.compile(r"%-?[md]|%[Yyj]")
LONGEST = 3700  # days that one run may walk through, some ten years
ONE = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Local dates from `first` to `last`, both included; `None` leaves that side open.

    Raises `ShiluError` where the last comes before the first.
    """

    first: datetime.date | None = None
    last: datetime.date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise ShiluError(f"{self} ends before it begins; give the earlier day first")

    def __contains__(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"

    @classmethod
    def parsed(cls, first: str | None, last: str | None) -> Days | None:
        """Those from one date as 2024-03-05 to another, `None` without either. Raises `ShiluError` for no date."""
        return None if first is None and last is None else cls(_parsed(first), _parsed(last))

    def each(self, today: datetime.date) -> Iterator[datetime.date]:
        """Every day up to today, the last of them first: what is new is asked for first.

        Raises `ShiluError` where there is no first one, or where there are more than ten years of them.
        """
        if self.first is None:
            raise ShiluError("lists with {date:…} in their address need a first day; give --from")
        last = min(self.last or today, today)
        if (last - self.first).days >= LONGEST:
            raise ShiluError(f"{self} has more than {LONGEST} days; take them in several runs")
        for back in range((last - self.first).days + 1):
            yield last - back * ONE


def _parsed(day: str | None) -> datetime.date | None:
    try:
        return None if day is None else datetime.date.fromisoformat(day)
    except ValueError as error:
        raise ShiluError(f"{day!r} is no date; write it as 2024-03-05") from error


def fault_of_dates(address: str) -> str | None:
    """What is wrong with the places for dates in an address, if anything."""
    for written in PLACE.findall(address):
        if not DIRECTIVE.search(written) or "%" in DIRECTIVE.sub("", written):
            return f"{written!r} is no form of a date; use %Y %y %m %d %j, or %-m %-d without a leading 0"
    if "{" in (rest := PLACE.sub("", address)) or "}" in rest:
        return "braces hold a date, as in {date:%Y-%m-%d}; write others as %7B and %7D"
    return None


def on_days(addresses: Iterable[str], days: Days | None, today: datetime.date) -> list[str]:
    """The addresses with dates filled in: of all these days, or without any of today and yesterday.

    The place is `{date:%Y/%m/%d}`, in the letters of strftime. An address without one stays as it is; a list that
    several days share, as one of a month, is named once. Raises `ShiluError` as `Days.each`.
    """
    found: dict[str, None] = {}
    for address in addresses:
        if PLACE.search(address) is None:
            found[address] = None
            continue
        for day in (days or Days(today - ONE, today)).each(today):
            found[PLACE.sub(lambda place, day=day: day.strftime(place[1]), address)] = None  # type: ignore[misc]
    return list(found)
