"""The parts of an attack count against the count itself."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.definitions import standing
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import number, plain

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
        total = number(row["count_low"], row["count_high"])
        listed = ", ".join(
            f"{part['place'] or part['weapon']} {plain(part['value'])}" for part in row["breakdown"]
        )
        parts = f"the parts ({listed}) add up to {plain(row['parts'])}"
        if row["standing"] == "contradictory":
            yield Suspicion("error", f"{parts}, more than the total of {total}", (row["event_id"],))
        else:
            message = (
                f"{parts}, less than the total of {total}, and the text does not say that there are more"
            )
            yield Suspicion("notice", message, (row["event_id"],))
