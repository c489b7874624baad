"""Facts, events and articles as records of the feed: JSON made once, when a snapshot is published, and served as it is."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from warehouse.publish.filters import countries_of, places_of, searchable, sides_of

WEB = ("http", "https")
CLAIM_MOMENTS = ("first_said", "last_said")
CLAIM_FIELDS = ("claimant", "side", "modality", *CLAIM_MOMENTS, "articles", "event_id", "article_id")


@dataclass(frozen=True, slots=True)
class Location:
    """Where on the map a place of a text is: its name in the gazetteer, country, GeoNames id, degrees north and east."""

    name: str
    country: str | None
    geonames_id: int | None
    latitude: float
    longitude: float


# Where each place, as written in a text on some countries, is.
Locations = Mapping[tuple[str, tuple[str, ...]], Location]


def as_record(value: Mapping[str, Any]) -> str:
    """JSON in the order of the fields: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def record_hash(record: str) -> str:
    """SHA-256 of a record's bytes, hexadecimal."""
    return hashlib.sha256(record.encode()).hexdigest()


def instant(moment: datetime.datetime | None) -> str | None:
    """A moment in UTC, ISO 8601 with Z."""
    if moment is None:
        return None
    return moment.astimezone(datetime.UTC).isoformat().removesuffix("+00:00") + "Z"


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; `None` for anything that a browser might run."""
    return url if url and urlsplit(url).scheme in WEB else None


def period(row: Mapping[str, Any]) -> dict[str, str] | None:
    """The period of a row, `None` where it has none."""
    if row["when_start"] is None:
        return None
    return {
        "start": row["when_start"].isoformat(),
        "end": row["when_end"].isoformat(),
        "precision": row["when_precision"],
    }


def fact_row(row: Mapping[str, Any], locations: Locations) -> dict[str, Any]:
    """A row of `feed.fact`: the record, and beside it what readers filter by."""
    slots, claims = json.loads(row["payload"]), [_claim(each) for each in json.loads(row["claims"])]
    sides, places, countries = (
        sides_of(row["kind"], slots),
        places_of(row["kind"], slots),
        countries_of(slots),
    )
    located = _located(places, countries, locations)
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
            "locations": located,
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
    words = (row["title"], row["evidence_text"], *places, *claimants, *sides, *_texts(slots))
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
        "tags": tags_of(slots),
        "sides": sides,
        "places": places,
        "claimants": claimants,
        "sources": row["sources"],
        "best_event": row["best_event"],
        "evidence": row["evidence_text"],
        "title": row["title"],
        "url": web_address(row["url"]),
        "latitude": located[0]["latitude"] if located else None,
        "longitude": located[0]["longitude"] if located else None,
        "search": searchable(words),
        "hash": record_hash(record),
        "record": record,
    }


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    """One claimant's version: who, how firmly, when and where, and the slots in which versions may differ."""
    moments = {name: instant(datetime.datetime.fromisoformat(claim[name])) for name in CLAIM_MOMENTS}
    shared = {name: moments.get(name, claim[name]) for name in CLAIM_FIELDS}
    return shared | {"slots": {name: value for name, value in claim.items() if name not in CLAIM_FIELDS}}


def tags_of(slots: Mapping[str, Any]) -> list[str]:
    """`slot:value` for every slot that holds words or a list of words: what `slot=` filters by."""
    tags = []
    for name, value in slots.items():
        tags += [
            f"{name}:{each}"
            for each in (value if isinstance(value, list) else [value])
            if isinstance(each, str)
        ]
    return tags


def _statement(row: Mapping[str, Any]) -> dict[str, Any]:
    """The statement that gives a fact its value: whose, in which article, in which words."""
    return {
        "event_id": row["best_event"],
        "claimed_by": row["claimed_by"],
        "confidence": row["confidence"],
        "article": article_reference(row),
        "evidence": row["evidence"] or [],
    }


def article_reference(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a statement says of its article."""
    return {
        "article_id": row["article_id"],
        "source": row["source"],
        "title": row["title"],
        "url": web_address(row["url"]),
        "published": instant(row["published"]),
    }


def event_row(row: Mapping[str, Any], locations: Locations) -> dict[str, Any]:
    """A row of `feed.event`: the record, and beside it what readers filter by."""
    slots = json.loads(row["payload"])
    sides, places = sides_of(row["kind"], slots), places_of(row["kind"], slots)
    located = _located(places, countries_of(slots), locations)
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
        "locations": located,
        "evidence": evidence,
        "found_by": row["found_by"],
        "confidence": row["confidence"],
        "extractor_version": row["extractor_version"],
    }
    words = (row["title"], *(span["text"] for span in evidence), row["claimed_by"], *places, *_texts(slots))
    columns = ("event_id", "kind", "fact_id", "article_id", "source", "published", "claimed_by", "modality")
    return {
        **{name: row[name] for name in columns},
        "when_start": row["when_start"],
        "when_end": row["when_end"],
        "when_precision": row["when_precision"],
        "tags": tags_of(slots),
        "confidence": row["confidence"],
        "sides": sides,
        "places": places,
        "evidence": " … ".join(span["text"] for span in evidence),
        "title": row["title"],
        "url": web_address(row["url"]),
        "latitude": located[0]["latitude"] if located else None,
        "longitude": located[0]["longitude"] if located else None,
        "search": searchable(words),
        "record": as_record(record),
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
        "correction": row["correction"],
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
        "fact_ids": sorted({each["fact_id"] for each in subjects if each["fact_id"]}),
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


def _located(places: Sequence[str], countries: tuple[str, ...], locations: Locations) -> list[dict[str, Any]]:
    return [
        {"place": place, **asdict(locations[place, countries])}
        for place in places
        if (place, countries) in locations
    ]


def _texts(value: Any) -> list[str]:
    """All words in the slots, whatever the slot."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [words for each in inner for words in _texts(each)]
