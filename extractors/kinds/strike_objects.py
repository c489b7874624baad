"""What was hit: the words around the verb, taken apart into place, owner and object."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.kinds.strike_attributes import behind_place, place_by_kind
from extractors.kinds.strike_inner_places import (
    FACILITY_NAME,
    facility_town,
    is_host,
    place_inside,
    town_in_name,
)
from extractors.kinds.strike_owners import SHORT, behind_rank, with_owner, without_long_owner
from extractors.kinds.strike_place_words import COUNT, JOINT, OF_MAKE, PLACE, SIDE, STEP, SUFFIX, TIME, WEAPON
from extractors.kinds.strike_places import Chain, is_in_a_name, read_chain
from extractors.reading.encoding import Encoded
from extractors.reading.gazetteer import look_up
from extractors.reading.mention import Mention, MentionType, Place, WeaponType, side_code

LEADING = re.compile(
    rf"(?:{WEAPON}?(?:的)?(?:残骸|碎片)[^，。{COUNT}]{{0,4}}?(?:引发|引起|引燃|导致|造成|致使|致|使|令)(?:了)?|{TIME}|[0-9]+[.、]|[|]|图为|之后|此后|如今|称(?=[这该那]|{COUNT})|确认(?=该|{COUNT})|就连|全(?={SIDE}境内)|惊悉(?:贵国)?|获悉|得知|[境国]内[有的]|如(?!今)|例如|诸如|官员[指称]有|又|还|也|再次|再度|一再|持续|连续|接连|不断|多次|当天|已经|已|均|都|则|有|共|其中|但|而|并|随后|先后|正在|继续|同时|此外|另外|"
    r"对|向|事件中|期间|其(?=驻|在|位于)|据称|据报道|据悉|尽管|虽然|针对|针对的是|由于|因|以回应|导致|造成|致使|致|使得|使|仍有一些|有些|一些|有|先是|据信|了|约有|大约|不只|不仅|只|包括|就|是|目标是|袭击目标是|成功|[:：])+"
)
TRAILING = re.compile(
    rf"(?:在[^，。；在]{{0,12}}(?:袭击|攻击|空袭|炮击|轰炸)中?|在(?:当地|边境|前线|现场|那里|该[州市镇村区地])|在[^，。；在的]{{0,4}}(?:{TIME}|{COUNT})[^，。；在的]?(?:内|里|间)就|{TIME}(?:和|与|、)?(?={TIME})|{TIME}|又|还|也|再次|再度|持续|连续|接连|不断|多次|已经|已|均|(?<!首)都|随后|先后|一度|部分|严重|轻微|完全|继续|刚刚|疑似?|疑被|疑遭|曾出现|的?(?:大规模|大面积|大范围)|(?<=[厂院校场店楼堂寺馆站库])内|(?<=[车桥])下|(?<!以)上|里|里面|时|之后|后|已然|期间|同时|直接|不同程度|"
    r"再|曾|因[^，。；]{1,14}而|(?:在|于)?(?:半夜|午夜|深夜|夜间|夜里|清晨|黎明前?)|早些时候|稍早|一口气|接连|就|便|先后|的一?大半|的大?部分|的一部分|则|因|几乎|全部|航行|行驶|停靠|执行任务|途中|期间|过程中|被|在|遭到|受到|今晨|突然|很可能|可能|附近|上空|现场|当场|正|中)+$"
)
TRAILING_PLACE = re.compile(
    rf"(?:在|于)(?P<chain>[{PLACE}{SIDE}](?:{JOINT.pattern}|的|{STEP.pattern}|{SUFFIX.pattern}|[{PLACE}{SIDE}])*"
    rf"(?:{COUNT}(?:村庄|村落|小镇|城镇|城市|地点|地方))?)$"
)
TAIL = re.compile(
    "(?:等(?:行为|行动|做法|事件)|等(?:多处|一批|多个|重要|军事|各类|多种)?目标|等|目标等|等设施|在内|的(?:行为|行动|做法|事件|消息|报道))$"
)
BARE_GOAL = re.compile(
    "^(?:行为|行动|做法|举动|事件|[这那](?:座|个|一)(?:港口城市|城市|城镇|小镇|镇|村庄|村|港口)|[东西南北中]+部(?:地区|城市)?|(?:其)?(?:周边|周围|附近|邻近)(?:的)?(?:地区|区域|城市|城镇)?|目标|多个目标|部分地区|多地|多处|多个地区|各地|地区|本土|领土|腹地|纵深|[该这那][^市州地区镇村]{1,6}|境内目标|方向|市中心|市|州|城|城镇|城市|村镇|全境|当地|该[市州国地镇村区城岛县省港]|该地区|全国)$"
)
# Behind a bare place name these make it the name of the facility: 别拉亚空军基地, 新古比雪夫斯克炼油厂.
NAMED_FACILITY = re.compile(
    "(?:国际|空军|海军|军用|民用|直升机|战略|石油|天然气|化工|钢铁|火力|水力|冶金)*(?:机场|基地|炼油厂|[^，、的和]{0,3}厂|核?电站|发电站|水电站|水力发电[站厂]|热电[站厂]|发电厂|医院|大学|油库|大桥|体育馆|车站|清真寺|大坝|水坝|监狱|教堂|矿|舰|号)"
)
REGION_NAME = re.compile("(?:州|地区|省|边疆区|自治区|共和国|市|区|县|镇|村|半岛|岛|加沙地带)$")
# Armed actors that RECORDS.md names by code; any other actor goes by its name as written.
ACTORS = {"HAMAS", "HEZBOLLAH", "HOUTHI", "ISIS", "TALIBAN", "WAGNER", "PIJ", "AL_QAEDA"}
HERE = re.compile(
    "(?:[该全本](?=市|州|地区|区域|区|村|镇|城|县|港|岛|省)|当地|[这那](?:座|个|一)?(?=城市|城镇|小镇|镇|村|港口))"
    "(?:港口城市|城市|城镇|小镇|村庄|港口|市|州|地区|区域|区|村|镇|城|县|港|岛|省)?"
)
SITUATED = re.compile(
    "(?:位于|部署在|在)(?P<where>[^，。；的]{1,16}?(?:附近|境内|一带|[东南西北]部|市|镇|村|州|区|岛))的"
)


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
    towns: bool = False  # several of its towns: 乌克兰多个城市


def read_object(encoded: Encoded, first: int, last: int) -> Struck:
    """The object phrase in the encoded stretch [first, last)."""
    first, last, adjunct = _trim(encoded, first, last)
    situated = encoded.text.find("所在的", first, last)
    first = situated + 3 if situated >= 0 else first
    chain = _chain_of(encoded, first, last)
    start = behind_rank(encoded, _named_facility(encoded, chain, last), last)
    joint = JOINT.match(encoded.text, start, last)
    start = joint.end() if joint and chain.group else start
    rest_last = _without_tail(encoded.text, start, last)
    start, chain = _measured(encoded, start, rest_last, chain)
    if 0 < rest_last - start <= SHORT:
        start = with_owner(encoded, start, first)
    words = encoded.text[start:rest_last]
    here = HERE.match(words)
    chain.here = chain.here or bool(here)
    if here and words[here.end() :].lstrip("的") and not words.startswith(("全", "本")):
        start += here.end() + (1 if words[here.end() : here.end() + 1] == "的" else 0)
        if words[here.end() :].lstrip("的").startswith("有"):
            start += 1
        words = encoded.text[start:rest_last]
    start = _behind_attribute(encoded, chain, without_long_owner(encoded, start, rest_last), rest_last)
    words = encoded.text[start:rest_last]
    target = encoded.span(start, rest_last) if rest_last > start and not BARE_GOAL.match(words) else None
    place = encoded.span(chain.group[0][0], chain.group[-1][1]) if chain.group else None
    country = chain.country
    if adjunct is not None and (place is None):
        place = encoded.span(adjunct.group[0][0], adjunct.group[-1][1]) if adjunct.group else None
        country, chain.front = adjunct.country, adjunct.front
    facility = facility_town(encoded, start) if target and rest_last == start + 1 else None
    inner_chain = (
        place_inside(encoded, start, rest_last) if place is None and target and not facility else None
    )
    if facility is not None:
        place, country = place or facility[0], country or facility[1]
    elif inner_chain is not None:
        place = encoded.span(inner_chain.group[0][0], inner_chain.group[-1][1])
        country = inner_chain.country
        target = None if inner_chain.end >= rest_last else target  # 库区首府埃尔比勒
    only_country = place is None and chain.country_group is not None
    if only_country and chain.country_group is not None:
        place = encoded.span(*chain.country_group)
    owners = tuple(chain.owners) + tuple(_owners(encoded, start, rest_last))
    plain = _on_the_ground(encoded, start, rest_last) if target else ""
    inner = encoded.mentions[start] if target else None
    if inner is not None and (place is None or only_country) and inner.type is MentionType.ORGANISATION:
        town = town_in_name(inner.words)
        if town is not None and target:
            place, only_country = (inner.start, inner.start + town[0]), False
            country = country or town[1]
            if inner.words[town[0]] == "的":  # 大马士革的国防部 read as one name
                target = (inner.start + town[0] + 1, target[1])
    bare = "".join(
        sign for sign, held in zip(words, encoded.mentions[start:rest_last], strict=True) if held is None
    )
    return Struck(
        target, place, plain, bare, owners, country, only_country, chain.front, chain.here, chain.broad, chain.towns,
    )  # fmt: skip


def _behind_attribute(encoded: Encoded, chain: Chain, start: int, last: int) -> int:
    """Where the object begins behind an attribute of place, which the chain takes in if it has no place yet."""
    behind = behind_place(encoded, start, last)
    if behind == start or chain.group:
        return behind
    inside = place_inside(encoded, start, behind)
    kind = place_by_kind(encoded, start, behind)
    if inside is not None:
        chain.group, chain.country = inside.group, chain.country or inside.country
    elif kind is not None:
        chain.group = [kind]
    return behind


def _on_the_ground(encoded: Encoded, first: int, last: int) -> str:
    """The object in words; none where it is what flies: 六架乌克兰无人机."""
    head = encoded.mentions[last - 1]
    flies = head is not None and _flies(head)
    joint = max(encoded.text.rfind(mark, first, last) for mark in "、和与及")
    if flies and joint > first:
        return _on_the_ground(encoded, first, joint)  # 一个控制站和10架无人机
    return "" if flies else _plain(encoded, first, last, weapons=False).lstrip("、和与及")


def _chain_of(encoded: Encoded, first: int, last: int) -> Chain:
    """The names at the beginning of an object; of 包括X难民营在内的多个难民营, X."""
    chain = read_chain(encoded, first, last)
    whole = encoded.text.find("在内的", first, last)
    if whole >= 0 and chain.end <= whole + 1:
        inner = None if chain.group else place_inside(encoded, first, whole)
        chain = Chain(group=inner.group, country=inner.country) if inner else chain
        chain.end = whole + len("在内的")
    _situated(encoded, chain, first, last)
    return chain


def _trim(encoded: Encoded, first: int, last: int) -> tuple[int, int, Chain | None]:
    """The stretch without times and adverbs at its ends; a place told behind the object (在黑海) apart."""
    lead = LEADING.match(encoded.text, first, last)
    first = lead.end() if lead else first
    adjunct: Chain | None = None
    for _ in range(3):
        number = encoded.mentions[last - 1] if last > first else None
        if number is not None and number.type is MentionType.COUNT and number.words.endswith(TIMES):
            last -= 1
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


def _situated(encoded: Encoded, chain: Chain, first: int, last: int) -> None:
    """Names that nobody knows, told by their frame: 位于…医院附近的帐篷."""
    found = SITUATED.match(encoded.text, first, last)
    if found and not chain.group and found.end() < last:
        chain.group, chain.end = [(found.start("where"), found.end("where"))], found.end()


def _named_facility(encoded: Encoded, chain: Chain, last: int) -> int:
    """Where the object begins: with the place itself where it is the facility's name (库尔斯克机场)."""
    if not chain.group or chain.joined or chain.end != chain.group[-1][1] or len(chain.group) > 1:
        return chain.end
    first, end = chain.group[0]
    mention = encoded.mentions[first]
    if mention is None or end != first + 1 or REGION_NAME.search(mention.words):
        return chain.end
    if chain.end >= last and FACILITY_NAME.search(mention.words):
        chain.group = chain.before_last  # 扎波罗热核电站: the name of the thing, not of a town
        return first
    named = NAMED_FACILITY.match(_plain(encoded, end, last))
    if not named:
        return chain.end
    behind = end + len(named.group())
    if (
        _plain(encoded, end, last)[len(named.group()) :].startswith("的")
        and encoded.text[behind : behind + 1] == "的"
    ):
        chain.group, chain.end = [(first, behind)], behind + 1  # 苏丹港国际机场的一座燃料库
        return chain.end
    if chain.before_last:
        chain.group = chain.before_last
    return first


