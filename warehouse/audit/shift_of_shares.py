"""Sources whose reporting changes its meaning: the shares of shot down and suppressed jump from one day to the next."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import share
from warehouse.facts.windows import SHORT_DAYS

# So many reports stand on each side of a jump, so large is it, and so rarely may chance alone make one.
REPORTS = 8
JUMP = 0.15
CHANCE = 0.01

GROUPS = {"attack_count": "hash(coalesce(claimed_by, source), attacker, target, weapon)"}
# What each speaker, else each source, said last of each day.
REPORTED = f"""
SELECT coalesce(claimed_by, source) AS speaker, attacker, target, weapon, when_end AS day,
    {{columns}}
FROM whole_count
WHERE outcome IN ('launched', 'intercepted', 'suppressed') AND count_best IS NOT NULL
    AND when_end - when_start < {SHORT_DAYS} AND coalesce(attacker, target) IS NOT NULL
GROUP BY ALL HAVING intercepted IS NOT NULL
ORDER BY speaker, attacker, target, weapon, day
"""
LATEST = "max({{'said': said_from, 'event': event_id, 'n': count_best}}) FILTER (outcome = '{outcome}') AS {outcome}"


@dataclass(frozen=True, slots=True)
class Report:
    """What one speaker gave for one day; `None` where nothing was said of it."""

    day: datetime.date
    intercepted: float
    launched: float | None
    suppressed: float | None
    events: tuple[str, ...]


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Sudden and lasting shifts of a speaker's shares."""
    columns = ", ".join(LATEST.format(outcome=name) for name in ("intercepted", "launched", "suppressed"))
    told = rows(connection, REPORTED.format(columns=columns))
    names = ("speaker", "attacker", "target", "weapon")
    for key, group in groupby(told, lambda row: tuple(row[name] for name in names)):
        reports = [_report(row) for row in group]
        for what, share_of in SHARES.items():
            known = [(report, value) for report in reports if (value := share_of(report)) is not None]
            for at in shifts([value for _, value in known]):
                yield _suspicion(key[0], key[3], what, known, at)


def _launched_share(report: Report) -> float | None:
    return report.intercepted / report.launched if report.launched else None


def _suppressed_share(report: Report) -> float | None:
    suppressed = report.suppressed or 0.0
    whole = report.intercepted + suppressed
    return suppressed / whole if whole else None


SHARES: dict[str, Callable[[Report], float | None]] = {
    "launched": _launched_share,
    "suppressed": _suppressed_share,
}
# As they stand in the ids of findings.
ABOUT = {"launched": "shot down of launched", "suppressed": "suppressed of shot down and suppressed"}


def shifts(values: Sequence[float], begin: int = 0) -> list[int]:
    """Where a series jumps: the positions of the first values of a new level, in order.

    Whether it changes at all is told by Pettitt's test (A. N. Pettitt, "A Non-Parametric Approach to the Change-Point
    Problem", Applied Statistics 28, 1979, 126-135), where by least squares, since that test looks to the middle; then the
    same on both parts. The medians of the neighbouring reports must differ by `JUMP`, so that a slow drift is no jump.
    """
    if len(values) < 2 * REPORTS or chance_of_change(values) > CHANCE:
        return []
    at = likeliest_change(values)
    before, after = values[max(0, at - REPORTS) : at], values[at : at + REPORTS]
    jumps = min(len(before), len(after)) == REPORTS and abs(median(before) - median(after)) >= JUMP
    found = [begin + at] if jumps else []
    return [*shifts(values[:at], begin), *found, *shifts(values[at:], begin + at)]


def chance_of_change(values: Sequence[float]) -> float:
    """How likely a series would seem to change level so clearly without any change (Pettitt's approximation)."""
    size = len(values)
    ranks: dict[float, list[int]] = {}
    for rank, value in enumerate(sorted(values), start=1):
        ranks.setdefault(value, []).append(rank)
    statistic = strongest = 0.0
    for value in values:
        statistic += (
            ranks[value][0] + ranks[value][-1] - (size + 1)
        )  # equal values share the mean of their ranks
        strongest = max(strongest, abs(statistic))
    return min(1.0, 2 * math.exp(-6 * strongest**2 / (size**3 + size**2)))


def likeliest_change(values: Sequence[float]) -> int:
    """The first position of the second part, where two levels fit a series best by least squares."""
    size, total = len(values), sum(values)
    best, at, left = -1.0, 1, 0.0
    for position, value in enumerate(values[:-1], start=1):
        left += value
        between = left**2 / position + (total - left) ** 2 / (size - position)
        if between > best:
            best, at = between, position
    return at


def _suspicion(
    speaker: str, weapon: str, what: str, known: Sequence[tuple[Report, float]], at: int
) -> Suspicion:
    before = median(value for _, value in known[at - REPORTS : at])
    after = median(value for _, value in known[at : at + REPORTS])
    last, first = known[at - 1][0], known[at][0]
    figures = {
        "speaker": speaker,
        "weapon": weapon,
        "share": what,
        "before": share(before),
        "day": last.day.isoformat(),
        "after": share(after),
        "next_day": first.day.isoformat(),
        "reports": REPORTS,
    }
    return Suspicion(
        "warning",
        "share_shifts",
        figures,
        last.events,
        first.events,
        about=f"{speaker} ({weapon}): {ABOUT[what]}",
    )


def _report(row: dict[str, Any]) -> Report:
    told = [row[name] for name in ("launched", "intercepted", "suppressed")]
    launched, intercepted, suppressed = (figure and figure["n"] for figure in told)
    return Report(
        row["day"], intercepted, launched, suppressed, tuple(figure["event"] for figure in told if figure)
    )
