"""The conference on whose margins people met: 会议期间, 峰会间隙, 在P出席X会议期间; its name and its town are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_event import event_of
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_place import place_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, MentionType

KIND = "会议|峰会|论坛|大会|年会|理事会|博览会"
# The conference told before: 会议期间，李强会见…….
MARGINS = re.compile(rf"(?:{KIND})(?:期间|间隙|空档|之余|休会期间|会场)")
# The conference in the clause itself: 在大阪出席世博会开幕式期间，…….
ATTENDING = re.compile(
    rf"(?:出席|参加)(?P<name>[^，。；]{{2,34}}?(?:{KIND}))(?:开幕式|开幕会|活动)?(?:期间|间隙|之际|时)"
)
# The conference as what a sentence is about: 第77届联合国大会一般性辩论20日在纽约拉开帷幕.
SUBJECT = re.compile(
    rf"(?:[^：\n]{{0,12}}：)?(?P<name>[^，。；：]{{3,30}}?(?:{KIND}|一般性辩论|对话会|外长会|防长会))(?=[0-9]|今|昨|本|正|在|将|于|周|星期)"
)
# A conference that sets the scene before the subject: 今年1月的达沃斯世界经济论坛上，泽连斯基……
SCENE = re.compile(
    rf"(?:^|[，。])(?P<name>[^，。；：]{{3,30}}?(?:{KIND}|首脑会))(?:上|期间|间隙)，[^，。；]{{0,30}}$"
)
BACK = 4  # sentences: so far back the conference has been named
KIND_ALONE = re.compile(f"(?:{KIND}|首脑会)")
HELD_AT = re.compile("举行的|召开的")
OPENING = re.compile("^(?:的|在|于|举行的|召开的|，|当天)+")
NAMING = (MentionType.ORGANISATION, MentionType.SIDE, MentionType.PLACE, MentionType.ORDINAL)
FACE_TO_FACE = ("in_person", "unspecified")


def on_occasion(context: Context, telling: Telling) -> Telling:
    """The telling with the conference on whose margins it was, and with its town, where it names none itself."""
    sentence = context.reading.sentence_at(telling.evidence[0])
    if sentence is None or not sentence.passage or telling.format not in FACE_TO_FACE:
        return telling
    if telling.event and telling.place:
        return telling
    folded = context.reading.folded
    before = slice(sentence.start, telling.evidence[1])
    if telling.event is None and (scene := _scene(context, sentence, telling)) is not None:
        return scene
    if ATTENDING.search(folded, before.start, before.stop):
        return _held_at(context, sentence, telling)
    if MARGINS.search(folded, before.start, before.stop) is None:
        return telling
    for other in reversed(context.reading.sentences[max(0, sentence.index - BACK) : sentence.index]):
        if other.passage != sentence.passage:
            break
        placed = _held_at(context, other, telling)
        if placed is not telling:
            return placed
    return telling


def _scene(context: Context, sentence: Sentence, telling: Telling) -> Telling | None:
    """The telling at the conference that the clause before its subject names, and at the place in its name."""
    found = SCENE.search(context.reading.folded[sentence.start : telling.evidence[1]])
    if found is None or not sentence.mentions:
        return None
    start, end = (sentence.start + offset for offset in found.span("name"))
    times = [m for m in sentence.mentions if m.type is MentionType.TIME and start <= m.start and m.end <= end]
    start = max([start, *(m.end for m in times)])
    name = OPENING.sub("", HELD_AT.split(context.reading.folded[start:end])[-1])
    inside = [m for m in sentence.mentions if end - len(name) <= m.start and m.end <= end]
    if not any(m.type in NAMING for m in inside):
        return None
    place = _town(context, inside, end)
    return replace(
        telling,
        event=context.reading.words(end - len(name), end),
        place=telling.place or place,
        format="in_person",
        evidence=(min(telling.evidence[0], start), telling.evidence[1]),
    )


def _town(context: Context, inside: Sequence[Mention], end: int) -> str | None:
    """The town in a conference's name: before its body (达沃斯世界经济论坛) or its kind (北京峰会)."""
    for mention, following in zip(inside, [*inside[1:], None], strict=True):
        if mention.type is not MentionType.PLACE:
            continue
        of_body = following is not None and following.type is MentionType.ORGANISATION
        if (of_body and mention is inside[0]) or KIND_ALONE.fullmatch(
            context.reading.folded, mention.end, end
        ):
            return mention.words
    return None


def _held_at(context: Context, sentence: Sentence, telling: Telling) -> Telling:
    """The telling at the conference that a sentence names; the same one where it names none."""
    event = event_of(context, sentence, sentence.start, sentence.end) or _as_subject(context, sentence)
    if event is None:
        return telling
    where = place_of(context, sentence, sentence.start, sentence.end)
    return replace(
        telling,
        event=telling.event or event,
        place=telling.place or (where[0] if where else None),
        format="in_person",
    )


def _as_subject(context: Context, sentence: Sentence) -> str | None:
    """The name of the conference that a sentence opens with."""
    found = SUBJECT.match(context.reading.folded, sentence.start, sentence.end)
    return context.reading.words(*found.span("name")) if found else None