SHIP_NAME = re.compile("[\u4e00-\u9fff]{0,3}号")  # 直布罗陀鹰号
SUFFERED_FROM = ("遭", "遭到", "遭受", "被", "受到")
TIMES = ("次", "轮", "波", "起")  # how often, behind what was hit: 驻地多次遭到袭击
# Where it is, as seen from the place told before.
POINTER = re.compile("附近|周边|其他地区|其它地区|当地|邻近地区|周围|[东南西北]郊|郊区|市郊|城郊")
# What ends a place name that nobody knows, before the number of the object.
UNKNOWN_PLACE = re.compile(
    "(?:地区|街区|区|村|镇|城|郊|部|市|县|港|路|街|中心|附近|境内|边境|岛|营|市场)的?$"
)


def _measured(encoded: Encoded, first: int, last: int, chain: Chain) -> tuple[int, Chain]:
    """Where the object begins if place names the reading did not find stand before its number: 达希耶街区的一栋楼."""
    held = encoded.mentions[first] if first < last else None
    if encoded.text[first : first + 1] in ("该", "全", "本") or (held and held.type is MentionType.COUNT):
        return first, chain
    for at in range(first + 1, min(first + 14, last)):
        mention = encoded.mentions[at]
        if mention is None or mention.type is MentionType.ORGANISATION:
            continue
        before = encoded.text[first:at]
        name = before.removesuffix("的")
        known = look_up(name) if len(name) > 1 else None
        if mention.type is MentionType.COUNT and (known or UNKNOWN_PLACE.search(before)):
            if BARE_GOAL.match(name) or POINTER.fullmatch(name):
                chain.here = True
                return at, chain  # 市中心, 附近 of the place told elsewhere
            begin = chain.group[0][0] if chain.group else first
            chain.group = [(begin, first + len(name))]
            if isinstance(known, Place):
                chain.country = chain.country or known.country
            return at, chain
        break
    return first, chain


