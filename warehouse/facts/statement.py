"""An event as resolution sees it: what it states, who states it, and from when until when its article said so."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from schemas import Period, Quantity

# Times are in UTC. An article says something from its publication until a later version of it no longer does.
Moment = datetime.datetime
# What tells a statement from every other: event id and version.
Key = tuple[str, int]
# The columns that make a statement, in the order in which `statement_from_row` takes them.
COLUMNS = (
    "event_id",
    "event_version",
    "kind",
    "article_id",
    "origin_id",
    "said_from",
    "said_until",
    "claimed_by",
    "claimant_side",
    "modality",
    "when_start",
    "when_end",
    "when_precision",
    "confidence",
    "payload",
)


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
    def key(self) -> Key:
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

    @property
    def was_said(self) -> bool:
        """Whether there was a time in which it was said: one withdrawn in the moment of its saying never was."""
        return self.said_until is None or self.said_until > self.said_from

    @property
    def turn(self) -> tuple[Moment, str, str, int]:
        """Its place in the order of saying; of one moment by names, which are the same on every machine."""
        return self.said_from, self.article_id, self.event_id, self.event_version

    def is_said_at(self, moment: Moment) -> bool:
        """Whether an article still says so; what ends in a moment is no longer said in it."""
        return self.said_from <= moment and (self.said_until is None or self.said_until > moment)


def statement_from_row(row: Sequence[Any]) -> Statement:
    """The statement of a row of `COLUMNS`."""
    *ids, said_from, said_until, claimant, side, modality, start, end, precision, confidence, payload = row
    event_id, event_version, kind, article_id, origin = ids
    slots = json.loads(payload)
    return Statement(
        event_id,
        event_version,
        kind,
        article_id,
        origin,
        said_from,
        said_until,
        claimant,
        side,
        modality,
        None if start is None else _period(start, end, precision),
        confidence,
        slots,
        {
            name: range_of(value)
            for name, value in slots.items()
            if isinstance(value, dict) and "qualifier" in value
        },
    )


@lru_cache(maxsize=65_536)
def _period(start: datetime.date, end: datetime.date, precision: Any) -> Period:
    return Period(start=start, end=end, precision=precision)


def range_of(quantity: Mapping[str, Any]) -> Range:
    """What a number with its qualifier leaves possible."""
    return _range(quantity.get("value"), quantity.get("high"), quantity["qualifier"])


@lru_cache(maxsize=65_536)
def _range(value: float | None, high: float | None, qualifier: str) -> Range:
    fields = {"value": value, "high": high, "qualifier": qualifier}
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
