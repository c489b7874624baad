"""The checks of the audit, in the order in which they are listed. A new check is a module beside this one and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import duckdb

from warehouse.audit import (
    falling_total,
    held_before_planned,
    launched_and_lost,
    month_and_days,
    parts_of_aid,
    parts_of_count,
    self_contradiction,
    shift_of_shares,
    total_and_packages,
)
from warehouse.audit.current import Groups
from warehouse.audit.finding import Suspicion


@dataclass(frozen=True)
class Check:
    """One check. `find` reads what warehouse/audit/current.py shows of the tables in `groups`, and facts.

    The same content gives the same suspicions, and what a group raises depends on that group alone: each suspicion is
    of statements of one group.
    """

    find: Callable[[duckdb.DuckDBPyConnection], Iterable[Suspicion]]
    groups: Groups


CHECKS: dict[str, Check] = {
    "parts_of_count": Check(parts_of_count.find, parts_of_count.GROUPS),
    "launched_and_lost": Check(launched_and_lost.find, launched_and_lost.GROUPS),
    "month_and_days": Check(month_and_days.find, month_and_days.GROUPS),
    "falling_total": Check(falling_total.find, falling_total.GROUPS),
    "parts_of_aid": Check(parts_of_aid.find, parts_of_aid.GROUPS),
    "total_and_packages": Check(total_and_packages.find, total_and_packages.GROUPS),
    "held_before_planned": Check(held_before_planned.find, held_before_planned.GROUPS),
    "self_contradiction": Check(self_contradiction.find, self_contradiction.GROUPS),
    "shift_of_shares": Check(shift_of_shares.find, shift_of_shares.GROUPS),
}