def _owners(encoded: Encoded, first: int, last: int) -> list[str]:
    found: list[str] = []
    for mention in encoded.mentions_in(first, last):
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION) and not _of_make(
            encoded, mention, first, last
        ):
            code = side_code(mention)
            if encoded.text[: encoded.mentions.index(mention, first, last)].endswith(SUFFERED_FROM):
                continue  # 遭到俄军袭击的敖德萨
            if code and not (len(code) > 2 and code.isupper() and code not in ACTORS):
                forces = getattr(mention.value, "form", "") == "forces"
                found.insert(0 if forces else len(found), code)  # 乌克兰某港内的俄海军登陆舰
    return found


def _of_make(encoded: Encoded, mention: Mention, first: int, last: int) -> bool:
    """Whether a side only tells where a thing was made or registered: 美制火炮, 悬挂利比里亚国旗."""
    at = encoded.mentions.index(mention, first, last)
    named_for = (at == first and is_in_a_name(encoded, at)) or is_host(encoded, at)
    named_for = named_for or SHIP_NAME.match(encoded.text, at + 1) is not None
    return named_for or OF_MAKE.match(encoded.text, at + 1) is not None


def _plain(encoded: Encoded, first: int, last: int, *, weapons: bool = True) -> str:
    """The encoded stretch in words, with or without its weapons in flight."""
    return "".join(
        sign if held is None else held.words if weapons or not _flies(held) else ""
        for sign, held in zip(encoded.text[first:last], encoded.mentions[first:last], strict=True)
    )


def _flies(mention: Mention) -> bool:
    return isinstance(mention.value, WeaponType) and mention.value.code != "artillery"
