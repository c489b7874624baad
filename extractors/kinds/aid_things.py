"""What is given: amounts, things as written, the sort of help, and which batch it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.reading.document import Reading
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Counted, Mention, MentionType

COUNT, MONEY, WEAPON, ORDINAL, TIME = (
    SYMBOLS[MentionType(kind)] for kind in ("count", "money", "weapon", "ordinal", "time")
)
# Clauses that go on with what is given.
GOES_ON = re.compile(
    rf"，(?:以及|及|和|并包括|还包括|还有|其中|包括|包含|涵盖|内含|内容|价值|总值|总额|总计|共计|合计|总价值?|总金额|累计|经费|金额|规模|资金|用于|用以|协助|例如|比如|如|主要|另有|或者|或|援助总计|(?:援助|军援)?(?:方案|计划)|该(?:方案|计划)|援助(?=包括|将包括)|{ORDINAL}|{COUNT}|{MONEY}|将用于|用来|以购买|这些|这批|该批|这项)"
)
ANOTHER = re.compile("(?:以及|并|同时|还)(?:将|已)?(?:给予|提供|派遣|为|向|追加|捐赠)")
LISTING = re.compile("包括了?|包含|涵盖|内含|比如|例如|诸如|其中有|内容为")
PURPOSE = re.compile(
    "(?:用于|用来|用以|以|协助|帮助|资助|来|为|，)[^，]{0,6}?(?:采购|购买|购置|订购|购入|添购|生产)(?:更多的?)?|"
    "用于(?!击|打|抵|对抗|拦|摧|支付)(?=[^，]{1,12}(?:和|、|，|$))"
)
BOUGHT = re.compile("采购|购买|购置|订购|购入|添购")
# What ends the phrase that names a thing.
PHRASE_END = re.compile(
    "一事|的(?:问题|计划|协议|可能|要求|决定|承诺|内容|请求|提议|做法|行为|方式|国家|时候|消息|前提|条件|同时|方案|提案|建议|法案|命令|议案|设想|立场|原因|理由|努力|进程|速度|数量|基础上)|表示|预计|正被|正在|即将|(?<![所可])以(?!色列|及)|来(?:保|抵|应|支|打|防|加|帮)|用于|用来|帮助|支持(?!$)|将|已|是|(?<!提)供[^应给]|"
    rf"{TIME}|的(?:包机|飞机|专机|货轮|车队|运输机)|"
    "运抵|抵达|送达|交接|捐赠仪式|启运|发运|进行|应对|使用|操作(?!训练|培训)|等|[（(：:]|就|，|并|在(?!内)|从|被|经(?=[\ue000-\uf8ff])|(?<![及临实小])时|后|(?:之|以)外$|(?<![国海室户])外$|前往|由(?!于)|对抗|(?<![远长]程)(?<!精确)打击|直至|作为|成为|能够|可以|可"
)
JOIN = re.compile(
    "、|甚至|，(?:以及|和|及|还有|另有)?|以及|(?<![涉普遍以])及(?!时|其)|(?<!饱)和(?!平|谐)|与|还有"
)
HEAD = re.compile(
    rf"^(?:：|目前|现在|但|是(?!否)|主要是|了|的|将|有|由|更多的?|额外的?|新的?|价值|总值|总额|总价值|约|{MONEY}|{ORDINAL}|急需的?|紧急|所需的?|必要的?|相关|包括|以及|和|其他|其它|进一步的?|先进的?|最|{TIME}|首次|向.提供|合计|共计|提供|交付|捐赠|另有|还有|购买|采购|购置|承诺提供|或承诺|一些|那些|一系列|上述|所谓|主要|涉及|另外)+"
)
# Arms by their type: 米格-29, T-72, M777.
TYPE = "(?<![A-Za-z0-9])[A-Z][A-Za-z]{0,6}-?[0-9]{1,4}[A-Z]?|(?:米格|苏|图|豹|幻影)-?[0-9]{1,4}"
# Units in which goods are counted: with one of these a phrase of a list is a thing, whatever its noun.
GOODS_UNITS = frozenset("辆架枚套门艘吨箱个台发部件批顶支剂条张座份只袋组颗瓶床双把桶升具") | frozenset(
    ("公斤", "人份", "立方米", "万吨", "公吨", "千克", "集装箱", "卡车")
)
UNITS_OF_ARMS = frozenset("辆架枚套门艘台发吨剂") | {"人份"}
# Names of things that say no more than their sort; a list behind them names the things themselves.
UNSPECIFIC = re.compile(
    "^(?:首批|这批|各类|各种|大量|更多|先进|大批|西方)?(?:重型|尖端|远程打击|远程|现代化|高科技|进攻性|防御性|致命性?|杀伤性)?(?:武器|装备|军火|武器装备|军事装备|武器弹药|弹药|军备|情报|技术|.{0,8}物资)$"
)
# Ways of giving at the end of a phrase that name nothing: “豹”坦克直接运往….
MANNER = re.compile("(?:直接|紧急|尽快|分批|陆续|一并|免费|无偿|迅速|正|仍|也|都)+$")
# Help measured or told apart by what it consists of: 27万吨人道主义援助, 紧急粮食援助.
NAMED_HELP = re.compile("(?:紧急|额外|更多)?(?:粮食|食品|医疗|防空|能源|燃料|弹药|物资|武器|装备)援助$")
GOODS_HELP = re.compile("^(?:粮食|食品|燃料|弹药|物资|武器|装备)援助$")
# What a listing behind 包括 may hold though the lexicon has no word for it: a short phrase without verbs of its own.
LISTED = re.compile("(?:[^\ue000-\uf8ff，的了在向对将为是有不]|(?<=[a-zA-Z0-9])-){2,9}")
# What stands in a list beside a thing is one too, unless it is a verb's: 防毒面具和无人机, but not 武器和部署部队.
BESIDE = re.compile("[、和与及]|以及|还有")
VERBAL = re.compile(
    "派|处理|防护(?![面服口用装设])|提供|部署|帮助|来|修|清|搭|建|用|协助|协调|加强|进行|支持|开展|实施|推动|继续|停止|表示|呼吁|宣布|维持|保护|解决|改善|恢复|重建|稳定|缓解|抗击|应对|人员$|呼|促|使|让|要|参|增|减|扩|加|打|受|获|发|其他|各|两|双|它|他|她|我|这|那|当地|政府|人民|平民"
)
# Kinds of one thing: 防御和攻击武器, 500个医护和渔业培训名额.
SHARED = re.compile(f"{COUNT}?[^\ue000-\uf8ff，的]{{2}}")
SHORTEST = 3
STRONG = COUNT + WEAPON + MONEY
# What a carrier holds: 派出3架满载食品的飞机.
LOADED = re.compile("满载着?|载有|载着|装有|装载着?|运载|装满")
SUPPLY = re.compile(
    "(?<=武器|弹药|军火|装备|物资|坦克|导弹|燃料|粮食)(?:运输|供应|交付|输送|供给|采购|购买|捐赠|出口)$|(?<=设备|物资|药品)支持$"
)
WORTH = re.compile(rf"(?:价值|总额|总值|合计|共计|约|共)*{MONEY}$")
# Goods by weight or by the box are one item together: 25吨食品和药品.
BULK_UNITS = frozenset(("吨", "公吨", "万吨", "公斤", "千克", "箱", "批"))
LESSON = re.compile("的[^，。的]{0,4}(?:培训|训练)$")
BULK = re.compile(f"{COUNT}[^{COUNT}]{{0,8}}(?:援助|捐助|支援)$")


@lru_cache(maxsize=1)
def _thing() -> re.Pattern[str]:
    endings = sorted(read_toml("aid.toml")["things"]["endings"], key=lambda word: (-len(word), word))
    return re.compile(f"(?:{TYPE}|{'|'.join(map(re.escape, endings))})$")


@lru_cache(maxsize=1)
def _abstract() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, read_toml("aid.toml")["things"]["abstract"])) + ")$")


def object_end(text: str, first: int) -> int:
    """Where the stretch that names what is given ends: at the clause end, or behind clauses that go on with it."""
    at = first
    while True:
        end = next((i for i in range(at, len(text)) if text[i] in "，。！？；"), len(text))
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
        general = [n for n in named if not UNSPECIFIC.match(reading.folded[n[0] : n[1]]) and n[1] - n[0] > 2]
        named = [*general, *told] if told else named
    yield from named


def _list_end(text: str, first: int, last: int) -> int:
    """A list ends where a clause neither goes on with 以及 nor opens with a number."""
    at = first
    while True:
        end = text.find("，", at, last)
        if end < 0:
            return last
        if not re.match(rf"，(?:以及|及|和|还有|并有|另有|或|{COUNT})", text[end : end + 4]):
            return end
        at = end + 1


def _phrases(
    reading: Reading, encoded: Encoded, first: int, last: int, *, listed: bool = False
) -> Iterator[tuple[int, int]]:
    """The phrases between joining words that name a thing; a listing is trusted further than a bare object."""
    text = encoded.text[:last]
    stop = next((m.start() for m in re.finditer("等(?!离|级|待|[0-9]*国)", text[first:])), None)
    last = last if stop is None else first + stop
    found = list(_elements(encoded, first, last, listed=listed))
    named = any(stretch for _, _, stretch in found)
    for number, (start, end, stretch) in enumerate(found):
        shared = SHARED.fullmatch(text, start, end) and not VERBAL.match(text, start)
        if stretch is None and number + 1 < len(found) and shared:
            head = found[number + 1][2]  # 防御和攻击武器 is one thing
            if head and head[0] == end + 1 and text[end] in "和及与" and text[head[0]] not in STRONG:
                found[number + 1] = (start, found[number + 1][1], (start, head[1]))
                continue
        if stretch is None and named and not listed and _stands_beside(text, start, end, first, last):
            thing = _thing_in(encoded, start, end, listed=True)
        else:
            thing = stretch
        if thing:
            yield _with_quotes(reading, *encoded.span(*thing))


def _elements(
    encoded: Encoded, first: int, last: int, *, listed: bool
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """The stretches between joining words, each with the thing it names; a clause without one ends the list."""
    text, at = encoded.text[:last], first
    for join in [*JOIN.finditer(text, first, last), None]:
        if (
            join
            and join.group() in "和及与"
            and _is_bulk(encoded, at, join.start())
            and COUNT not in text[join.end() : last]
        ):
            continue
        end = join.start() if join else last
        stretch = _thing_in(encoded, at, end, listed=listed)
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


def _thing_in(encoded: Encoded, first: int, last: int, *, listed: bool) -> tuple[int, int] | None:
    """The stretch of a phrase that names a thing, without what comes before and behind the name."""
    text = encoded.text[:last]
    head = HEAD.match(text[first:])
    if head:
        first += head.end()
    last = _without_tails(text, first, last)
    text = text[:last]
    cut = PHRASE_END.search(text, first + 1)
    tail = text.rfind("的", first, last)
    if cut and not (tail > cut.start() and _names_thing(encoded, tail, last)):
        last = cut.start()
    loaded = list(LOADED.finditer(encoded.text, first, last))
    first = loaded[-1].end() if loaded and loaded[-1].end() < last else first
    manner = MANNER.search(encoded.text[first:last])
    if manner and manner.start():
        last = first + manner.start()
    text = encoded.text[:last]
    money = text.rfind(MONEY, first, last)
    if money >= 0:  # 一批价值5亿美元的军事装备: the amount is a slot of its own
        first = money + 1
        behind = HEAD.match(text[first:])  # 3000万欧元购买变压器
        first += behind.end() if behind else 0
    of = text.rfind("的", first, last)
    if of >= 0 and LESSON.search(text[of:]):  # “爱国者”系统的操作培训 is one thing
        of = -1
    if of >= 0 and _names_thing(encoded, of + 1, last) and not _thing().search(text[first:of]):
        count = next((i for i in range(first, of) if text[i] == COUNT), None)
        first = of + 1 if count is None or of - count > 8 else count
    if last - first < 1 or text.startswith(("通过", "经由", "借助"), first):  # 通过邮政系统 says how
        return None
    phrase = text[first:last]
    held = encoded.mentions_in(first, last)
    weapon = any(
        m.type is MentionType.WEAPON
        or (m.type in (MentionType.PERSON, MentionType.ORGANISATION) and _thing().search(m.words))
        for m in held
    )  # 艾布拉姆斯坦克 may be read as a name
    counted = len(phrase) > 1 and bool(_units(held) & GOODS_UNITS)
    named = NAMED_HELP.search(phrase)
    if named:  # 粮食援助 gives 粮食, 2亿美元的紧急粮食援助 is one thing
        goods = GOODS_HELP.search(named.group()) and MONEY not in encoded.text[max(0, first - 6) : first]
        return first + named.start(), last - len("援助") if goods else last
    if _units(held) & BULK_UNITS - {"批"} and BULK.search(phrase):
        return first, last
    if counted and phrase.endswith(COUNT) and _thing().search(phrase[:-1]):  # 疫苗100万剂
        return first, last
    if not weapon and _abstract().search(phrase):
        return None
    trusted = listed and LISTED.fullmatch(phrase) is not None
    if weapon or _thing().search(phrase) or trusted or (counted and listed and len(phrase) <= 14):
        return first, last
    return None


def _without_tails(text: str, first: int, last: int) -> int:
    """Where a phrase ends without what stands behind the name: 武器运输 gives 武器, 武器弹药约73万美元 gives 武器弹药."""
    for tail in (SUPPLY, WORTH):
        behind = tail.search(text, first + 1, last)
        last = behind.start() if behind else last
    return last


def number_of_things(encoded: Encoded, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """A number that stands for things named before it: 首批100枚将运往乌克兰."""
    for at in range(first, last):
        mention = encoded.mentions[at]
        if mention is not None and _units([mention]) & UNITS_OF_ARMS:
            batch = at > first and encoded.text[at - 1] == ORDINAL
            return (encoded.span(at - batch, at + 1),)
    return ()


def _is_bulk(encoded: Encoded, first: int, last: int) -> bool:
    """True where goods in the stretch are measured in bulk."""
    return bool(_units(encoded.mentions_in(first, last)) & BULK_UNITS)


def _units(mentions: Sequence[Mention]) -> set[str | None]:
    return {m.value.unit for m in mentions if isinstance(m.value, Counted)}


def _names_thing(encoded: Encoded, first: int, last: int) -> bool:
    return WEAPON in encoded.text[first:last] or _thing().search(encoded.text[first:last]) is not None


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
