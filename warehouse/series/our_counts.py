"""Our facts on how many weapons were launched and intercepted, as they are held against a table."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from schemas import Period
from schemas.values import Weapon
from warehouse.facts.statement import Range, range_of
from warehouse.facts.windows import is_short
from warehouse.series.analysts_table import Boundary, Counted, day_of
from warehouse.series.attack_series import ASSERTED, OF_A_REGION

# A side that the article leaves open may be the one in question.
FACTS = f"""
SELECT fact.*, said.article_id, said.url, said.evidence
FROM (
    SELECT
        fact_id, weapon, outcome, when_start, when_end, when_precision, CAST(first_reported AS DATE) AS reported,
        NOT {OF_A_REGION} AS whole, count, count_high, count_qualifier, best_event, claims
    FROM attack_count_facts
    WHERE outcome IN ('launched', 'intercepted') AND weapon IN ('drone', 'missile', 'guided_bomb', 'rocket')
        AND coalesce(attacker, ?) = ? AND coalesce(target, ?) = ? AND coalesce(attacker, target) IS NOT NULL
        AND {ASSERTED}
) AS fact
LEFT JOIN attack_counts AS said ON said.event_id = fact.best_event
ORDER BY fact.fact_id
"""


@dataclass(frozen=True)
class OurCount:
    """A fact as it is compared: its number as the best article gives it, and every claimant's.

    `window` is `None` where the articles give no time; `whole` says whether it is of the whole country, `exact` whether
    the number is given without a qualifier.
    """

    fact_id: str
    weapon: Weapon
    outcome: Counted
    window: Period | None
    reported: datetime.date
    whole: bool
    range: Range
    exact: bool
    claims: tuple[tuple[str | None, Range], ...]
    event_id: str
    article_id: str | None
    url: str | None
    evidence: str | None

    def day(self, boundary: Boundary) -> datetime.date | None:
        """The day it belongs to under a boundary."""
        return day_of(self.window, boundary) if self.window else None


def our_counts(connection: duckdb.DuckDBPyConnection, attacker: str, target: str) -> list[OurCount]:
    """The facts on weapons of `attacker` launched at or intercepted by `target`; those of weeks and months left out."""
    cursor = connection.execute(FACTS, [attacker, attacker, target, target])
    names = [column[0] for column in cursor.description or ()]
    found = [_our_count(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    return [each for each in found if each.window is None or is_short(each.window)]


def _our_count(row: Mapping[str, Any]) -> OurCount:
    window = None
    if row["when_start"] is not None:
        window = Period(start=row["when_start"], end=row["when_end"], precision=row["when_precision"])
    qualifier = row["count_qualifier"]
    high = int(row["count_high"]) if qualifier == "range" else None  # else the column is the interval's end
    return OurCount(
        fact_id=row["fact_id"],
        weapon=row["weapon"],
        outcome=row["outcome"],
        window=window,
        reported=row["reported"],
        whole=row["whole"],
        range=range_of({"value": row["count"], "qualifier": qualifier, "high": high}),
        exact=qualifier == "exact",
        claims=tuple((each["claimant"], range_of(each["count"])) for each in json.loads(row["claims"])),
        event_id=row["best_event"],
        article_id=row["article_id"],
        url=row["url"],
        evidence=row["evidence"],
    )
