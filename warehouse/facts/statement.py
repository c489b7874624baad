"""An event as resolution sees it: what it states, who states it, and from when until when its article said so."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from schemas import Period, Quantity

# Times are in UTC. An article says something from its publication until a later version of it no longer does.
Moment = datetime.datetime


class Range(NamedTuple):
    """What a number with its qualifier leaves possible, ends included; `None` is open. `best` is the one to plot."""

    low: float | None
    best: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One event of one version of an article.

    `said_from` and `said_until` bound the time in which the article said so (`None`: it still does). `origin` is
    the article that this one reprints, else itself. `slots` are those of the kind, as JSON holds them, `ranges` what
    the numbers in them leave possible.
    """

    event_id: str
    event_version: int
    kind: str
    article_id: str
    origin: str
    said_from: Moment
    said_until: Moment | None
    claimant: str | None
    claimant_side: str | None
    modality: str
    when: Period | None
    confidence: float | None
    slots: Mapping[str, Any]
    ranges: Mapping[str, Range]

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from every other statement."""
        return self.event_id, self.event_version

    @property
    def said_on(self) -> datetime.date:
        """The day on which it was first said, in UTC."""
        return self.said_from.date()

    @property
    def day(self) -> datetime.date:
        """The last day it speaks of, else the day of its saying."""
        return self.when.end if self.when else self.said_on


def statement_from_row(row: Mapping[str, Any]) -> Statement:
    """The statement of a row of the view `event_said`."""
    when = None
    if row["when_start"] is not None:
        when = Period(start=row["when_start"], end=row["when_end"], precision=row["when_precision"])
    slots = json.loads(row["payload"])
    return Statement(
        row["event_id"],
        row["event_version"],
        row["kind"],
        row["article_id"],
        row["origin_id"],
        row["said_from"],
        row["said_until"],
        row["claimed_by"],
        row["claimant_side"],
        row["modality"],
        when,
        row["confidence"],
        slots,
        {
            name: range_of(value)
            for name, value in slots.items()
            if isinstance(value, dict) and "qualifier" in value
        },
    )


def range_of(quantity: Mapping[str, Any]) -> Range:
    """What a number with its qualifier leaves possible."""
    fields = {name: quantity.get(name) for name in ("value", "high", "qualifier")}
    interval = Quantity.model_validate(fields).interval
    return Range(interval.low, interval.best, interval.high)


def overlap(first: Range, second: Range, tolerance: float = 0.0) -> bool:
    """Whether two ranges have a number in common, each widened by a share `tolerance` of itself."""
    return not (_above(first, second, tolerance) or _above(second, first, tolerance))


def _above(first: Range, second: Range, tolerance: float) -> bool:
    """Whether all of the first lies above all of the second."""
    if first.low is None or second.high is None:
        return False
    return first.low * (1 - tolerance) > second.high * (1 + tolerance)
