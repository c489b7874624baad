"""The parts of an attack count against the count itself."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.definitions import standing
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import interval

GROUPS = {"attack_count": "hash(coalesce(fact_id, event_id))"}
# Articles that say the same of one fact count once: the one that said it first.
PARTS = f"""
SELECT event_id, count_low, count_high, parts, breakdown, standing
FROM ({standing("SELECT *, evidence AS words FROM current_attack_count")})
WHERE standing IN ('contradictory', 'unexplained')
QUALIFY row_number() OVER (
    PARTITION BY coalesce(fact_id, event_id), count_low, count_high, breakdown ORDER BY said_from, event_id
) = 1
ORDER BY event_id
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Parts that exceed their count; parts that fall short of it where the text does not call them a selection."""
    for row in rows(connection, PARTS):
        figures = {
            "parts": [
                {"name": part["place"] or part["weapon"], "value": part["value"]} for part in row["breakdown"]
            ],
            "sum": row["parts"],
            "total": interval(row["count_low"], row["count_high"]),
        }
        if row["standing"] == "contradictory":
            yield Suspicion("error", "parts_exceed_count", figures, (row["event_id"],))
        else:
            yield Suspicion("notice", "parts_miss_count", figures, (row["event_id"],))
