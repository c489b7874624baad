"""Strikes: one fact for one place or object hit on one day, whoever is blamed and whatever the toll."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterator

from warehouse.facts.names import alike, pairs
from warehouse.facts.statement import Statement
from warehouse.facts.windows import Reach, days_around, days_near, is_short, shared

# Endings of regions.
REGIONS = (
    "州",
    "省",
    "地带",
    "地区",
    "共和国",
    "高地",
    "方向",
    "各地",
    "多地",
    "南部",
    "北部",
    "东部",
    "西部",
    "中部",
)
# Smaller tolls are the same by chance too often to prove anything.
TELLING = 3
# Weapons that one incident is told with by turns.
VAGUE = {"unknown", "other", "explosive", "mixed"}


def block(statement: Statement) -> str:
    """The side that was hit, by month."""
    return f"strike {statement.slots['target_country']} {statement.day:%Y-%m}"


def shelves(statement: Statement) -> Iterator[Hashable]:
    """By the day and the pairs of characters of place and object."""
    yield from _shelves(statement, statement.day)


def sought(statement: Statement) -> Iterator[Hashable]:
    """The same on the days around it."""
    for day in days_near(statement.day, 1):
        yield from _shelves(statement, day)


def reach(statement: Statement) -> Iterator[Reach]:
    """The same days; what has a date is compared with nothing that has none."""
    yield Reach(statement.when is not None, *days_around(statement.day, statement.day, 1, 1))


def _shelves(statement: Statement, day: datetime.date) -> Iterator[Hashable]:
    for slot in ("place", "target"):
        for pair in sorted(pairs(statement.slots[slot] or "")):
            yield day, slot, pair


def bond(first: Statement, second: Statement) -> tuple[float, str] | None:
    """Whether two statements are of one strike."""
    if not _same_time(first, second) or _weapons_differ(first, second):
        return None
    place = _compared(first.slots["place"], second.slots["place"])
    target = _compared(first.slots["target"], second.slots["target"])
    if place is False or (place is None and target is not True):
        return None
    if target is False and not _is_wide(first.slots["place"], second.slots["place"]):
        # one article tells its targets apart; two may call one target by different names
        if first.article_id == second.article_id:
            return None
        return 0.5, "the same place and day"
    if first.article_id == second.article_id and not (place and target):
        return None
    if place and target:
        return 2.0, "the same object, place and day"
    if place and not target and _is_wide(first.slots["place"], second.slots["place"]):
        return (1.0, "the same region, day and toll") if _same_toll(first, second) else None
    return (1.5, "the same object and day") if target else (1.0, "the same place and day")


def _compared(one: str | None, other: str | None) -> bool | None:
    """Whether two names are alike; `None` where one is missing."""
    if one is None or other is None:
        return None
    return alike(one, other)


def _is_wide(one: str, other: str) -> bool:
    """Whether places are regions, in which more than one thing is hit on a day."""
    return one.endswith(REGIONS) or other.endswith(REGIONS)


def _same_toll(first: Statement, second: Statement) -> bool:
    """Whether the dead or the injured of two statements are the same number, more than a few."""
    return any(
        first.slots[name]
        and second.slots[name]
        and first.slots[name]["value"] == second.slots[name]["value"]
        and (first.slots[name]["value"] or 0) >= TELLING
        for name in ("killed", "injured")
    )


def _weapons_differ(first: Statement, second: Statement) -> bool:
    weapons = {first.slots["weapon"], second.slots["weapon"]} - VAGUE
    return len(weapons) > 1 and first.article_id == second.article_id


def _same_time(first: Statement, second: Statement) -> bool:
    if first.when and second.when:
        short = is_short(first.when) and is_short(second.when)
        return shared(first.when, second.when) if short else first.when == second.when
    return first.when is None and second.when is None and first.said_on == second.said_on
