"""Names for offices: who 塔吉克斯坦总统 or 中塔两国元首 is, where the article names one holder of the office."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors.kinds.meeting_merging import Telling, same_office
from extractors.layers.context import Context
from extractors.reading.mention import Person
from schemas import Participant

# Offices that one person of a side holds at a time.
SINGLE = re.compile(
    "(?:元首|总统|总理|首相|主席|国王|外长|外相|外交部长|防长|国防部长|财长|国务卿|秘书长|议长|王储|领袖)$"
)
NOT_SINGLE = re.compile("副|前|时任")
HEAD_OF_STATE = re.compile("国家主席|^主席|总统|国王|元首|埃米尔|苏丹|总书记")
Holders = Mapping[str, Mapping[str, str]]


def holders_of(context: Context) -> Holders:
    """By side: the names that the article gives people of it, with their offices."""
    found: dict[str, dict[str, str]] = {}
    for sentence in context.reading.sentences:
        for mention in sentence.mentions:
            value = mention.value
            if isinstance(value, Person) and value.name and value.side and value.role:
                found.setdefault(value.side, {}).setdefault(value.name, value.role)
    return found


def with_names(telling: Telling, holders: Holders) -> Telling:
    """The telling with the names of those whom it calls by their office alone."""
    people = tuple(_named(person, holders) for person in telling.people)
    return telling if people == telling.people else replace(telling, people=people)


def _named(person: Participant, holders: Holders) -> Participant:
    if person.name or not person.role or not person.side or NOT_SINGLE.search(person.role):
        return person
    if not SINGLE.search(person.role) or person.side not in holders:
        return person
    names = {
        name
        for name, role in holders[person.side].items()
        if not NOT_SINGLE.search(role) and _holds(role, person.role)
    }
    longest = max(names, key=len, default=None)
    if longest is None or not all(longest.endswith(name) for name in names):
        return person
    return Participant(name=longest, role=person.role, side=person.side)


def _holds(role: str, office: str) -> bool:
    """Whether somebody of a role holds an office: 国家主席 is 元首."""
    if office.endswith("元首"):
        return HEAD_OF_STATE.search(role) is not None
    return SINGLE.search(role) is not None and same_office(role, office)
