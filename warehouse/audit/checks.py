"""The checks of the audit, in the order in which they are listed. A new check is a module beside this one and a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
from warehouse.audit.finding import Suspicion

# A check reads the temporary tables of warehouse/audit/current.py, and facts; the same content gives the same findings.
Check = Callable[[duckdb.DuckDBPyConnection], Iterable[Suspicion]]

CHECKS: dict[str, Check] = {
    "parts_of_count": parts_of_count.find,
    "launched_and_lost": launched_and_lost.find,
    "month_and_days": month_and_days.find,
    "falling_total": falling_total.find,
    "parts_of_aid": parts_of_aid.find,
    "total_and_packages": total_and_packages.find,
    "held_before_planned": held_before_planned.find,
    "self_contradiction": self_contradiction.find,
    "shift_of_shares": shift_of_shares.find,
}
