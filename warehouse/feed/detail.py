"""One fact, event or article with everything that explains it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.filters import entry
from warehouse.publish.records import article_reference, as_record, instant, period

# A fact of more members than this shows the last ones; `members_in_all` counts them all.
MOST_MEMBERS = 500
MOST_VERSIONS = 500
MOST_REPRINTS = 200

MEMBERS = "SELECT record FROM feed.member WHERE fact_id = ? ORDER BY said_from DESC, event_id DESC LIMIT ?"
HISTORY = "SELECT * FROM feed.history WHERE fact_id = ? ORDER BY said_from DESC LIMIT ?"
ARTICLE = """
SELECT told.record, article."text" AS body, article.captions
FROM feed.article AS told JOIN article ON article.id = told.article_id AND article.believed_until IS NULL
WHERE told.article_id = ?
"""
VERSIONS = """
SELECT said.article_version AS version, article.title, said.said_from, said.reason AS correction
FROM article_said AS said JOIN article ON article.id = said.article_id AND article.version = said.article_version
WHERE said.article_id = ? ORDER BY version DESC
"""
REPRINTS = """
SELECT article_id, source, title, url, published FROM article_origins
WHERE origin_id = ? AND article_id <> ? ORDER BY published, article_id LIMIT ?
"""


def fact_detail(question: Question, fact_id: str) -> Answer:
    """A fact with rivals, members, history and findings. Raises HTTPException 404 or 410."""
    found = question.tuples("SELECT record FROM feed.fact WHERE fact_id = ?", [fact_id])
    if not found:
        raise _gone(question, fact_id)
    fact = json.loads(found[0][0])
    found = question.tuples(MEMBERS, [fact_id, MOST_MEMBERS])
    members = [json.loads(record) for (record,) in reversed(found)]
    history = question.rows(HISTORY, [fact_id, MOST_VERSIONS])
    findings = question.tuples(
        "SELECT record FROM feed.finding WHERE contains(index, ?) ORDER BY gravity, finding_id",
        [entry("fact", fact_id)],
    )
    detail = fact | {
        "rivals": _rivals(fact["claims"], members),
        "members": members,
        "members_in_all": question.value("SELECT count(*) FROM feed.member WHERE fact_id = ?", [fact_id]),
        "history": [_version(row) for row in history],
        "findings": [json.loads(record) for (record,) in findings],
    }
    return _json(detail)


def _gone(question: Question, fact_id: str) -> Exception:
    """Why there is no such fact: it never was, or it has been taken back."""
    found = question.tuples("SELECT replaced_by FROM feed.change WHERE fact_id = ?", [fact_id])
    if not found:
        return refusal(
            HTTPStatus.NOT_FOUND, f"there is no fact {fact_id!r}; /api/facts lists those there are"
        )
    heir = f"; it is told now by fact {found[0][0]}" if found[0][0] else ""
    return refusal(HTTPStatus.GONE, f"fact {fact_id!r} has been taken back{heir}")


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "said_from": instant(row["said_from"]),
        "said_until": instant(row["said_until"]),
        "status": row["status"],
        "when": period(row),
        **{name: row[name] for name in ("value", "low", "high", "unit", "articles", "origins", "best_event")},
    }


def _rivals(
    claims: Sequence[Mapping[str, Any]], members: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The versions that claimants give, the one of most origins first; who says the same stands together."""
    origins = {member["event_id"]: member["origin_id"] for member in members}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        grouped.setdefault(
            json.dumps([claim["modality"] == "denied", claim["slots"]], sort_keys=True), []
        ).append(claim)
    rivals = [
        {
            "slots": alike[0]["slots"],
            "claimants": [claim["claimant"] for claim in alike],
            "origins": len({origins.get(claim["event_id"], claim["article_id"]) for claim in alike}),
            "event_ids": [claim["event_id"] for claim in alike],
        }
        for alike in grouped.values()
    ]
    return sorted(rivals, key=lambda rival: -rival["origins"])


def event_detail(question: Question, event_id: str) -> Answer:
    """An event with the paragraphs of its evidence. Raises HTTPException 404."""
    found = question.tuples("SELECT record, detail FROM feed.event WHERE event_id = ?", [event_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND,
            f"there is no event {event_id!r} that is believed now; /api/events lists those",
        )
    ((record, detail),) = found
    return _json(json.loads(record) | json.loads(detail))


def article_detail(question: Question, article_id: str) -> Answer:
    """An article with its text, events, versions and reprints. Raises HTTPException 404."""
    found = question.rows(ARTICLE, [article_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND, f"there is no article {article_id!r}; /api/articles lists those there are"
        )
    (row,) = found
    events = question.tuples("SELECT record FROM feed.event WHERE article_id = ?", [article_id])
    read = [json.loads(record) for (record,) in events]
    reprints = question.rows(REPRINTS, [article_id, article_id, MOST_REPRINTS])
    return _json(
        json.loads(row["record"])
        | {
            "text": row["body"],
            "captions": row["captions"],
            "versions": [
                each | {"said_from": instant(each["said_from"])}
                for each in question.rows(VERSIONS, [article_id])
            ],
            "read": sorted(read, key=_place_in_article),
            "reprints": [article_reference(each) for each in reprints],
        }
    )


def _place_in_article(event: Mapping[str, Any]) -> tuple[Any, ...]:
    first = event["evidence"][0]
    return first["part"] != "title", first["start"], first["end"], event["event_id"]


def _json(value: Mapping[str, Any]) -> Answer:
    return Answer(as_record(value).encode(), "application/json")
