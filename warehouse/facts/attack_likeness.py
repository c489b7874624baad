"""Attack counts: one fact for one number of one day, side, weapon and outcome; regions and the whole country apart."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator

from warehouse.facts.names import any_alike, pairs
from warehouse.facts.statement import Statement, overlap
from warehouse.facts.windows import Reach, days_around, days_near, is_short, shared

# So many places are a list of where a total is spread, not a region's own count.
TOTAL_PLACES = 3
# Undated statements of one number within so many days are of the same happening.
UNDATED_DAYS = 2
# Smaller numbers are the same by chance too often to prove anything.
TELLING = 5


def block(statement: Statement) -> str:
    """Who attacked whom with what and what came of it, region or whole, by month: so a day's news touches little."""
    slots = statement.slots
    scope = "region" if is_regional(statement) else "whole"
    sides = f"{slots['attacker']} {slots['target']}"
    return f"attack_count {sides} {slots['outcome']} {slots['weapon']} {scope} {statement.day:%Y-%m}"


def shelves(statement: Statement) -> Iterator[Hashable]:
    """By the day and, for a region, by the pairs of characters of its places."""
    yield from _shelves(statement, statement.day)


def sought(statement: Statement) -> Iterator[Hashable]:
    """The same on the days around it."""
    for day in days_near(statement.day, 1 if statement.when else UNDATED_DAYS):
        yield from _shelves(statement, day)


def reach(statement: Statement) -> Iterator[Reach]:
    """The same days; what has a date is compared with nothing that has none."""
    days = 1 if statement.when else UNDATED_DAYS
    yield Reach(statement.when is not None, *days_around(statement.day, statement.day, days, days))


def _shelves(statement: Statement, day: datetime.date) -> Iterator[Hashable]:
    if not is_regional(statement):
        yield day
        return
    for pair in sorted(set().union(*(pairs(place) for place in statement.slots["places"]))):
        yield day, pair


def bond(first: Statement, second: Statement) -> tuple[float, str] | None:
    """Whether two counts are of one happening."""
    if is_regional(first) and not any_alike(first.slots["places"], second.slots["places"]):
        return None
    agree = overlap(first.ranges["count"], second.ranges["count"])
    rivals = None not in (first.claimant, second.claimant) and first.claimant != second.claimant
    if first.article_id == second.article_id and not agree and not rivals:
        return None  # two numbers of one article and one claimant are two happenings
    one, other = first.when, second.when
    if one is None or other is None:
        undated = one is None and other is None
        return (0.5, "the same number, undated") if undated and _same_number(first, second) else None
    if is_short(one) and is_short(other):
        if one.end == other.end:
            return (2.0, "the same day and number") if agree else (1.0, "the same day")
        if shared(one, other) and _same_number(first, second):
            return 0.8, "the same number in overlapping windows"
        return None
    if (one.start, one.end) == (other.start, other.end):
        return (2.0, "the same period and number") if agree else (1.0, "the same period")
    return None


def is_regional(statement: Statement) -> bool:
    """Whether a count is of some place alone: it names one or two, and does not break a total down by them."""
    return 0 < len(statement.slots["places"]) < TOTAL_PLACES and not statement.slots["breakdown"]


def _same_number(first: Statement, second: Statement) -> bool:
    one, other = first.slots["count"], second.slots["count"]
    return one["value"] is not None and one["value"] == other["value"] and one["value"] >= TELLING
