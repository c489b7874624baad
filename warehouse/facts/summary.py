"""What a fact's members say together: status, best value, interval, and each claimant's own version."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from schemas import Period
from warehouse.facts.kinds import LIKENESS, measures_of
from warehouse.facts.statement import Key, Range, Statement, overlap

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
VAGUE = ("unknown", "unspecified")
# What can be contradicted in a statement: its numbers by slot, and whom it blames.
Content = tuple[tuple[tuple[str, Range], ...], Any]
Window = tuple[datetime.date, datetime.date, str]


@dataclass(frozen=True, slots=True)
class Summary:
    """One version of a fact as the warehouse keeps it. `value`, `low` and `high` are of the first measure.

    `slots` and `claims` are JSON with sorted keys: the same members give the same bytes.
    """

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
    slots: str
    claims: str
    best_event: str


@dataclass(slots=True)
class Voice:
    """What one claimant has said: first when, last what, in which articles; `claim` is the row of it in JSON."""

    since: datetime.datetime
    latest: Statement
    contents: set[Content]
    articles: set[str]
    claim: str | None = None


class Account:
    """The members of a fact, and what they come to: kept up as they join, so that a long fact costs no more a day."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self.members: list[Statement] = []
        self._voices: dict[str, Voice] = {}
        self._origins: dict[Content, set[str]] = {}
        self._backers: dict[Content, set[str]] = {}
        self._all_origins: set[str] = set()
        self._articles: set[str] = set()
        self._given: Counter[Window] = Counter()
        self._windows: dict[Window, Period] = {}
        self._filled: dict[str, Any] = {}
        self._vague: dict[str, Any] = {}
        self._newest: Statement | None = None
        self._revised = False

    def leave(self, keys: Collection[Key]) -> None:
        """These members are no longer said."""
        if keys:
            rest = [member for member in self.members if member.key not in keys]
            self._begin()
            for member in rest:
                self.join(member)

    def join(self, statement: Statement) -> None:
        """A statement that is said after all members."""
        self.members.append(statement)
        self._hear(statement)
        self._all_origins.add(statement.origin)
        self._articles.add(statement.article_id)
        if statement.when:
            window = statement.when.start, statement.when.end, statement.when.precision
            self._given[window] += 1
            self._windows.setdefault(window, statement.when)
        for name, value in statement.slots.items():
            if value in VAGUE:
                self._vague[name] = value
            elif value is not None and value != []:
                self._filled.setdefault(name, value)
        if self._newest is None or _newness(statement) > _newness(self._newest):
            self._newest = statement

    def _hear(self, statement: Statement) -> None:
        """Note who says what, and who agrees with it."""
        content, who = _content(statement), _who(statement)
        voice = self._voices.setdefault(who, Voice(statement.said_from, statement, set(), set()))
        voice.latest, voice.claim = statement, None
        voice.articles.add(statement.article_id)
        if content not in voice.contents:
            self._revised = self._revised or not all(_agree(content, other) for other in voice.contents)
            voice.contents.add(content)
        if content not in self._origins:
            self._origins[content] = set()
            agreeing = (origins for other, origins in self._origins.items() if _agree(content, other))
            self._backers[content] = set().union(*agreeing)
        self._origins[content].add(statement.origin)
        for other, backers in self._backers.items():
            if statement.origin not in backers and _agree(content, other):
                backers.add(statement.origin)

    def summary(self) -> Summary:
        """What the members come to; there must be one."""
        latest = [voice.latest for voice in self._voices.values()]
        best = max(latest, key=self._weight)
        hull = _hull(latest)
        measure = next(iter(LIKENESS[best.kind].measures), None)
        told = measures_of(best).get(measure or "")
        return Summary(
            status=self._status(latest),
            articles=len(self._articles),
            origins=len(self._all_origins),
            first_reported=self.members[0].said_from,
            last_reported=self.members[-1].said_from,
            when=self._when(),
            value=told.best if told else None,
            low=hull.low if hull else None,
            high=hull.high if hull else None,
            unit=(best.slots.get(measure) or {}).get("currency") if measure else None,
            slots=as_json(self._slots(best)),
            claims=f"[{', '.join(map(_claim, self._voices.values()))}]",
            best_event=best.event_id,
        )

    def _weight(self, statement: Statement) -> tuple[Any, ...]:
        """How much a claimant's version counts: whether it gives a number, how many origins back it, how exact, how new."""
        content = _content(statement)
        asserted = statement.modality == "asserted"
        loose = -_looseness(statement)
        return (
            asserted,
            bool(content[0]),
            len(self._backers[content]),
            loose,
            statement.said_from,
            statement.event_id,
        )

    def _status(self, latest: Iterable[Statement]) -> Status:
        denied = {each.modality == "denied" for each in latest}
        now = list(set(map(_content, latest)))
        if len(denied) > 1 or any(not _agree(a, b) for i, a in enumerate(now) for b in now[:i]):
            return "contested"
        if self._revised:
            return "revised"
        return "corroborated" if len(self._all_origins) > 1 else "single"

    def _when(self) -> Period | None:
        """The window that most statements give, the narrowest of equals, the earliest said of those."""
        if not self._given:
            return None
        # max takes the first of equals, and the first was said earliest
        return self._windows[max(self._given, key=lambda key: (self._given[key], key[0] - key[1]))]

    def _slots(self, best: Statement) -> dict[str, Any]:
        """The slots of the best statement; what it leaves open, as the first statement that fills it."""
        slots = dict(best.slots)
        for name, value in (self._vague | self._filled).items():
            if slots.get(name) in (None, [], *VAGUE):
                slots[name] = value
        progress = LIKENESS[best.kind].progress
        if progress and self._newest:
            slots[progress] = self._newest.slots[progress]
        return slots


