"""What a fact's members say together: status, best value, interval, and each claimant's own version."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from schemas import Period
from warehouse.facts.kinds import LIKENESS, measures_of
from warehouse.facts.statement import Range, Statement, overlap
from warehouse.facts.timeline import Membership, Version

Status = Literal["single", "corroborated", "revised", "contested"]
# How closely a qualifier holds a number down; smaller is better.
LOOSENESS = {
    "exact": 0,
    "range": 1,
    "about": 2,
    "nearly": 2,
    "up_to": 3,
    "less_than": 3,
    "at_least": 3,
    "more_than": 3,
}
WORDS_ONLY = 4


@dataclass(frozen=True)
class Summary:
    """One version of a fact as the warehouse keeps it. `value`, `low` and `high` are of the first measure."""

    status: Status
    articles: int
    origins: int
    first_reported: datetime.datetime
    last_reported: datetime.datetime
    when: Period | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    slots: dict[str, Any]
    claims: list[dict[str, Any]]
    best_event: str


def summarise(version: Version) -> Summary:
    """The summary of one version of a fact; the same members give the same bytes."""
    statements = [member.statement for member in version.members]
    latest = _latest_by_claimant(statements)
    backing = _backing(statements)
    best = max(latest, key=lambda each: _weight(each, backing))
    hull = _hull(latest)
    measure = next(iter(LIKENESS[best.kind].measures), None)
    told = measures_of(best).get(measure or "")
    return Summary(
        status=_status(statements, latest),
        articles=len({each.article_id for each in statements}),
        origins=len({each.origin for each in statements}),
        first_reported=statements[0].said_from,
        last_reported=statements[-1].said_from,
        when=_when(statements),
        value=told.best if told else None,
        low=hull.low if hull else None,
        high=hull.high if hull else None,
        unit=(best.slots.get(measure) or {}).get("currency") if measure else None,
        slots=_slots(best, statements),
        claims=_claims(latest, statements),
        best_event=best.event_id,
    )


def _who(statement: Statement) -> str:
    """Whose claim a statement is: the claimant's, else the article's own."""
    return statement.claimant or f"article {statement.origin}"


def _latest_by_claimant(statements: Sequence[Statement]) -> list[Statement]:
    """What each claimant said last, in the order in which they first spoke."""
    latest: dict[str, Statement] = {}
    for statement in statements:
        latest[_who(statement)] = statement
    return list(latest.values())


# What can be contradicted in a statement: its numbers by slot, and whom it blames.
Content = tuple[tuple[tuple[str, Range], ...], Any]


def _content(statement: Statement) -> Content:
    attributed = LIKENESS[statement.kind].attributed
    return tuple(measures_of(statement).items()), statement.slots[attributed] if attributed else None


def _agree(first: Content, second: Content) -> bool:
    """Whether no number and no attribution of two statements excludes the other's."""
    ours, theirs = dict(first[0]), dict(second[0])
    if any(not overlap(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()):
        return False
    return first[1] is None or second[1] is None or first[1] == second[1]


def _backing(statements: Sequence[Statement]) -> dict[Content, int]:
    """For each content that was stated, how many independent origins agree with it."""
    origins: dict[Content, set[str]] = {}
    for statement in statements:
        origins.setdefault(_content(statement), set()).add(statement.origin)
    return {
        content: len(set().union(*(each for other, each in origins.items() if _agree(content, other))))
        for content in origins
    }


def _weight(statement: Statement, backing: Mapping[Content, int]) -> tuple[Any, ...]:
    """How much a claimant's version counts: whether it gives a number, how many origins back it, how exact, how new."""
    content = _content(statement)
    asserted = statement.modality == "asserted"
    loose = -_looseness(statement)
    return asserted, bool(content[0]), backing[content], loose, statement.said_from, statement.event_id


def _looseness(statement: Statement) -> int:
    measures = LIKENESS[statement.kind].measures
    quantities = [statement.slots[name] for name in measures if statement.slots.get(name)]
    return min((LOOSENESS.get(each["qualifier"], WORDS_ONLY) for each in quantities), default=WORDS_ONLY)


def _status(statements: Sequence[Statement], latest: Sequence[Statement]) -> Status:
    denied = {each.modality == "denied" for each in latest}
    now = set(map(_content, latest))
    if len(denied) > 1 or any(not _agree(a, b) for a in now for b in now):
        return "contested"
    said: dict[str, set[Content]] = {}
    for statement in statements:
        said.setdefault(_who(statement), set()).add(_content(statement))
    if any(not _agree(a, b) for contents in said.values() for a in contents for b in contents):
        return "revised"
    return "corroborated" if len({each.origin for each in statements}) > 1 else "single"


def _hull(latest: Sequence[Statement]) -> Range | None:
    """From the lowest to the highest that any claimant leaves possible, by the first measure."""
    measure = next(iter(LIKENESS[latest[0].kind].measures), None)
    found = [told[measure] for told in map(measures_of, latest) if measure and measure in told]
    if not found:
        return None
    lows, highs = [each.low for each in found], [each.high for each in found]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Range(low, None, high)


def _when(statements: Sequence[Statement]) -> Period | None:
    """The window that most statements give, the narrowest of equals, the earliest said of those."""
    given: Counter[tuple[datetime.date, datetime.date, str]] = Counter()
    periods: dict[tuple[datetime.date, datetime.date, str], Period] = {}
    for period in (each.when for each in statements if each.when):
        key = period.start, period.end, period.precision
        given[key] += 1
        periods.setdefault(key, period)
    if not given:
        return None
    # max takes the first of equals, and the first was said earliest
    return periods[max(given, key=lambda key: (given[key], key[0] - key[1]))]


def _slots(best: Statement, statements: Sequence[Statement]) -> dict[str, Any]:
    """The slots of the best statement; what it leaves open, as the latest statement that fills it."""
    slots = dict(best.slots)
    for statement in statements:
        for name, value in statement.slots.items():
            if slots.get(name) in (None, [], "unknown", "unspecified") and value not in (None, []):
                slots[name] = value
    progress = LIKENESS[best.kind].progress
    if progress:
        slots[progress] = max(statements, key=lambda each: (each.said_from, each.event_id)).slots[progress]
    return slots


def _claims(latest: Sequence[Statement], statements: Sequence[Statement]) -> list[dict[str, Any]]:
    """Each claimant's own version: what was said last, when first and last, in how many articles."""
    kind = LIKENESS[latest[0].kind]
    names = (*kind.measures, *(name for name in (kind.progress, kind.attributed) if name))
    first: dict[str, datetime.datetime] = {}
    articles: dict[str, set[str]] = {}
    for statement in statements:
        who = _who(statement)
        first.setdefault(who, statement.said_from)
        articles.setdefault(who, set()).add(statement.article_id)
    return [
        {
            "claimant": each.claimant,
            "side": each.claimant_side,
            "modality": each.modality,
            "first_said": first[_who(each)].isoformat(),
            "last_said": each.said_from.isoformat(),
            "articles": len(articles[_who(each)]),
            "event_id": each.event_id,
            "article_id": each.article_id,
            **{name: each.slots.get(name) for name in names},
        }
        for each in latest
    ]


def as_json(value: Any) -> str:
    """JSON with sorted keys: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


__all__ = ["Membership", "Status", "Summary", "as_json", "summarise"]
