"""What was hit and where: the words around the verb, taken apart into place, owner and object.

“俄罗斯别尔哥罗德州边境城市舍别基诺的一座面包厂” names a country, a region, a town and the object. The place is the most
specific one; places joined by 、和 stay together as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.kinds.sides import side_code
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.gazetteer import look_up, transliteration
from extractors.reading.mention import Mention, MentionType, Person, Place, WeaponType
from extractors.reading.sides import capitals, short_side_codes

PLACE, SIDE, ORGANISATION, TIME, COUNT = (
    SYMBOLS[kind]
    for kind in (MentionType.PLACE, MentionType.SIDE, MentionType.ORGANISATION, MentionType.TIME, MentionType.COUNT)
)
COMPASS = "(?:东北|西北|东南|西南|[东南西北中])(?:部|郊|侧|海岸|沿海|岸|面|端)"
# What may stand between the names of a chain: 南部港口城市, 首都, 在, 的.
STEP = re.compile(
    rf"(?:{COMPASS}|首都|首府|港口|港|城市|市区|重镇|重要|主要|关键|边境|边界|沿海|沿岸|工业|旅游|小镇|村庄|村镇|乡村|农村|城镇|地区|靠近|邻近|"
    r"中心|腹地|前线|本土|占领区|控制区|全境|境内|领土|大城市|第[一二三]大|特别是在?|尤其是在?|位于|部署在|设在|驻扎?在|进入|"
    rf"距离?[^，。；]{{0,14}}?{COUNT}(?:的|处|外)*|以[东西南北]+{COUNT}?(?:处|的)*|"
    r"占领的|控制的|军(?!用|事|工|火|营|港|舰|机|队|政|人|官|车|备|服)|在|的|其|与|附近的?|俄占|被占领的|所在的|该国)"
)
JOINT = re.compile("、|和|与|及|以及|并|还有|到|至|—|-")
SUFFIX = re.compile(
    rf"(?:以[东西南北]+(?:约?{COUNT})?(?:海域|地区|处)?|{COMPASS}(?:地区|城镇|郊区|山区|海域|边境|近郊)?|边境地区|边境|城区|郊区|郊外|近郊|"
    r"附近海域|附近|周边地区|周边|一带|外海|近海|海域|沿岸|沿海|部分地区|境内|领海|机场附近|港口附近)"
)
ET_CETERA = re.compile(
    rf"等?(?:前线)?(?P<where>(?:{COUNT}|多个|各个|数个|其他|多|各|两|三|四|五)?(?:地区|方向|地|州|市|城市|城镇|村镇|处|省|定居点|居民点|战线|区域|地方)?)(?:的|，)?"
)
LEADING = re.compile(
    rf"(?:{TIME}|又|还|也|再次|再度|一再|持续|连续|接连|不断|多次|当天|已经|已|均|都|则|有|共|其中|但|而|并|随后|先后|正在|继续|同时|此外|另外|"
    r"据称|据报道|据悉|尽管|虽然|针对|针对的是|由于|因|以回应|导致|造成|致使|致|使得|使|仍有一些|了|约有|大约|包括|就|是|目标是|袭击目标是|成功|[:：])+"
)
TRAILING = re.compile(
    rf"(?:{TIME}|又|还|也|再次|再度|持续|连续|接连|不断|多次|已经|已|均|都|随后|先后|一度|部分|严重|轻微|完全|上|里|里面|时|之后|同时|直接|不同程度|"
    r"再|曾|早些时候|稍早|的一?大半|的大?部分|的一部分|则|因|几乎|全部|航行|行驶|停靠|执行任务|途中|期间|过程中|被|在|遭到|受到|今晨|突然|很可能|可能|附近|上空|现场|当场|正|中)+$"
)
TRAILING_PLACE = re.compile(rf"(?:在|于)(?P<chain>[{PLACE}{SIDE}](?:{JOINT.pattern}|的|{STEP.pattern}|{SUFFIX.pattern}|[{PLACE}{SIDE}])*)$")
TAIL = re.compile("(?:等(?:多处|一批|多个|重要|军事|各类|多种)?目标|等|目标等|等设施|在内)$")
BARE_GOAL = re.compile("^(?:[东西南北中]+部(?:地区)?|目标|多个目标|部分地区|多地|多处|多个地区|各地|地区|本土|领土|腹地|纵深|[该这那][^市州地区镇村]{1,6}|境内目标|方向|市中心|市|州|城|全境|当地|该市|该州|该地区|该国|该地|全国)$")
# Things that the gazetteer or the tagger takes for places.
NO_PLACE = re.compile("(?:清真寺|公路|铁路|教堂|广场|大桥|机场|学校|医院|基地|[一二两三]座|^[东西南北中]+部地区|该[市州地区镇村]+)$")
# Behind a bare place name these make it the name of the facility: 别拉亚空军基地, 新古比雪夫斯克炼油厂.
NAMED_FACILITY = re.compile(
    "(?:国际|空军|海军|军用|民用|直升机|战略|石油|天然气|化工|钢铁|火力|水力|冶金)*(?:机场|基地|炼油厂|[^，、的和]{0,3}厂|核?电站|发电站|医院|大学|油库|大桥|体育馆|车站|清真寺|大坝|水坝|监狱|教堂|难民营|矿|舰|号)"
)
REGION_NAME = re.compile("(?:州|地区|省|边疆区|自治区|共和国|市|区|县|镇|村|半岛|岛|加沙地带)$")
# Armed actors that RECORDS.md names by code; any other actor goes by its name as written.
ACTORS = {"HAMAS", "HEZBOLLAH", "HOUTHI", "ISIS", "TALIBAN", "WAGNER", "PIJ", "AL_QAEDA"}
HERE = re.compile("(?:[该全本](?=市|州|地区|区|村|镇|城|县|港|岛|省)|当地)(?:市|州|地区|区|村|镇|城|县|港|岛|省)?")


@dataclass(frozen=True)
class Struck:
    """An object phrase read: offsets of target and place in the article, the owner's side, what it leaves open."""

    target: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    target_words: str = ""  # in folded form
    bare_words: str = ""  # without its mentions
    owners: tuple[str, ...] = ()
    place_country: str | None = None
    only_country: bool = False  # the place is no more than a country
    front: bool = False  # the place is a direction of the front, no place that was hit
    here: bool = False  # the phrase points back: 该市, 当地
    broad: bool = False  # a part of a country: 乌克兰南部地区


