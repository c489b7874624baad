"""Conferences that no bloc's name tells of, by those who are named as attending: 首届中阿峰会在利雅得举行. …等出席."""

from __future__ import annotations

import re

from extractors.kinds.meeting_circumstances import without_guest
from extractors.kinds.meeting_conferences import BEHIND, named
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match
from schemas import Participant

PERSON, TIME = SYMBOLS[MentionType.PERSON], SYMBOLS[MentionType.TIME]
# Between two names of a list stand titles and bodies, but no act.
LIST = re.compile(
    rf"{PERSON}(?:[^。；：说称示对向见谈话]{{0,36}}?{PERSON})+(?:[^。；：说称示对向见谈话]{{0,60}}?)"
    "(?:出席|与会|参会|列席|参加|在会上|在开幕式上|在大会上|发表讲话|致辞)"
)
FEWEST_SIDES = 3
# What may open the name of a conference: the words behind these.
OPENING = re.compile(
    f"[，。：；“《]|{TIME}|的(?!.{{0,3}}会)|举行了?|召开了?|在(?!线)|出席了?|参加了?|主持了?"
)
ASSEMBLY = re.compile("(?:峰会|论坛|大会|会议|理事会)$")
LONGEST_NAME = 40
BLOTTED = "＿"
FAIR = re.compile("[^，。]{0,14}(?:企业家|投资研讨|商务|博览会|媒体|智库|青年|工商)")
# 外交部就习近平出席峰会吹风, 国际社会高度评价……在峰会上的讲话
ABOUT = re.compile(
    "(?:^|[，。：]|(?<![成造迁]))(?:就|关于|围绕)[^，。]{2,40}$|高度评价|积极评价|热议|反响|解读|点赞|盛赞"
)
NO_NAME = re.compile("^(?:[会峰大论]|此次|本次|该|这|双方|两国)")


def not_held(context: Context, sentence: Sentence, match: Match) -> bool:
    """Whether the conference is only a guest's plan or what a briefing or a compliment is about, or one of business."""
    folded, (start, end) = context.reading.folded, match.span
    if without_guest(sentence.encoded.text)[match.first] == BLOTTED:
        return True  # 会见来华出席……峰会的总统: a guest's own plans
    if FAIR.match(folded, end) or FAIR.search(folded, start, end):
        return True
    return folded.startswith("式", end) or ABOUT.search(folded, sentence.start, start) is not None


def guests_of(context: Context, sentence: Sentence, position: int) -> list[Participant]:
    """Who is listed as attending in the rest of the sentence or soon behind it; nobody where few sides are."""
    following = context.reading.sentences[sentence.index + 1 : sentence.index + 1 + BEHIND]
    for other in (sentence, *following):
        if other.passage != sentence.passage:
            break
        found = LIST.search(other.encoded.text, position if other is sentence else 0)
        if found is None:
            continue
        people = named(other.encoded.mentions_in(*found.span()))
        if len({person.side for person in people}) >= FEWEST_SIDES:
            return people
    return []


def name_of_gathering(context: Context, sentence: Sentence, match: Match) -> tuple[int, int] | None:
    """The name of the conference whose kind the match begins with, from what opens it to the kind's word."""
    text, encoded = sentence.encoded.text, sentence.encoded
    body = encoded.mentions[match.first]
    if body is not None and ASSEMBLY.search(body.words):
        return body.start, body.end  # 中阿峰会
    kind = re.compile(
        "峰会|[^，。]{0,4}?(?:会议|大会|论坛(?:(?:北京)?峰会|[^，。举召开将于在]{0,10}?会议)?|理事会|会晤|对话会|首脑会)"
    ).match(text, match.first)
    if kind is None:
        return None
    first = max((m.end() for m in OPENING.finditer(text, 0, match.first)), default=0)
    start, end = encoded.starts[first], encoded.ends[kind.end() - 1]
    words = context.reading.folded[start:end]
    return None if len(words) > LONGEST_NAME or NO_NAME.match(words) else (start, end)
