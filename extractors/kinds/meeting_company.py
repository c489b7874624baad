"""Who else takes part, told in a clause of its own behind the meeting: ……会谈，土耳其外长在场主持; ……等与会."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.meeting_blocs import BLOCS
from extractors.kinds.meeting_conferences import named
from extractors.kinds.meeting_merging import Telling, united
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType
from extractors.rules.ruleset import Match
from schemas import Participant

PERSON, TIME, COUNT = (SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.TIME, MentionType.COUNT))
PEOPLE = rf"(?P<people>{PERSON}(?:(?:、|和|与|及|以及){PERSON})*)"
CHAIRS = "(?:在场|居中|从中|共同|亲自)?(?:主持|斡旋|调停|担任主席)"
JOINS = "出席|与会|参加|到场|列席|应邀|上线|通报|参会|参与"
# One clause of company; a list of them may follow one behind the other.
CLAUSE = re.compile(
    rf"，(?:{TIME}|而|由|以及|东道国)*{PEOPLE}(?:等(?:{COUNT})?(?:{PERSON}|人)?)?(?:则|也|均|都|将|会|和[^，。；]{{1,6}})*"
    rf"[^，。；{PERSON}见谈访]{{0,8}}?(?:(?P<chairs>{CHAIRS})|(?:{JOINS}))(?!会见|会谈)"
)
# Talks of two stay of two, whoever of their own people sits beside them; a conference has many.
CONFERENCE = re.compile("峰会|会议|理事会|论坛|大会|外长会|防长会|财长会|外长非正式会晤|外长会晤|领导人会晤")


def company(sentence: Sentence, position: int, *, conference: bool) -> list[Mention]:
    """Who is named behind an encoded position as taking part; of talks of two only who chairs them."""
    found: list[Mention] = []
    for clause in CLAUSE.finditer(sentence.encoded.text, position):
        if conference or clause["chairs"]:
            found += sentence.encoded.mentions_in(*clause.span("people"))
    return [mention for mention in found if mention.type is MentionType.PERSON]


def with_company(sentence: Sentence, match: Match, telling: Telling) -> Telling:
    """The telling with those whom the clauses behind it name as taking part."""
    position = max(match.last - 1, match.first)
    conference = CONFERENCE.search(match.encoded.text, match.first, match.last + 4) is not None
    joined = named(company(sentence, position, conference=conference))
    known = {person.side for person in telling.people}
    if not conference:
        joined = [person for person in joined if person.side not in known]
    if not joined:
        return telling
    people = united(telling.people, joined)
    if len({person.side for person in people if person.name}) > 1:
        people = tuple(person for person in people if not _is_members(person))
    return replace(telling, people=people)


def _is_members(person: Participant) -> bool:
    """Whether it is a bloc or its ministers as a whole, whom the list of those present stands for."""
    return person.name is None and person.side in BLOCS
