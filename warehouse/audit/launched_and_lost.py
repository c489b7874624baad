"""What was launched against what became of it: shot down, suppressed and hit together cannot be more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Severity, Suspicion
from warehouse.audit.wording import Figures

OUTCOMES = ("intercepted", "suppressed", "hit")

GROUPS = {"attack_count": "hash(claimed_by, attacker, target, weapon, when_start, when_end)"}
# By speaker and window: the most that may have been launched, and of each outcome the least that is claimed; in one text
# the largest figure of an outcome is its total, of several texts the smallest is the safe one. Undated numbers are
# compared within one clause alone.
COMPARED = """
SELECT * FROM (
    SELECT {key}, attacker, target, weapon, when_start, when_end, count(DISTINCT origin_id) AS texts,
        max({{'n': coalesce(count_high, 'infinity'::DOUBLE), 'event': event_id}}) FILTER (outcome = 'launched') AS launched,
        {figures}
    FROM whole_count
    WHERE {condition} AND outcome IN ('launched', 'intercepted', 'suppressed', 'hit')
    GROUP BY {key}, attacker, target, weapon, when_start, when_end, CASE WHEN when_end IS NULL THEN evidence END
)
WHERE launched.n < coalesce(intercepted.n, 0) + coalesce(suppressed.n, 0) + coalesce(hit.n, 0)
ORDER BY launched.event, intercepted.event
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """More lost than launched: in one text, else in the reports that one claimant gave of one window."""
    seen = set()
    for row in rows(connection, _query("origin_id, claimed_by", "max", "true")):
        seen.add(_window(row))
        yield _suspicion(row, "error", {})
    for row in rows(connection, _query("claimed_by", "min", "claimed_by IS NOT NULL")):
        if row["texts"] > 1 and _window(row) not in seen:
            yield _suspicion(row, "warning", {"speaker": row["claimed_by"], "texts": row["texts"]})


def _query(key: str, choose: str, condition: str) -> str:
    figures = ", ".join(
        f"{choose}({{'n': coalesce(count_low, 0), 'event': event_id}}) FILTER (outcome = '{outcome}') AS {outcome}"
        for outcome in OUTCOMES
    )
    return COMPARED.format(key=key, figures=figures, condition=condition)


def _window(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        row[name] for name in ("claimed_by", "attacker", "target", "weapon", "when_start", "when_end")
    )


def _suspicion(row: dict[str, Any], severity: Severity, speaker: Figures) -> Suspicion:
    told = {outcome: row[outcome] for outcome in OUTCOMES if row[outcome]}
    figures = {
        **speaker,
        "lost": [{"outcome": outcome, "value": figure["n"]} for outcome, figure in told.items()],
        "launched": row["launched"]["n"],
        "weapon": row["weapon"],
    }
    if len(told) > 1:
        figures["sum"] = sum(figure["n"] for figure in told.values())
    code = f"lost{'_together' if len(told) > 1 else ''}_in_{'texts' if speaker else 'one_text'}"
    others = tuple(figure["event"] for figure in told.values())
    return Suspicion(severity, code, figures, (row["launched"]["event"],), others)
