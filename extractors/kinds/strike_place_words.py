"""The words and marks around place names in strikes: what joins them, follows them, and only looks like one."""

from __future__ import annotations

import re

from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.gazetteer import look_up, transliteration
from extractors.reading.mention import MentionType, Place
from extractors.reading.sides import country_names

PLACE, SIDE, ORDINAL, TIME, COUNT = (
    SYMBOLS[kind]
    for kind in (
        MentionType.PLACE,
        MentionType.SIDE,
        MentionType.ORDINAL,
        MentionType.TIME,
        MentionType.COUNT,
    )
)
WEAPON = SYMBOLS[MentionType.WEAPON]
COMPASS = "(?:东北|西北|东南|西南|[东南西北中])(?:部|郊|侧|海岸|沿海|岸|面|端|边)"
# What may stand between the names of a chain: 南部港口城市, 首都, 在, 的.
STEP = re.compile(
    rf"(?:{COMPASS}|{ORDINAL}(?={PLACE})|半岛上?|郊区|郊外|市郊|近郊|该(?:地区|州|市|省|国)(?=[东南西北])|首都|首府|港口|港|城市|市区|重镇|重要|主要|关键|边境|边界|沿海|沿岸|工业|旅游|小镇|村庄|村镇|乡村|农村|城镇|地区|靠近|邻近|"
    r"中心|腹地|前线|本土|占领区|控制区|全境|境内|领土|大城市|第[一二三]大|{ORDINAL}大|特别是在?|尤其是在?|位于|部署在|设在|驻扎?在|进入|"
    rf"[-—]+|距离?[^，。；]{{0,14}}?{COUNT}(?:的|处|外)*|以[东西南北]+{COUNT}?(?:处|的)*|"
    r"一侧的?|占领的|控制的|被?围困的|被?包围的|驻有|军(?!用|事|工|火|营|港|舰|机|队|政|人|官|车|备|服)|在|上的|的|其|与|航行的|行驶的|附近的?|俄占|被占领的|所在的|该国)"
)
JOINT = re.compile("、|和|与|及|以及|并|还有|到|至|—|-")
SUFFIX = re.compile(
    rf"(?:以[东西南北]+(?:约?{COUNT})?(?:海域|地区|处)?|{COMPASS}(?:地区|城镇|郊区|山区|海域|边境|近郊)?|边境地区|边境|城区|郊区|郊外|郊|近郊|"
    r"及其?(?:周边|附近|周围)(?:地区|区域)?|附近海域|附近|周边地区|周边|一带|外海|近海|海域|沿岸|沿海|部分地区|境内|腹地|纵深(?:地区)?|领海|国际水域|水域|公海|走廊|[东西南北左右两]岸|难民营|[中内里](?=的|[{COUNT}{SIDE}])|机场附近|港口附近)"
)
ET_CETERA = re.compile(
    rf"等?(?:前线)?(?P<where>(?:{COUNT}|多个|各个|数个|其他|多|各|两|三|四|五)?(?:地区|地点|方向|地|州|市|城市|城镇|村镇|处|省|定居点|居民点|战线|区域|地方)?)(?:的|，)?"
)
# What closes a place or a side without 等: 加沙城多个区域, 黎巴嫩多地, 俄境内.
MANY_PARTS = re.compile(
    rf"(?:的)?(?:{COUNT}|多个|多|各|数个|其他|部分|大部分)(?:个)?(?P<where>地区|区域|地点|地方|方向|街区|城市|城镇|地(?![面下点道铁雷堡]))(?:的|，)?"
)
# Parts of a country that are the place themselves: 乌克兰多个城市, 黎巴嫩多个边境村镇.
MANY_TOWNS = re.compile(
    rf"的?(?:{COUNT}|多个|多座|多|各个|数个|数座|一些|几个|几座|许多|众多|其他|其它|若干|不少)(?:个|座)?"
    r"(?:[^，。；、的]{2,5}的)?(?:主要|边境|边界|沿海|沿岸|山区|前线|[东南西北]+部|大|小|重要)?(?:地区|区域|地(?![面下点道铁雷堡])|城市|城镇|市镇|小镇|乡镇|村庄|村镇|村落|市县|[州省](?![长政府]))"
)
# So many regions of a country told before: 15个州.
REGIONS = re.compile(f"{COUNT}(?:州|省|地区|行政区|城市)(?![长政府当])")
# Things that the gazetteer or the tagger takes for places.
NO_PLACE = re.compile(
    "(?:清真寺|公路|铁路|教堂|广场|大桥|机场|学校|医院|基地|政府|[一二两三]座|^[东西南北中]+部地区|该[市州地区镇村]+)$"
    "|^(?:大|小|两|三|各)?(?:城市|市镇|城镇)$|高级|设施|军事|市中心|^(?:市区|郊区|市郊|城郊|半岛)$|安全$|^库尔德$|^绿区$|^(?:[东西南北中]欧|欧洲|亚洲|非洲|[南北]美洲?|拉丁美洲|世界|全球|中东)$"
)
KIND_ALONE = re.compile("(?:大|小)?(?:城市|市镇|城镇)$")
NAMED_FOR = re.compile("(?:野战)?(?:广场|医院|学校|大学|街|路|清真寺|公园|体育场|酒店|十字路口)")
# Behind a name these make it that of a ship or pipeline: “北溪”管道.
NAMED_THING = re.compile("”?号|”?(?:[-—]?[0-9一二两]号?)?”?(?:海底)?(?:天然气|输油|石油|油气)?管[道线]")
TOWN = re.compile("[镇村市县区]$")
# A capital that stands for its own name: 叙利亚首都, 黎巴嫩首都南郊.
CAPITAL = re.compile(
    f"首都(?:[东南西北]{{0,2}}郊[区外]?|[东南西北]{{1,2}}部|市郊|市区|附近|周边|郊[区外])?(?=[的等、，{COUNT}]|$)"
)
# Kinds of places by which a name that nobody knows is told: 宰通地区, 阿布舒克难民营.
UNKNOWN_KIND = re.compile(
    "地区|街区|社区|难民营|营地|谷地|农场|[市镇村区县省州岛郡府](?![长政场民中庄落域际内立])"
)
KIND_OF_QUARTER = re.compile("地区|街区|社区|难民营|谷地")
# The end of a longer name of which a shorter one is known: 斯维亚托申斯 + 基区.
CUT_NAME = re.compile(
    f"[{''.join(sorted(transliteration()))}基申波达亚马沙林京]{{1,4}}[市镇村区县州岛](?![长政场民中庄落域际内立])"
)
# Two countries between which something lies: 黎巴嫩和叙利亚之间, 伊拉克和叙利亚境内.
BETWEEN_COUNTRIES = re.compile(
    f"{SIDE}(?:(?:和|与|、|及){SIDE}(?:(?:之间|境内|交界处?|边境(?:地区)?|两国)+|(?=的)))"
)
# Another part of the place just named: 加沙地带南部 + 和中部, 北部 + 和南部地区.
OTHER_PART = re.compile(
    f"(?:和|与|及|以及|、)(?:{COMPASS}(?:地区|多个地区|多地)?)(?=的|等|多|{COUNT}|，|。|$|以及|和|、)"
)
# Countries written with one character before a place.
ONE_LETTER_SIDES = "俄乌以叙黎美英印巴"
OF_MAKE = re.compile("[制产造]|国旗|籍|国籍")
BORDER = re.compile("(?:边境|边界|国境)(?!城市|州|地区|村|小?镇)")
OUTSKIRTS = re.compile("[东南西北]?(?:郊区|市郊|城郊|郊|市区)")
# The same name in another script behind it: 别廖兹卡（Beryozka）村.
GLOSS = re.compile("[（(][^（）()，。；]{2,30}[）)]")
# Words before the name of a town, however short: 首都基乌.
OF_TOWNS = {"首都", "首府", "城市", "小镇", "城镇", "重镇", "村庄"}
# A place in Latin letters: Mykolaiv的一座大楼, Siversk市.
LATIN = re.compile("[A-Z][a-z'’-]{2,}(?:-[A-Z][a-z]+)?")
# Forces whose name is what was hit: 俄防空系统, 乌战机.
EQUIPMENT = re.compile("(?:系统|战机|军机|士兵|军人|军舰|舰艇)$")


def country_before_town(words: str) -> bool:
    """Whether a name is a town behind its country, which the tagger took for an organisation: 也门荷台达."""
    return any(
        isinstance(look_up(words[length:]), Place)
        for length in range(2, len(words) - 1)
        if words[:length] in country_names()
    )


def is_latin_name(encoded: Encoded, at: int) -> bool:
    """Whether a name in Latin letters stands like a place, whatever the tagger took it for: Siversk的一家面包厂."""
    mention = encoded.mentions[at]
    gloss = GLOSS.match(encoded.text, at + 1)
    behind = gloss.end() if gloss else at + 1
    follows = encoded.text[behind : behind + 1]
    return (
        mention is not None
        and LATIN.fullmatch(mention.words) is not None
        and follows in ("的", "市", "镇", "村", "区")
    )
