"""Meetings announced as planned after they had been reported as held."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Severity, Suspicion

GROUPS = {"meeting": "hash(coalesce(fact_id, event_id))"}
# Of each fact the first report that the meeting was held, and the first announcement of it after that.
LATE = """
WITH held AS (
    SELECT fact_id, min({'said': said_from, 'event': event_id, 'day': when_end}) AS first
    FROM current_meeting
    WHERE status IN ('held', 'ongoing') AND modality = 'asserted' AND fact_id IS NOT NULL AND when_end IS NOT NULL
    GROUP BY fact_id
)
SELECT held.first.event AS held_event, held.first.day AS held_day, planned.event_id AS planned_event,
    planned.said_on, planned.status
FROM held JOIN current_meeting AS planned USING (fact_id)
WHERE planned.status IN ('planned', 'proposed') AND planned.said_from > held.first.said
    AND planned.said_on >= held.first.day AND (planned.when_start IS NULL OR planned.when_start <= held.first.day)
QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY planned.said_from, planned.event_id) = 1
ORDER BY held_event
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """A meeting still to come by one article, and held by an earlier one; on the same day it may be slow news."""
    for row in rows(connection, LATE):
        figures = {
            "status": row["status"],
            "day": row["said_on"].isoformat(),
            "held_day": row["held_day"].isoformat(),
        }
        severity: Severity = "warning" if row["said_on"] > row["held_day"] else "notice"
        yield Suspicion(
            severity, "planned_after_held", figures, (row["held_event"],), (row["planned_event"],)
        )
