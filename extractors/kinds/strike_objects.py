"""What was hit and where: the words around the verb, taken apart into place, owner and object.

“俄罗斯别尔哥罗德州边境城市舍别基诺的一座面包厂” names a country, a region, a town and the object. The place is the most
specific one; places joined by 、和 stay together as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.kinds.sides import side_code
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import Mention, MentionType, Place

PLACE, SIDE, ORGANISATION, TIME, COUNT = (
    SYMBOLS[kind]
    for kind in (MentionType.PLACE, MentionType.SIDE, MentionType.ORGANISATION, MentionType.TIME, MentionType.COUNT)
)
COMPASS = "(?:东北|西北|东南|西南|[东南西北中])(?:部|郊|侧|岸|面|端)"
# What may stand between the names of a chain: 南部港口城市, 首都, 在, 的.
STEP = re.compile(
    rf"(?:{COMPASS}|首都|首府|港口|港|城市|市区|重镇|重要|主要|关键|边境|边界|沿海|沿岸|工业|旅游|小镇|村庄|村镇|乡村|农村|城镇|地区|靠近|邻近|"
    r"中心|腹地|前线|本土|占领区|控制区|全境|境内|领土|大城市|第[一二三]大|特别是在?|尤其是在?|位于|部署在|设在|驻扎?在|进入|"
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
    r"据称|据报道|据悉|导致|造成|致使|致|使得|使|仍有一些|了|约有|大约|包括|就|是|目标是|袭击目标是|成功|[:：])+"
)
TRAILING = re.compile(
    rf"(?:{TIME}|又|还|也|再次|再度|持续|连续|接连|不断|多次|已经|已|均|都|随后|先后|一度|部分|严重|轻微|完全|上|里|里面|时|之后|同时|直接|不同程度|"
    r"再|曾|则|因|几乎|全部|被|在|遭到|受到|今晨|突然|很可能|可能|附近|上空|现场|当场|正|中)+$"
)
TRAILING_PLACE = re.compile(rf"(?:在|于)(?P<chain>[{PLACE}{SIDE}](?:{JOINT.pattern}|的|{STEP.pattern}|{SUFFIX.pattern}|[{PLACE}{SIDE}])*)$")
TAIL = re.compile("(?:等(?:多处|一批|多个|重要|军事|各类|多种)?目标|等|目标等|等设施|在内)$")
BARE_GOAL = re.compile("^(?:目标|多个目标|军事目标|部分地区|多地|多处|多个地区|各地|地区|本土|领土|腹地|纵深|境内目标|方向|市中心|市|州|城|全境|当地|该市|该州|该地区|该国|该地|全国)$")
HERE = re.compile("(?:该|当地|全|本)(?:市|州|地区|区|村|镇|城|县|港|岛|省)?")


@dataclass(frozen=True)
class Struck:
    """An object phrase read: offsets of target and place in the article, the owner's side, what it leaves open."""

    target: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    target_words: str = ""
    owners: tuple[str, ...] = ()
    place_country: str | None = None
    only_country: bool = False  # the place is no more than a country
    front: bool = False  # the place is a direction of the front, no place that was hit
    here: bool = False  # the phrase points back: 该市, 当地


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


def read_object(encoded: Encoded, first: int, last: int) -> Struck:
    """The object phrase in the encoded stretch [first, last)."""
    first, last, adjunct = _trim(encoded, first, last)
    chain = read_chain(encoded, first, last)
    start = chain.end
    rest_last = _without_tail(encoded.text, start, last)
    start, chain = _measured(encoded, start, rest_last, chain)
    words = encoded.text[start:rest_last]
    here = HERE.match(words)
    if here and words[here.end() :].lstrip("的") and not words.startswith(("全", "本")):
        start += here.end() + (1 if words[here.end() : here.end() + 1] == "的" else 0)
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
    return Struck(target, place, words if target else "", owners, country, only_country, chain.front, bool(here))


def read_chain(encoded: Encoded, first: int, last: int) -> _Chain:
    """The names at the beginning of [first, last): owners, and the most specific group of places."""
    text, chain, at, joint = encoded.text, _Chain(end=first), first, False
    while at < last:
        mention = encoded.mentions[at]
        if mention is not None and mention.type is MentionType.PLACE:
            suffix = SUFFIX.match(text, at + 1, last)
            end = suffix.end() if suffix else at + 1
            if joint or chain.joined and chain.group and at == chain.end:
                chain.joined = True
            else:
                chain.group = []
            chain.group.append((at, end))
            chain.country = side_code(mention) or chain.country
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
            if code:
                chain.owners.append(code)
            suffix = SUFFIX.match(text, at + 1, last)
            end = suffix.end() if suffix else at + 1
            chain.country_group = (at, end) if _is_country(mention) or suffix else chain.country_group
            if suffix and suffix.group() != "境内" and not _place_follows(encoded, end, last):
                chain.group, chain.country = [(at, end)], code
            chain.end = at = end
            etc = ET_CETERA.match(text, at, last)
            if etc and etc.end() > at and etc["where"]:
                chain.end = at = etc.end()
            joint = False
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


def _place_follows(encoded: Encoded, at: int, last: int) -> bool:
    """Whether a place comes next, behind words such as 南部 or 港口城市."""
    for _ in range(5):
        if at >= last:
            return False
        mention = encoded.mentions[at]
        if mention is not None:
            return mention.type is MentionType.PLACE
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
    for at in range(first + 1, min(first + 14, last)):
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
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION):
            code = side_code(mention)
            if code:
                found.append(code)
    return found


def _is_country(mention: Mention) -> bool:
    value = mention.value
    return getattr(value, "form", "") == "country" or isinstance(value, Place)
