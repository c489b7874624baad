"""The total of a week, month or longer against the daily counts within it."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import interval
from warehouse.facts.windows import SHORT_DAYS

# A window of so many days is one to be added up from days.
LONG_DAYS = 7
HALF_DAYS = 2

GROUPS = {"attack_count": "hash(attacker, target, weapon, outcome)"}
# Facts, so that a day told by many articles counts once, by the whole interval that its claimants leave open.
FACTS = f"""
SELECT attacker, target, weapon, outcome, fact.when_start, fact.when_end, fact.low, fact.high, fact.best_event
FROM fact JOIN whole_count ON whole_count.event_id = fact.best_event
WHERE fact.said_until IS NULL AND fact.when_start IS NOT NULL AND coalesce(attacker, target) IS NOT NULL
    AND (fact.when_end - fact.when_start < {SHORT_DAYS} OR fact.when_end - fact.when_start + 1 >= {LONG_DAYS})
ORDER BY attacker, target, weapon, outcome, fact.when_end, fact.when_start, fact.best_event
"""


@dataclass(slots=True)
class Tally:
    """A number of one window, with what it leaves possible (`None`: open)."""

    start: datetime.date
    end: datetime.date
    low: float | None
    high: float | None
    event: str
    days: int = field(init=False)  # how many the window touches
    # In half days, the end not included: what covers two days is a night, or 24 hours, from noon to noon.
    begins: int = field(init=False)
    ends: int = field(init=False)

    def __post_init__(self) -> None:
        self.days = (self.end - self.start).days + 1
        is_night = self.days == HALF_DAYS
        self.begins = HALF_DAYS * self.start.toordinal() + is_night
        self.ends = HALF_DAYS * self.end.toordinal() + (1 if is_night else HALF_DAYS)


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Days that add up to more than their month; months of more than all their days, where every day is known."""
    told = rows(connection, FACTS)
    for key, series in groupby(
        told, lambda row: tuple(row[n] for n in ("attacker", "target", "weapon", "outcome"))
    ):
        tallies = [_tally(row) for row in series]
        daily = [each for each in tallies if each.days <= SHORT_DAYS]
        ends = [each.end for each in daily]
        for total in (each for each in tallies if each.days >= LONG_DAYS):
            until = daily[bisect_left(ends, total.start) : bisect_right(ends, total.end)]
            within = [each for each in until if total.start <= each.start]
            suspicion = compared(total, within, outcome=key[3], weapon=key[2])
            if suspicion:
                yield suspicion


def compared(total: Tally, daily: Sequence[Tally], **what: str) -> Suspicion | None:
    """What is wrong with a total and the daily numbers within its window, by their end."""
    most = _most(total, daily)
    is_less = total.low is not None and most is not None and most < total.low
    may_be_more = total.high is not None and sum(each.low or 0 for each in daily) > total.high
    if not daily or not (is_less or may_be_more):
        return None
    chosen = heaviest(daily)
    least = sum(each.low or 0 for each in chosen)
    figures: dict[str, Any] = what | {
        "total": interval(total.low, total.high),
        "first": total.start.isoformat(),
        "last": total.end.isoformat(),
    }
    others = tuple(each.event for each in chosen)
    if total.high is not None and least > total.high:
        if len(chosen) > 1:
            figures |= {"days": len(chosen), "sum": least}
            return Suspicion("warning", "days_exceed_total", figures, (total.event,), others)
        figures |= {"day": chosen[0].end.isoformat(), "sum": least}
        return Suspicion("warning", "day_exceeds_total", figures, (total.event,), others)
    if is_less and most is not None:
        figures |= {"days": total.days, "sum": most}
        return Suspicion("notice", "days_miss_total", figures, (total.event,), others)
    return None


def heaviest(tallies: Sequence[Tally]) -> list[Tally]:
    """Of windows that overlap, those that together count most without counting any hour twice.

    Weighted interval scheduling by dynamic programming (textbook, e.g. Kleinberg and Tardos, Algorithm Design, 6.1).
    `tallies` come in the order of their end.
    """
    ordered = sorted(tallies, key=lambda each: (each.ends, each.begins, each.event))
    best: list[tuple[float, int, bool]] = [
        (0.0, 0, False)
    ]  # weight, where to go on from, whether it is chosen
    ends = [each.ends for each in ordered]
    for i, each in enumerate(ordered):
        j = bisect_right(ends, each.begins, hi=i)
        weight = best[j][0] + (each.low or 0)
        best.append((weight, j, True) if weight > best[i][0] else (best[i][0], i, False))
    chosen = []
    i = len(ordered)
    while i > 0:
        _, previous, taken = best[i]
        if taken:
            chosen.append(ordered[i - 1])
        i = previous
    return chosen[::-1]


def _most(total: Tally, daily: Sequence[Tally]) -> float | None:
    """The most that all daily numbers together allow; `None` where a day is missing or open."""
    if 2 * len(daily) < total.days or any(each.high is None for each in daily):
        return None
    covered = {day for each in daily for day in (each.start, each.end)}
    return sum(each.high or 0 for each in daily) if len(covered) >= total.days else None


def _tally(row: dict[str, Any]) -> Tally:
    return Tally(row["when_start"], row["when_end"], row["low"], row["high"], row["best_event"])
