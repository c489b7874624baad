"""One fact, event or article with everything that explains it, read from the warehouse in the snapshot when it is asked for."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.records import article_reference, as_record, in_paragraphs, instant, period

# A fact of more members than this shows the last ones; `members_in_all` counts them all.
MOST_MEMBERS = 500
MOST_VERSIONS = 500
# Each is asked by ids alone and sorted here: so it is answered from an index, else the database reads all.
MEMBERS = """
SELECT event_id, event_version, reason, tied_to, said_from, said_until, origin_id FROM fact_member WHERE fact_id = ?
"""
SAID = """
SELECT
    id AS event_id, version AS event_version, article_id, article_version, claimed_by, claimant_side, modality, confidence,
    payload::VARCHAR AS payload
FROM event WHERE id IN ({marks})
"""
WRITTEN = """
SELECT id AS article_id, version AS article_version, source, title, url, published, "text" AS body FROM article
WHERE id IN ({marks})
"""
SPANS = 'SELECT event_id, event_version, ordinal, part, "start", "end", "text" FROM evidence WHERE event_id IN ({marks})'
HISTORY = """
SELECT
    said_from, said_until, status, when_start, when_end, when_precision, value, low, high, unit, articles, origins, best_event
FROM fact WHERE id = ?
"""
NUMBERS = ("value", "low", "high", "unit", "articles", "origins", "best_event")
SPAN = ("part", "start", "end", "text")
CLAIMANT = "SELECT claimant_span FROM event WHERE id = ? AND believed_until IS NULL"
BODY = 'SELECT title, "text" AS body, captions FROM article WHERE id = ? AND believed_until IS NULL'
VERSIONS = """
SELECT said.article_version AS version, version.title, said.said_from, said.reason AS correction
FROM article_said AS said
JOIN article AS version ON version.id = said.article_id AND version.version = said.article_version
WHERE said.article_id = ? ORDER BY said.article_version DESC
"""
REPRINTS = """
SELECT article_id, source, title, url, published FROM article_origins WHERE is_reprint AND origin_id = ?
ORDER BY published, article_id
"""


def fact_detail(question: Question, fact_id: str) -> Answer:
    """A fact with rivals, members, history and findings. Raises HTTPException 404 or 410."""
    found = question.tuples("SELECT record FROM feed.fact WHERE fact_id = ?", [fact_id])
    if not found:
        raise _gone(question, fact_id)
    ((record,),) = found
    members = sorted(
        question.rows(MEMBERS, [fact_id]),
        key=lambda each: (each["said_from"], each["event_id"], each["event_version"]),
    )
    history = sorted(question.rows(HISTORY, [fact_id]), key=lambda each: each["said_from"], reverse=True)
    added = {
        "rivals": _rivals(json.loads(record)["claims"], members),
        "members_in_all": len(members),
        "members": _members(question, members[-MOST_MEMBERS:]),
        "history": [_version(each) for each in history[:MOST_VERSIONS]],
    }
    findings = question.tuples("SELECT place, record FROM feed.subject WHERE fact_id = ?", [fact_id])
    listed = ",".join(finding for _, finding in sorted(findings))
    return _joined(record, as_record(added), f'{{"findings":[{listed}]}}')


def _rivals(
    claims: Sequence[Mapping[str, Any]], members: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The versions that claimants give, the one of most origins first; who says the same stands together."""
    origin_of = {each["event_id"]: each["origin_id"] for each in members if each["said_until"] is None}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    for claim in claims:
        version = json.dumps([claim["modality"] == "denied", claim["slots"]], sort_keys=True)
        grouped.setdefault(version, []).append(claim)
    rivals = [
        {
            "slots": alike[0]["slots"],
            "claimants": [claim["claimant"] for claim in alike],
            "origins": len({origin_of.get(claim["event_id"], claim["article_id"]) for claim in alike}),
            "event_ids": [claim["event_id"] for claim in alike],
        }
        for alike in grouped.values()
    ]
    return sorted(rivals, key=lambda rival: -rival["origins"])


