"""Articles, events and issues as Arrow tables for loading."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from pydantic import BaseModel

from schemas import ENVELOPE, KINDS, Article, Ask, EventBase, Issue, Span
from warehouse.errors import LoadRefused
from warehouse.slots import slot_names

LARGEST_INTEGER = 2**63 - 1  # of a BIGINT column
NOT_SLOTS = {*ENVELOPE, "kind"}
UTC_TIME = pa.timestamp("us", tz="UTC")
SPAN = pa.struct(
    [("part", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())],
)
ARTICLE_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("published", UTC_TIME),
        ("utc_offset_minutes", pa.int16()),
        ("byline", pa.string()),
        ("language", pa.string()),
        ("script", pa.string()),
        ("text", pa.large_string()),
        ("captions", pa.list_(pa.string())),
        ("content_hash", pa.string()),
    ]
)
EVENT_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("kind", pa.string()),
        ("article_id", pa.string()),
        ("claimed_by", pa.string()),
        ("claimant_side", pa.string()),
        ("claimant_span", SPAN),
        ("modality", pa.string()),
        ("when_start", pa.date32()),
        ("when_end", pa.date32()),
        ("when_precision", pa.string()),
        ("found_by", pa.string()),
        ("confidence", pa.float64()),
        ("extractor_version", pa.string()),
        ("payload", pa.large_string()),
        ("content_hash", pa.string()),
    ]
)
EVIDENCE_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("ordinal", pa.int32()),
        ("part", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.large_string()),
    ]
)
ISSUE_SCHEMA = pa.schema(
    [
        ("path", pa.string()),
        ("line", pa.int64()),
        ("code", pa.string()),
        ("reason", pa.string()),
        ("article_id", pa.string()),
    ]
)
ASK_SCHEMA = pa.schema(
    [
        (
            name,
            {"asked": UTC_TIME, "not_before": UTC_TIME, "status": pa.int32(), "failures": pa.int32()}.get(
                name, pa.string()
            ),
        )
        for name in Ask.model_fields
    ]
)
IDENTITY_SCHEMA = pa.schema([("id", pa.string()), ("content_hash", pa.string())])


def article_table(articles: Sequence[Article]) -> pa.Table:
    """The articles as an Arrow table of `ARTICLE_SCHEMA`."""
    rows = [
        {
            "id": article.id,
            "source": article.source,
            "url": article.url,
            "title": article.title,
            "published": article.published_utc,
            "utc_offset_minutes": article.utc_offset_minutes,
            "byline": article.byline,
            "language": article.language,
            "script": article.script,
            "text": article.text,
            "captions": list(article.captions),
            "content_hash": article.content_hash,
        }
        for article in articles
    ]
    return pa.Table.from_pylist(rows, ARTICLE_SCHEMA)


def identity_table(articles: Sequence[Article]) -> pa.Table:
    """Ids and content hashes alone, as an Arrow table of `IDENTITY_SCHEMA`."""
    rows = [{"id": article.id, "content_hash": article.content_hash} for article in articles]
    return pa.Table.from_pylist(rows, IDENTITY_SCHEMA)


def issue_table(issues: Sequence[Issue]) -> pa.Table:
    """Issues as rows."""
    return pa.Table.from_pylist([issue.model_dump() for issue in issues], ISSUE_SCHEMA)


def event_tables(events: Sequence[EventBase]) -> tuple[pa.Table, pa.Table]:
    """The events and their evidence as Arrow tables of `EVENT_SCHEMA` and `EVIDENCE_SCHEMA`.

    Raises LoadRefused for an event of an unknown kind and for numbers that no column holds.
    """
    event_rows: list[dict[str, Any]] = []
    evidence_rows: list[dict[str, Any]] = []
    for event in events:
        event_rows.append(_event_row(event))
        evidence_rows.extend(
            {"event_id": event.id, "ordinal": ordinal, **_span_row(span)}
            for ordinal, span in enumerate(event.evidence, start=1)
        )
    return (
        pa.Table.from_pylist(event_rows, EVENT_SCHEMA),
        pa.Table.from_pylist(evidence_rows, EVIDENCE_SCHEMA),
    )


def event_hash(event: EventBase) -> str:
    """SHA-256 over everything the event says but the extractor version that read it.

    Null fields are left out, so that an optional slot which a later version adds changes no hash.
    """
    said = event.model_dump_json(exclude={"extractor_version"}, exclude_none=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _event_row(event: EventBase) -> dict[str, Any]:
    kind = getattr(event, "kind", None)
    if KINDS.get(str(kind)) is not type(event):
        raise LoadRefused(
            f"event {event.id}: {type(event).__name__} is not in schemas.KINDS; add the kind there"
        )
    for slot in slot_names(type(event)):
        _check_numbers(getattr(event, slot), f"event {event.id}, {slot}")
    claimant, when = event.claimed_by, event.when
    return {
        "id": event.id,
        "kind": kind,
        "article_id": event.article_id,
        "claimed_by": claimant and claimant.name,
        "claimant_side": claimant and claimant.side,
        "claimant_span": _span_row(claimant.span) if claimant and claimant.span else None,
        "modality": event.modality,
        "when_start": when and when.start,
        "when_end": when and when.end,
        "when_precision": when and when.precision,
        "found_by": event.found_by,
        "confidence": event.confidence,
        "extractor_version": event.extractor_version,
        "payload": event.model_dump_json(exclude=NOT_SLOTS),
        "content_hash": event_hash(event),
    }


def _span_row(span: Span) -> dict[str, Any]:
    return {"part": span.part, "start": span.start, "end": span.end, "text": span.text}


def _check_numbers(value: Any, where: str) -> None:
    """Refuse numbers that JSON or the columns of the views would turn into NULL."""
    if isinstance(value, BaseModel):
        for name, item in value.__dict__.items():
            _check_numbers(item, f"{where}.{name}")
    elif isinstance(value, tuple | list):
        for item in value:
            _check_numbers(item, where)
    elif isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise LoadRefused(
            f"{where}: the number {value} is beyond 64 bits; no news counts that far, check the rule"
        )
    elif isinstance(value, float) and not math.isfinite(value):
        raise LoadRefused(f"{where}: {value} is not a finite number; check the rule")
