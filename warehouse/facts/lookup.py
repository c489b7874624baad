"""One fact with everything that explains it: its members and why they joined, rival claims, its versions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from warehouse.errors import AmbiguousFact
from warehouse.lookup import fetched, whole_id

MEMBERS = """
SELECT
    member.event_id, member.reason, member.tied_to, member.said_from, member.said_until, member.origin_id,
    event.claimed_by, event.modality, event.confidence, event.payload, evidence."text" AS evidence,
    article.id AS article_id, article.source, article.title, article.url
FROM fact_member AS member
JOIN event ON event.id = member.event_id AND event.version = member.event_version
JOIN article ON article.id = event.article_id AND article.version = event.article_version
LEFT JOIN evidence
    ON evidence.event_id = event.id AND evidence.event_version = event.version AND evidence.ordinal = 1
WHERE member.fact_id = ?
ORDER BY member.said_from, article.id, member.event_id, member.event_version
"""


@dataclass(frozen=True)
class FactDetail:
    """A fact: its latest version, its members in the order in which they were said, and all its versions.

    Rows are as in the views `fact_history` and `fact_members`, with the payloads and claims decoded; a member has
    also what its article is and says.
    """

    fact: dict[str, Any]
    members: list[dict[str, Any]]
    versions: list[dict[str, Any]]


def find_fact(connection: duckdb.DuckDBPyConnection, wanted: str) -> FactDetail | None:
    """The fact of an id, or the only one whose id begins so. Raises AmbiguousFact."""
    fact_id = whole_id(connection, wanted, "fact", "true", AmbiguousFact)
    if fact_id is None:
        return None
    versions = _rows(connection, "SELECT * FROM fact_history WHERE fact_id = ? ORDER BY said_from", [fact_id])
    return FactDetail(versions[-1], _rows(connection, MEMBERS, [fact_id]), versions)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any]) -> list[dict[str, Any]]:
    return [
        {name: json.loads(value) if name in ("payload", "claims") else value for name, value in row.items()}
        for row in fetched(connection, sql, parameters)
    ]