def _newness(statement: Statement) -> tuple[datetime.datetime, str]:
    return statement.said_from, statement.event_id


def _who(statement: Statement) -> str:
    """Whose claim a statement is: the claimant's, else the article's own."""
    return statement.claimant or f"article {statement.origin}"


def _content(statement: Statement) -> Content:
    attributed = LIKENESS[statement.kind].attributed
    return tuple(measures_of(statement).items()), statement.slots[attributed] if attributed else None


def _agree(first: Content, second: Content) -> bool:
    """Whether no number and no attribution of two statements excludes the other's."""
    if first == second:
        return True
    ours, theirs = dict(first[0]), dict(second[0])
    if any(not overlap(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()):
        return False
    return first[1] is None or second[1] is None or first[1] == second[1]


def _looseness(statement: Statement) -> int:
    measures = LIKENESS[statement.kind].measures
    quantities = [statement.slots[name] for name in measures if statement.slots.get(name)]
    return min((LOOSENESS.get(each["qualifier"], WORDS_ONLY) for each in quantities), default=WORDS_ONLY)


def _hull(latest: Iterable[Statement]) -> Range | None:
    """From the lowest to the highest that any claimant leaves possible, by the first measure."""
    found = []
    for statement in latest:
        measure = next(iter(LIKENESS[statement.kind].measures), None)
        if measure and measure in statement.ranges:
            found.append(statement.ranges[measure])
    if not found:
        return None
    lows, highs = [each.low for each in found], [each.high for each in found]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = None if None in highs else max(high for high in highs if high is not None)
    return Range(low, None, high)


def _claim(voice: Voice) -> str:
    """A claimant's own version in JSON: what was said last, when first and last, in how many articles."""
    if voice.claim is None:
        each = voice.latest
        kind = LIKENESS[each.kind]
        names = (*kind.measures, *(name for name in (kind.progress, kind.attributed) if name))
        voice.claim = as_json(
            {
                "claimant": each.claimant,
                "side": each.claimant_side,
                "modality": each.modality,
                "first_said": voice.since.isoformat(),
                "last_said": each.said_from.isoformat(),
                "articles": len(voice.articles),
                "event_id": each.event_id,
                "article_id": each.article_id,
                **{name: each.slots.get(name) for name in names},
            }
        )
    return voice.claim


def as_json(value: Any) -> str:
    """JSON with sorted keys: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


__all__ = ["Account", "Status", "Summary", "as_json"]
