"""How, whether, where and at what occasion people met."""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.gazetteer import find_places
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, Side
from extractors.reading.names import transcribed_only
from schemas.kinds.meeting import Format, Status

SIDE, PLACE, BODY, PERSON = (
    SYMBOLS[kind]
    for kind in (MentionType.SIDE, MentionType.PLACE, MentionType.ORGANISATION, MentionType.PERSON)
)
VIDEO = re.compile("视频|视讯|线上|在线|连线|云会|网络会议|远程")
PHONE = re.compile("电话|通话|热线")
FACE = re.compile(
    "会见|会晤|会谈|会面|接见|召见|约见|拜会|拜见|晋见|接待|见面|面谈|面见|晤谈|碰面|记者|发布会|峰会|宴|仪式|访问|访华|出席|参加|主持|简报"
)
CANCELLED = re.compile("取消|叫停|告吹|不会举行|拒绝(?:会见|与|同|会晤)|搁置|推迟")
PROPOSED = re.compile(
    "可能|愿意|(?<!志)愿(?![景望])|提议|建议|呼吁|希望|期待|期望|考虑|敦促|有意|准备好|邀请(?=[^，]{0,14}(?:访|出席|参加|与会|来))|欢迎[^，]{0,14}(?:访|来)|如果|若|争取|支持|应该|应当|需要|要求"
)
PLANNED = re.compile("将(?![军领近其至])|计划|拟|定于|预计|预定|即将|准备|打算|安排|原定|有望|同意|商定")
# Said of a meeting that is not to be: neither held nor planned nor denied as a fact.
UNWANTED = re.compile(
    "不出席|不参加|不参与|没有准备|没准备|不会|不愿|不想|不打算|无意|不再|是否|反对|拒绝直接|无法|不能|不可能|中止|停止|避免|破裂"
)
ONGOING = re.compile("正在|正(?=[与同和就举])")
AT = re.compile(
    rf"(?:在|于)(?P<chain>(?:[{SIDE}{PLACE}{BODY}]|首都|东部|南部|西部|北部|中部|城市|海滨|港口|度假胜地|最大|第二大|的)+)"
    "(?!问题|局势|危机|战场|冲突|战争|方面|事务|关系|框架|任期|入侵|侵略|边境|发动|提供|进攻|战时|总统|的支持)"
)
VISITING = re.compile(
    rf"(?:抵达|飞抵|前往|赴|到访|访问|造访|出访|访)(?:了)?(?P<chain>(?:[{SIDE}{PLACE}]|首都|东部|南部|西部|北部|中部|城市)+)"
)
# A town that no gazetteer knows, spelt in letters of transcription.
SPELT = re.compile(
    "在(?P<name>京|" + PERSON + "|[\u4e00-\u9fff]{2,8}?)(?=举行|会见|与|同|会晤|会面|接待|进行|主持|分别)"
)
HOUSE = re.compile("(?:宫|府|楼|总部|庄园|别墅|宾馆|白宫)$")
# A guest's own plans and doings, between the verb and the guest: 会见将出席峰会的…, 同正在访问的…会谈.
GUEST = re.compile(
    f"(?:(?<=见)|(?<=见了)|(?<=待)|(?<=待了)|(?<=晤)|(?<=[同与和跟]))(?:来|到访|应邀|应|正在|将|前来|赴|出席|参加|率)[^，。；]{{0,50}}?的(?=[{PERSON}{SIDE}{BODY}])"
)
# A conference with a name of its own: it says whose or what kind of conference it is.
NAMED = re.compile(
    "首脑|部长级|领导人|外长|防长|财长|国防部长|2\\+2|峰会|三方|四方|论坛|理事会|联络小组|元首|定期"
)
CONFERENCE = re.compile(
    "(?:举行|举办|召开|出席|参加|主持|共同主持|主持召开|参与|在)(?:了|首次|过)?"
    "(?P<name>[^，。；：！？\\n]{2,34}(?:峰会|会议|理事会|会晤|会谈|对话会|对话|磋商|首脑会|外长会|防长会|财长会|大会))"
)
# What the name stands behind where the words before it are no part of it.
OPENING = re.compile(
    "举行的|召开的|举行了?|召开了?|主持召开|主持了?|出席了?|参加了?|期间|就|在(?!线)|的|首次"
)
NO_PART = re.compile("[与同]|双方|双边|进行|会见|直接|问题")
SHORTEST_EVENT = 4
NO_NAME = re.compile(
    "^(?:首次|正式|双边|视频|大小|小范围|工作|会谈|新一轮|[^，]{0,4}轮|电话|联合|一次|闭门|正式会谈|期间|此次|本次)"
)


def without_guest(text: str) -> str:
    """Encoded text with what is told of a guest blotted out: 会见来华出席峰会并访华的…."""
    return GUEST.sub(lambda found: "＿" * len(found[0]), text)


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
    text = without_guest(encoded.text)
    for match in reversed(list(AT.finditer(text, first, last))):
        chosen = _in_chain([m for m in encoded.mentions[slice(*match.span("chain"))] if m is not None])
        if chosen is not None:
            return chosen
    spelt = SPELT.search(text, first, last)
    if spelt and _is_town(encoded.mentions[spelt.start("name")], spelt["name"]):
        at = encoded.starts[spelt.start("name")]
        return context.reading.folded[at : encoded.ends[spelt.end("name") - 1]], at
    for match in reversed(list(VISITING.finditer(text, first, last))):
        chosen = _in_chain([m for m in encoded.mentions[slice(*match.span("chain"))] if m is not None])
        if chosen is not None:
            return chosen
    return None


def _is_town(mention: Mention | None, name: str) -> bool:
    """京 for Beijing, a transcribed name that nobody knows, or one that the tagger took for a person's."""
    if mention is not None:
        return isinstance(mention.value, Person) and mention.value.side is None and mention.value.role is None
    return name == "京" or transcribed_only(name)


def event_of(context: Context, sentence: Sentence, start: int, end: int) -> str | None:
    """The name of the conference told between two offsets, as written."""
    encoded, folded = sentence.encoded, context.reading.folded
    text = without_guest(encoded.text)
    for match in CONFERENCE.finditer(text, encoded.position(start), encoded.position(end - 1) + 1):
        opening, closing = match.span("name")
        cut = max((m.end() for m in OPENING.finditer(text, opening, closing - 2)), default=opening)
        first, last = encoded.starts[cut], encoded.ends[closing - 1]
        while first > sentence.start and folded[first - 1] in "“《":
            first -= 1
        inside = [m for m in sentence.mentions if first <= m.start < last and m.type is not MentionType.TIME]
        if len(inside) > 1 and inside[0].start == first and isinstance(inside[0].value, Place):
            first, inside = inside[0].end, inside[1:]  # 北约峰会 of 海牙北约峰会
        name = folded[first:last]
        if "＿" not in text[cut:closing] and _is_name(name, inside):
            return context.reading.words(first, last)
    return None


def _is_name(name: str, inside: list[Mention]) -> bool:
    if len(name) < SHORTEST_EVENT or NO_NAME.match(name.strip("“”")) or NO_PART.search(name):
        return False
    parties = (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON)
    return "“" in name or NAMED.search(name) is not None or any(m.type in parties for m in inside)


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
