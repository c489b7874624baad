"""Places in the words of a strike: a chain of names from the country down to the town.

“俄罗斯别尔哥罗德州边境城市舍别基诺的” names a country, a region and a town. The place is the most specific one; places
joined by 、和 stay together as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.kinds.strike_place_words import (
    BETWEEN_COUNTRIES,
    BORDER,
    CAPITAL,
    COUNT,
    CUT_NAME,
    EQUIPMENT,
    ET_CETERA,
    JOINT,
    KIND_ALONE,
    KIND_OF_QUARTER,
    MANY_PARTS,
    MANY_TOWNS,
    NAMED_FOR,
    NAMED_THING,
    NO_PLACE,
    OF_MAKE,
    ONE_LETTER_SIDES,
    OTHER_PART,
    OUTSKIRTS,
    REGIONS,
    SIDE,
    STEP,
    SUFFIX,
    UNKNOWN_KIND,
    country_before_town,
    is_latin_name,
)
from extractors.kinds.strike_unknown_places import name_in_pieces, unknown_name
from extractors.reading.encoding import Encoded
from extractors.reading.gazetteer import transliteration
from extractors.reading.mention import Mention, MentionType, Person, side_code
from extractors.reading.sides import capitals, short_side_codes


@dataclass
class Chain:
    """Names read from left to right, with the group of the last ones that belong together."""

    group: list[tuple[int, int]] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    country: str | None = None
    joined: bool = False  # the group is a list of places
    joint: bool = False  # a joint has just been read
    front: bool = False
    country_group: tuple[int, int] | None = None
    end: int = 0
    before_last: list[tuple[int, int]] = field(default_factory=list)
    here: bool = False
    broad: bool = False
    towns: bool = False


def read_chain(encoded: Encoded, first: int, last: int) -> Chain:
    """The names at the beginning of [first, last): owners, and the most specific group of places."""
    chain, at = Chain(end=first), first
    while at < last:
        reached = _read_name(encoded, chain, at, last) or _read_step(encoded, chain, at, last)
        if reached is None:
            break
        at = reached
    return chain


def _read_name(encoded: Encoded, chain: Chain, at: int, last: int) -> int | None:
    """Take in the name at a position; where reading goes on, `None` where no name stands there."""
    mention = encoded.mentions[at]
    regions = REGIONS.match(encoded.text, at, last) if not chain.group else None
    if regions and regions.end() == last:
        chain.group, chain.end, chain.towns = [(at, last)], last, True
        return last
    if mention is not None and mention.words.startswith("该") and len(mention.words) < 4:
        chain.here, chain.end = True, at + 1
        return at + 1
    if is_place(encoded, at, last) or is_latin_name(encoded, at):
        return _read_place(encoded, chain, at, last)
    if mention is not None and KIND_ALONE.match(mention.words):
        return at + 1  # 第二大城市, tagged as a name
    pieces = name_in_pieces(encoded, at, last)
    if not pieces and encoded.text[at] in transliteration() and is_place(encoded, at + 1, last):
        taken = encoded.mentions[at + 1] if at + 1 < last else None
        pieces = at + 2 if taken is not None and taken.type is MentionType.PERSON else None  # 纳 + 哈勒奥兹
    if pieces:
        chain.before_last, chain.group, chain.end = chain.group, [(at, pieces)], pieces
        return pieces
    if mention is not None and mention.type is MentionType.SIDE:
        return _read_side(encoded, chain, mention, at, last)
    unknown = unknown_name(encoded, at, last)
    if unknown:
        chain.before_last, chain.group = chain.group, [(at, unknown)]
        chain.end = unknown
    return unknown


def _read_place(encoded: Encoded, chain: Chain, at: int, last: int) -> int:
    """A place with its suffix, and what closes a list of places: 等地, 等方向."""
    text, mention = encoded.text, encoded.mentions[at]
    suffix = (
        UNKNOWN_KIND.match(text, at + 1, last)
        or CUT_NAME.match(text, at + 1, last)
        or SUFFIX.match(text, at + 1, last)
    )
    end = suffix.end() if suffix else at + 1
    outskirts = encoded.mentions[end] if end < last else None
    if outskirts is not None and OUTSKIRTS.fullmatch(outskirts.words):
        end += 1  # 基辅 + 郊区, tagged as a name
    if chain.joint or (chain.joined and chain.group and at == chain.end):
        chain.joined = True
    else:
        chain.before_last, chain.group = chain.group, []
    chain.group.append((at, end))
    chain.broad = chain.joint = False
    chain.country = chain.country or (side_code(mention) if mention is not None else None)
    chain.end = end
    closing = ET_CETERA.match(text, end, last) if text[end : end + 1] == "等" else None
    closing = closing or MANY_PARTS.match(text, end, last)
    if closing:
        chain.front = chain.front or "方向" in closing["where"] or "战线" in closing["where"]
        chain.joined, chain.end = True, closing.end()
    elif text.startswith(("方向", "前线"), end):
        chain.front, chain.end = True, end + 2
    return chain.end


def _read_side(encoded: Encoded, chain: Chain, mention: Mention, at: int, last: int) -> int | None:
    """An owner (乌军的), or a country as the place itself: 黎巴嫩南部, 也门境内."""
    code = side_code(mention)
    between = BETWEEN_COUNTRIES.match(encoded.text, at, last)
    if between and getattr(mention.value, "form", "") == "country":
        second = encoded.text.index(SIDE, at + 1)
        chain.group, chain.joined, chain.end = [(at, second + 1)], True, between.end()
        return chain.end
    if OF_MAKE.match(encoded.text, at + 1) or (chain.group and is_in_a_name(encoded, at)):
        return None
    border = BORDER.match(encoded.text, at + 1) is not None  # 距波兰边境40英里的利沃夫
    if code and not border:  # forces own what they hold, whatever country it stands in
        chain.owners.insert(0 if getattr(mention.value, "form", "") == "forces" else len(chain.owners), code)
    if EQUIPMENT.search(mention.words):
        return None
    suffix = SUFFIX.match(encoded.text, at + 1, last)
    end = suffix.end() if suffix else at + 1
    if getattr(mention.value, "form", "") == "country" or suffix:
        chain.country_group = (at, end)
    if suffix and not _place_follows(encoded, end, last):
        listed = chain.group if chain.joint else []
        chain.group, chain.broad = [*listed, (at, end)], not listed
        chain.country = chain.country or (None if border else code)
        chain.joined = bool(listed)
    towns = (
        MANY_TOWNS.match(encoded.text, end, last)
        if chain.country_group == (at, end) and not chain.group
        else None
    )
    if towns and (towns.end() >= last or encoded.text[towns.end()] == "的"):
        chain.group, chain.country, chain.towns = [(at, towns.end())], chain.country or code, True
        chain.end = towns.end() + encoded.text.startswith("的", towns.end(), last)
        return chain.end
    closing = ET_CETERA.match(encoded.text, end, last) if encoded.text[end : end + 1] == "等" else None
    closing = closing or MANY_PARTS.match(encoded.text, end, last)
    if closing and closing["where"] and getattr(mention.value, "form", "") == "country":
        stop = closing.end() - (1 if closing[0].endswith(("的", "，")) else 0)
        chain.country_group, chain.broad = (at, stop), chain.broad or not chain.group  # 乌克兰各地的粮仓
        if not chain.group and closing["where"] in ("城市", "城镇"):
            chain.group, chain.country = [(at, stop)], chain.country or code
    chain.end = closing.end() if closing and closing["where"] else end
    return chain.end


def is_in_a_name(encoded: Encoded, at: int) -> bool:
    """Whether a country only gives a facility its name: 科威特广场, 印度尼西亚医院."""
    mention = encoded.mentions[at]
    country = mention is not None and getattr(mention.value, "form", "") == "country"
    return country and NAMED_FOR.match(encoded.text, at + 1) is not None


def _read_step(encoded: Encoded, chain: Chain, at: int, last: int) -> int | None:
    """What stands between names: a joint, 的, 南部港口城市, or a country in one character (俄库尔斯克州)."""
    text = encoded.text
    letter = short_side_codes().get(text[at]) if text[at] in ONE_LETTER_SIDES else None
    if letter and encoded.mentions[at] is None and _place_follows(encoded, at + 1, last):
        chain.owners.append(letter)
        return at + 1
    joint = JOINT.match(text, at, last)
    part = _other_part(encoded, chain, at, last)
    if part:
        chain.group[-1] = (chain.group[-1][0], part)
        closing = ET_CETERA.match(text, part, last) if text[part : part + 1] == "等" else None
        chain.joined, chain.end = True, closing.end() if closing else part
        return chain.end
    if joint and chain.group and _place_follows(encoded, joint.end(), last):
        chain.joint = True
        return joint.end()
    capital = CAPITAL.match(text, at, last) if chain.country_group and not chain.group else None
    if capital and capital.end() <= last:
        chain.group, chain.country = [(at, capital.end())], chain.country or next(iter(chain.owners), None)
        chain.end = capital.end() + text.startswith("的", capital.end(), last)
        return chain.end
    step = STEP.match(text, at, last)
    if step and (step.group().endswith(("的", "在")) or step.group() == "军"):
        chain.end = step.end()
    return step.end() if step else None


def _other_part(encoded: Encoded, chain: Chain, at: int, last: int) -> int | None:
    """The end of another part of the place just named: 加沙地带南部 + 和中部, 汗尤尼斯市北部 + 和南部地区."""
    if not chain.group or not SUFFIX.match(encoded.text, chain.group[-1][0] + 1):
        return None
    part = OTHER_PART.match(encoded.text, at, last)
    if part:
        return part.end()
    joint = JOINT.match(encoded.text, at, last)
    mention = encoded.mentions[joint.end()] if joint and joint.end() < last else None
    named = mention is not None and re.fullmatch("[东南西北中]+部(?:地区)?", mention.words)
    return joint.end() + 1 if joint and named else None


def is_place(encoded: Encoded, at: int, last: int) -> bool:
    """Whether a place stands at a position; a bare name the tagger took for a person counts before 的 or a number."""
    mention = encoded.mentions[at] if at < last else None
    if mention is None or NO_PLACE.search(mention.words) or NAMED_THING.match(encoded.text, at + 1):
        return False
    if mention.type is MentionType.PLACE or (
        mention.type is MentionType.ORGANISATION and country_before_town(mention.words)
    ):
        return True
    if mention.type is MentionType.SIDE:
        return mention.words in capitals()
    if (
        mention.type is MentionType.PERSON
        and "·" not in mention.words
        and isinstance(mention.value, Person)
        and not mention.value.role
    ):
        following = encoded.text[at + 1 : at + 2] if at + 1 < last else ""
        if mention.value.side is None and KIND_OF_QUARTER.match(encoded.text, at + 1, last):
            return True
        return mention.value.side is None and following in (
            "",
            "的",
            "、",
            "和",
            "等",
            "市",
            "镇",
            "村",
            COUNT,
        )
    return False


def _place_follows(encoded: Encoded, at: int, last: int) -> bool:
    """Whether a place comes next, behind words such as 南部 or 港口城市."""
    for _ in range(5):
        if at >= last:
            return False
        mention = encoded.mentions[at]
        if mention is not None and mention.type is MentionType.SIDE and not is_place(encoded, at, last):
            at += 1  # 、黎巴嫩东部贝卡谷地
            continue
        if mention is not None:
            return is_place(encoded, at, last)
        step = STEP.match(encoded.text, at, last)
        if not step:
            return False
        at = step.end()
    return False
