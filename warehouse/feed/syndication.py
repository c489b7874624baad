"""The newest facts for feed readers: JSON Feed 1.1 and Atom (RFC 4287)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.feed.wording import KIND_WORDS, one_line, title_of, xml_text

ENTRIES = 100
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
JSON_FEED_TYPE = "application/feed+json"
ATOM_TYPE = "application/atom+xml"
# Where a feed without any fact says it was last changed: a feed must say something, and there is no clock here.
NEVER = "1970-01-01T00:00:00Z"
NEWEST = """
SELECT record FROM feed.fact WHERE ? IS NULL OR kind = ?
ORDER BY last_reported DESC, fact_id DESC LIMIT ?
"""


def newest_facts(question: Question, kind: str | None, limit: int = ENTRIES) -> list[dict[str, Any]]:
    """The facts last reported, of one kind or all, as records."""
    return [json.loads(record) for (record,) in question.tuples(NEWEST, [kind, kind, limit])]


def json_feed(question: Question, kind: str | None, home: str) -> Answer:
    """The newest facts as a JSON Feed; `home` is the address of the server, with its slash."""
    items = [_item(fact, home) for fact in newest_facts(question, kind)]
    feed = {
        "version": JSON_FEED,
        "title": _title(kind),
        "home_page_url": home,
        "feed_url": f"{home}{_path(kind)}.json",
        "description": "What the news says, who says it, and in which words.",
        "language": "zh",
        "items": items,
    }
    return Answer(json.dumps(feed, ensure_ascii=False).encode(), JSON_FEED_TYPE)


def _item(fact: Mapping[str, Any], home: str) -> dict[str, Any]:
    best = fact["best"]
    item: dict[str, Any] = {
        "id": entry_id(fact),
        "url": f"{home}api/facts/{fact['fact_id']}",
        "title": title_of(fact),
        "content_text": _content(fact),
        "date_published": fact["first_reported"],
        "date_modified": fact["last_reported"],
        "tags": [fact["kind"], fact["status"], *fact["sides"]],
        "_shilu": {"about": f"{home}api/openapi.json", "fact": fact},
    }
    if best["article"]["url"]:
        item["external_url"] = best["article"]["url"]
    if best["claimed_by"]:
        item["authors"] = [{"name": one_line(best["claimed_by"])}]
    return item


def atom_feed(question: Question, kind: str | None, home: str) -> Answer:
    """The newest facts as an Atom feed; `home` is the address of the server, with its slash."""
    facts = newest_facts(question, kind)
    return Answer(atom_document(facts, kind, home), ATOM_TYPE)


def atom_document(facts: list[dict[str, Any]], kind: str | None, home: str) -> bytes:
    """An Atom feed of facts; `home` may be empty where no server stands behind it."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "zh"})
    _add(feed, "title", _title(kind))
    _add(feed, "id", f"urn:shilu:{_path(kind)}")
    _add(feed, "updated", max((fact["last_reported"] for fact in facts), default=NEVER))
    _add(_add(feed, "author"), "name", "Shilu 实录")
    if home:
        _add(feed, "link", rel="self", type=ATOM_TYPE, href=f"{home}{_path(kind)}.atom")
        _add(feed, "link", rel="alternate", href=home)
    for fact in facts:
        _entry(feed, fact, home)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(feed: ElementTree.Element, fact: Mapping[str, Any], home: str) -> None:
    best = fact["best"]
    entry = _add(feed, "entry")
    _add(entry, "id", entry_id(fact))
    _add(entry, "title", title_of(fact))
    _add(entry, "published", fact["first_reported"])
    _add(entry, "updated", fact["last_reported"])
    _add(_add(entry, "author"), "name", one_line(best["claimed_by"] or best["article"]["source"]))
    if home:
        _add(
            entry, "link", rel="alternate", type="application/json", href=f"{home}api/facts/{fact['fact_id']}"
        )
    if best["article"]["url"]:
        _add(entry, "link", rel="via", href=xml_text(best["article"]["url"]))
    for tag in (fact["kind"], fact["status"], *fact["sides"]):
        _add(entry, "category", term=xml_text(tag))
    _add(entry, "content", xml_text(_content(fact)), type="text")


def _add(
    parent: ElementTree.Element, name: str, words: str | None = None, **attributes: str
) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = words
    return child


def entry_id(fact: Mapping[str, Any]) -> str:
    """The id of an entry: it stays the same as long as the fact does."""
    return f"urn:shilu:fact:{fact['fact_id']}"


def _content(fact: Mapping[str, Any]) -> str:
    """The words of the best statement, who says so, where, and who else says what."""
    best = fact["best"]
    quoted = " … ".join(span["text"] for span in best["evidence"])
    lines = [
        f"“{quoted}”",
        f"{best['claimed_by'] or '–'}, {best['article']['source']}: {best['article']['title']}",
    ]
    others = [claim for claim in fact["claims"] if claim["event_id"] != best["event_id"]]
    lines += [
        f"{claim['claimant'] or claim['article_id']} ({claim['modality']}): {_told(claim)}"
        for claim in others
    ]
    return "\n".join(lines)


def _told(claim: Mapping[str, Any]) -> str:
    told = []
    for name, value in claim["slots"].items():
        if isinstance(value, Mapping):
            number = value.get("value")
            told.append(f"{name} {value.get('qualifier', '')} {'' if number is None else number}".strip())
        elif value is not None:
            told.append(f"{name} {value}")
    return ", ".join(told) or "–"


def _title(kind: str | None) -> str:
    return f"Shilu 实录: {KIND_WORDS.get(kind, kind) if kind else 'facts'}"


def _path(kind: str | None) -> str:
    return f"feed/{kind}" if kind else "feed"
