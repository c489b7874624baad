"""The views that are published as Parquet, one file each, and the order of their rows."""

from __future__ import annotations

from schemas import KINDS
from warehouse.series.attack_series import STEPS
from warehouse.series.comparison import BOUNDARIES
from warehouse.views import view_name

ARTICLES = """SELECT
    id AS article_id, version, source, url, title, published, utc_offset_minutes, language, script, "text", captions,
    content_hash, origin_id, is_reprint
FROM article LEFT JOIN (SELECT article_id, origin_id, is_reprint FROM article_origins) AS told ON told.article_id = id
WHERE believed_until IS NULL"""

# One row a span; the first of an event (ordinal 1) states the fact.
EVIDENCE = """SELECT event_id, evidence.ordinal, evidence.part, evidence."start", evidence."end", evidence."text"
FROM evidence JOIN event ON event.id = evidence.event_id AND event.version = evidence.event_version
WHERE event.believed_until IS NULL"""

ATTACK_SERIES = " UNION ALL ".join(
    f"SELECT '{boundary}' AS boundary, '{step}' AS step, * FROM attack_series('{boundary}', '{step}')"
    for boundary in BOUNDARIES
    for step in STEPS.values()
)

# Every donor's sum of all months so far, in each month in which any donor gave: a line to plot.
AID_CUMULATIVE = """WITH monthly AS (
    SELECT month, donor, sum(usd) AS usd, sum(eur) AS eur, CAST(sum(packages) AS BIGINT) AS packages
    FROM aid_series WHERE stage IN ('announced', 'approved', 'delivered') GROUP BY ALL
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

# Series by name: the feed keeps them as tables, since each is asked for often and takes long to add up.
SERIES = {
    "attack_series": ATTACK_SERIES,
    "attack_totals": "FROM attack_totals",
    "aid_series": "FROM aid_series",
    "aid_cumulative": AID_CUMULATIVE,
    "aid_amounts": "FROM aid_amounts",
    "aid_totals": "FROM aid_totals",
    "meeting_series": "FROM meeting_series",
}


def published_views() -> dict[str, str]:
    """Each view by the name of its file, as SQL over the snapshot, in which the tables of the feed are made already.

    Nothing depends on when or in which order something was loaded, but for texts that were loaded twice.
    """
    typed = {name: f"FROM {name}" for kind in KINDS for name in (view_name(kind), f"{kind}_facts")}
    return {
        "facts": "FROM facts",
        "fact_history": "FROM fact_history",
        "fact_members": "FROM fact_members",
        "articles": ARTICLES,
        "evidence": EVIDENCE,
        **typed,
        "findings": "FROM findings",
        "places": "FROM feed.place",
        **{name: f"FROM feed.{name}" for name in SERIES},
    }
