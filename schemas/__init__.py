"""What Shilu knows: typed articles, events and values. Imports nothing of the other rooms."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from schemas.article import Article, Script, canonical_url, digest
from schemas.ask import Ask, AskRole
from schemas.event import ENVELOPE, EventBase, event_id, to_record
from schemas.kinds import KINDS
from schemas.kinds.aid_announcement import AidAnnouncement
from schemas.kinds.attack_count import AttackCount
from schemas.kinds.meeting import Meeting
from schemas.kinds.strike import Strike
from schemas.run import Issue, IssueCode, Run
from schemas.values import (
    Claimant,
    Code,
    Comparison,
    Count,
    Interval,
    Money,
    Participant,
    Period,
    PlacePart,
    Quantity,
    Span,
    WeaponPart,
)

# One adapter for all kinds: the discriminated union derives from KINDS, so a new kind joins by its line there.
_any_kind: Any = Annotated[reduce(or_, KINDS.values()), Field(discriminator="kind")]
EVENT_ADAPTER: TypeAdapter[EventBase] = TypeAdapter(_any_kind)


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of an event of any kind."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Shilu event",
        **EVENT_ADAPTER.json_schema(),
    }


__all__ = [
    "ENVELOPE",
    "EVENT_ADAPTER",
    "KINDS",
    "AidAnnouncement",
    "Article",
    "Ask",
    "AskRole",
    "AttackCount",
    "Claimant",
    "Code",
    "Comparison",
    "Count",
    "EventBase",
    "Interval",
    "Issue",
    "IssueCode",
    "Meeting",
    "Money",
    "Participant",
    "Period",
    "PlacePart",
    "Quantity",
    "Run",
    "Script",
    "Span",
    "Strike",
    "WeaponPart",
    "canonical_url",
    "digest",
    "event_id",
    "json_schema",
    "to_record",
]