@dataclass
class _Chain:
    """Names read from left to right, with the group of the last ones that belong together."""

    group: list[tuple[int, int]] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    country: str | None = None
    joined: bool = False
    front: bool = False
    country_group: tuple[int, int] | None = None
    end: int = 0
    before_last: list[tuple[int, int]] = field(default_factory=list)
    here: bool = False
    broad: bool = False


def read_object(encoded: Encoded, first: int, last: int) -> Struck:
    """The object phrase in the encoded stretch [first, last)."""
    first, last, adjunct = _trim(encoded, first, last)
    situated = encoded.text.find("所在的", first, last)
    first = situated + 3 if situated >= 0 else first
    chain = read_chain(encoded, first, last)
    _situated(encoded, chain, first, last)
    start = _named_facility(encoded, chain, last)
    rest_last = _without_tail(encoded.text, start, last)
    start, chain = _measured(encoded, start, rest_last, chain)
    words = encoded.text[start:rest_last]
    here = HERE.match(words)
    chain.here = chain.here or bool(here)
    if here and words[here.end() :].lstrip("的") and not words.startswith(("全", "本")):
        start += here.end() + (1 if words[here.end() : here.end() + 1] == "的" else 0)
        if words[here.end() :].lstrip("的").startswith("有"):
            start += 1
        words = encoded.text[start:rest_last]
    target = encoded.span(start, rest_last) if rest_last > start and not BARE_GOAL.match(words) else None
    place = encoded.span(chain.group[0][0], chain.group[-1][1]) if chain.group else None
    country = chain.country
    if adjunct is not None and (place is None):
        place = encoded.span(adjunct.group[0][0], adjunct.group[-1][1]) if adjunct.group else None
        country, chain.front = adjunct.country, adjunct.front
    only_country = place is None and chain.country_group is not None
    if only_country and chain.country_group is not None:
        place = encoded.span(*chain.country_group)
    owners = tuple(chain.owners) + tuple(_owners(encoded, start, rest_last))
    plain = _plain(encoded, start, rest_last, weapons=False) if target else ""
    inner = encoded.mentions[start] if target else None
    if inner is not None and place is None and inner.type is MentionType.ORGANISATION and "的" in inner.words:
        town = inner.words.index("的")
        if look_up(inner.words[:town]) and target:  # 大马士革的国防部 read as one name
            place, target = (inner.start, inner.start + town), (inner.start + town + 1, target[1])
    bare = "".join(sign for sign, held in zip(words, encoded.mentions[start:rest_last], strict=True) if held is None)
    return Struck(target, place, plain, bare, owners, country, only_country, chain.front, chain.here, chain.broad)


