"""Where people met: the place named with 在 between two offsets, a town that no gazetteer knows, or the place visited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.meeting_circumstances import without_guest
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.gazetteer import find_places
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, Side
from extractors.reading.names import transcribed_only

SIDE, PLACE, BODY, PERSON, TIME = (
    SYMBOLS[kind]
    for kind in (
        MentionType.SIDE,
        MentionType.PLACE,
        MentionType.ORGANISATION,
        MentionType.PERSON,
        MentionType.TIME,
    )
)
AREA = "首都|东部|南部|西部|北部|中部|城市"
AT = re.compile(
    rf"(?:在|于)(?:{TIME}(?=[{SIDE}{PLACE}]))?(?P<chain>(?:[{SIDE}{PLACE}{BODY}]|{AREA}|海滨|港口|度假胜地|最大|第二大|的)+(?:{PERSON}(?=[举会与同开闭召落进共主{TIME}]))?)"
    "(?!合作论坛|问题|局势|危机|战场|冲突|战争|方面|事务|关系|框架|任期|入侵|侵略|边境|发动|提供|进攻|战时|时间|大选|选举|总统|的支持|看来|内部|之间)"
)
# Where somebody goes or is on a visit: 抵达基辅, 飞往莫斯科, 对埃及进行正式访问. A person's name may be a town's.
VISITING = re.compile(
    rf"(?:抵达|飞抵|飞往|前往|赶赴|赴|来到|到访|突访|访问|造访|出访|访|齐聚|齐集|聚首|云集|相聚|到(?!访|达))(?:了)?(?P<chain>(?:[{SIDE}{PLACE}]|{AREA})*(?:[{SIDE}{PLACE}{BODY}]|{PERSON}(?=[，访进展会与同])))(?!(?:进行)?(?:访问|之行)?之?前)"
    rf"|对(?P<goal>[{SIDE}{PLACE}]+)(?:首都)?[^，。；对]{{0,14}}?访问"
)
GONE = re.compile(
    rf"(?:抵达|飞抵|飞往|前往|赶赴|赴|来到|到访|访问|造访|转往|转抵|去|到)(?:过|了)?(?P<chain>[{SIDE}{PLACE}]+)(?:首都)?(?:[^，。；]{{0,4}})，$"
)
# A town that no gazetteer knows, spelt in letters of transcription.
SPELT = re.compile(
    rf"在{SIDE}?(?P<name>京|{PERSON}|[\u4e00-\u9fff]{{2,8}}?)(?=举行|会见|与|同|会晤|会面|会谈|接待|进行|主持|分别|召开|开会|开幕|闭幕|共同)"
)
# A house of state in a town: the words between 在 and the kind of house.
HOUSE_AT = re.compile(
    "在(?P<name>[\u4e00-\u9fff]{4,16}?(?:宫|府|官邸|国宾馆|宾馆|饭店|酒店|大厦|会堂|会议中心|机场|基地|庄园|办公室|大楼))"
)
ALSO = re.compile("(?:会议|峰会|论坛|会晤|大会)[^，。]{0,3}?(?:并|和|后)(?:将|再|对)?$")
PROVINCES = re.compile(
    "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆"
)
REGIONS = ("省", "州", "邦", "自治区")
HOUSE = re.compile("(?:宫|府|楼|总部|庄园|别墅|宾馆|白宫|办公室)$")


def place_of(
    context: Context, sentence: Sentence, start: int, end: int, told_to: int | None = None
) -> tuple[str, int] | None:
    """Where people met, with its offset: the place named with 在 between two offsets, else the one visited.

    `told_to` is where the words of meeting end: who goes somewhere behind them goes there later.
    """
    encoded = sentence.encoded
    first, last = encoded.position(start), encoded.position(end - 1) + 1
    text = without_guest(encoded.text)
    for match in reversed(list(AT.finditer(text, first, last))):
        chosen = in_chain([m for m in encoded.mentions[slice(*match.span("chain"))] if m is not None])
        if chosen is not None:
            return chosen
    house = _house_in(context, start, end)
    if house is not None:
        return house
    spelt = SPELT.search(text, first, last)
    if spelt and _is_town(encoded.mentions[spelt.start("name")], spelt["name"]):
        at = encoded.starts[spelt.start("name")]
        return context.reading.folded[at : encoded.ends[spelt.end("name") - 1]], at
    country = None
    visiting_to = last if told_to is None else encoded.position(told_to - 1) + 1
    for match in reversed(list(VISITING.finditer(text, first, visiting_to))):
        if ALSO.search(text, first, match.start()):
            continue  # 出席北约峰会并访问波兰
        group = "chain" if match["chain"] else "goal"
        mentions = [m for m in encoded.mentions[slice(*match.span(group))] if m is not None]
        chosen = in_chain(mentions)
        if chosen is not None and not isinstance(mentions[-1].value, Side):
            return chosen
        country = country or chosen  # 抵达泰国曼谷，对泰国进行访问: the town
    return country


def visited_before(context: Context, sentence: Sentence, end: int) -> tuple[str, int] | None:
    """Where the clause before goes: 将在周一前往柬埔寨，与洪玛奈见面; 3月去过瓦加杜古，见了……."""
    encoded = sentence.encoded
    if end <= sentence.start:
        return None
    last = encoded.position(end - 1)
    first = encoded.text.rfind("，", 0, max(last - 1, 0)) + 1
    found = GONE.search(encoded.text, first, last + 1)
    return (
        in_chain([m for m in encoded.mentions[slice(*found.span("chain"))] if m is not None])
        if found
        else None
    )


def in_chain(chain: Sequence[Mention]) -> tuple[str, int] | None:
    """The city of a chain such as 泰国曼谷, 广东省广州市 or 加纳首都阿克拉, else the country, else the house."""
    chain = [m for i, m in enumerate(chain) if not _is_region_of(m, chain[i + 1 : i + 2])] or chain
    for mention in chain:
        if isinstance(mention.value, Place) or is_nobody(mention):
            return mention.words, mention.start
    for mention in chain:
        if isinstance(mention.value, Organisation):
            towns = find_places(mention.words)
            if towns and towns[0].start == 0:
                return towns[0].words, mention.start
            if HOUSE.search(mention.words):
                return mention.words, mention.start
    for mention in chain:
        named = len(mention.words) > 1 or mention.words == "华"  # 访美 names no place
        if isinstance(mention.value, Side) and mention.value.form == "country" and named:
            return ("中国" if mention.words == "华" else mention.words), mention.start
    return None


def _is_region_of(mention: Mention, following: Sequence[Mention]) -> bool:
    """Whether a province stands before its town: 广东省 of 广东省广州市, 海南 of 海南博鳌."""
    if not following or not isinstance(following[0].value, Place) or not isinstance(mention.value, Place):
        return False
    return mention.words.endswith(REGIONS) or PROVINCES.fullmatch(mention.words) is not None


def _house_in(context: Context, start: int, end: int) -> tuple[str, int] | None:
    """The town that opens the name of a house the reading has not taken for a place: 在河内主席府, 在杜尚别国宾馆."""
    for match in reversed(list(HOUSE_AT.finditer(context.reading.folded, start, end))):
        at = match.start("name")
        towns = find_places(match["name"])
        if towns and towns[0].start == 0:
            return towns[0].words, at
    return None


def is_nobody(mention: Mention) -> bool:
    """Whether a name taken for a person's is nobody's: behind 抵达 or 在 it is a town's."""
    return isinstance(mention.value, Person) and mention.value.side is None and mention.value.role is None


def _is_town(mention: Mention | None, name: str) -> bool:
    """京 for Beijing, a transcribed name that nobody knows, or one that the tagger took for a person's."""
    return (
        is_nobody(mention)
        if mention is not None
        else name == "京" or (transcribed_only(name) and name != "那里")
    )
