"""Aid: one fact for one package, from the first mention of it to its delivery, told by donor or recipient."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

from warehouse.facts.names import any_alike, pairs
from warehouse.facts.statement import Statement, overlap
from warehouse.facts.windows import Reach, stretch, stretches_around

# A package is talked of for about so many days.
PACKAGE_DAYS = 45
# A total so far is quoted for some days, then there is a newer one.
TOTAL_DAYS = 10
# Things without an amount are the same only when told close to each other.
THINGS_DAYS = 5
# Rounded figures of one sum differ by less than this share.
ROUNDING = 0.02
# The rungs of the ladder on which amounts are looked up.
LADDER = 0.1


def block(statement: Statement) -> str:
    """Who gives to whom, as package, total or programme."""
    slots = statement.slots
    donors, recipients = ("+".join(sorted(slots[name])) for name in ("donors", "recipients"))
    return f"aid_announcement {donors} {recipients} {slots['scope']}"


def shelves(statement: Statement) -> Iterator[Hashable]:
    """By amount to two digits, by number of the package, by the things' pairs of characters, else by the days."""
    yield from _shelves(statement, stretch(statement.day, PACKAGE_DAYS), 0, [_is_point(statement)])


def sought(statement: Statement) -> Iterator[Hashable]:
    """The same in the stretches of time around it, with the amounts next to its own.

    Two exact amounts that may be the same are found by amount; looking for things they need not meet.
    """
    points = [False] if _is_point(statement) else [False, True]
    for near in (-1, 0, 1):
        yield from _shelves(statement, stretch(statement.day, PACKAGE_DAYS) + near, 1, points)


def reach(statement: Statement) -> Iterator[Reach]:
    """All that is told in these stretches of time."""
    for is_dated in (True, False):
        yield Reach(is_dated, *stretches_around(statement.day, PACKAGE_DAYS))


def _is_point(statement: Statement) -> bool:
    """Whether the amount leaves nothing open."""
    amount = statement.ranges.get("amount")
    return amount is not None and amount.low == amount.high is not None


def _shelves(statement: Statement, time: int, steps: int, points: Sequence[bool]) -> Iterator[Hashable]:
    slots = statement.slots
    if slots["package_number"] is not None:
        yield time, slots["package_number"]
    amount = statement.ranges.get("amount")
    if amount:
        step = _step(amount.best if amount.best else amount.low)
        for near in range(-steps, steps + 1):
            yield time, slots["amount"]["currency"], step + near
    for pair in sorted(set().union(*(pairs(item) for item in slots["items"]))):
        for is_point in points:
            yield time, "things", pair, is_point
    if not amount and not slots["items"]:
        yield time, "neither"


def _step(value: float | None) -> int:
    """On which step of a ladder of tenths a sum stands: sums that may be the same stand on neighbouring ones."""
    return round(math.log(value) / math.log(1 + LADDER)) if value else 0


def bond(first: Statement, second: Statement) -> tuple[float, str] | None:
    """Whether two announcements are of one package."""
    one, other = first.slots, second.slots
    if _kinds_differ(one["aid_type"], other["aid_type"]):
        return None
    numbers = one["package_number"], other["package_number"]
    if None not in numbers:
        return (3.0, f"package {numbers[0]}") if numbers[0] == numbers[1] else None
    if one["amount"] and other["amount"]:
        return _by_amount(first, second)
    near = abs((first.day - second.day).days) <= THINGS_DAYS
    if near and any_alike(one["items"], other["items"]):
        return 1.0, "the same things within days"
    if near and not one["amount"] and not other["amount"] and not one["items"] and not other["items"]:
        return (0.5, "the same parties within days") if first.article_id != second.article_id else None
    return None


def _by_amount(first: Statement, second: Statement) -> tuple[float, str] | None:
    one, other = first.slots["amount"], second.slots["amount"]
    days = TOTAL_DAYS if first.slots["scope"] == "cumulative" else PACKAGE_DAYS
    if one["currency"] != other["currency"] or abs((first.day - second.day).days) > days:
        return None
    if one["value"] == other["value"] and one["value"] is not None:
        return 2.0, "the same amount"
    if first.slots["scope"] == "cumulative":
        return None  # totals grow: ones that are nearly the same would chain into one for ever
    close = overlap(first.ranges["amount"], second.ranges["amount"], ROUNDING)
    return (1.5, "amounts that may be the same") if close and first.article_id != second.article_id else None


def _kinds_differ(one: str, other: str) -> bool:
    """Whether the types of aid exclude each other; unspecified goes with any."""
    return one != other and "unspecified" not in (one, other)
