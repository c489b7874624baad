"""Events, articles and findings as rows of the feed: the record that is served, and beside it what readers filter by."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    texts,
    web_address,
)


def event_row(row: Mapping[str, Any], locations: Locations) -> dict[str, Any]:
    """A row of `feed.event`: the record, and beside it what readers filter by."""
    slots = json.loads(row["payload"])
    sides, places = sides_of(row["kind"], slots), places_of(row["kind"], slots)
    on_map = located(places, countries_of(slots), locations)
    evidence = row["evidence"] or []
    record = {
        "event_id": row["event_id"],
        "kind": row["kind"],
        "fact_id": row["fact_id"],
        "article": article_reference(row),
        "claimed_by": row["claimed_by"],
        "claimant_side": row["claimant_side"],
        "modality": row["modality"],
        "when": period(row),
        "slots": slots,
        "sides": sides,
        "places": places,
        "locations": on_map,
        "evidence": evidence,
        "found_by": row["found_by"],
        "confidence": row["confidence"],
        "extractor_version": row["extractor_version"],
    }
    words = (row["title"], *(span["text"] for span in evidence), row["claimed_by"], *places, *texts(slots))
    columns = ("event_id", "kind", "fact_id", "article_id", "source", "published", "claimed_by", "modality")
    return {
        **{name: row[name] for name in columns},
        "when_start": row["when_start"],
        "when_end": row["when_end"],
        "when_precision": row["when_precision"],
        "confidence": row["confidence"],
        "sides": listed(sides),
        "places": listed(places),
        "index": index(side=sides, slot=tags_of(slots)),
        "evidence": " … ".join(span["text"] for span in evidence),
        "title": row["title"],
        "url": web_address(row["url"]),
        "latitude": on_map[0]["latitude"] if on_map else None,
        "longitude": on_map[0]["longitude"] if on_map else None,
        "search": searchable(words),
        "record": as_record(record),
        "detail": as_record(
            {
                "evidence": in_paragraphs(evidence, row["title"], row["body"]),
                "claimant_span": row["claimant_span"],
            }
        ),
    }


def article_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `feed.article`: the record without the text, and beside it what readers filter by."""
    record = {
        **article_reference(row),
        "language": row["language"],
        "script": row["script"],
        "characters": len(row["text"]),
        "origin_id": row["origin_id"],
        "is_reprint": row["is_reprint"],
        "events": row["events"],
        "version": row["version"],
        "correction": row["versions"][0]["correction"],
    }
    return {
        "article_id": row["article_id"],
        "source": row["source"],
        "published": row["published"],
        "title": row["title"],
        "url": web_address(row["url"]),
        "is_reprint": row["is_reprint"],
        "events": row["events"],
        "search": searchable((row["title"], row["text"])),
        "record": as_record(record),
        "detail": as_record(
            {
                "text": row["text"],
                "captions": row["captions"],
                "versions": [each | {"said_from": instant(each["said_from"])} for each in row["versions"]],
                "reprints": [article_reference(each) for each in row["reprints"]],
            }
        ),
    }


def finding_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `feed.finding`: the record, and beside it what readers filter by."""
    sides = {name: [_subject(each) for each in row[name]] for name in ("one_side", "other_side")}
    subjects = sides["one_side"] + sides["other_side"]
    record = {
        "finding_id": row["finding_id"],
        "check": row["check_name"],
        "severity": row["severity"],
        "kind": row["kind"],
        "message": row["message"],
        "when": _days(row),
        "first_said": instant(row["first_said"]),
        **sides,
    }
    columns = (
        "finding_id", "check_name", "severity", "kind", "message", "when_start", "when_end", "first_said", "gravity",
        "evidence", "other_evidence",
    )  # fmt: skip
    return {
        **{name: row[name] for name in columns},
        "index": index(fact=sorted({each["fact_id"] for each in subjects if each["fact_id"]})),
        "search": searchable((row["message"], *(each["evidence"] for each in subjects))),
        "record": as_record(record),
    }


def _days(row: Mapping[str, Any]) -> dict[str, str] | None:
    """The first and last day of a finding, `None` where it has none."""
    if row["when_start"] is None:
        return None
    return {"start": row["when_start"].isoformat(), "end": row["when_end"].isoformat()}


def _subject(subject: Mapping[str, Any]) -> dict[str, Any]:
    return {**subject, "said_from": instant(subject["said_from"])}
