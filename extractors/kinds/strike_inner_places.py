"""Places that stand within the name of an object: the town in 哈尔科夫警察总部, the camp in 难民营一所学校内的中心."""

from __future__ import annotations

import re

from extractors.kinds.strike_place_words import SIDE
from extractors.kinds.strike_places import Chain, read_chain
from extractors.reading.encoding import Encoded
from extractors.reading.gazetteer import look_up
from extractors.reading.mention import MentionType, Place, side_code
from extractors.reading.sides import country_names

FACILITY_NAME = re.compile(
    "(?:厂|[发水核]电站|变电站|机场|基地|大坝|水坝|油库|弹药库|大桥|医院|大学|钢铁公司)$"
)

# A part of a country that an organisation's name begins with: 叙利亚南部 in 叙利亚南部政府.
PART_OF_COUNTRY = re.compile(
    "(?P<country>" + "|".join(sorted(country_names(), key=lambda name: (-len(name), name))) + ")"
    "(?:[东南西北]{1,2}|中)部(?:地区)?"
)


def town_in_name(words: str) -> tuple[int, str | None] | None:
    """How long the town is that an organisation's name begins with, and its country: 哈尔科夫警察总部, 大马士革的国防部."""
    if words.startswith("哈马斯"):
        return None  # 哈马 is a town
    part = PART_OF_COUNTRY.match(words)
    if part is not None and part.end() < len(words):
        return part.end(), country_names()[part["country"]]
    for length in range(len(words) - 2, 1, -1):
        place = look_up(words[:length])
        if isinstance(place, Place) and place.level != "country" and words[length - 1] not in "海洋湾":
            return length, place.country
    return None


def place_inside(encoded: Encoded, first: int, last: int) -> Chain | None:
    """The place named within an object's words: 设置在加沙城一所学校内的指挥中心, 库区首府埃尔比勒."""
    for at in range(first, last):
        mention = encoded.mentions[at]
        if mention is not None and mention.type is MentionType.SIDE and is_host(encoded, at):
            return Chain(group=[(at, at + 1)], country=side_code(mention))
        if mention is None or mention.type is not MentionType.PLACE:
            continue
        chain = read_chain(encoded, at, last)
        situated = encoded.text[at - 1 : at] in ("在", "于") or _side_before(encoded, at, first)
        return chain if chain.group and (situated or chain.end >= last or at == first) else None
    return None


def is_host(encoded: Encoded, at: int) -> bool:
    """Whether a country is where another's mission or base stands: 伊朗驻叙利亚使馆."""
    return at > 0 and encoded.text[at - 1] == "驻" and encoded.text[at + 1 : at + 2] != "军"


def _side_before(encoded: Encoded, at: int, first: int) -> bool:
    """Whether a country stands between 在 and a place: 位于伊拉克库尔德地区."""
    return at - 2 >= first and encoded.text[at - 1] == SIDE and encoded.text[at - 2] in "在于"


def facility_town(encoded: Encoded, at: int) -> tuple[tuple[int, int] | None, str | None] | None:
    """Offsets of the town in the name of a facility read as one place (扎波罗热核电站), and its country; `None` of others."""
    mention = encoded.mentions[at]
    if mention is None or not FACILITY_NAME.search(mention.words):
        return None
    town = town_in_name(mention.words)
    if town is None:
        return None, side_code(mention)
    return (mention.start, mention.start + town[0]), town[1] or side_code(mention)