def _members(question: Question, members: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Statements that belong, or belonged, to a fact, with their evidence in its paragraphs."""
    said = _by_version(question, SAID, "event", [each["event_id"] for each in members])
    spans = _by_version(question, SPANS, "event", [each["event_id"] for each in members])
    written = _by_version(question, WRITTEN, "article", [row["article_id"] for (row,) in said.values()])
    found = []
    for member in members:
        version = member["event_id"], member["event_version"]
        (statement,) = said[version]
        (article,) = written[statement["article_id"], statement["article_version"]]
        proof = sorted(spans.get(version, []), key=lambda span: span["ordinal"])
        found.append(
            {
                **{name: member[name] for name in ("event_id", "reason", "tied_to", "origin_id")},
                "said_from": instant(member["said_from"]),
                "said_until": instant(member["said_until"]),
                **{
                    name: statement[name]
                    for name in ("claimed_by", "claimant_side", "modality", "confidence")
                },
                "slots": json.loads(statement["payload"]),
                "article": article_reference(article),
                "evidence": in_paragraphs(
                    [{name: span[name] for name in SPAN} for span in proof], article["title"], article["body"]
                ),
            }
        )
    return found


def _by_version(
    question: Question, select: str, of: str, ids: Sequence[str]
) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """The rows of these events or articles, by id and version."""
    wanted = list(dict.fromkeys(ids))
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in question.rows(select.format(marks=", ".join("?" * len(wanted))), wanted) if wanted else ():
        found.setdefault((row[f"{of}_id"], row[f"{of}_version"]), []).append(row)
    return found


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    """What was known of a fact from one moment to another."""
    return {
        "said_from": instant(row["said_from"]),
        "said_until": instant(row["said_until"]),
        "status": row["status"],
        "when": period(row),
        **{name: row[name] for name in NUMBERS},
    }


def _gone(question: Question, fact_id: str) -> Exception:
    """Why there is no such fact: it never was, or it has been taken back."""
    found = question.tuples("SELECT replaced_by FROM feed.change WHERE of = 'facts' AND id = ?", [fact_id])
    if not found:
        return refusal(
            HTTPStatus.NOT_FOUND, f"there is no fact {fact_id!r}; /api/facts lists those there are"
        )
    heir = f"; it is told now by fact {found[0][0]}" if found[0][0] else ""
    return refusal(HTTPStatus.GONE, f"fact {fact_id!r} has been taken back{heir}")


def event_detail(question: Question, event_id: str) -> Answer:
    """An event with the paragraphs of its evidence. Raises HTTPException 404."""
    found = question.tuples("SELECT record FROM feed.event WHERE event_id = ?", [event_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND,
            f"there is no event {event_id!r} that is believed now; /api/events lists those",
        )
    event = json.loads(found[0][0])
    (article,) = question.rows(BODY, [event["article"]["article_id"]])
    event["evidence"] = in_paragraphs(event["evidence"], article["title"], article["body"])
    event["claimant_span"] = question.value(CLAIMANT, [event_id])
    return Answer(as_record(event).encode(), "application/json")


def article_detail(question: Question, article_id: str) -> Answer:
    """An article with its text, events, versions and reprints. Raises HTTPException 404."""
    found = question.tuples("SELECT record FROM feed.article WHERE article_id = ?", [article_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND, f"there is no article {article_id!r}; /api/articles lists those there are"
        )
    (article,) = question.rows(BODY, [article_id])
    events = question.tuples("SELECT record FROM feed.event WHERE article_id = ?", [article_id])
    read = sorted((event for (event,) in events), key=_place_in_article)
    added = {
        "text": article["body"],
        "captions": article["captions"],
        "versions": [_told(each) for each in question.rows(VERSIONS, [article_id])],
        "reprints": [article_reference(each) for each in question.rows(REPRINTS, [article_id])],
    }
    return _joined(found[0][0], as_record(added), f'{{"read":[{",".join(read)}]}}')


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: instant(each) if isinstance(each, datetime.datetime) else each for name, each in row.items()
    }


def _place_in_article(record: str) -> tuple[Any, ...]:
    event = json.loads(record)
    first = event["evidence"][0]
    return first["part"] != "title", first["start"], first["end"], event["event_id"]


def _joined(*objects: str) -> Answer:
    """One JSON object of several that are not empty and share no field."""
    return Answer(f"{{{','.join(each[1:-1] for each in objects)}}}".encode(), "application/json")