def read_chain(encoded: Encoded, first: int, last: int) -> _Chain:
    """The names at the beginning of [first, last): owners, and the most specific group of places."""
    text, chain, at, joint = encoded.text, _Chain(end=first), first, False
    while at < last:
        mention = encoded.mentions[at]
        if mention is not None and mention.words.startswith("该") and len(mention.words) < 4:
            chain.here, chain.end, at = True, at + 1, at + 1
            continue
        if _is_place(encoded, at, last):
            suffix = SUFFIX.match(text, at + 1, last)
            end = suffix.end() if suffix else at + 1
            if joint or chain.joined and chain.group and at == chain.end:
                chain.joined = True
            else:
                chain.before_last, chain.group = chain.group, []
            chain.group.append((at, end))
            chain.broad = False
            chain.country = chain.country or (side_code(mention) if mention is not None else None)
            chain.end = at = end
            etc = ET_CETERA.match(text, at, last) if text[at : at + 1] == "等" else None
            if etc:
                chain.front = chain.front or "方向" in etc["where"] or "战线" in etc["where"]
                chain.joined, chain.end = True, etc.end()
                at = etc.end()
            elif text.startswith(("方向", "前线"), at):
                chain.front, chain.end = True, at + 2
                at += 2
            joint = False
            continue
        if mention is not None and mention.type is MentionType.SIDE:
            code = side_code(mention)
            if OF_MAKE.match(encoded.text, at + 1):
                break
            if code:
                chain.owners.append(code)
            if EQUIPMENT.search(mention.words):
                break
            suffix = SUFFIX.match(text, at + 1, last)
            end = suffix.end() if suffix else at + 1
            chain.country_group = (at, end) if _is_country(mention) or suffix else chain.country_group
            if suffix and not _place_follows(encoded, end, last):
                chain.group, chain.country, chain.broad = [(at, end)], code, True
            chain.end = at = end
            etc = ET_CETERA.match(text, at, last)
            if etc and etc.end() > at and etc["where"]:
                chain.end = at = etc.end()
            joint = False
            continue
        unknown = _unknown_name(encoded, at, last)
        if unknown:
            chain.before_last, chain.group = chain.group, [(at, unknown)]
            chain.end = at = unknown
            continue
        letter = short_side_codes().get(text[at]) if mention is None and text[at] in "俄乌以叙黎美英印巴" else None
        if letter and (_is_place(encoded, at + 1, last) if at + 1 < last else False):
            chain.owners.append(letter)
            at += 1
            continue
        step = STEP.match(text, at, last)
        joined = JOINT.match(text, at, last)
        if joined and chain.group and _place_follows(encoded, joined.end(), last):
            joint, at = True, joined.end()
        elif step:
            at = step.end()
            if step.group() in ("的", "在", "军"):
                chain.end = at
        else:
            break
    return chain


OF_MAKE = re.compile("[制产造]|国旗|籍|国籍")
# Forces whose name is what was hit: 俄防空系统, 乌战机.
EQUIPMENT = re.compile("(?:系统|战机|军机|士兵|军人|军舰|舰艇)$")


def _is_place(encoded: Encoded, at: int, last: int) -> bool:
    """Whether a place stands at a position; a bare name the tagger took for a person counts before 的 or a number."""
    mention = encoded.mentions[at]
    if mention is None or NO_PLACE.search(mention.words):
        return False
    if mention.type is MentionType.PLACE:
        return True
    if mention.type is MentionType.SIDE:
        return mention.words in capitals()
    if mention.type is MentionType.PERSON and isinstance(mention.value, Person) and not mention.value.role:
        following = encoded.text[at + 1 : at + 2] if at + 1 < last else ""
        return mention.value.side is None and following in ("", "的", "、", "和", "等", "市", "镇", "村", COUNT)
    return False


def _unknown_name(encoded: Encoded, at: int, last: int) -> int | None:
    """The end of a foreign name that nobody knows, where 的, a number or the end follows it."""
    letters, end = transliteration(), at
    while end < last and encoded.mentions[end] is None and encoded.text[end] in letters:
        end += 1
    if end - at < 3:
        return None
    following = encoded.text[end : end + 1] if end < last else ""
    return end if following in ("", "的", "市", "镇", "村", COUNT) else None


