"""What is given: amounts, things as written, the sort of help, and which batch it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.kinds.aid_phrases import (
    COUNT,
    DOES,
    LIST_OF_SORTS,
    MONEY,
    ORDINAL,
    TIME,
    UNITS_OF_ARMS,
    WEAPON,
    is_abstract,
    is_bulk,
    name_start,
    thing_in,
    units_in,
)
from extractors.reading.document import Reading
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType

__all__ = [
    "COUNT",
    "MONEY",
    "ORDINAL",
    "TIME",
    "UNSPECIFIC",
    "VERBAL",
    "WEAPON",
    "number_of_things",
    "object_end",
    "things",
]

PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PLACE))
# Clauses that go on with what is given.
GOES_ON = re.compile(
    rf"，(?:以及|及|和|外加|(?:另外?|再)?加上|并包括|还包括|还有|其中|当中(?=[包有含])|含|包括|包含|涵盖|内含|内有|里面有|内容|价值|总值|总额|总计|共计|合计|总价值?|总金额|累计|经费|金额|规模|资金|用于|用以|(?:武器|装备|弹药|物资|设备)[和与及、]?(?:武器|装备|弹药|物资|设备)?(?:主要|将|具体)?(?:包括|包含|涵盖|有)|协助|例如|比如|如|主要|具体|另有|或者|或|援助总计|(?:援助|军援)?(?:方案|计划)|该(?:方案|计划)|援助(?=包括|将包括)|{ORDINAL}|{COUNT}|{MONEY}|将用于|用来|以购买|这些|这批|该批|这项)"
)
ANOTHER = re.compile(
    "(?:以及|并|同时|还)(?:将|已)?(?:给予|提供|派遣|为|向|追加|捐赠)|"
    f"(?:、|和|及)(?=[向为给][{PARTIES}][^，。；、]{{0,12}}?(?:提供|捐赠|拨|交付|运送|援助|给予))"  # 向A提供…、向B提供…
)
LISTING = re.compile(
    "包括了?|包含|涵盖|内含|(?<=，)(?:内|共|另|还|里面)有|(?<=，)含有?|当中有|比如|例如|诸如|其中有|内容为|，如(?![果今同此下期何])|像(?=[^，]{2,24}这样)"
)
# A list that stands before what it belongs to: 包括导弹和弹药在内的武器.
INCLUDED = re.compile("(?:包括|包含|涵盖)(?P<list>[^。；]{1,40}?)在内的?")
# The word for the whole of which things are told: 在内的武器装备.
WHOLE = re.compile("[^，。、；]*")
PURPOSE = re.compile(
    "(?:用于|用来|用以|以|协助|帮助|资助|来|为|，)[^，]{0,6}?(?:采购|购买|购置|订购|购入|添购|生产)(?:更多的?)?|"
    "用于(?!击|打|抵|对抗|拦|摧|支付)(?=[^，]{1,12}(?:和|、|，|$))"
)
BOUGHT = re.compile("采购|购买|购置|订购|购入|添购")
JOIN = re.compile(
    "、|甚至|，(?:以及|和|及|还有|另有|外加|(?:另外?|再)?加上)?|以及|(?<![涉普遍以])及(?!时|其(?![他它]))|(?<!饱)和(?!平|谐)|与|还有"
)
# Names of things that say no more than their sort; a list behind them names the things themselves.
UNSPECIFIC = re.compile(
    "^(?:首批|这批|各类|各种|大量|更多|先进|大批|西方)?(?:重型|尖端|远程打击|远程|现代化|高科技|进攻性|防御性|致命性?|杀伤性)?(?:武器|装备|军火|武器装备|军事装备|武器弹药|弹药|军备|情报|技术|.{0,8}物资)$"
)
# What stands in a list beside a thing is one too, unless it is a verb's: 防毒面具和无人机, but not 武器和部署部队.
BESIDE = re.compile("[、和与及]|以及|还有")
VERBAL = re.compile(
    "派|处理|防护(?![面服口用装设])|提供|部署|帮助|来|修|清|搭|建|用|协助|协调|加强|进行|支持|开展|实施|推动|继续|停止|表示|呼吁|宣布|维持|保护|解决|改善|恢复|重建|稳定|缓解|抗击|应对|人员$|呼|促|使|让|要|参|增|减|扩|加|打|受|获|发|其他|各|两|双|它|他|她|我|这|那|当地|政府|人民|平民"
)
# Kinds of one thing: 防御和攻击武器, 500个医护和渔业培训名额.
SHARED = re.compile(f"{COUNT}?[^\ue000-\uf8ff，的]{{2}}")
# Sorts of supplies that a comma joins: 军用、医疗物资.
SORT_OF_GOODS = re.compile(
    "军用|民用|军事|警用|医用|医疗|卫生|生活|防疫|抗疫|救灾|救援|人道(?:主义)?|御寒|应急"
)
# What arms are for, before their name: 防空和导弹防御系统 is one thing.
FOR = re.compile("防空|反坦克|反战车|反舰|反导|反无人机|防御|进攻|攻击")
# Where a clause about a thing closes behind a joining word.
CLAUSE_OF = re.compile("[^，。]{1,20}的(?=[^，。的])")
SHORTEST = 3
STRONG = COUNT + WEAPON + MONEY


def object_end(text: str, first: int) -> int:
    """Where the stretch that names what is given ends: at the clause end, or behind clauses that go on with it."""
    at = first
    while True:
        end = next((i for i in range(at, len(text)) if text[i] in "，。！？；—–"), len(text))
        another = ANOTHER.search(text, first + 1, end)
        if another and not text[first : another.start()].endswith("包括"):
            return another.start()
        if (
            end == len(text)
            or text[end] != "，"
            or not GOES_ON.match(text, end)
            or ANOTHER.match(text, end + 1)
        ):
            return end
        at = end + 1


def things(
    reading: Reading, encoded: Encoded, first: int, last: int, *, listed: bool = False
) -> Iterator[tuple[int, int]]:
    """Offsets of the things named in the encoded stretch [first, last), in order; all of it is a list where `listed`."""
    text = encoded.text[:last]
    if listed:
        yield from _phrases(reading, encoded, first, _list_end(text, first, last), listed=True)
        return
    included = INCLUDED.search(text, first)
    told = _included(reading, encoded, first, included) if included else []
    if included and told:
        yield from told
        behind = WHOLE.match(text, included.end())
        counted = behind is not None and COUNT in behind.group()  # 包括两架运输机在内的5架飞机
        start = included.end() if behind is None or counted else behind.end()
        yield from things(reading, encoded, start, last)
        return
    listing = LISTING.search(text, first)
    purpose = PURPOSE.search(text, first)
    head_end = min([m.start() for m in (listing, purpose) if m] or [last])
    named = list(_phrases(reading, encoded, first, head_end))
    if purpose and not named:
        bought = BOUGHT.search(purpose.group()) is not None  # whatever is bought is a thing
        goods = _list_end(text, purpose.end(), last)
        named = list(_phrases(reading, encoded, purpose.end(), goods, listed=bought))
    if listing:
        told = list(
            _phrases(reading, encoded, listing.end(), _list_end(text, listing.end(), last), listed=True)
        )
        named = [*_specific(reading, named), *told] if told else named
    yield from named


def _included(
    reading: Reading, encoded: Encoded, first: int, included: re.Match[str]
) -> list[tuple[int, int]]:
    """The things of a list closed by 在内, with those before it that say more than their sort."""
    told = list(_phrases(reading, encoded, *included.span("list"), listed=True))
    before = list(_phrases(reading, encoded, first, included.start())) if told else []
    return [*_specific(reading, before), *told]


def _specific(reading: Reading, named: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [n for n in named if not UNSPECIFIC.match(reading.folded[n[0] : n[1]]) and n[1] - n[0] > 2]


def _list_end(text: str, first: int, last: int) -> int:
    """A list ends where a clause neither goes on with 以及 nor opens with a number."""
    at = first
    while True:
        end = text.find("，", at, last)
        if end < 0:
            return last
        if not re.match(rf"，(?:以及|及|和|还有|并有|另有|外加|加上|或|{COUNT})", text[end : end + 4]):
            return end
        at = end + 1


def _phrases(
    reading: Reading, encoded: Encoded, first: int, last: int, *, listed: bool = False
) -> Iterator[tuple[int, int]]:
    """The phrases between joining words that name a thing; a listing is trusted further than a bare object."""
    sorts = LIST_OF_SORTS.search(encoded.text, first, last)
    last = sorts.start() if sorts else last  # 粮食、能源和医疗援助 names no things
    text = encoded.text[:last]
    stop = next((m.start() for m in re.finditer("等(?!离|级|待|[0-9]*国)", text[first:])), None)
    last = last if stop is None else first + stop
    found = list(_elements(encoded, first, last, listed=listed))
    named = any(stretch for _, _, stretch in found)
    for number, (start, end, stretch) in enumerate(found):
        begin = name_start(text, start)
        use = FOR.fullmatch(text, begin, end)
        sort = stretch is None and SORT_OF_GOODS.fullmatch(text, begin, end)
        kind = stretch is None and (SHARED.fullmatch(text, begin, end) or _is_calibre(encoded, begin, end))
        # but not 资金和武器
        shared = kind and not VERBAL.match(text, begin) and not is_abstract(text[begin:end])
        if (use or shared) and number + 1 < len(found):
            head = found[number + 1][2]  # 防御和攻击武器 is one thing
            apart = head and text[head[0]] in STRONG and not (use or _is_calibre(encoded, begin, end))
            if head and head[0] == end + 1 and text[end] in ("和及与、" if sort else "和及与") and not apart:
                found[number + 1] = (start, found[number + 1][1], (begin, head[1]))
                continue
        if stretch is None and named and not listed and _stands_beside(text, start, end, first, last):
            thing = thing_in(encoded, start, end, listed=True)
        else:
            thing = stretch
        if thing:
            yield _with_quotes(reading, *encoded.span(*thing))


def _is_calibre(encoded: Encoded, first: int, last: int) -> bool:
    """True for a calibre that a thing joined behind names: 155毫米和105毫米炮弹."""
    mention = encoded.mentions[first] if last == first + 1 else None
    return mention is not None and mention.words.endswith("毫米")


def _elements(
    encoded: Encoded, first: int, last: int, *, listed: bool
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """The stretches between joining words, each with the thing it names; a clause without one ends the list."""
    text, at = encoded.text[:last], first
    for join in [*JOIN.finditer(text, first, last), None]:
        if (
            join
            and join.group() in "和及与"
            and is_bulk(encoded, at, join.start())
            and COUNT not in text[join.end() : last]
        ):
            continue
        if join and DOES.fullmatch(text, at, join.start()) and CLAUSE_OF.match(text, join.end(), last):
            continue
        end = join.start() if join else last
        stretch = thing_in(encoded, at, end, listed=listed)
        yield at, end, stretch
        if stretch is None and not listed and join and join.group()[0] == "，":
            return
        at = join.end() if join else last


def _stands_beside(text: str, start: int, end: int, first: int, last: int) -> bool:
    """True where a phrase is a member of a list in one clause: joined to its neighbours, and no verb's."""
    before = start > first and BESIDE.fullmatch(text[start - 1 : start])
    behind = end < last and BESIDE.match(text, end)
    modifier = behind and not before and end - start < SHORTEST  # 生物和化学武器的设备
    return bool(before or behind) and not modifier and not VERBAL.match(text, start)


def number_of_things(encoded: Encoded, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """A number that stands for things named before it: 首批100枚将运往乌克兰."""
    for at in range(first, last):
        mention = encoded.mentions[at]
        if mention is not None and units_in([mention]) & UNITS_OF_ARMS:
            batch = at > first and encoded.text[at - 1] == ORDINAL
            return (encoded.span(at - batch, at + 1),)
    return ()


def _with_quotes(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Quotation marks and brackets that belong to the name, which encoding leaves out."""
    whole = reading.whole
    words = whole[start:end]
    if whole[start - 1 : start] == "“" and words.count("”") > words.count("“"):
        start -= 1
    if whole[start - 1 : start] == "“" and whole[end : end + 1] == "”":
        return start - 1, end + 1
    if words.count("“") > words.count("”") and whole[end : end + 1] == "”":
        end += 1
    return start, end
