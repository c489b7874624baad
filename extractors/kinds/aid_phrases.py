"""The phrase that names one thing given: where its name begins and ends, and whether it names a thing at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Counted, Mention, MentionType

COUNT, MONEY, WEAPON, ORDINAL, TIME = (
    SYMBOLS[MentionType(kind)] for kind in ("count", "money", "weapon", "ordinal", "time")
)
RECEIVERS = "".join(SYMBOLS[MentionType(kind)] for kind in ("side", "organisation", "place"))
# What ends the phrase that names a thing.
PHRASE_END = re.compile(
    f"给(?=[{RECEIVERS}])|"
    "一事|的(?:问题|计划|协议|可能|要求|决定|承诺|内容|请求|提议|做法|行为|方式|国家|时候|消息|前提|条件|同时|方案|提案|建议|法案|命令|议案|设想|立场|原因|理由|努力|进程|速度|数量|基础上)|表示|预计|正被|正在|即将|(?<![所可])以(?!色列|及)|经由|经过|来(?:保|抵|应|支|打|防|加|帮)|用于|用来|帮助|支持(?!$)|将|已|是|(?<!提)供[^应给]|"
    rf"{TIME}|的[{RECEIVERS}]?(?:包机|飞机|专机|货轮|车队|运输机|船只|货船|运输船|列车|航班)|"
    "运抵|抵达|送达|交接|捐赠仪式|启运|发运|进行|应对|使用|操作(?!训练|培训)|等|[（(：:]|就|——|，|并|在内?|从|(?<![棉毛])被|经(?=[\ue000-\uf8ff])|(?<![及临实小])时|后|(?:之|以)外$|(?<![国海室户])外$|前往|由(?!于)|对抗|(?<![远长]程)(?<!精确)打击|直至|作为|成为|能够|可以|可"
)
PARTIES = f"[{RECEIVERS}]"
HEAD = re.compile(
    rf"^(?:：|任何|(?:物资|装备|武器|清单)(?:有|包括|为)|[^，、的{COUNT}]{{0,8}}(?:者|民众|灾民|居民|难民|家庭|军队)(?={COUNT})|{PARTIES}(?:政府|军队|方面|军方)?(?={COUNT})|{PARTIES}(?=(?:购买|采购|买)[^，]{{2}})|买(?![家卖])|已有|目前|现在|每[天日周月年]|但|是(?!否)|主要是|了|的|将|有|由|更多的|额外的?|新的?|价值|总值|总额|总价值|约|{MONEY}|{ORDINAL}|急需的?|所需的?|必要的?|相关|包括|以及|和|进一步的?|先进的?|最|{TIME}|首次|向.提供|合计|共计|(?:总|一)?共有?(?={COUNT})|提供|交付|捐赠|另有|还有|(?:能够?|可以?|可?用于|可?用来)[^，、的]{{2,12}}的(?=[^，、的]{{2}})|购买|采购|购置|承诺提供|或承诺|一些|那些|一系列|上述|所谓|主要|涉及|另外|[^，、的]{{0,4}}(?:提供|捐赠|援助|赠送|交付|援赠)的(?={COUNT}))+"
)
# Arms by their type: 米格-29, T-72, M777.
TYPE = "(?<![A-Za-z0-9])[A-Z][A-Za-z]{0,6}-?[0-9]{1,4}[A-Z]?|(?:米格|苏|图|豹|幻影)-?[0-9]{1,4}"
# Units in which goods are counted: with one of these a phrase of a list is a thing, whatever its noun.
GOODS_UNITS = frozenset("辆架枚套门艘吨箱个台发部件批顶支剂条张座份只袋组颗瓶床双把桶升具") | frozenset(
    ("公斤", "人份", "立方米", "万吨", "公吨", "千克", "集装箱", "卡车")
)
# What a number measures stands before it: 射程达300公里的导弹.
MEASURED = re.compile("(?:射程|航程|续航|全长|总长|总重|口径|载重)[^，。的]{0,3}$")
UNITS_OF_ARMS = frozenset("辆架枚套门艘台发吨剂") | {"人份"}
# Ways of giving at the end of a phrase that name nothing: “豹”坦克直接运往….
MANNER = re.compile("(?:直接|紧急|尽快|分批|陆续|一并|免费|无偿|迅速|正|仍|也|都)+$")
# Help measured or told apart by what it consists of: 27万吨人道主义援助, 紧急粮食援助.
NAMED_HELP = re.compile("(?:紧急|额外|更多)?(?:粮食|食品|医疗|防空|能源|燃料|弹药|物资|武器|装备)援助$")
GOODS_HELP = re.compile("^(?:粮食|食品|燃料|弹药|物资|武器|装备)援助$")
# What a listing behind 包括 may hold though the lexicon has no word for it: a short phrase without verbs of its own.
LISTED = re.compile("(?:[^\ue000-\uf8ff，的了在向对将为是有不]|(?<=[a-zA-Z0-9])-){2,9}")
# Lessons in a list: 协助训练乌克兰军队.
TRAINS = re.compile(
    f"(?:协助|帮助)?(?:训练|培训){PARTIES}的?(?:军队|部队|士兵|军人|官兵|飞行员|警察|人员)?|"
    "(?:协助|帮助)?(?:训练|培训)[^，、的]{0,6}(?:军队|部队|士兵|军人|官兵|飞行员|警察|人员)"
)
# What a thing can do, before its name: 击落飞机和坦克的武器 is one thing.
DOES = re.compile(
    "(?:能够?|可以?|用于|用来)?(?:击落|摧毁|击毁|防护|防范|对抗|抵御|探测|拦截|清除|维修|操作|使用|打击|瞄准)[^，的]+"
)
SEVERAL = re.compile("[、和与及]")
# 美国生产的防空技术: who makes a thing of a list.
MADE = re.compile(f"{SYMBOLS[MentionType.SIDE]}(?:生产|制造|研制|研发|开发)的")
# Sorts of help are no things: 包括军事、经济和人道主义援助.
SORT = re.compile("军事|经济|财政|金融|人道(?:主义)?|防务|安全|政治|外交|技术|民事|发展|预算|能源")
# Sorts in a list before one word for help: 粮食、能源和医疗援助.
SORTS = {
    "military": "军事|防务|安全",
    "financial": "经济|财政|金融|资金",
    "humanitarian": "人道(?:主义)?|医疗|粮食|食品|救灾",
    "energy": "能源|电力",
    "reconstruction": "重建",
}
LIST_OF_SORTS = re.compile(
    f"(?:{'|'.join(SORTS.values())})(?:(?:、|和|与|及|以及)(?:{'|'.join(SORTS.values())}))+(?:等)?(?:方面)?的?(?:援助|支持|支援|帮助|资助)"
)
# What a carrier holds: 派出3架满载食品的飞机.
LOADED = re.compile("满载着?|载有|载着|装有|装载着?|运载|装满")
SUPPLY = re.compile(
    "(?<=武器|弹药|军火|装备|物资|坦克|导弹|燃料|粮食)(?:运输|供应|交付|输送|供给|采购|购买|捐赠|出口|支援|援助)?(?:请求|要求|申请)?$|(?<=设备|物资|药品)支持$"
)
WORTH = re.compile(rf"(?:价值|总额|总值|合计|共计|约|共)*{MONEY}$")
# Goods by weight or by the box are one item together: 25吨食品和药品.
BULK_UNITS = frozenset(("吨", "公吨", "万吨", "公斤", "千克", "箱"))
LESSON = re.compile("的[^，。的]{0,4}(?:培训|训练)$")
BULK = re.compile(f"{COUNT}[^{COUNT}]{{0,8}}(?:援助|捐助|支援)$")


@lru_cache(maxsize=1)
def _thing() -> re.Pattern[str]:
    endings = sorted(read_toml("aid.toml")["things"]["endings"], key=lambda word: (-len(word), word))
    return re.compile(f"(?:{TYPE}|{'|'.join(map(re.escape, endings))})$")


@lru_cache(maxsize=1)
def _abstract() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(re.escape, read_toml("aid.toml")["things"]["abstract"])) + ")$")


def is_abstract(words: str) -> bool:
    """True for words of help that name no thing."""
    return _abstract().search(words) is not None


def name_start(text: str, first: int) -> int:
    """Where a phrase begins without what comes before the name."""
    head = HEAD.match(text[first:])
    return first + head.end() if head else first


def thing_in(encoded: Encoded, first: int, last: int, *, listed: bool) -> tuple[int, int] | None:
    """The stretch of a phrase that names a thing, without what comes before and behind the name."""
    text = encoded.text[:last]
    first = name_start(text, first)
    last = _without_tails(text, first, last)
    text = text[:last]
    cut = PHRASE_END.search(text, first + 1)
    tail = text.rfind("的", first, last)
    if cut and tail > cut.start():  # 一批可供11万人使用的医疗物资已于…
        behind = PHRASE_END.search(text, tail + 2)
        close = behind.start() if behind else last
        last = close if names_thing(encoded, tail, close) else cut.start()
    elif cut:
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
    if of >= 0 and (
        LESSON.search(text[of:]) or (DOES.fullmatch(text, first, of) and SEVERAL.search(text, first, of))
    ):
        # “爱国者”系统的操作培训 and 探测地雷的设备 are one thing each
        of = -1
    if of >= 0 and names_thing(encoded, of + 1, last) and not _thing().search(text[first:of]):
        count = next((i for i in range(first, of) if text[i] == COUNT), None)
        measured = MEASURED.search(text, first, count) if count is not None else None
        first = measured.start() if measured else of + 1 if count is None or of - count > 8 else count
    if last - first < 1 or text.startswith(("通过", "经由", "借助"), first):  # 通过邮政系统 says how
        return None
    phrase = text[first:last]
    held = encoded.mentions_in(first, last)
    weapon = any(
        m.type is MentionType.WEAPON
        or (m.type in (MentionType.PERSON, MentionType.ORGANISATION) and _thing().search(m.words))
        for m in held
    )  # 艾布拉姆斯坦克 may be read as a name
    counted = len(phrase) > 1 and bool(units_in(held) & GOODS_UNITS)
    named = NAMED_HELP.search(phrase)
    if named:  # 粮食援助 gives 粮食, 2亿美元的紧急粮食援助 is one thing
        goods = GOODS_HELP.search(named.group()) and MONEY not in encoded.text[max(0, first - 6) : first]
        return first + named.start(), last - len("援助") if goods else last
    if units_in(held) & BULK_UNITS and BULK.search(phrase):
        return first, last
    if counted and phrase.endswith(COUNT) and _thing().search(phrase[:-1]):  # 疫苗100万剂
        return first, last
    if not weapon and _abstract().search(phrase):
        return None
    made = MADE.match(phrase)
    name = phrase[made.end() :] if made else phrase
    named_by = LISTED.fullmatch(name) or TRAINS.fullmatch(name)
    trusted = listed and named_by is not None and not SORT.fullmatch(name)
    if weapon or _thing().search(phrase) or trusted or (counted and listed and len(phrase) <= 14):
        return first, last
    return None


def _without_tails(text: str, first: int, last: int) -> int:
    """Where a phrase ends without what stands behind the name: 武器运输 gives 武器, 武器弹药约73万美元 gives 武器弹药."""
    for tail in (SUPPLY, WORTH):
        behind = tail.search(text, first + 1, last)
        last = behind.start() if behind else last
    return last


def is_bulk(encoded: Encoded, first: int, last: int) -> bool:
    """True where goods in the stretch are measured in bulk."""
    return bool(units_in(encoded.mentions_in(first, last)) & BULK_UNITS)


def units_in(mentions: Sequence[Mention]) -> set[str | None]:
    return {m.value.unit for m in mentions if isinstance(m.value, Counted)}


def names_thing(encoded: Encoded, first: int, last: int) -> bool:
    return WEAPON in encoded.text[first:last] or _thing().search(encoded.text[first:last]) is not None
