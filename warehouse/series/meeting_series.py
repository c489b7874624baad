"""Meetings by pair of sides and month."""

from __future__ import annotations

from warehouse.series.aid_series import NOT_DENIED

# Every two sides of a meeting are a pair; what only one side attends, or nobody with a known side, has none.
MEETING_SERIES = f"""WITH told AS (
    SELECT
        CAST(date_trunc('month', coalesce(when_start, CAST(first_reported AS DATE))) AS DATE) AS month,
        json_extract_string(payload, '$.status') AS status,
        json_extract_string(payload, '$.format') AS format,
        list_sort(list_distinct(json_extract_string(payload, '$.participants[*].side'))) AS sides
    FROM facts
    WHERE kind = 'meeting' AND {NOT_DENIED}
)
SELECT
    month,
    sides[one] AS side,
    sides[other] AS other_side,
    status,
    format,
    count(*) AS meetings,
    count(*) FILTER (WHERE len(sides) = 2) AS between_the_two
FROM told, generate_series(1, len(sides) - 1) AS first(one), generate_series(one + 1, len(sides)) AS second(other)
GROUP BY 1, 2, 3, 4, 5
ORDER BY ALL"""

MEETING_VIEWS = {"meeting_series": MEETING_SERIES}
