"""The series as tables of a snapshot, and which fact counts for which day of which series."""

from __future__ import annotations

from warehouse.series.aid_series import NOT_DENIED, aid_series_select
from warehouse.series.attack_series import STEPS, added_up, attack_facts_select
from warehouse.series.comparison import BOUNDARIES

# Which attack counts are counted, under each boundary of the day.
ATTACK_FACTS = " UNION ALL ".join(
    f"SELECT '{boundary}' AS boundary, * FROM ({attack_facts_select(repr(boundary))})"
    for boundary in BOUNDARIES
)
ATTACK_SERIES = " UNION ALL ".join(
    f"SELECT '{boundary}' AS boundary, '{step}' AS step, * FROM ("
    + added_up(f"(FROM feed.attack_fact WHERE boundary = '{boundary}')", f"'{step}'")
    + ")"
    for boundary in BOUNDARIES
    for step in STEPS.values()
)

# Every donor's sum of all months so far, in each month in which any donor gave: a line to plot.
AID_CUMULATIVE = """WITH monthly AS (
    SELECT month, donor, sum(usd) AS usd, sum(eur) AS eur, CAST(sum(packages) AS BIGINT) AS packages
    FROM feed.aid_series WHERE stage IN ('announced', 'approved', 'delivered') GROUP BY ALL
)
SELECT
    month, donor,
    round(coalesce(sum(usd) OVER so_far, 0), 2) AS usd,
    round(coalesce(sum(eur) OVER so_far, 0), 2) AS eur,
    CAST(coalesce(sum(packages) OVER so_far, 0) AS BIGINT) AS packages
FROM (
    SELECT month, donor FROM (SELECT DISTINCT month FROM monthly), (SELECT DISTINCT donor FROM monthly)
)
LEFT JOIN monthly USING (month, donor)
WINDOW so_far AS (PARTITION BY donor ORDER BY month)"""

# A row for each fact that a series counts, with the day for which it does and what it adds: the facts behind a number are
# those of its days and, by their slots, of its sides. Aid is what aid_series counts, in its own currency, dollars and euros.
SERIES_FACTS = f"""SELECT
    'attacks' AS series, boundary, day, fact_id, value, NULL::DOUBLE AS usd, NULL::DOUBLE AS eur, NULL::VARCHAR AS donor
FROM feed.attack_fact
UNION ALL
SELECT 'aid', NULL, day, fact_id, amount, usd, eur, donor FROM feed.aid_amounts WHERE scope = 'package'
UNION ALL
SELECT 'meetings', NULL, coalesce(when_start, CAST(first_reported AS DATE)), fact_id, 1, NULL, NULL, NULL
FROM facts WHERE kind = 'meeting' AND {NOT_DENIED}"""

# The published series by name.
SERIES = {
    "attack_series": ATTACK_SERIES,
    "attack_totals": "FROM attack_totals",
    "aid_amounts": "FROM aid_amounts",
    "aid_series": aid_series_select("feed.aid_amounts"),
    "aid_cumulative": AID_CUMULATIVE,
    "aid_totals": "FROM aid_totals",
    "meeting_series": "FROM meeting_series",
    "series_facts": SERIES_FACTS,
}
# Every two sides of a meeting that meeting_series counts, with all of its sides.
MEETING_PAIRS = f"""WITH told AS (
    SELECT
        fact_id, coalesce(when_start, CAST(first_reported AS DATE)) AS day,
        json_extract_string(payload, '$.status') AS status,
        list_sort(list_distinct(json_extract_string(payload, '$.participants[*].side'))) AS sides
    FROM facts WHERE kind = 'meeting' AND {NOT_DENIED}
)
SELECT day, fact_id, status, sides[one] AS side, sides[other] AS other_side, sides
FROM told, generate_series(1, len(sides) - 1) AS first(one), generate_series(one + 1, len(sides)) AS second(other)"""

# All tables by name, in the order in which they are made: each is asked for often and takes long to add up.
SERIES_TABLES = {"attack_fact": ATTACK_FACTS, **SERIES, "meeting_pair": MEETING_PAIRS}
