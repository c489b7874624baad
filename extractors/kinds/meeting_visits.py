"""Where a meeting was, told elsewhere: 在华盛顿 before the sentence, or a visit in another (在莫斯科访问期间)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractors.kinds.meeting_merging import Telling, same_person
from extractors.kinds.repetition import REACH
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import MentionType, Person
from schemas import Participant, Period

PERSON, TIME, PLACE = (SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.TIME, MentionType.PLACE))
PARTY = symbol_class((MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
# 朝鲜外相星期五在莫斯科访问期间, 斯图布4日访问基辅时. A country visited is no place of a meeting: too wide.
VISIT = re.compile(
    rf"(?P<who>{PERSON})(?:{TIME}|[^，。；{PARTY[1:-1]}]){{0,8}}?"
    rf"(?:在(?P<stay>{PLACE})[^，。；{PARTY[1:-1]}]{{0,4}}访问|访问(?P<goal>{PLACE}))(?:期间|时)"
)


# 星期五在华盛顿，奥斯汀……: a place set before the sentence holds for all of it.
SET_BEFORE = re.compile(rf"(?:{TIME}|，|早些时候)*在(?P<where>{PLACE})(?:，|{TIME}，)")


@dataclass(frozen=True)
class Visit:
    """A visit that a sentence tells of: who, where, when, and the stretch that says so."""

    sentence: Sentence
    guest: Participant
    place: str
    stretch: tuple[int, int]
    period: Period | None


def visits_of(context: Context) -> list[Visit]:
    """The visits of an article, in text order; no more of them than an article of news ever has."""
    visits = (visit for sentence in context.reading.sentences for visit in _visits(context, sentence))
    return list(islice(visits, REACH))


def placed(context: Context, telling: Telling, visits: Sequence[Visit]) -> Telling:
    """The telling with the place of the visit on which the meeting was held, if it names none itself."""
    if telling.place or telling.status != "held" or telling.format not in ("in_person", "unspecified"):
        return telling
    sentence = context.reading.sentence_at(telling.evidence[0])
    opening = SET_BEFORE.match(sentence.encoded.text) if sentence is not None else None
    for visit in visits:
        if sentence is not None and opening and visit.sentence.index >= sentence.index:
            break
        same_day = telling.when is not None and telling.when == visit.period
        if same_day and any(same_person(visit.guest, person) for person in telling.people):
            further = (*telling.further, visit.stretch)
            return replace(telling, place=visit.place, format="in_person", further=further)
    return _at(telling, sentence, opening) if sentence is not None and opening else telling


def _at(telling: Telling, sentence: Sentence, opening: re.Match[str]) -> Telling:
    place = sentence.encoded.mentions[opening.start("where")]
    if place is None:
        return telling
    evidence = (min(sentence.encoded.starts[opening.start()], telling.evidence[0]), telling.evidence[1])
    return replace(telling, place=place.words, format="in_person", evidence=evidence)


def _visits(context: Context, sentence: Sentence) -> Iterator[Visit]:
    encoded = sentence.encoded
    for found in VISIT.finditer(encoded.text):
        guest = encoded.mentions[found.start("who")]
        place = encoded.mentions[found.start("stay" if found["stay"] else "goal")]
        if guest is not None and place is not None and isinstance(guest.value, Person):
            value, stretch = guest.value, encoded.span(*found.span())
            if value.name or value.role:
                person = Participant(name=value.name, role=value.role, side=value.side)
                yield Visit(sentence, person, place.words, stretch, context.period(sentence, *stretch))
