"""A record as a list of (slot, value) items, and when two values of a slot count as the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

Record = dict[str, Any]
ScoredItem = tuple[str, Any]

MARKS = re.compile(r"[\s,，。、·•:：;；“”\"'‘’()（）《》\-—]+")
UNIT = re.compile(r"(?:地区|大区|自治区|州|省|市|区|镇|村|县|境内|上空)$")


def items_of(record: Record) -> list[ScoredItem]:
    """Every filled slot as an item, in a fixed order; list slots give one item per element."""
    found = [*_envelope(record), *READERS[record["kind"]](record)]
    return [(slot, value) for slot, value in found if value not in (None, "", [])]


def same(slot: str, gold: Any, got: Any) -> bool:
    """Whether two values count as the same: places and names leniently, codes and numbers exactly."""
    return COMPARERS.get(slot, _equal)(gold, got)


def _envelope(record: Record) -> Iterator[ScoredItem]:
    when = record.get("when")
    yield "when", (when["start"], when["end"]) if when else None
    claimant = record.get("claimed_by")
    yield "claimed_by", claimant.get("name") if isinstance(claimant, dict) else claimant
    yield "modality", record.get("modality")


def _attack_count(record: Record) -> Iterator[ScoredItem]:
    for slot in ("attacker", "target", "weapon", "outcome"):
        yield slot, record.get(slot)
    count = record.get("count") or {}
    yield "count", _number(count)
    yield "qualifier", count.get("qualifier")
    for place in record.get("places") or []:
        yield "place", place
    for part in record.get("breakdown") or []:
        yield "part", (part.get("place") or part.get("weapon"), float(part.get("value") or 0))


def _aid_announcement(record: Record) -> Iterator[ScoredItem]:
    for slot, field in (("donor", "donors"), ("recipient", "recipients")):
        for value in record.get(field) or []:
            yield slot, value
    for slot in ("aid_type", "stage", "scope", "package_number"):
        yield slot, record.get(slot)
    if amount := record.get("amount"):
        yield "amount", (_number(amount), amount.get("currency"))
        yield "qualifier", amount.get("qualifier")
    for thing in record.get("items") or []:
        yield "item", thing


def _meeting(record: Record) -> Iterator[ScoredItem]:
    for person in record.get("participants") or []:
        yield "participant", tuple(person.get(field) or "" for field in ("name", "side", "role"))
    yield "format", record.get("format")
    yield "status", record.get("status")
    yield "place_one", record.get("place")
    yield "event", record.get("event")


def _strike(record: Record) -> Iterator[ScoredItem]:
    for slot in ("attacker", "target_country", "weapon"):
        yield slot, record.get(slot)
    yield "object", record.get("target")
    yield "place_one", record.get("place")
    for slot in ("killed", "injured"):
        number = record.get(slot)
        yield slot, _number(number) if number else None


READERS: dict[str, Callable[[Record], Iterator[ScoredItem]]] = {
    "attack_count": _attack_count,
    "aid_announcement": _aid_announcement,
    "meeting": _meeting,
    "strike": _strike,
}


def _number(number: Record) -> Any:
    """Value and upper end; for number words, which have no value, the word."""
    if number.get("value") is None:
        return number.get("qualifier")
    high = number.get("high")
    return float(number["value"]), None if high is None else float(high)


def _folded(text: Any) -> str:
    return MARKS.sub("", str(text or "")).lower()


def _alike(one: Any, other: Any) -> bool:
    """One folded text holds the other and is at most twice as long; nothing is like nothing."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    if not short:
        return not long
    return short in long and 2 * len(short) >= len(long)


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _same_name(one: Any, other: Any) -> bool:
    return bool(one == other) or (min(len(str(one)), len(str(other))) > 2 and _alike(one, other))


def _same_place(one: Any, other: Any) -> bool:
    """Equal but for the word of the administrative unit, or one within the other."""
    one, other = UNIT.sub("", _folded(one)), UNIT.sub("", _folded(other))
    return bool(one and other) and (one in other or other in one)


def _same_part(one: tuple[Any, float], other: tuple[Any, float]) -> bool:
    return one[1] == other[1] and _same_place(one[0], other[0])


def _same_person(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """By name where both have one, else by side and role."""
    if one[0] and other[0]:
        return _alike(one[0], other[0])
    return one[1] == other[1] and (not one[2] or not other[2] or _alike(one[2], other[2]))


COMPARERS: dict[str, Callable[[Any, Any], bool]] = {
    "place": _same_place,
    "place_one": _same_place,
    "part": _same_part,
    "participant": _same_person,
    **dict.fromkeys(("item", "object", "claimed_by", "event", "donor", "recipient"), _same_name),
}
