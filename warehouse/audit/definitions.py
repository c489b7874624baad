"""The views over findings, and over what they are drawn from."""

from __future__ import annotations

from collections.abc import Container

# Where a text says that the parts are not all.
PARTLY = "其中|包括|包含|含|当中|當中|例如|等地|主要"


def standing(counts: str) -> str:
    """How the parts of counts compare with them, over a SELECT of attack counts with the `words` of their evidence.

    Parts by place and parts by weapon each divide the whole, as a rule; a list that names some of both may divide it
    together.
    """
    return f"""SELECT *,
    CASE
        WHEN greatest(by_place, by_weapon) > count_high THEN 'contradictory'
        WHEN by_place >= coalesce(count_low, 0) OR by_weapon >= coalesce(count_low, 0) THEN 'closed'
        WHEN in_all >= coalesce(count_low, 0) AND (count_high IS NULL OR in_all <= count_high) THEN 'closed'
        WHEN regexp_matches(words, '{PARTLY}') THEN 'partial'
        ELSE 'unexplained'
    END AS standing
FROM (
    SELECT *,
        list_sum([piece.value FOR piece IN breakdown])::BIGINT AS in_all,
        list_sum([piece.value FOR piece IN breakdown IF piece.place IS NOT NULL])::BIGINT AS by_place,
        list_sum([piece.value FOR piece IN breakdown IF piece.place IS NULL])::BIGINT AS by_weapon,
        greatest(by_place, by_weapon) AS parts
    FROM ({counts}) WHERE len(breakdown) > 0
)"""


COUNTS_WITH_WORDS = """SELECT * EXCLUDE evidence FROM attack_counts JOIN (
    SELECT event.id AS event_id, string_agg(evidence."text", ' … ' ORDER BY evidence.ordinal) AS words
    FROM event JOIN evidence ON evidence.event_id = event.id AND evidence.event_version = event.version
    WHERE event.kind = 'attack_count' AND event.believed_until IS NULL GROUP BY event.id
) USING (event_id)"""
PARTS_OF_COUNTS = f"""SELECT
    event_id, article_id, claimed_by, published, when_start, when_end, weapon, outcome,
    count_low, count_high, parts, breakdown, words AS evidence, standing
FROM ({standing(COUNTS_WITH_WORDS)})"""

FINDINGS = """SELECT
    id AS finding_id, check_name, severity, kind, message, when_start, when_end, first_said,
    one_side[1].evidence AS evidence,
    other_side[1].evidence AS other_evidence,
    [subject.event_id FOR subject IN one_side || other_side] AS events,
    one_side, other_side, parts
FROM finding"""

FINDING_SUBJECTS = """SELECT finding_id, check_name, severity, side, unnest(subject)
FROM (
    SELECT id AS finding_id, check_name, severity, 'one' AS side, unnest(one_side) AS subject FROM finding
    UNION ALL
    SELECT id, check_name, severity, 'other', unnest(other_side) FROM finding
)"""


def audit_views(kinds: Container[str]) -> dict[str, str]:
    """The views of the audit by name."""
    views = {"findings": FINDINGS, "finding_subjects": FINDING_SUBJECTS}
    return views | {"parts_of_counts": PARTS_OF_COUNTS} if "attack_count" in kinds else views
