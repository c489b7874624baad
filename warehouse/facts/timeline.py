"""Facts over time: who belongs to which fact, and what each fact was made of at every moment.

The order of saying decides, never the order of loading, so that any order of loading gives the same facts; and what
was believed at a past moment is what had been said by then. A statement joins the fact of the statement to which it is
tied, else opens one; it leaves when its article no longer says so, and the others stay where they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from warehouse.facts.statement import Key, Moment, Statement
from warehouse.facts.summary import Account, Summary
from warehouse.facts.ties import Tie

ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Membership:
    """That a statement belongs to a fact, and why."""

    fact_id: str
    statement: Statement
    tie: Tie


@dataclass(frozen=True, slots=True)
class Version:
    """What a fact was from `said_from` until `said_until` (`None`: it still is)."""

    fact_id: str
    kind: str
    said_from: Moment
    said_until: Moment | None
    summary: Summary


def fact_id(founder: Statement) -> str:
    """The id of the fact that a statement opens: the same whatever joins it later."""
    return _digest(founder.kind, founder.event_id)


def fact_id_of_version(founder: Statement) -> str:
    """The id of a fact opened by a later version of an event whose first fact lives on without it."""
    return _digest(founder.kind, founder.event_id, str(founder.event_version))


def _digest(*words: str) -> str:
    return hashlib.sha256(" ".join(("fact", *words)).encode()).hexdigest()[:ID_LENGTH]


def memberships(statements: Iterable[Statement], ties: Mapping[Key, Tie]) -> list[Membership]:
    """Who belongs to which fact, in the order of saying. Whoever a tie leads to must be among the statements."""
    fact_of: dict[Key, str] = {}
    last_end: dict[str, Moment | None] = {}
    found = []
    for statement in sorted(statements, key=lambda each: each.turn):
        tie = ties[statement.key]
        name = fact_of[tie.to] if tie.to else fact_id(statement)
        if tie.to is None and name in last_end and _goes_on(last_end[name], statement.said_from):
            # it founded the same fact in another version, and others keep that alive
            name = fact_id_of_version(statement)
        fact_of[statement.key] = name
        ends = last_end.setdefault(name, statement.said_until)
        last_end[name] = None if None in (ends, statement.said_until) else max(ends, statement.said_until)  # type: ignore[type-var]
        found.append(Membership(name, statement, tie))
    return found


def _goes_on(end: Moment | None, moment: Moment) -> bool:
    return end is None or end > moment


def versions(name: str, members: Sequence[Statement], since: Moment | None = None) -> Iterator[Version]:
    """The versions of one fact that do not end before `since`, in order of time. Members come in order of saying."""
    account = Account()
    moments = [(moment, list(steps)) for moment, steps in groupby(_steps(members), key=lambda step: step[0])]
    ends = [moment for moment, _ in moments[1:]]
    for (moment, steps), until in zip_longest(moments, ends):
        account.leave({statement.key for _, joins, statement in steps if not joins})
        for _, joins, statement in steps:
            if joins:
                account.join(statement)
        if account.members and (since is None or until is None or until >= since):
            yield Version(name, account.members[0].kind, moment, until, account.summary())


def _steps(members: Iterable[Statement]) -> list[tuple[Moment, bool, Statement]]:
    """When each member joins and leaves, in order of time; of one moment the joining ones in order of saying."""
    steps = [(member.said_from, True, member) for member in members]
    steps += [(member.said_until, False, member) for member in members if member.said_until is not None]
    return sorted(steps, key=lambda step: step[0])  # sorting keeps the order of what is equal
