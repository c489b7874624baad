"""Views and table macros over what was said when, and over facts."""

from __future__ import annotations

import json
from collections.abc import Mapping

from schemas import EventBase
from warehouse.slots import payload_structure, slot_columns

# When each version of an article said what it says. A first version speaks from its publication; a later one from its
# own where that is later, else from when it was loaded, for nobody knows better.
ARTICLE_SAID = """SELECT
    id AS article_id,
    version AS article_version,
    max(CASE
        WHEN version = 1 THEN published
        WHEN published > before THEN published
        ELSE believed_from
    END) OVER (PARTITION BY id ORDER BY version) AS said_from,
    CASE
        WHEN version = 1 THEN NULL
        WHEN regexp_matches(title || left("text", 200), '撤稿|撤回[^。]{0,8}(?:报道|文章|消息)|報道撤回|撤下') THEN 'retracted'
        WHEN regexp_matches(title || left("text", 200), '更正|订正|訂正|勘误|勘誤') THEN 'corrected'
        ELSE 'changed'
    END AS reason,
    believed_until
FROM (SELECT *, lag(published) OVER (PARTITION BY id ORDER BY version) AS before FROM article)"""

# The events of every version of every article, as last read while it was current, with the time of saying and the
# article that it reprints.
EVENT_SAID = """SELECT
    event.id AS event_id,
    event.version AS event_version,
    event.kind,
    event.article_id,
    event.article_version,
    coalesce(origin.origin_id, event.article_id) AS origin_id,
    said.said_from,
    said.said_until,
    event.claimed_by,
    event.claimant_side,
    event.modality,
    event.when_start,
    event.when_end,
    event.when_precision,
    event.confidence,
    event.payload
FROM event
JOIN (
    SELECT *, lead(said_from) OVER (PARTITION BY article_id ORDER BY article_version) AS said_until
    FROM article_said
) AS said USING (article_id, article_version)
LEFT JOIN (
    SELECT article_id, article_version, arg_max(origin_id, believed_from) AS origin_id
    FROM origin GROUP BY article_id, article_version
) AS origin USING (article_id, article_version)
WHERE event.believed_until IS NOT DISTINCT FROM said.believed_until"""

FACT_COLUMNS = (
    "id AS fact_id",
    "kind",
    "status",
    "articles",
    "origins",
    "first_reported",
    "last_reported",
    "when_start",
    "when_end",
    "when_precision",
    "value",
    "low",
    "high",
    "unit",
    "best_event",
    "claims",
)
FACTS = f"SELECT {', '.join(FACT_COLUMNS)}, payload FROM fact WHERE said_until IS NULL"
FACT_HISTORY = f"SELECT {', '.join(FACT_COLUMNS)}, payload, said_from, said_until FROM fact"
MEMBERS = """SELECT
    fact_member.fact_id,
    fact_member.event_id,
    fact_member.event_version,
    fact_member.article_id,
    fact_member.origin_id,
    fact_member.said_from,
    fact_member.said_until,
    fact_member.reason,
    fact_member.tied_to,
    fact_member.tied_version,
    fact_member.strength
FROM fact_member"""

# By name: parameters and SELECT. `moment` is a TIMESTAMPTZ.
MACROS = {
    "events_asof": ("moment", "SELECT * FROM event_said WHERE said_from <= moment AND (said_until IS NULL OR said_until > moment)"),
    "facts_asof": (
        "moment",
        f"SELECT {', '.join(FACT_COLUMNS)}, payload FROM fact "
        "WHERE said_from <= moment AND (said_until IS NULL OR said_until > moment)",
    ),
}  # fmt: skip


def fact_views(kinds: Mapping[str, type[EventBase]]) -> dict[str, str]:
    """The views of facts by name, in the order in which they must be created: all facts, then one view a kind."""
    typed = {f"{kind}_facts": _kind_select(kind, kind_class) for kind, kind_class in kinds.items()}
    return {
        "article_said": ARTICLE_SAID,
        "event_said": EVENT_SAID,
        "facts": FACTS,
        "fact_history": FACT_HISTORY,
        "fact_members": MEMBERS,
        **typed,
    }


def _kind_select(kind: str, kind_class: type[EventBase]) -> str:
    columns = [name for name in FACT_COLUMNS if name not in ("kind", "claims")]
    # A slot that is called as a column of all facts carries its kind: meeting_status beside the fact's status.
    slots = [
        f'{expression} AS "{f"{kind}_{name}" if name in columns else name}"'
        for name, expression in slot_columns(kind_class, "payload_struct")
    ]
    structure = json.dumps(payload_structure(kind_class))
    return (
        f"SELECT {', '.join([*columns, *slots, 'claims'])} FROM ("
        f"SELECT *, from_json(payload, '{structure}') AS payload_struct "
        f"FROM fact WHERE kind = '{kind}' AND said_until IS NULL)"
    )
