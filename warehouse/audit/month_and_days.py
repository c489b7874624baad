"""The total of a week, month or longer against the daily counts within it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import number, plain
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


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of one window, with what it leaves possible (`None`: open)."""

    start: datetime.date
    end: datetime.date
    low: float | None
    high: float | None
    event: str

    @property
    def days(self) -> int:
        """How many days the window touches."""
        return (self.end - self.start).days + 1

    @property
    def begins(self) -> int:
        """Its beginning in half days: what covers two days is a night, or 24 hours, from noon to noon."""
        return HALF_DAYS * self.start.toordinal() + (self.days == HALF_DAYS)

    @property
    def ends(self) -> int:
        """Its end in half days, not included."""
        return HALF_DAYS * self.end.toordinal() + (1 if self.days == HALF_DAYS else HALF_DAYS)


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Days that add up to more than their month; months of more than all their days, where every day is known."""
    told = rows(connection, FACTS)
    for key, series in groupby(
        told, lambda row: tuple(row[n] for n in ("attacker", "target", "weapon", "outcome"))
    ):
        tallies = [_tally(row) for row in series]
        daily = [each for each in tallies if each.days <= SHORT_DAYS]
        for total in (each for each in tallies if each.days >= LONG_DAYS):
            within = [each for each in daily if total.start <= each.start and each.end <= total.end]
            suspicion = compared(total, within, f"{key[3]} ({key[2]})")
            if suspicion:
                yield suspicion


def compared(total: Tally, daily: Sequence[Tally], what: str) -> Suspicion | None:
    """What is wrong with a total and the daily numbers within its window, by their end."""
    if not daily:
        return None
    chosen = heaviest(daily)
    least = sum(each.low or 0 for each in chosen)
    window = f"{total.start} to {total.end}"
    if total.high is not None and least > total.high:
        message = (
            f"{what}: {_sum_of(chosen)} {plain(least)}, more than the "
            f"{number(total.low, total.high)} of {window}"
        )
        return Suspicion("warning", message, (total.event,), tuple(each.event for each in chosen))
    most = _most(total, daily)
    if total.low is not None and most is not None and most < total.low:
        message = (
            f"{what}: the counts of all {total.days} days add up to {plain(most)}, less than the "
            f"{number(total.low, total.high)} of {window}"
        )
        return Suspicion("notice", message, (total.event,), tuple(each.event for each in chosen))
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
        j = i
        while j > 0 and ends[j - 1] > each.begins:
            j -= 1
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


def _sum_of(tallies: Sequence[Tally]) -> str:
    return (
        f"{len(tallies)} daily counts add up to" if len(tallies) > 1 else f"the count of {tallies[0].end} is"
    )


def _most(total: Tally, daily: Sequence[Tally]) -> float | None:
    """The most that all daily numbers together allow; `None` where a day is missing or open."""
    covered = {day for each in daily for day in (each.start.toordinal(), each.end.toordinal())}
    if len(covered) < total.days or any(each.high is None for each in daily):
        return None
    return sum(each.high or 0 for each in daily)


def _tally(row: dict[str, Any]) -> Tally:
    return Tally(row["when_start"], row["when_end"], row["low"], row["high"], row["best_event"])
