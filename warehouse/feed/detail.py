"""One fact, event or article with everything that explains it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.records import as_record

# A fact of more members than this shows the last ones; `members_in_all` counts them all.
MOST_MEMBERS = 500
MOST_VERSIONS = 500


def fact_detail(question: Question, fact_id: str) -> Answer:
    """A fact with rivals, members, history and findings. Raises HTTPException 404 or 410."""
    found = question.tuples("SELECT record, detail FROM feed.fact WHERE fact_id = ?", [fact_id])
    if not found:
        raise _gone(question, fact_id)
    members = _rows_of(question, "member", fact_id)
    added = {
        "members": members[-MOST_MEMBERS:],
        "history": _rows_of(question, "history", fact_id)[: -MOST_VERSIONS - 1 : -1],
        "findings": _rows_of(question, "subject", fact_id),
    }
    lists = ",".join(f'"{name}":[{",".join(records)}]' for name, records in added.items())
    return _joined(*found[0], f'{{"members_in_all":{len(members)},{lists}}}')


def _rows_of(question: Question, table: str, fact_id: str) -> list[str]:
    """The records of a fact in a table, the oldest first. Sorted here: for an ordered answer the database reads all."""
    rows = question.tuples(f"SELECT place, record FROM feed.{table} WHERE fact_id = ?", [fact_id])
    return [record for _, record in sorted(rows)]


def _gone(question: Question, fact_id: str) -> Exception:
    """Why there is no such fact: it never was, or it has been taken back."""
    found = question.tuples("SELECT replaced_by FROM feed.change WHERE fact_id = ?", [fact_id])
    if not found:
        return refusal(
            HTTPStatus.NOT_FOUND, f"there is no fact {fact_id!r}; /api/facts lists those there are"
        )
    heir = f"; it is told now by fact {found[0][0]}" if found[0][0] else ""
    return refusal(HTTPStatus.GONE, f"fact {fact_id!r} has been taken back{heir}")


def event_detail(question: Question, event_id: str) -> Answer:
    """An event with the paragraphs of its evidence. Raises HTTPException 404."""
    found = question.tuples("SELECT record, detail FROM feed.event WHERE event_id = ?", [event_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND,
            f"there is no event {event_id!r} that is believed now; /api/events lists those",
        )
    ((record, detail),) = found
    event = json.loads(record) | json.loads(detail)
    return Answer(as_record(event).encode(), "application/json")


def article_detail(question: Question, article_id: str) -> Answer:
    """An article with its text, events, versions and reprints. Raises HTTPException 404."""
    found = question.tuples("SELECT record, detail FROM feed.article WHERE article_id = ?", [article_id])
    if not found:
        raise refusal(
            HTTPStatus.NOT_FOUND, f"there is no article {article_id!r}; /api/articles lists those there are"
        )
    ((record, detail),) = found
    events = question.tuples("SELECT record FROM feed.event WHERE article_id = ?", [article_id])
    read = sorted((event for (event,) in events), key=_place_in_article)
    return _joined(record, detail, f'{{"read":[{",".join(read)}]}}')


def _place_in_article(record: str) -> tuple[Any, ...]:
    event = json.loads(record)
    first = event["evidence"][0]
    return first["part"] != "title", first["start"], first["end"], event["event_id"]


def _joined(*objects: str) -> Answer:
    """One JSON object of several that are not empty and share no field."""
    return Answer(f"{{{','.join(each[1:-1] for each in objects)}}}".encode(), "application/json")
