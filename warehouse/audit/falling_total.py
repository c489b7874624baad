"""Totals so far, which can only grow: aid given since a beginning, weapons counted since a beginning."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Severity, Suspicion
from warehouse.audit.wording import interval
from warehouse.facts.aid_likeness import ROUNDING

# A fact may hold totals of several series, and is told once.
GROUPS = {
    "attack_count": "hash(attacker, target, weapon, outcome)",
    "aid_announcement": "hash(list_sort(donors), list_sort(recipients))",
}
# A series is one total: what is added up, since when. What was promised and what was delivered are different totals.
TOTALS = """
CREATE OR REPLACE TEMP VIEW total_so_far AS
SELECT event_id, fact_id, claimed_by, said_from, least(when_end, said_on) AS up_to,
    amount_low AS low, amount_high AS high, amount_currency AS unit,
    concat_ws(' ', 'aid', donors, recipients, aid_type, stage, amount_currency,
        CASE WHEN when_precision = 'period' THEN when_start END) AS series
FROM current_aid_announcement
WHERE scope = 'cumulative' AND modality = 'asserted' AND amount_qualifier IS NOT NULL AND len(donors) > 0
    AND coalesce(when_precision, 'day') IN ('day', 'night', 'period')
UNION ALL
SELECT event_id, fact_id, claimed_by, said_from, least(when_end, said_on), count_low, count_high, weapon,
    concat_ws(' ', 'attack', coalesce(attacker, '?'), coalesce(target, '?'), weapon, outcome, when_start)
FROM whole_count WHERE when_precision = 'period'
"""
# Of each total the largest one of an earlier day, and whether the same claimant said it. One mistaken total would be
# above all later ones: only the first that falls below it is told.
FALLING = f"""
WITH compared AS (
    SELECT *,
        max({{'n': low, 'event': event_id}}) OVER earlier AS above,
        max({{'n': low, 'event': event_id}}) OVER own AS above_own
    FROM total_so_far
    WINDOW earlier AS (
        PARTITION BY series ORDER BY up_to RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
    ), own AS (
        PARTITION BY series, coalesce(claimed_by, event_id) ORDER BY up_to
        RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING
    )
), falling AS (
    SELECT *, above_own.n * {1 - ROUNDING} > high AS same_claimant,
        CASE WHEN same_claimant THEN above_own ELSE above END AS peak
    FROM compared WHERE above.n * {1 - ROUNDING} > high
)
SELECT falling.*, earlier.low AS peak_low, earlier.high AS peak_high, earlier.up_to AS peak_day,
    earlier.claimed_by AS peak_claimant
FROM falling JOIN total_so_far AS earlier ON earlier.event_id = falling.peak.event
QUALIFY row_number() OVER (
    PARTITION BY coalesce(earlier.fact_id, earlier.event_id) ORDER BY falling.up_to, falling.said_from, falling.event_id
) = 1
ORDER BY falling.event_id
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """A total so far that is smaller than an earlier one: by the same claimant, or by another."""
    connection.execute(TOTALS)
    try:
        fallen = rows(connection, FALLING)
    finally:
        connection.execute("DROP VIEW temp.total_so_far")
    for row in fallen:
        figures = {
            "now": interval(row["low"], row["high"], row["unit"]),
            "day": row["up_to"].isoformat(),
            "speaker": row["claimed_by"],
            "before": interval(row["peak_low"], row["peak_high"]),
            "earlier_day": row["peak_day"].isoformat(),
            "earlier_speaker": row["peak_claimant"],
        }
        severity: Severity = "warning" if row["same_claimant"] else "notice"
        yield Suspicion(severity, "total_falls", figures, (row["event_id"],), (row["peak"]["event"],))
