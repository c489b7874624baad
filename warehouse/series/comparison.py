"""Our daily counts held against the analysts' table, under the boundary that suits both best."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import duckdb

from warehouse.errors import TableRefused
from warehouse.facts.windows import DAY
from warehouse.series.analysts_table import AnalystsTable, Boundary, read_table
from warehouse.series.explanation import (
    NEWS_DAYS,
    REASONS,
    Difference,
    OurRecord,
    explain,
    not_in_table,
)
from warehouse.series.our_counts import OurCount, our_counts
from warehouse.series.passages import read_news

BOUNDARIES: tuple[Boundary, ...] = ("end", "start", "night")
assert set(BOUNDARIES) == set(get_args(Boundary))
MATCHES = ("agree", "rounded")


@dataclass(frozen=True)
class Comparison:
    """Every number of the table, and every one of ours that it lacks, with how they relate.

    `boundary` is the one that was used, `agreements` how many numbers agree under each that was tried, `left_out`
    how many rows of the table could not be compared, by reason.
    """

    differences: list[Difference]
    boundary: Boundary
    agreements: dict[Boundary, int]
    left_out: dict[str, int]

    @property
    def reasons(self) -> dict[str, int]:
        """How many numbers there are by reason."""
        found = Counter(each.reason for each in self.differences)
        return {reason: found[reason] for reason in REASONS}

    @property
    def compared(self) -> int:
        """On how many numbers of the table our articles have a number too."""
        return sum(each.reason not in ("missing article", "not in table") for each in self.differences)

    @property
    def matching(self) -> int:
        """How many of those agree, rounded ones among them."""
        return sum(each.reason in MATCHES for each in self.differences)


def compare(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    attacker: str,
    target: str,
    first: datetime.date | None,
    last: datetime.date | None,
    boundary: Boundary | None,
) -> Comparison:
    """Compare the table in `path` with the facts; days before `first` and after `last` are left out.

    Raises TableRefused where the table lacks a column or has no row to compare.
    """
    table = read_table(path)
    if not table.reports:
        raise TableRefused(
            f"{path}: has no row that can be compared; left out: {table.left_out or 'nothing'}"
        )
    begin = max(filter(None, (first, min(each.window.start for each in table.reports))))
    end = min(filter(None, (last, max(each.window.end for each in table.reports))))
    counts = our_counts(connection, attacker, target)
    news = read_news(connection, attacker, target, begin, end + NEWS_DAYS * DAY)
    tried: dict[Boundary, list[Difference]] = {
        each: _differences(table, counts, OurRecord.under(each, counts, news), each, begin, end)
        for each in ([boundary] if boundary else BOUNDARIES)
    }
    agreements = {each: sum(one.reason in MATCHES for one in found) for each, found in tried.items()}
    best = max(agreements, key=lambda each: agreements[each])  # the first of equals: days as they end
    return Comparison(tried[best], best, agreements, dict(table.left_out))


def _differences(
    table: AnalystsTable,
    counts: Sequence[OurCount],
    record: OurRecord,
    boundary: Boundary,
    begin: datetime.date,
    end: datetime.date,
) -> list[Difference]:
    by_key = {(count.day, count.weapon, count.outcome): count for count in table.counts(boundary)}
    found = [explain(count, record, by_key) for key, count in by_key.items() if begin <= key[0] <= end]
    used = {each.fact_id for each in found}
    for fact in counts:
        day = fact.day(boundary)
        if day is None or fact.fact_id in used or not begin <= day <= end:
            continue
        if (day, fact.weapon, fact.outcome) not in by_key:
            found.append(not_in_table(fact, day))
    return sorted(found, key=lambda each: (each.day, each.weapon, each.outcome, each.fact_id or ""))


__all__ = ["Comparison", "compare"]
