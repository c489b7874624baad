"""The page of a fact, where every figure shows its words, and the page of an article."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from schemas import Count, Money
from warehouse.feed.detail import article_detail, fact_detail
from warehouse.feed.page.asked import address_of
from warehouse.feed.page.audit import finding_row
from warehouse.feed.page.evidence import paragraphs, pieces, quotations
from warehouse.feed.page.figures import days, interval, moment, plain
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import fact_row, figures, side, sides_of, told_by, what
from warehouse.feed.question import Question

MOST_MEMBERS = 12
MOST_VERSIONS = 20
MOST_CLAIMS = 30
MOST_REPRINTS = 20
# What versions of a fact may differ in besides figures, with the section of the catalogue that names its codes.
NAMED_SLOTS = {"outcome": "outcome", "stage": "stage", "status": "meeting_status", "format": "format"}
SIDE_SLOTS = ("attacker", "target_country")


def fact_page(question: Question, fact_id: str, texts: Texts) -> dict[str, Any]:
    """What the page of a fact shows. Raises HTTPException 404, or 410 where the fact has been taken back."""
    fact = json.loads(fact_detail(question, fact_id).body)
    members = fact["members"][: -MOST_MEMBERS - 1 : -1]
    return {
        "fact": fact_row(fact, texts) | {"interval": interval(fact, texts), "sources": fact["sources"]},
        "title": " · ".join(
            filter(None, (what(fact["kind"], fact["slots"], texts), *figures(fact["slots"], texts)))
        ),
        "members": [_member(each, fact, texts) for each in members],
        "members_in_all": fact["members_in_all"],
        "claims": _claims(fact, texts)[:MOST_CLAIMS],
        "history": [_version(each, texts) for each in fact["history"][:MOST_VERSIONS]],
        "findings": [finding_row(each, texts) for each in fact["findings"]],
        "record": f"/api{address_of('facts', fact_id)}",
    }


def _member(member: Mapping[str, Any], fact: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    article, sure = member["article"], member["confidence"]
    return {
        "event_id": member["event_id"],
        "is_best": member["event_id"] == fact["best"]["event_id"],
        "claimant": member["claimed_by"] or texts("facts.article_itself"),
        "side": side(member["claimant_side"], texts) if member["claimant_side"] else None,
        "modality": texts.code("modality", member["modality"]),
        "figures": figures(member["slots"], texts),
        "quotations": quotations(member["evidence"]),
        "article": _reference(article, texts),
        "said_until": moment(member["said_until"]),
        "confidence": texts("fact.confidence", percent=round(sure * 100)) if sure is not None else "",
    }


def _reference(article: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    return {
        "href": address_of("articles", article["article_id"]),
        "title": article["title"] or texts("article.untitled"),
        "source": article["source"],
        "url": article["url"],
        "instant": article["published"],
        "published": moment(article["published"]),
    }


def _claims(fact: Mapping[str, Any], texts: Texts) -> list[dict[str, Any]]:
    """The versions of the claimants; versions that differ stand apart, the one of most origins first."""
    order = {event: place for place, rival in enumerate(fact["rivals"]) for event in rival["event_ids"]}
    claims = sorted(fact["claims"], key=lambda claim: order.get(claim["event_id"], len(order)))
    shown, before = [], None
    for claim in claims:
        place = order.get(claim["event_id"])
        shown.append(
            {
                "claimant": claim["claimant"] or texts("facts.article_itself"),
                "side": side(claim["side"], texts) if claim["side"] else None,
                "modality": texts.code("modality", claim["modality"]),
                "denied": claim["modality"] == "denied",
                "version": _version_told(claim["slots"], texts),
                "interval": _claimed_interval(claim["slots"], texts),
                "first_said": moment(claim["first_said"]),
                "last_said": moment(claim["last_said"]),
                "articles": claim["articles"],
                "href": f"{address_of('articles', claim['article_id'])}#event-{claim['event_id']}",
                "starts": before is not None and place != before,
            }
        )
        before = place
    return shown


def _version_told(slots: Mapping[str, Any], texts: Texts) -> list[str]:
    told = figures(slots, texts)
    told += [texts.code(section, slots[name]) for name, section in NAMED_SLOTS.items() if slots.get(name)]
    return told + [texts.side(slots[name]) for name in SIDE_SLOTS if slots.get(name)]


def _claimed_interval(slots: Mapping[str, Any], texts: Texts) -> str:
    """The numbers that a claim's own qualifier leaves possible, where it has one number."""
    for name, of in (("count", Count), ("amount", Money), ("killed", Count)):
        if slots.get(name):
            left = of.model_validate(slots[name]).interval
            unit = slots[name].get("currency")
            return interval({"low": left.low, "high": left.high, "unit": unit}, texts)
    return ""


def _version(version: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    value = version["value"]
    return {
        "said_from": moment(version["said_from"]),
        "said_until": moment(version["said_until"]),
        "status": version["status"],
        "status_word": texts.code("status", version["status"]),
        "value": plain(value, version["unit"], texts.language) if value is not None else "",
        "interval": interval(version, texts),
        "days": days(version["when"]),
        "told": told_by(version, texts),
    }


def article_page(question: Question, article_id: str, texts: Texts) -> dict[str, Any]:
    """What the page of an article shows. Raises HTTPException 404."""
    article = json.loads(article_detail(question, article_id).body)
    spans: dict[str, list[tuple[int, int, str]]] = {"title": [], "text": []}
    for event in article["read"]:
        for span in event["evidence"]:
            spans[span["part"]].append((span["start"], span["end"], event["event_id"]))
    facts = {event["event_id"]: event["fact_id"] for event in article["read"]}
    return {
        "article": _reference(article, texts)
        | {
            "is_reprint": article["is_reprint"],
            "correction": texts.code("correction", article["correction"]),
            "captions": article["captions"],
        },
        "title": pieces(article["title"], spans["title"]) if article["title"] else [],
        "paragraphs": paragraphs(article["text"], spans["text"]),
        "events": [_read(event, texts) for event in article["read"]],
        "facts": {event: address_of("facts", fact) for event, fact in facts.items() if fact},
        "versions": [
            {
                "number": each["version"],
                "title": each["title"] or texts("article.untitled"),
                "said_from": moment(each["said_from"]),
                "correction": texts.code("correction", each["correction"]),
            }
            for each in article["versions"]
        ],
        "reprints": [_reference(each, texts) for each in article["reprints"][:MOST_REPRINTS]],
        "record": f"/api{address_of('articles', article_id)}",
    }


def _read(event: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """An event beside the text in which it was read."""
    return {
        "id": event["event_id"],
        "kind_word": texts.code("kind", event["kind"]),
        **sides_of(event["slots"], texts),
        "what": what(event["kind"], event["slots"], texts),
        "figures": figures(event["slots"], texts),
        "claimant": event["claimed_by"] or texts("facts.article_itself"),
        "modality": texts.code("modality", event["modality"]),
        "days": days(event["when"]),
        "places": event["places"],
        "href": address_of("facts", event["fact_id"]) if event["fact_id"] else "",
    }
