"""Aid given so far, as one text totals it, against the packages that other texts told of before."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import interval
from warehouse.facts.aid_likeness import ROUNDING

GROUPS = {"aid_announcement": "hash(list_sort(donors), list_sort(recipients))"}
# The largest package that a total must hold: of the same parties, currency and type of aid, from its beginning to its
# day. A total of what was delivered holds only what was delivered. A package above one total is above others too: only
# the first is told, and of each total only the largest package.
EXCEEDED = f"""
WITH total AS (
    SELECT event_id, fact_id, said_from, donors, recipients, amount_currency, aid_type, stage, amount_low, amount_high,
        coalesce(when_end, said_on) AS day, CASE WHEN when_precision = 'period' THEN when_start END AS since
    FROM current_aid_announcement
    WHERE scope = 'cumulative' AND modality = 'asserted' AND stage <> 'suspended' AND amount_high IS NOT NULL
        AND len(donors) > 0
), package AS (
    SELECT event_id, fact_id, said_from, donors, recipients, amount_currency, aid_type, stage, amount_low AS low,
        amount_high AS high, coalesce(when_end, said_on) AS day
    FROM current_aid_announcement
    WHERE scope = 'package' AND modality = 'asserted' AND stage <> 'suspended' AND amount_low IS NOT NULL
)
SELECT total.*, package.event_id AS package_event, package.low, package.high, package.day AS package_day
FROM total JOIN package USING (donors, recipients, amount_currency)
WHERE package.low * {1 - ROUNDING} > total.amount_high AND package.day <= total.day
    AND (total.since IS NULL OR package.day >= total.since)
    AND total.aid_type IN (package.aid_type, 'unspecified') AND (total.stage <> 'delivered' OR package.stage = 'delivered')
QUALIFY row_number() OVER (
        PARTITION BY coalesce(total.fact_id, total.event_id)
        ORDER BY package.low DESC, package.said_from, package.event_id, total.said_from, total.event_id
    ) = 1 AND row_number() OVER (
        PARTITION BY coalesce(package.fact_id, package.event_id) ORDER BY total.said_from, total.event_id, package.event_id
    ) = 1
ORDER BY total.event_id
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """A total so far that is smaller than a single package within it."""
    for row in rows(connection, EXCEEDED):
        figures = {
            "total": interval(row["amount_low"], row["amount_high"], row["amount_currency"]),
            "day": row["day"].isoformat(),
            "package": row["low"],
            "package_day": row["package_day"].isoformat(),
        }
        yield Suspicion(
            "warning", "package_exceeds_total", figures, (row["event_id"],), (row["package_event"],)
        )
