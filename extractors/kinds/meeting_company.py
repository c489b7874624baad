"""Who else takes part, told in a clause of its own behind the meeting: ……会谈，土耳其外长在场主持; ……等与会."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from extractors.kinds.meeting_blocs import BLOCS
from extractors.kinds.meeting_conferences import named
from extractors.kinds.meeting_merging import Telling, united
from extractors.kinds.meeting_parties import participants
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import Mention, MentionType
from extractors.rules.ruleset import Match
from schemas import Participant

PERSON, TIME, COUNT = (SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.TIME, MentionType.COUNT))
SIDE = SYMBOLS[MentionType.SIDE]
PARTY = symbol_class((MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
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


# 中方由副总理何立峰领军，美方由财长贝森特率团.
LED = re.compile(
    rf"{SIDE}(?:代表团)?由(?P<people>{PERSON})[^，。；]{{0,4}}?(?:率领|领军|率团|带队|带领|牵头)"
)
# 在卡塔尔和土耳其官员主持下，……
UNDER = re.compile(rf"(?:^|，)在(?P<people>{PARTY}(?:(?:、|和|与|及){PARTY})*)(?:的)?(?:共同|联合)?主持下，")


def company(sentence: Sentence, position: int, *, conference: bool) -> list[Mention]:
    """Who is named behind an encoded position as taking part; of talks of two only who chairs them."""
    found: list[Mention] = []
    for clause in CLAUSE.finditer(sentence.encoded.text, position):
        if conference or clause["chairs"]:
            found += sentence.encoded.mentions_in(*clause.span("people"))
    return [mention for mention in found if mention.type is MentionType.PERSON]


def with_company(context: Context, sentence: Sentence, match: Match, telling: Telling) -> Telling:
    """The telling with those whom the clauses around it name as taking part."""
    position = max(match.last - 1, match.first)
    conference = CONFERENCE.search(match.encoded.text, match.first, match.last + 4) is not None
    joined = named(company(sentence, position, conference=conference))
    text = sentence.encoded.text
    around = chain(LED.finditer(text, position), UNDER.finditer(text, 0, max(match.first, 1)))
    for found in around:
        joined += participants(context, sentence.encoded.mentions_in(*found.span("people")))
    known = {person.side for person in telling.people if person.name}
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
