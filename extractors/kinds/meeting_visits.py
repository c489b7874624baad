"""Where a meeting was, told elsewhere: 在华盛顿 before the sentence, or a visit in another (在莫斯科访问期间)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.kinds.meeting_merging import Telling, same_person
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import MentionType, Person
from schemas import Participant

PERSON, TIME, PLACE = (SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.TIME, MentionType.PLACE))
PARTY = symbol_class((MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
# 朝鲜外相星期五在莫斯科访问期间, 斯图布4日访问基辅时. A country visited is no place of a meeting: too wide.
VISIT = re.compile(
    rf"(?P<who>{PERSON})(?:{TIME}|[^，。；{PARTY[1:-1]}]){{0,8}}?"
    rf"(?:在(?P<stay>{PLACE})[^，。；{PARTY[1:-1]}]{{0,4}}访问|访问(?P<goal>{PLACE}))(?:期间|时)"
)


# 星期五在华盛顿，奥斯汀……: a place set before the sentence holds for all of it.
SET_BEFORE = re.compile(rf"(?:{TIME}|，|早些时候)*在(?P<where>{PLACE})(?:，|{TIME}，)")


def placed(context: Context, telling: Telling) -> Telling:
    """The telling with the place of the visit on which the meeting was held, if it names none itself."""
    if telling.place or telling.status != "held" or telling.format not in ("in_person", "unspecified"):
        return telling
    for sentence in context.reading.sentences:
        opening = SET_BEFORE.match(sentence.encoded.text)
        if opening and sentence.start <= telling.evidence[0] < sentence.end:
            return _at(telling, sentence, opening)
        for guest, place, stretch in _visits(sentence):
            same_day = telling.when is not None and telling.when == context.period(sentence, *stretch)
            if same_day and any(same_person(guest, person) for person in telling.people):
                further = (*telling.further, stretch)
                return replace(telling, place=place, format="in_person", further=further)
    return telling


def _at(telling: Telling, sentence: Sentence, opening: re.Match[str]) -> Telling:
    place = sentence.encoded.mentions[opening.start("where")]
    if place is None:
        return telling
    evidence = (min(sentence.encoded.starts[opening.start()], telling.evidence[0]), telling.evidence[1])
    return replace(telling, place=place.words, format="in_person", evidence=evidence)


def _visits(sentence: Sentence) -> Iterator[tuple[Participant, str, tuple[int, int]]]:
    """Guest, place and stretch of each visit a sentence tells of."""
    encoded = sentence.encoded
    for found in VISIT.finditer(encoded.text):
        guest = encoded.mentions[found.start("who")]
        place = encoded.mentions[found.start("stay" if found["stay"] else "goal")]
        if guest is not None and place is not None and isinstance(guest.value, Person):
            value = guest.value
            if value.name or value.role:
                yield (
                    Participant(name=value.name, role=value.role, side=value.side),
                    place.words,
                    encoded.span(*found.span()),
                )
