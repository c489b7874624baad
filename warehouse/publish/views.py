"""The views that are published as Parquet, one file each, and the order of their rows."""

from __future__ import annotations

from schemas import KINDS
from warehouse.publish.series_tables import SERIES
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
