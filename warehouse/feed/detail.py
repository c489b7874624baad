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
from warehouse.publish.records import as_record, instant, period

# A fact of more members than this shows the last ones; `members_in_all` counts them all.
MOST_MEMBERS = 500
MOST_VERSIONS = 500


def fact_detail(question: Question, fact_id: str) -> Answer:
    """A fact with rivals, members, history and findings. Raises HTTPException 404 or 410."""
    found = question.tuples("SELECT record FROM feed.fact WHERE fact_id = ?", [fact_id])
    if not found:
        raise _gone(question, fact_id)
    fact = json.loads(found[0][0])
    # Looked up by their index and sorted here: asked for in order, the database would go through all of them.
    members = question.tuples(
        "SELECT said_from, event_id, record FROM feed.member WHERE fact_id = ?", [fact_id]
    )
    versions = question.rows("SELECT * FROM feed.history WHERE fact_id = ?", [fact_id])
    findings = question.tuples(
        "SELECT record FROM feed.finding WHERE contains(index, ?) ORDER BY gravity, finding_id",
        [entry("fact", fact_id)],
    )
    shown = [json.loads(record) for _, _, record in sorted(members)[-MOST_MEMBERS:]]
    versions.sort(key=lambda row: row["said_from"], reverse=True)
    detail = fact | {
        "rivals": _rivals(fact["claims"], shown),
        "members": shown,
        "members_in_all": len(members),
        "history": [_version(row) for row in versions[:MOST_VERSIONS]],
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
    found = question.tuples("SELECT record, detail FROM feed.article WHERE article_id = ?", [article_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND, f"there is no article {article_id!r}; /api/articles lists those there are"
        )
    ((record, detail),) = found
    events = question.tuples("SELECT record FROM feed.event WHERE article_id = ?", [article_id])
    read = sorted((json.loads(event) for (event,) in events), key=_place_in_article)
    return _json(json.loads(record) | json.loads(detail) | {"read": read})


def _place_in_article(event: Mapping[str, Any]) -> tuple[Any, ...]:
    first = event["evidence"][0]
    return first["part"] != "title", first["start"], first["end"], event["event_id"]


def _json(value: Mapping[str, Any]) -> Answer:
    return Answer(as_record(value).encode(), "application/json")
