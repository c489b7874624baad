"""Facts and their members as rows of the feed: the record that is served, and beside it what readers filter by."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.publish.filters import countries_of, index, listed, places_of, searchable, sides_of, tags_of
from warehouse.publish.records import (
    Locations,
    article_reference,
    as_record,
    in_paragraphs,
    instant,
    located,
    period,
    record_hash,
    texts,
    web_address,
)

CLAIM_MOMENTS = ("first_said", "last_said")
CLAIM_FIELDS = ("claimant", "side", "modality", *CLAIM_MOMENTS, "articles", "event_id", "article_id")


def fact_row(row: Mapping[str, Any], locations: Locations) -> dict[str, Any]:
    """A row of `feed.fact`: the record, and beside it what readers filter by."""
    slots, claims = json.loads(row["payload"]), [_claim(each) for each in json.loads(row["claims"])]
    sides, places, countries = (
        sides_of(row["kind"], slots),
        places_of(row["kind"], slots),
        countries_of(slots),
    )
    on_map = located(places, countries, locations)
    record = as_record(
        {
            "fact_id": row["fact_id"],
            "kind": row["kind"],
            "status": row["status"],
            "when": period(row),
            "value": row["value"],
            "low": row["low"],
            "high": row["high"],
            "unit": row["unit"],
            "slots": slots,
            "sides": sides,
            "places": places,
            "locations": on_map,
            "claims": claims,
            "articles": row["articles"],
            "origins": row["origins"],
            "first_reported": instant(row["first_reported"]),
            "last_reported": instant(row["last_reported"]),
            "sources": row["sources"],
            "best": _statement(row),
        }
    )
    claimants = [claim["claimant"] for claim in claims if claim["claimant"]]
    words = (*row["told"], *places, *claimants, *sides, *texts(slots))
    return {
        "fact_id": row["fact_id"],
        "kind": row["kind"],
        "status": row["status"],
        "first_reported": row["first_reported"],
        "last_reported": row["last_reported"],
        "when_start": row["when_start"],
        "when_end": row["when_end"],
        "value": row["value"],
        "low": row["low"],
        "high": row["high"],
        "unit": row["unit"],
        "articles": row["articles"],
        "origins": row["origins"],
        "when_precision": row["when_precision"],
        "sides": listed(sides),
        "places": listed(places),
        "claimants": listed(claimants),
        "sources": listed(row["sources"]),
        "index": index(side=sides, source=row["sources"], slot=tags_of(slots)),
        "best_event": row["best_event"],
        "evidence": row["evidence_text"],
        "title": row["title"],
        "url": web_address(row["url"]),
        "latitude": on_map[0]["latitude"] if on_map else None,
        "longitude": on_map[0]["longitude"] if on_map else None,
        "search": searchable(words),
        "hash": record_hash(record),
        "record": record,
        "detail": as_record({"rivals": _rivals(claims, row["origin_of"] or {})}),
    }


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    """One claimant's version: who, how firmly, when and where, and the slots in which versions may differ."""
    moments = {name: instant(datetime.datetime.fromisoformat(claim[name])) for name in CLAIM_MOMENTS}
    shared = {name: moments.get(name, claim[name]) for name in CLAIM_FIELDS}
    return shared | {"slots": {name: value for name, value in claim.items() if name not in CLAIM_FIELDS}}


def _statement(row: Mapping[str, Any]) -> dict[str, Any]:
    """The statement that gives a fact its value: whose, in which article, in which words."""
    return {
        "event_id": row["best_event"],
        "claimed_by": row["claimed_by"],
        "confidence": row["confidence"],
        "article": article_reference(row),
        "evidence": row["evidence"] or [],
    }


def member_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `feed.member`: a statement that belongs, or belonged, to a fact, with its evidence in its paragraphs."""
    record = {
        **{name: row[name] for name in ("event_id", "reason", "tied_to", "origin_id")},
        "said_from": instant(row["said_from"]),
        "said_until": instant(row["said_until"]),
        **{name: row[name] for name in ("claimed_by", "claimant_side", "modality", "confidence")},
        "slots": json.loads(row["payload"]),
        "article": article_reference(row),
        "evidence": in_paragraphs(row["evidence"] or [], row["title"], row["body"]),
    }
    columns = ("fact_id", "event_id", "article_id", "said_from", "said_until", "place")
    return {name: row[name] for name in columns} | {"record": as_record(record)}


def history_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `feed.history`: what was known of a fact from one moment to another."""
    numbers = ("value", "low", "high", "unit", "articles", "origins", "best_event")
    record = {
        "said_from": instant(row["said_from"]),
        "said_until": instant(row["said_until"]),
        "status": row["status"],
        "when": period(row),
        **{name: row[name] for name in numbers},
    }
    return {"fact_id": row["fact_id"], "place": row["place"], "record": as_record(record)}


def _rivals(claims: Sequence[Mapping[str, Any]], origin_of: Mapping[str, str]) -> list[dict[str, Any]]:
    """The versions that claimants give, the one of most origins first; who says the same stands together."""
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
