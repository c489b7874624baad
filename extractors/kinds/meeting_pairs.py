"""Whom 两国外长, 双方 and 两位领导人 stand for: the two parties that the text has just named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.kinds.meeting_blocs import BLOCS
from extractors.kinds.meeting_holders import HEAD_OF_STATE
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_owners import owned
from extractors.kinds.meeting_parties import is_joint, participants
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from schemas import Participant

# So many sentences back the two may have been named.
BACK = 3
# So many of the meetings told last may be what 双方 speaks of.
LATEST = 4
PAIR = ("one", "other")
# Which of their people meet; 双方 and 两人 are those named.
OFFICE = re.compile(
    "(?:最高领导人|副?外长|外相|防长|财长|国防部长|外交部长|元首|领导人|总统|总理|首脑|官员|代表团|谈判代表|谈判团队)"
)
THE_TWO = re.compile("两国|双方|两位|两人|二人|俩人|两名|他们|她们|两边|两军")
LOOSE = re.compile("(?:讨论|交流|接触|谈话)$")
OF_STATE = {"元首", "最高领导人"}
GENERAL = {"最高领导人", "领导人", "元首", "首脑", "代表团", None}


def the_two(
    context: Context,
    sentence: Sentence,
    start: int,
    words: str,
    told: Sequence[Telling],
    *,
    unsaid: bool = False,
) -> tuple[Participant, ...]:
    """The two parties named last before an offset, else those of the title; empty where there are fewer or more.

    `unsaid`: nothing stands for them (谈判将于周三恢复).
    """
    if not (unsaid or THE_TWO.match(words)):
        return ()
    if not _is_subject(context, sentence, start) or LOOSE.search(words):
        return ()
    found = OFFICE.search(words)
    office = found[0] if found else None
    earlier = context.reading.sentences[max(0, sentence.index - BACK) : sentence.index]
    for other in (sentence, *reversed(earlier)):
        if other.passage != sentence.passage:
            break
        mentions = owned(context, other, [m for m in other.mentions if m.end <= start])
        named = [m for m in mentions if _code(m) and not _is_place(context, m)]
        delegations = participants(context, [m for m in mentions if is_joint(m)])
        if len(delegations) == len(PAIR):
            return tuple(delegations)
        pair = _pair(named, office) or _pair(_joined(context, named), office)
        if pair and not (unsaid and any(one.side in BLOCS for one in pair)):
            return pair
    title = [
        m for other in context.reading.sentences if other.passage == 0 for m in other.mentions if _code(m)
    ]
    pair = _pair(title, office) if sentence.passage == 1 else ()
    return pair or _those_who_met(context, sentence, told, office)


def _those_who_met(
    context: Context, sentence: Sentence, told: Sequence[Telling], office: str | None
) -> tuple[Participant, ...]:
    """The two whose meeting has been told last in the passage, by their office where another is meant."""
    for telling in reversed(told[-LATEST:]):
        at = context.reading.sentence_at(telling.evidence[0])
        if at is None or at.passage != sentence.passage or len({one.side for one in telling.people}) != 2:
            continue
        if office is None or office in GENERAL - {"代表团"}:
            return telling.people
        sides = dict.fromkeys(one.side for one in telling.people)
        role = None if office in ("代表团", "谈判代表", "谈判团队") else office
        return tuple(Participant(name=None, role=role, side=side) for side in sides)
    return ()


def _joined(context: Context, mentions: list[Mention]) -> list[Mention]:
    """The last two of some mentions that are joined and of different sides: 俄乌, 印度与巴基斯坦; else none."""
    for first, second in reversed(list(pairwise(mentions))):
        gap = context.reading.folded[first.end : second.start]
        if gap in ("", "和", "与", "同", "、", "跟") and _code(first) != _code(second):
            return [first, second]
    return []


def _is_subject(context: Context, sentence: Sentence, start: int) -> bool:
    """Whether 双方 opens a clause, and is not that of somebody named before it (苏丹冲突双方)."""
    both = context.reading.folded.startswith("两党", start - len("两党"))
    start -= len("两党") if both else 0
    before = context.reading.folded[start - 1 : start]
    times = any(m.end == start and m.type is MentionType.TIME for m in sentence.mentions)
    return start == sentence.start or times or before in "，；：。“"


def _is_place(context: Context, mention: Mention) -> bool:
    """Whether a country is where something is: 在沙特, 抵达俄罗斯."""
    before = context.reading.folded[max(0, mention.start - 2) : mention.start]
    return isinstance(mention.value, Side) and before.endswith(
        ("在", "于", "抵达", "访问", "赴", "前往", "从", "离开")
    )


def _pair(mentions: list[Mention], office: str | None) -> tuple[Participant, ...]:
    """One participant for each of exactly two sides: the person of the office meant, else the side."""
    sides = list(dict.fromkeys(_code(mention) for mention in mentions))
    if len(sides) != 2:
        return ()
    return tuple(_of(side, mentions, office) for side in sides if side)


def _of(side: str, mentions: list[Mention], office: str | None) -> Participant:
    for mention in mentions:
        value = mention.value
        if isinstance(value, Person) and value.side == side and value.name:
            role = value.role or ""
            if office in OF_STATE and not HEAD_OF_STATE.search(role):
                continue
            if office in GENERAL or (office and role.endswith(office[-2:])):
                return Participant(name=value.name, role=value.role, side=side)
    office = "元首" if office == "最高领导人" else office
    return Participant(name=None, role=None if office == "代表团" else office, side=side)


def _code(mention: Mention) -> str | None:
    """The side of somebody who can meet: a state, a person of one, a body with a code."""
    value = mention.value
    if isinstance(value, Person):
        return value.side
    if isinstance(value, Side):
        return value.code
    return value.code if isinstance(value, Organisation) else None
