"""Earlier meetings recalled in the first and second person: “去年11月，我和总统先生在旧金山会晤”, “今年5月我们通电话时”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.kinds.meeting_circumstances import format_of
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_parties import participants
from extractors.kinds.meeting_place import place_of
from extractors.kinds.meeting_subjects import subject
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from schemas import Participant

MET = "(?:会晤|会面|会谈|通电话|通话|见面|会见)"
ADDRESSEE = "(?:你|您|(?:总统|总理|主席|首相|国王|总书记|委员长|议长)?(?:先生|女士|阁下|同志|陛下|殿下))"
AHEAD = 2  # characters: 习近平主席将同总统先生举行会晤
# The two who speak with each other in the article met before.
BETWEEN_SPEAKERS = re.compile(
    f"我(?:们|(?:和|同|与){ADDRESSEE})(?![国军方])[^，。；！？将愿要]{{0,20}}?{MET}"
)
# Somebody else of the speaker's side met the one spoken to.
WITH_ADDRESSEE = re.compile(
    f"(?:同|与|和){ADDRESSEE}[^，。；！？将愿要]{{0,16}}?(?:{MET}|交流|共同宣布|交谈)"
)


def recalled(context: Context, tellings: Sequence[Telling]) -> Iterator[Telling]:
    """Meetings that the two parties of the article's main meeting recall in their talk."""
    pair = _main_pair(tellings)
    if pair is None:
        return
    for sentence in context.reading.sentences:
        if sentence.passage == 0:
            continue
        dated = any(d.period is not None for d in context.dates.in_sentence(sentence))
        for pattern in (BETWEEN_SPEAKERS, WITH_ADDRESSEE) if dated else (WITH_ADDRESSEE,):
            found = pattern.search(context.reading.folded, sentence.start, sentence.end)
            if found is not None:
                people = (
                    pair
                    if pattern is BETWEEN_SPEAKERS
                    else _with_third(context, sentence, found.start(), pair)
                )
                if people:
                    yield _telling(context, sentence, found.span(), people)


def _main_pair(tellings: Sequence[Telling]) -> tuple[Participant, ...] | None:
    """The two people whose talk the article reports: those of its first meeting of two named persons."""
    for telling in tellings:
        if (
            len(telling.people) == 2
            and all(person.name for person in telling.people)
            and telling.status == "held"
        ):
            return telling.people
    return None


def _with_third(
    context: Context, sentence: Sentence, offset: int, pair: Sequence[Participant]
) -> tuple[Participant, ...]:
    """The person named before 同你 and the one of the pair who is spoken to: the one of another side."""
    named = participants(context, subject(context, sentence, sentence.encoded.position(offset)))[:1]
    others = [person for person in pair if named and person.side != named[0].side]
    return (named[0], others[0]) if named and len(others) == 1 else ()


def _telling(
    context: Context, sentence: Sentence, span: tuple[int, int], people: tuple[Participant, ...]
) -> Telling:
    where = place_of(context, sentence, sentence.start, span[1])
    times = [d.mention.start for d in context.dates.in_sentence(sentence) if d.mention.start < span[1]]
    ahead = context.reading.folded[max(sentence.start, span[0] - AHEAD) : span[0]].endswith(("将", "即将"))
    return Telling(
        rule="recalled-in-talk",
        people=people,
        format=format_of(context.reading.folded[span[0] : span[1]]),
        status="planned" if ahead else "held",
        modality="planned" if ahead else "asserted",
        place=where[0] if where else None,
        event=None,
        when=context.period(sentence, *span) if times else None,
        dated=bool(times),
        claimed_by=context.claimant(sentence, span[0]),
        evidence=context.clause(sentence, min([span[0], *times[-1:]]), span[1]),
    )
