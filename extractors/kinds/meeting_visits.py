"""Where and when a meeting was, told elsewhere: 在华盛顿 before the sentence, or a visit in another (对埃及进行访问)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractors.kinds.meeting_merging import Telling, same_person
from extractors.kinds.meeting_place import in_chain
from extractors.kinds.repetition import REACH
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import MentionType, Person, side_code
from schemas import Participant, Period

PERSON, TIME, PLACE, SIDE = (
    SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.TIME, MentionType.PLACE, MentionType.SIDE)
)
PARTY = symbol_class((MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
# 朝鲜外相星期五在莫斯科访问期间, 斯图布4日访问基辅时, 李希9日至11日对埃及进行访问, 沙利文抵达北京.
VISIT = re.compile(
    rf"(?P<who>{PERSON})(?:{TIME}|应{PERSON}邀请，|[^，。；{PARTY[1:-1]}]){{0,12}}?"
    rf"(?:在(?P<stay>{PLACE})[^，。；{PARTY[1:-1]}]{{0,4}}访问"
    rf"|对(?P<object>[{SIDE}{PLACE}]+)[^，。；{PARTY[1:-1]}]{{0,14}}?访问"
    rf"|(?:访问|到访|抵达|飞抵|飞往|抵)(?:了)?(?P<goal>[{SIDE}{PLACE}]+))"
)
NEAR = 8  # sentences: so far behind a visit what is told without a date is of it
LEAD = 1  # sentences: the title and the one behind it
FAR = 30  # sentences: the same in an article whose title or lead tells of the visit
# 星期五在华盛顿，奥斯汀……: a place set before the sentence holds for all of it.
SET_BEFORE = re.compile(rf"(?:{TIME}|，|早些时候)*在(?P<where>{PLACE})(?:，|{TIME}，)")


@dataclass(frozen=True)
class Visit:
    """A visit that a sentence tells of: who, where, when, and the stretch that says so."""

    sentence: Sentence
    guest: Participant
    place: str
    side: str | None  # whose place it is
    stretch: tuple[int, int]
    period: Period | None
    dated: bool  # the sentence names the days itself


def visits_of(context: Context) -> list[Visit]:
    """The visits of an article, in text order; no more of them than an article of news ever has."""
    visits = (visit for sentence in context.reading.sentences for visit in _visits(context, sentence))
    return list(islice(visits, REACH))


def placed(context: Context, telling: Telling, visits: Sequence[Visit]) -> Telling:
    """The telling with place and days of the visit on which the meeting was held, where it names none itself."""
    if telling.format not in ("in_person", "unspecified") or telling.status not in ("held", "planned"):
        return telling
    sentence = context.reading.sentence_at(telling.evidence[0])
    opening = SET_BEFORE.match(sentence.encoded.text) if sentence is not None else None
    for visit in visits:
        if sentence is not None and opening and visit.sentence.index >= sentence.index:
            break
        if sentence is not None and _was_on(telling, sentence, visit):
            return _on_visit(telling, visit)
    placeless = not telling.place and telling.status == "held"
    return _at(telling, sentence, opening) if sentence is not None and opening and placeless else telling


def _was_on(telling: Telling, sentence: Sentence, visit: Visit) -> bool:
    """Whether the meeting was held on the visit: the guest's, with the host's side, on a day of the visit or undated."""
    if not any(same_person(visit.guest, person) for person in telling.people):
        return False
    if visit.sentence.passage not in (0, sentence.passage):
        return False
    hosted = any(person.side == visit.side for person in telling.people if person.side != visit.guest.side)
    if telling.dated:
        return telling.when is not None and (
            telling.when == visit.period or (hosted and visit.dated and _within(telling.when, visit.period))
        )
    if not hosted:
        return telling.when is not None and telling.when == visit.period and not telling.place
    known = visit.guest.name is not None or telling.when == visit.period
    apart = sentence.index - visit.sentence.index
    return known and 0 <= apart <= (FAR if visit.sentence.index <= LEAD else NEAR)


def _within(day: Period, visit: Period | None) -> bool:
    return visit is not None and visit.start <= day.start and day.end <= visit.end


def _on_visit(telling: Telling, visit: Visit) -> Telling:
    when = telling.when
    if not telling.dated and visit.dated and visit.period is not None:
        when = visit.period
    if telling.place and when == telling.when:
        return telling
    return replace(
        telling,
        place=telling.place or visit.place,
        when=when,
        format="in_person",
        further=(*telling.further, visit.stretch),
    )


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
        group = next(name for name in ("stay", "object", "goal") if found[name])
        chain = [m for m in encoded.mentions[slice(*found.span(group))] if m is not None]
        place = in_chain(chain)
        if guest is None or place is None or not isinstance(guest.value, Person):
            continue
        value, stretch = guest.value, encoded.span(*found.span())
        if value.name or value.role:
            person = Participant(name=value.name, role=value.role, side=value.side)
            dated = any(
                stretch[0] - 24 <= d.mention.start < stretch[1] for d in context.dates.in_sentence(sentence)
            )
            period = context.period(sentence, *stretch)
            yield Visit(sentence, person, place[0], side_code(chain[-1]), stretch, period, dated)
