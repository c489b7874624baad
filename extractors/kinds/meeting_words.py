"""What the words of a sentence say of a meeting, as features: does it tell of one, and who of those named takes part?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from extractors.confidence.symbols import HOME, runs, runs_around, symbols_of
from extractors.kinds.aid_codes import is_medium
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, side_code

# A sentence without any of these tells of no meeting.
MEETING = re.compile(
    "会|谈|访|见|晤|通话|电话|磋商|协商|论坛|接待|迎接|欢迎|抵达|出席|参加|讨论|交流|对话|代表团|一道|联合"
)
VERB = re.compile("会见|会晤|会谈|通话|见面|访问|磋商|会议|峰会|接待|对话|论坛|欢迎|迎接")
OFFICE = re.compile(
    "总统|总理|外长|部长|大使|主席|首相|防长|发言人|秘书长|特使|议长|国王|书记|外相|大臣|领导人"
)
# Longer sentences are lists; who meets whom in them no sum of words tells.
LONGEST = 600
# Symbols between two parties, and behind them, that are looked at.
APART, SHORT, BEHIND = 14, 5, 6
MANY, STEP = 4, 4


@dataclass(frozen=True)
class Party:
    """A party that a sentence names, at an encoded position, with the code of its side where that is known."""

    at: int
    mention: Mention
    code: str | None


@dataclass(frozen=True)
class Statement:
    """A sentence that may tell of a meeting."""

    context: Context
    sentence: Sentence

    @cached_property
    def symbols(self) -> list[str]:
        """Its symbols, mentions put by their type."""
        return symbols_of(self.sentence)

    @cached_property
    def parties(self) -> list[Party]:
        """The parties it names, in text order."""
        return [
            Party(at, mention, side_code(mention))
            for at, mention in enumerate(self.sentence.encoded.mentions)
            if mention is not None and _is_party(mention)
        ]

    @cached_property
    def is_possible(self) -> bool:
        """Whether it names two sides and a word of meeting at all."""
        first, last = self.sentence.start, self.sentence.end
        return (
            last - first <= LONGEST
            and MEETING.search(self.context.reading.folded, first, last) is not None
            and len({party.code for party in self.parties} - {None}) > 1
        )


def _is_party(mention: Mention) -> bool:
    value = mention.value
    if isinstance(value, Place):
        return value.level == "country" and value.country is not None
    if mention.type not in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON):
        return False
    named = side_code(mention) is not None or isinstance(value, Person | Organisation)
    return named and not is_medium(mention)


def features_of_statement(statement: Statement) -> set[str]:
    """What tells whether a sentence states a meeting."""
    return set(_features(statement))


def _features(statement: Statement) -> Iterator[str]:
    sentence, symbols = statement.sentence, statement.symbols
    yield from runs_around(statement.context.reading, sentence)
    codes = {party.code for party in statement.parties} - {None}
    people = [party for party in statement.parties if party.mention.type is MentionType.PERSON]
    yield f"sides {min(MANY + 1, len(codes))}"
    yield "home" if HOME in codes else "abroad"
    yield f"people {min(MANY, len(people))}"
    yield f"sides of people {min(MANY, len({party.code for party in people} - {None}))}"
    yield "heading" if sentence.heading else "body"
    yield f"passage {min(MANY - 1, sentence.passage)}"
    yield f"number {min(MANY - 1, sentence.index)}"
    yield f"dates {min(2, sum(mention.type is MentionType.TIME for mention in sentence.mentions))}"
    for one, other in pairwise(statement.parties):
        if one.code != other.code and other.at - one.at <= APART:
            yield from _joined(symbols, one, other)


def _joined(symbols: Sequence[str], one: Party, other: Party) -> Iterator[str]:
    """What stands between two parties of different sides that are named one after the other, and behind them."""
    between, behind = symbols[one.at + 1 : other.at], symbols[other.at + 1 : other.at + 1 + BEHIND]
    kinds = f"{one.mention.type} {other.mention.type}"
    yield f"between {kinds}: {''.join(between) if len(between) <= SHORT else 'long'}"
    yield from runs("between", between, (1, 2))
    yield from runs("behind", behind, (2,))
    yield f"follows 2: {''.join(behind[:2])}"
    yield f"follows 3: {''.join(behind[:3])}"


def features_of_party(statement: Statement, party: Party) -> set[str]:
    """What tells whether a party takes part in the meeting that a sentence states."""
    return set(_features_of_party(statement, party))


def _features_of_party(statement: Statement, party: Party) -> Iterator[str]:
    symbols, parties = statement.symbols, statement.parties
    number, value, kind = parties.index(party), party.mention.value, party.mention.type
    yield f"type {kind}"
    if isinstance(value, Person):
        yield "named" if value.name else "office alone"
        office = OFFICE.search(value.role or "")
        yield f"office {office[0] if office else value.role}"
    yield "coded" if party.code else "without code"
    yield f"number {min(MANY, number)}"
    yield f"from the end {min(MANY, len(parties) - number - 1)}"
    left, right = symbols[max(0, party.at - MANY) : party.at], symbols[party.at + 1 : party.at + 1 + BEHIND]
    for size in (1, 2, 3):
        yield f"left {size}: {''.join(left[-size:])}"
        yield f"right {size}: {''.join(right[:size])}"
    yield from runs("left", left, (1,))
    yield from runs("right", right, (1,))
    yield f"{kind} left {''.join(left[-1:])}"
    yield f"{kind} right {''.join(right[:1])}"
    before = [other for other in parties[:number] if other.code != party.code]
    behind = [other for other in parties[number + 1 :] if other.code != party.code]
    if before:
        yield f"before: {_gap(symbols[before[-1].at + 1 : party.at])}"
    if behind:
        yield f"behind: {_gap(symbols[party.at + 1 : behind[0].at])}"
    yield from _from_verb(statement, party)


def _gap(between: Sequence[str]) -> str:
    return "".join(between) if len(between) <= SHORT else "long"


def _from_verb(statement: Statement, party: Party) -> Iterator[str]:
    """Where a party stands to the first word of meeting in the sentence."""
    verb = VERB.search(statement.sentence.encoded.text)
    if verb is not None:
        side = "before" if party.at < verb.start() else "behind"
        yield f"{side} the verb"
        yield f"{side} {verb[0]}"
        yield f"from the verb {min(MANY + 1, abs(verb.start() - party.at) // STEP)}"
