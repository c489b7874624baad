"""At what occasion people met: the name of the conference or body, as written."""

from __future__ import annotations

import re

from extractors.kinds.meeting_circumstances import without_guest
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Place

BODY, TIME = SYMBOLS[MentionType.ORGANISATION], SYMBOLS[MentionType.TIME]
PLACE = SYMBOLS[MentionType.PLACE]
# A conference with a name of its own: it says whose or what kind of conference it is.
NAMED = re.compile(
    "首脑|部长级|领导人|外长|防长|财长|国防部长|2\\+2|峰会|三方|四方|论坛|理事会|联络小组|元首|定期|大会|博览会|年会|安全会议|防务会议|复苏会议|重建会议|捐助|联委会|定期会晤|第.{1,4}次(?:会议|会晤)"
)
ASSEMBLY = "峰会|会议(?!中心|室|厅|大厦)|理事会|论坛|对话会|首脑会|外长会|防长会|财长会|大会|年会|博览会"
# Talks are an occasion only where they are said to be held or attended, an assembly also behind 在.
CONFERENCE = re.compile(
    "(?:举行|举办|召开|出席|参加|主持|共同主持|主持召开|参与)(?:了|首次|过)?"
    rf"(?P<held>[^，。；：！？\n]{{1,34}}(?:{ASSEMBLY}|会晤|会谈|对话|磋商))"
    rf"|在(?P<at>[^，。；：！？\n]{{1,34}}(?:{ASSEMBLY}))"
    rf"|(?:在|出席|参加){PLACE}?(?P<body>{BODY})(?=期间|上|时|的|并|之际|间隙)"
)
ASSEMBLED = re.compile(rf"(?:{ASSEMBLY})$")
# What the name stands behind where the words before it are no part of it.
OPENING = re.compile(
    "举行的|召开的|举行了?|召开了?|主持召开|主持了?|出席了?|参加了?|期间|就|在(?!线)|的|首次"
)
NO_PART = re.compile(
    "^[与同]|[与同](?=.{0,12}(?:总统|总理|首相|主席|外长|大臣|部长|领导人|代表|举行))|双方|双边|进行|会见|直接|问题|政治局|常委会"
)
SHORTEST_EVENT = 4
# Talks by their number: 俄乌第三轮停战谈判, 第二轮谈判; what was only the first has none yet.
FIRST_ROUND = "第一轮"
ROUND = re.compile(
    rf"(?P<sides>{SYMBOLS[MentionType.SIDE]}{{2,3}})?(?P<round>{SYMBOLS[MentionType.ORDINAL]})[^，。；的在举行]{{0,10}}?(?:谈判|会谈|磋商|和谈)(?!代表|人员|团队)"
)
NUMBERED = re.compile("^[^与同]+第[0-9一二三四五六七八九十]{1,4}次(?:会晤|会议|会谈|磋商)$")
NO_NAME = re.compile(
    "^(?:首次|罕见|正式|双边|视频|大小|小范围|工作|会谈|新一轮|[^，]{0,4}轮|电话|联合|一次|闭门|正式会谈|期间|此次|本次|(?:首脑|高层|高级别|双方|领导人|紧急|特别|非正式|三方|四方|三边)(?:会谈|会晤|对话|磋商|会议|峰会|首脑会议)$)"
)


def event_of(context: Context, sentence: Sentence, start: int, end: int) -> str | None:
    """The name of the conference told between two offsets, as written."""
    encoded, folded = sentence.encoded, context.reading.folded
    text = without_guest(encoded.text)
    last_start = encoded.position(end - 1)
    for match in CONFERENCE.finditer(text, encoded.position(start)):
        if match.start() > last_start:
            break
        opening, closing = match.span(match.lastgroup or 0)
        if match.lastgroup == "body":
            body = encoded.mentions[opening]
            if body is not None and ASSEMBLED.search(body.words):
                return context.reading.words(body.start, body.end)
            continue
        cut = max((m.end() for m in OPENING.finditer(text, opening, closing - 2)), default=opening)
        first, last = encoded.starts[cut], encoded.ends[closing - 1]
        while encoded.mentions[cut] is not None and encoded.text[cut] == TIME and cut < closing - 1:
            cut += 1
            first = encoded.starts[cut]
        while first > sentence.start and folded[first - 1] in "“《":
            first -= 1
        inside = [m for m in sentence.mentions if first <= m.start < last and m.type is not MentionType.TIME]
        if (
            len(inside) > 1
            and inside[0].start == first
            and isinstance(inside[0].value, Place)
            and isinstance(inside[1].value, Organisation)
        ):
            first, inside = inside[0].end, inside[1:]  # 北约峰会 of 海牙北约峰会
        name = folded[first:last]
        if "＿" not in text[cut:closing] and _is_name(name, inside):
            return context.reading.words(first, last)
    return _round_of(context, sentence, start, end)


def _round_of(context: Context, sentence: Sentence, start: int, end: int) -> str | None:
    """The round of talks told between two offsets, as written: 第四轮面对面的停战会谈."""
    encoded = sentence.encoded
    found = ROUND.search(encoded.text, encoded.position(start), encoded.position(end - 1) + 1)
    mention = encoded.mentions[found.start("round")] if found else None
    if found is None or mention is None or "轮" not in mention.words or mention.words == FIRST_ROUND:
        return None
    opening = found.start("sides") if found["sides"] else found.start("round")
    return context.reading.words(encoded.starts[opening], encoded.ends[found.end() - 1])


def _is_name(name: str, inside: list[Mention]) -> bool:
    if (
        len(name) < SHORTEST_EVENT
        or NO_NAME.match(name.strip("“”"))
        or (NO_PART.search(name) and not NUMBERED.search(name))
    ):
        return False
    parties = (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON)
    return "“" in name or NAMED.search(name) is not None or any(m.type in parties for m in inside)
