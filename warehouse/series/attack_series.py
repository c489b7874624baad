"""Attack counts by day, week or month, under a chosen boundary of the day."""

from __future__ import annotations

from warehouse.facts.attack_likeness import TOTAL_PLACES
from warehouse.facts.windows import SHORT_DAYS

DEFAULT_BOUNDARY = "end"
STEPS = {"daily": "day", "weekly": "week", "monthly": "month"}
# A count that names a place or two is of these alone (`attack_likeness.is_regional`).
OF_A_REGION = f"(len(places) BETWEEN 1 AND {TOTAL_PLACES - 1} AND len(breakdown) = 0)"
ASSERTED = "list_contains(json_extract_string(claims, '$[*].modality'), 'asserted')"
KEY = "day, attacker, target, weapon, outcome"


def attack_facts_select(boundary: str) -> str:
    """The facts that the series counts, each with its day under a boundary; `boundary` is an SQL expression.

    Of a day and key the country's total counts where there is one, else the sum of its regions, never both. Of several
    totals of a day the largest counts: one article's two numbers for a day mostly are a whole and its part.
    """
    return f"""WITH counted AS (
    SELECT *, {day_of(boundary)} AS day, NOT {OF_A_REGION} AS whole
    FROM attack_count_facts
    WHERE when_end - when_start < {SHORT_DAYS} AND {ASSERTED}
), ranked AS (
    SELECT
        *,
        bool_or(whole) OVER (PARTITION BY {KEY}) AS has_whole,
        row_number() OVER (
            PARTITION BY {KEY}, whole ORDER BY coalesce(value, low) DESC NULLS LAST, fact_id
        ) AS place
    FROM counted
)
SELECT fact_id, {KEY}, NOT has_whole AS of_regions, value, low, high, status
FROM ranked
WHERE has_whole IS DISTINCT FROM TRUE OR (whole AND place = 1)"""


def attack_series_select(boundary: str, step: str) -> str:
    """The series as SQL; `boundary` and `step` are SQL expressions: literals, or the parameters of a macro."""
    return added_up(f"({attack_facts_select(boundary)})", step)


def added_up(facts: str, step: str) -> str:
    """The series of a relation of `attack_facts_select`."""
    return f"""WITH daily AS (
    SELECT
        {KEY},
        of_regions,
        sum(value) AS value,
        sum(coalesce(low, 0)) AS low,
        CASE WHEN count(high) = count(*) THEN sum(high) END AS high,
        count(*) AS facts,
        count(*) FILTER (WHERE status = 'contested') AS contested
    FROM {facts}
    GROUP BY ALL
)
SELECT
    CAST({_step_of(step)} AS DATE) AS day,
    attacker,
    target,
    weapon,
    outcome,
    sum(value) AS value,
    sum(low) AS low,
    CASE WHEN count(high) = count(*) THEN sum(high) END AS high,
    CAST(sum(facts) AS BIGINT) AS facts,
    CAST(sum(contested) AS BIGINT) AS contested,
    count(*) AS days,
    count(*) FILTER (WHERE of_regions) AS days_of_regions
FROM daily
GROUP BY 1, 2, 3, 4, 5
ORDER BY ALL"""


def day_of(boundary: str) -> str:
    """The day of a fact under a boundary: its first, its last, or of a night the day on which that begins."""
    return f"""CASE {boundary}
        WHEN 'start' THEN when_start
        WHEN 'end' THEN when_end
        WHEN 'night' THEN CASE when_precision WHEN 'night' THEN when_start ELSE when_end END
        ELSE error(concat('no boundary ', {boundary}, '; write ''start'', ''end'' or ''night'''))
    END"""


def _step_of(step: str) -> str:
    return f"""CASE {step}
        WHEN 'day' THEN day
        WHEN 'week' THEN date_trunc('week', day)
        WHEN 'month' THEN date_trunc('month', day)
        ELSE error(concat('no step ', {step}, '; write ''day'', ''week'' or ''month'''))
    END"""


def drone_series_select(step: str) -> str:
    """Drones by step, one column an outcome, under the default boundary."""
    outcomes = ("launched", "intercepted", "suppressed", "hit", "attacks")
    columns = [f"max(value) FILTER (WHERE outcome = '{outcome}') AS {outcome}" for outcome in outcomes]
    return f"""SELECT
    day,
    attacker,
    target,
    {", ".join(columns)},
    CAST(sum(facts) AS BIGINT) AS facts,
    CAST(sum(contested) AS BIGINT) AS contested
FROM ({attack_series_select(f"'{DEFAULT_BOUNDARY}'", f"'{step}'")})
WHERE weapon = 'drone'
GROUP BY day, attacker, target
ORDER BY ALL"""


# What is told of weeks, months and wars, to hold against the sums of days; not part of the series.
ATTACK_TOTALS = f"""SELECT
    when_start, when_end, when_precision, attacker, target, weapon, outcome, value, low, high, status, fact_id
FROM attack_count_facts
WHERE when_end - when_start >= {SHORT_DAYS} AND {ASSERTED}
ORDER BY ALL"""

ATTACK_VIEWS = {
    **{f"drone_series_{name}": drone_series_select(step) for name, step in STEPS.items()},
    "attack_totals": ATTACK_TOTALS,
}
