"""A block's statements played through in the order in which they were said: which facts there were at every moment.

The order of saying decides, never the order of loading, so that any order of loading gives the same facts; and what
was believed at a past moment is what the play had come to by then. A statement joins the fact to which its strongest
bond leads, else opens one; it leaves when its article no longer says so, and the others stay where they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from warehouse.facts.kinds import LIKENESS
from warehouse.facts.statement import Moment, Statement

FOUNDED = "first of its fact"
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Membership:
    """That a statement belongs to a fact, and why: its bond to an earlier statement (`tied_to`: an event id)."""

    fact_id: str
    statement: Statement
    reason: str
    tied_to: str | None


@dataclass
class Fact:
    """The members of one fact at the moment the play has come to, in order of saying."""

    id: str
    members: list[Membership] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Version:
    """What a fact was made of from `said_from` until `said_until` (`None`: it still is)."""

    fact_id: str
    members: tuple[Membership, ...]
    said_from: Moment
    said_until: Moment | None


def fact_id(founder: Statement) -> str:
    """The id of the fact that a statement opens: the same whatever joins it later."""
    return hashlib.sha256(f"fact {founder.kind} {founder.event_id}".encode()).hexdigest()[:ID_LENGTH]


def play(statements: Iterable[Statement]) -> Iterator[Version]:
    """All versions of all facts of a block, in the order in which they end, the current ones last."""
    block = _Block()
    for moment, steps in groupby(sorted(_steps(statements), key=_order), key=lambda step: step[0]):
        yield from block.advance(moment, [(comes, statement) for _, comes, statement in steps])
    yield from block.current()


Step = tuple[Moment, bool, Statement]


def _steps(statements: Iterable[Statement]) -> Iterator[Step]:
    """When each statement comes and goes; one withdrawn in the moment of its saying never was."""
    for statement in statements:
        until = statement.said_until
        if until is None or until > statement.said_from:
            yield statement.said_from, True, statement
            if until is not None:
                yield until, False, statement


def _order(step: Step) -> tuple[Moment, bool, str, str, int]:
    """By time; who leaves first; then by names, which are the same on every machine."""
    moment, comes, statement = step
    return moment, comes, statement.article_id, statement.event_id, statement.event_version


class _Block:
    """The facts of a block at one moment, their members found by shelf."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}
        self._fact_of: dict[tuple[str, int], str] = {}
        self._shelves: dict[Hashable, dict[tuple[str, int], Statement]] = {}
        self._since: dict[str, Moment] = {}

    def advance(self, moment: Moment, steps: list[tuple[bool, Statement]]) -> Iterator[Version]:
        """Take the steps of one moment; the versions that end with it."""
        before: dict[str, tuple[Membership, ...]] = {}
        for comes, statement in steps:
            touched = self._join(statement, before) if comes else self._leave(statement, before)
            self._since.setdefault(touched, moment)
        for name, members in before.items():
            fact = self._facts.get(name)
            now = tuple(fact.members) if fact else ()
            if members and members != now:
                if self._since[name] < moment:
                    yield Version(name, members, self._since[name], moment)
                self._since[name] = moment
            if not now:
                self._facts.pop(name, None)
                self._since.pop(name, None)

    def current(self) -> Iterator[Version]:
        """The versions that have not ended."""
        for name, fact in self._facts.items():
            yield Version(name, tuple(fact.members), self._since[name], None)

    def _join(self, statement: Statement, before: dict[str, tuple[Membership, ...]]) -> str:
        tie, reason = self._strongest(statement)
        name = self._fact_of[tie.key] if tie else self._new_id(statement)
        fact = self._facts.setdefault(name, Fact(name))
        before.setdefault(name, tuple(fact.members))
        fact.members.append(Membership(name, statement, reason, tie.event_id if tie else None))
        self._fact_of[statement.key] = name
        for shelf in LIKENESS[statement.kind].shelves(statement):
            self._shelves.setdefault(shelf, {})[statement.key] = statement
        return name

    def _leave(self, statement: Statement, before: dict[str, tuple[Membership, ...]]) -> str:
        name = self._fact_of.pop(statement.key)
        fact = self._facts[name]
        before.setdefault(name, tuple(fact.members))
        fact.members = [member for member in fact.members if member.statement.key != statement.key]
        for shelf in LIKENESS[statement.kind].shelves(statement):
            self._shelves[shelf].pop(statement.key, None)
        return name

    def _new_id(self, founder: Statement) -> str:
        """The founder's id, unless it founded the same fact in another version and others keep it alive."""
        name = fact_id(founder)
        alive = name in self._facts and self._facts[name].members
        return fact_id_of_version(founder) if alive else name

    def _strongest(self, statement: Statement) -> tuple[Statement | None, str]:
        """The statement it belongs with most, the earliest of equals, and why."""
        likeness = LIKENESS[statement.kind]
        best: tuple[float, Statement | None, str] = (0.0, None, FOUNDED)
        met: set[tuple[str, int]] = set()
        for shelf in likeness.sought(statement):
            for key, other in self._shelves.get(shelf, {}).items():
                if key in met:
                    continue
                met.add(key)
                bond = likeness.bond(other, statement)
                if bond and (
                    bond[0] > best[0] or (best[1] and bond[0] == best[0] and _earlier(other, best[1]))
                ):
                    best = (bond[0], other, bond[1])
        return best[1], best[2]


def fact_id_of_version(founder: Statement) -> str:
    """The id of a fact opened by a later version of an event whose first fact lives on without it."""
    words = f"fact {founder.kind} {founder.event_id} {founder.event_version}"
    return hashlib.sha256(words.encode()).hexdigest()[:ID_LENGTH]


def _earlier(first: Statement, second: Statement) -> bool:
    return (first.said_from, first.article_id, first.event_id) < (
        second.said_from,
        second.article_id,
        second.event_id,
    )
