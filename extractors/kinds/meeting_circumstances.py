"""How, whether, where and at what occasion people met."""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.gazetteer import find_places, transliteration
from extractors.reading.mention import Mention, MentionType, Organisation, Place, Side
from schemas.kinds.meeting import Format, Status

SIDE, PLACE, BODY, PERSON = (
    SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.PLACE, MentionType.ORGANISATION, MentionType.PERSON)
)
VIDEO = re.compile("视频|视讯|线上|在线|连线|云会|网络会议|远程")
PHONE = re.compile("通(?:了|过)?(?:[^，。]{0,6})?(?:电话|话)|电话(?:会|交谈|联系|磋商)|热线|打.{0,5}电话|致电")
FACE = re.compile(
    "会见|会晤|会谈|会面|接见|召见|约见|拜会|拜见|晋见|接待|见面|面谈|面见|晤谈|碰面|记者|发布会|峰会|宴|仪式|访问|访华|出席|参加|主持|简报"
)
CANCELLED = re.compile("取消|叫停|告吹|不会举行|不再举行|拒绝(?:会见|与|同|会晤)|搁置|推迟")
PROPOSED = re.compile(
    "可能|愿意|愿(?![景望])|提议|建议|呼吁|希望|期待|期望|考虑|敦促|有意|准备好|邀请(?=[^，]{0,14}(?:访|出席|来))|欢迎[^，]{0,14}(?:访|来)|如果|若|争取|支持|应该|应当|需要|要求"
)
PLANNED = re.compile("将(?![军领近其至])|计划|拟|定于|预计|预定|即将|准备|打算|安排|原定|有望")
ONGOING = re.compile("正在|正(?=[与同和就举])")
AT = re.compile(
    rf"(?:在|于)(?P<chain>(?:[{SIDE}{PLACE}{BODY}]|首都|东部|南部|西部|北部|中部|城市|海滨|港口|度假胜地|最大|第二大|的)+)"
    "(?!问题|局势|危机|战场|冲突|战争|方面|事务|关系|框架|任期)"
)
VISITING = re.compile(rf"(?:抵达|飞抵|前往|赴|到访|访问|造访|出访|访)(?:了)?(?P<chain>(?:[{SIDE}{PLACE}]|首都|东部|南部|西部|北部|中部|城市)+)")
CAPITAL = re.compile("(?:在)京(?=会见|同|与|分别|举行|和)")
# A town that no gazetteer knows, spelt in letters of transcription.
SPELT = re.compile("在(?P<name>[\u4e00-\u9fff]{2,8}?)(?=举行|会见|与|同|会晤|会面|接待|进行|主持)")
HOUSE = re.compile("(?:宫|府|楼|总部|庄园|别墅|宾馆|白宫)$")
# A conference with a name of its own: it says whose or what kind of conference it is.
NAMED = re.compile("首脑|部长级|领导人|外长|防长|财长|国防部长|2\\+2|峰会|三方|四方|论坛|理事会|联络小组|元首|定期")
CONFERENCE = re.compile(
    "(?:举行|举办|召开|出席|参加|主持|共同主持|主持召开|参与|在)(?:了|首次|过)?"
    "(?P<name>[^，。；：！？\\n]{2,34}(?:峰会|会议|理事会|会晤|会谈|对话会|对话|磋商|首脑会|外长会|防长会|财长会|大会))"
)
# What the name stands behind where the words before it are no part of it.
OPENING = re.compile("举行的|召开的|举行了?|召开了?|主持召开|主持了?|出席了?|参加了?|期间|就|在|的|首次")
SHORTEST_EVENT = 4
NO_NAME = re.compile("^(?:首次|正式|双边|视频|大小|小范围|工作|会谈|新一轮|[^，]{0,4}轮|电话|联合|一次|闭门|正式会谈|期间|此次|本次)")


def format_of(words: str) -> Format:
    """How people met, by the words between the parties and the end of the telling."""
    if VIDEO.search(words):
        return "video"
    if PHONE.search(words):
        return "phone"
    return "in_person" if FACE.search(words) else "unspecified"


def status_of(before: str, after: str) -> Status:
    """Whether a meeting was held, by the words before its verb and those up to the end of the clause."""
    if CANCELLED.search(before) or CANCELLED.search(after):
        return "cancelled"
    if PROPOSED.search(before):
        return "proposed"
    if PLANNED.search(before):
        return "planned"
    return "ongoing" if ONGOING.search(before) else "held"


def place_of(context: Context, sentence: Sentence, start: int, end: int) -> tuple[str, int] | None:
    """Where people met, with its offset: the place named with 在 between two offsets, else the one visited."""
    encoded = sentence.encoded
    first, last = encoded.position(start), encoded.position(end - 1) + 1
    for pattern in (AT, VISITING):
        for match in reversed(list(pattern.finditer(encoded.text, first, last))):
            chosen = _in_chain([m for m in encoded.mentions[slice(*match.span("chain"))] if m is not None])
            if chosen is not None:
                return chosen
    spelt = SPELT.search(context.reading.folded, start, end)
    if spelt and all(letter in transliteration() for letter in spelt["name"]):
        return context.reading.words(*spelt.span("name")), spelt.start("name")
    capital = CAPITAL.search(context.reading.folded, start, end)
    if capital:
        return "京", capital.end() - 1
    return None


def event_of(context: Context, start: int, end: int) -> str | None:
    """The name of the conference told between two offsets, as written."""
    folded = context.reading.folded
    for match in CONFERENCE.finditer(folded, start, end):
        first, last = match.span("name")
        cut = max((m.end() for m in OPENING.finditer(folded, first, last - 2)), default=first)
        first = _without_place(context, cut, last)
        name = folded[first:last]
        if len(name) >= SHORTEST_EVENT and not NO_NAME.match(name.strip("“”")) and _is_named(context, first, last):
            return context.reading.words(first, last)
    return None


def _without_place(context: Context, start: int, end: int) -> int:
    """Where the name begins behind the town it is held in: 北约峰会 of 海牙北约峰会."""
    for mention in _mentions(context, start, end):
        if mention.start == start and isinstance(mention.value, Place) and len(_mentions(context, mention.end, end)):
            return mention.end
    return start


def _mentions(context: Context, start: int, end: int) -> list[Mention]:
    return [
        m
        for sentence in context.reading.sentences
        if sentence.start <= start < sentence.end
        for m in sentence.mentions
        if start <= m.start < end and m.type is not MentionType.TIME
    ]


def _is_named(context: Context, start: int, end: int) -> bool:
    name = context.reading.folded[start:end]
    if re.search("[与同]|双方|双边|进行|会见|直接|问题", name):
        return False
    parties = (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON)
    return "“" in name or NAMED.search(name) is not None or any(m.type in parties for m in _mentions(context, start, end))


def _in_chain(chain: list[Mention]) -> tuple[str, int] | None:
    """The city of a chain such as 泰国曼谷 or 加纳首都阿克拉, else the country, else the house."""
    for mention in chain:
        if isinstance(mention.value, Place):
            return mention.words, mention.start
    for mention in chain:
        if isinstance(mention.value, Organisation):
            towns = find_places(mention.words)
            if towns and towns[0].start == 0:
                return towns[0].words, mention.start
            if HOUSE.search(mention.words):
                return mention.words, mention.start
    for mention in chain:
        if isinstance(mention.value, Side) and mention.value.form == "country":
            return ("中国" if mention.words == "华" else mention.words), mention.start
    return None
