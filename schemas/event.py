"""The envelope every event shares: which article says so, in which words, on whose authority."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from schemas.article import ID_LENGTH, digest
from schemas.values import Claimant, Modality, Period, Span, Value


def event_id(article_id: str, kind: str, anchor: Span, ordinal: int) -> str:
    """A stable id: the article, the kind, where the evidence stands, and the rank among events at that place."""
    return digest(article_id, kind, anchor.part, str(anchor.start), str(anchor.end), str(ordinal))[:ID_LENGTH]


class EventBase(Value):
    """What one article states.

    `evidence` are verbatim spans of title or text, the first one the clause that states the fact; `when` the local
    dates the fact refers to; `found_by` the rule or model that found it, `extractor_version` the version it ran in.
    `confidence` is the probability that a careful reader would write the same record down, measured on annotated
    articles and kept to two decimals; `None` where nothing was measured.
    """

    id: Annotated[str, StringConstraints(min_length=1)]
    article_id: Annotated[str, StringConstraints(min_length=1)]
    evidence: Annotated[tuple[Span, ...], Field(min_length=1)]
    claimed_by: Claimant | None = None
    modality: Modality = "asserted"
    when: Period | None = None
    found_by: Annotated[str, StringConstraints(min_length=1)]
    confidence: Annotated[float, Field(ge=0, le=1)] | None = None
    extractor_version: Annotated[str, StringConstraints(min_length=1)]


ENVELOPE = tuple(EventBase.model_fields)


def to_record(event: EventBase) -> dict[str, Any]:
    """The event as one RECORDS line: plain codes, the claimant's name, evidence with offsets, `article_id`."""
    data = event.model_dump(mode="json", exclude_none=False)
    record: dict[str, Any] = {"article_id": event.article_id, "event_id": event.id, "kind": data["kind"]}
    record["evidence"] = data["evidence"]
    record["claimed_by"] = event.claimed_by.name if event.claimed_by else None
    record["modality"], record["when"] = data["modality"], data["when"]
    for slot, value in data.items():
        if slot not in ENVELOPE and slot != "kind":
            record[slot] = (
                _without_nulls(value) if slot in ("count", "amount", "killed", "injured") else value
            )
    if record.get("comparison"):
        record["comparison"]["difference"] = _without_nulls(record["comparison"]["difference"])
    for slot in ("comparison", "record_high"):  # optional slots: present only where the text says so
        if slot in record and not record[slot]:
            del record[slot]
    record["found_by"], record["confidence"] = event.found_by, event.confidence
    record["extractor_version"] = event.extractor_version
    return record


def _without_nulls(number: dict[str, Any] | None) -> dict[str, Any] | None:
    """`high` is written for ranges only; `value` always, as null for number words."""
    if number is None:
        return None
    return {key: value for key, value in number.items() if key != "high" or value is not None}