def _named_facility(encoded: Encoded, chain: _Chain, last: int) -> int:
    """Where the object begins: with the place itself where it is the facility's name (库尔斯克机场)."""
    if not chain.group or chain.joined or chain.end != chain.group[-1][1] or len(chain.group) > 1:
        return chain.end
    first, end = chain.group[0]
    mention = encoded.mentions[first]
    if mention is None or end != first + 1 or REGION_NAME.search(mention.words):
        return chain.end
    named = NAMED_FACILITY.match(_plain(encoded, end, last))
    if not named:
        return chain.end
    behind = end + len(named.group())
    if _plain(encoded, end, last)[len(named.group()) :].startswith("的") and encoded.text[behind : behind + 1] == "的":
        chain.group, chain.end = [(first, behind)], behind + 1  # 苏丹港国际机场的一座燃料库
        return chain.end
    if chain.before_last:
        chain.group = chain.before_last
    return first


def _plain(encoded: Encoded, first: int, last: int, *, weapons: bool = True) -> str:
    """The encoded stretch in words, with or without its weapons in flight."""
    return "".join(
        sign if held is None else held.words if weapons or not _flies(held) else ""
        for sign, held in zip(encoded.text[first:last], encoded.mentions[first:last], strict=True)
    )


def _flies(mention: Mention) -> bool:
    return isinstance(mention.value, WeaponType) and mention.value.code != "artillery"


def _situated(encoded: Encoded, chain: _Chain, first: int, last: int) -> None:
    """Names that nobody knows, told by their frame: 位于…医院附近的帐篷."""
    found = SITUATED.match(encoded.text, first, last)
    if found and not chain.group and found.end() < last:
        chain.group, chain.end = [(found.start("where"), found.end("where"))], found.end()


SITUATED = re.compile("(?:位于|部署在|在)(?P<where>[^，。；的]{1,16}?(?:附近|境内|一带|[东南西北]部|市|镇|村|州|区|岛))的")


def _place_follows(encoded: Encoded, at: int, last: int) -> bool:
    """Whether a place comes next, behind words such as 南部 or 港口城市."""
    for _ in range(5):
        if at >= last:
            return False
        mention = encoded.mentions[at]
        if mention is not None:
            return _is_place(encoded, at, last)
        step = STEP.match(encoded.text, at, last)
        if not step:
            return False
        at = step.end()
    return False


def _trim(encoded: Encoded, first: int, last: int) -> tuple[int, int, _Chain | None]:
    """The stretch without times and adverbs at its ends; a place told behind the object (在黑海) apart."""
    lead = LEADING.match(encoded.text, first, last)
    first = lead.end() if lead else first
    adjunct: _Chain | None = None
    for _ in range(3):
        trail = TRAILING.search(encoded.text[first:last])
        if trail and trail.end() > trail.start():
            last = first + trail.start()
        behind = TRAILING_PLACE.search(encoded.text[first:last])
        if behind and behind.start() > 0:
            adjunct = read_chain(encoded, first + behind.start("chain"), last)
            last = first + behind.start()
        elif not trail:
            break
    return first, max(first, last), adjunct


def _without_tail(text: str, first: int, last: int) -> int:
    tail = TAIL.search(text[first:last])
    return first + tail.start() if tail and tail.start() > 0 else last


def _measured(encoded: Encoded, first: int, last: int, chain: _Chain) -> tuple[int, _Chain]:
    """Where the object begins if unknown place names stand before its number: 达希耶街区的一栋楼."""
    for at in range(first + 1, min(first + 14, last) if encoded.text[first : first + 1] not in ("该", "全", "本") else first):
        mention = encoded.mentions[at]
        if mention is not None and mention.type is MentionType.COUNT:
            before = encoded.text[first:at]
            if re.search("(?:地区|街区|区|村|镇|城|郊|部|市|县|港|路|街|中心|附近|境内|边境|岛|营|市场)的?$", before):
                if chain.group or before[0] not in "的":
                    begin = chain.group[0][0] if chain.group else first
                    chain.group = [(begin, at - 1 if before.endswith("的") else at)]
                return at, chain
            return first, chain
        if mention is not None and mention.type is not MentionType.ORGANISATION:
            return first, chain
    return first, chain


def _owners(encoded: Encoded, first: int, last: int) -> list[str]:
    found = []
    for mention in encoded.mentions_in(first, last):
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION) and not _of_make(encoded, mention, first, last):
            code = side_code(mention)
            if code and not (len(code) > 2 and code.isupper() and code not in ACTORS):
                found.append(code)
    return found


def _of_make(encoded: Encoded, mention: Mention, first: int, last: int) -> bool:
    """Whether a side only tells where a thing was made or registered: 美制火炮, 悬挂利比里亚国旗."""
    at = encoded.mentions.index(mention, first, last)
    return OF_MAKE.match(encoded.text, at + 1) is not None


def _is_country(mention: Mention) -> bool:
    value = mention.value
    return getattr(value, "form", "") == "country" or isinstance(value, Place)
