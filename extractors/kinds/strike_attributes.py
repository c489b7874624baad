"""Attributes of place before an object: 达尔尼茨基区和第聂伯区的 of …的基础设施 says where, and is told as the place.

Only what tells where is left out: whose a thing is (以军的指挥所), what it does (生产导弹的工厂) and how many there are stay with it.
"""

from __future__ import annotations

import re

from extractors.kinds.strike_place_words import COUNT, ORDINAL, PLACE, SIDE
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType

ORGANISATION = SYMBOLS[MentionType.ORGANISATION]
# A quarter, a village, a distance: words of place that are no names.
WHERE = re.compile(
    f"{PLACE}|地区|街区|郊区|市区|区域|村庄|附近|周边|境内|位于|靠近|接近|距离?|以[东南西北]|[东南西北]部|地点|城镇|一带|[市镇村区县州省港岛街路](?=的)"
)
# What makes an attribute more than a place.
OWNED = re.compile(f"[{SIDE}{ORGANISATION}]")
# Parenthesised glosses, which make an attribute no longer.
GLOSS = re.compile("（[^）]*）|[(][^)]*[)]")
# Who runs a ship or what it displaces, before its name (quotation marks are not encoded): 由一家公司运营的海鹰号货船.
OF_A_SHIP = re.compile(
    r"[^，。；]*(?:运营|营运|经营|所有|拥有|注册|旗|排水量[^的]{0,12}|级|籍|前往[^的]{0,12}|驶往[^的]{0,12})的(?=[^，。；的]{1,10}号)"
)
# One of the house that speaks: 该机构位于某市的一栋建筑.
OF_THE_SPEAKER = re.compile(f"(?:该(?:机构|组织|公司|部门|医院|集团)|其)[^，、。]*的(?={COUNT})")
SHORTEST_HEAD = 2
END_OF_HEAD = re.compile("[、和及与]")
# The name of a place by its kind, in an attribute without a name that is known: 舒贾亚地区超过85%的住宅.
KIND_OF_PLACE = re.compile(
    f"(?P<where>[\u4e00-\u9fff]{{2,6}}?(?:地区|街区|难民营|[镇村区]))(?=的|[{COUNT}{ORDINAL}]|超过|逾|约|近|大部分|$)"
)


def behind_place(encoded: Encoded, start: int, last: int) -> int:
    """Where an object begins behind an attribute that says no more than where it is, longer than itself."""
    text = encoded.text
    ship = OF_A_SHIP.match(text, start, last) or OF_THE_SPEAKER.match(text, start, last)
    if ship:
        return ship.end()
    of = text.rfind("的", start + 1, last - SHORTEST_HEAD)
    if of < 0 or _opens_with_number(encoded, start) or text.find("，", start, last) >= 0:
        return start
    listed = END_OF_HEAD.search(text, start, of)
    attribute = text[start:of]
    if OWNED.search(GLOSS.sub("", attribute)) or WHERE.search(attribute + "的") is None:
        return start
    if listed and WHERE.search(text[listed.end() : of] + "的") is None:
        return start  # 机场和生产导弹的工厂
    head = sum(_length(encoded, at) for at in range(of + 1, last))
    whole = sum(_length(encoded, at) for at in range(start, of))
    return of + 1 if whole >= head else start


def place_by_kind(encoded: Encoded, start: int, end: int) -> tuple[int, int] | None:
    """The encoded stretch of a place told by its kind at the head of an attribute."""
    found = KIND_OF_PLACE.match(encoded.text, start, end)
    return found.span("where") if found else None


def _opens_with_number(encoded: Encoded, start: int) -> bool:
    held = encoded.mentions[start]
    return held is not None and held.type is MentionType.COUNT


def _length(encoded: Encoded, at: int) -> int:
    held = encoded.mentions[at]
    return len(held.words) if held else 1
