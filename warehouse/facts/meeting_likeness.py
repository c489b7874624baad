"""Meetings: one fact for one meeting, from its proposal to its being held."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator
from typing import Any

from schemas import Period
from warehouse.facts.names import alike
from warehouse.facts.statement import Statement
from warehouse.facts.windows import DAY, Reach, days_around, gap, stretch, stretches_around

# A meeting to come, without a date, is that which is held within so many days.
AHEAD_DAYS = 30
# Time zones and overnight talks put one meeting on two days.
SLIP_DAYS = 1
# More sides than these make a conference, whose list of participants each article cuts its own way.
BILATERAL = 2
OPEN = {"planned", "proposed"}


def block(statement: Statement) -> str:
    """The two sides, or that there are more."""
    sides = _sides(statement)
    return "meeting " + ("+".join(sorted(sides)) if len(sides) <= BILATERAL else "of many")


def shelves(statement: Statement) -> Iterator[Hashable]:
    """By each day of the meeting; one to come or without a date also by its stretch of time."""
    if statement.when and (statement.when.end - statement.when.start).days <= AHEAD_DAYS:
        yield from days_of(statement.when)
    if statement.when is None or statement.slots["status"] not in OPEN:
        yield statement.when is None, stretch(statement.day, AHEAD_DAYS)


def sought(statement: Statement) -> Iterator[Hashable]:
    """The days of the meeting and those beside them; what was to come, for one that is held, and the other way round."""
    if statement.when and (statement.when.end - statement.when.start).days <= AHEAD_DAYS:
        yield from days_of(statement.when, SLIP_DAYS)
    time = stretch(statement.day, AHEAD_DAYS)
    for near in (-1, 0, 1):
        yield True, time + near
        if statement.when is None and statement.slots["status"] in OPEN:
            yield False, time + near


def reach(statement: Statement) -> Iterator[Reach]:
    """Of one with a date, meetings whose days touch its own; of one without, and among those, whatever is near in time."""
    yield Reach(False, *stretches_around(statement.day, AHEAD_DAYS))
    if statement.when is None:
        yield Reach(True, *stretches_around(statement.day, AHEAD_DAYS))
    elif (statement.when.end - statement.when.start).days <= AHEAD_DAYS:
        yield Reach(
            True, *days_around(statement.when.start, statement.when.end, SLIP_DAYS, SLIP_DAYS + AHEAD_DAYS)
        )


def days_of(period: Period, slip: int = 0) -> Iterator[datetime.date]:
    """All days of a period, with so many before and behind it."""
    for number in range(-slip, (period.end - period.start).days + slip + 1):
        yield period.start + number * DAY


def bond(first: Statement, second: Statement) -> tuple[float, str] | None:
    """Whether two statements are of one meeting."""
    formats = {first.slots["format"], second.slots["format"]} - {"unspecified"}
    if len(formats) > 1 or not _same_time(first, second):
        return None
    people = _people(first, second)
    if people is None:
        return None
    events = first.slots["event"], second.slots["event"]
    if None not in events and alike(events[0], events[1]):
        return 3.0 + people, f"the same event, {events[0]}"
    if len(_sides(first)) > BILATERAL:
        common = _sides(first) & _sides(second)
        if 2 * len(common) < min(len(_sides(first)), len(_sides(second))) or len(common) < BILATERAL:
            return None
        return 1.0 + people, "most of the same sides at the same time"
    if people == 0 and first.article_id == second.article_id:
        return None
    return (
        1.0 + people,
        "the same sides and people at the same time" if people else "the same sides at the same time",
    )


def _sides(statement: Statement) -> set[str]:
    return {person["side"] for person in statement.slots["participants"] if person["side"]}


def _same_time(first: Statement, second: Statement) -> bool:
    if first.when and second.when:
        return gap(first.when, second.when) <= SLIP_DAYS
    is_open = first.slots["status"] in OPEN, second.slots["status"] in OPEN
    if first.when is None and second.when is None:
        return abs((first.said_on - second.said_on).days) <= (AHEAD_DAYS if all(is_open) else SLIP_DAYS)
    dated, undated = (first, second) if first.when else (second, first)
    if dated.when is None or undated.slots["status"] not in OPEN:
        return False
    return 0 <= (dated.when.end - undated.said_on).days <= AHEAD_DAYS


def _people(first: Statement, second: Statement) -> int | None:
    """How many named people two statements share; `None` where a side is represented by different ones."""
    common = 0
    for side in _sides(first) & _sides(second):
        ours, theirs = _of(first, side), _of(second, side)
        names = [person["name"] for person in ours if person["name"]]
        others = [person["name"] for person in theirs if person["name"]]
        if names and others:
            if not any(alike(a, b) for a in names for b in others):
                return None
            common += 1
        elif _offices_differ(ours, theirs):
            return None
    return common


def _of(statement: Statement, side: str) -> list[dict[str, Any]]:
    return [person for person in statement.slots["participants"] if person["side"] == side]


def _offices_differ(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> bool:
    roles = [[person["role"] for person in people if person["role"]] for people in (ours, theirs)]
    return all(roles) and not any(alike(a, b) for a in roles[0] for b in roles[1])
