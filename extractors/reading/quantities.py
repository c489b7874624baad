"""Counts and ordinals: 至少83架, 30多枚, 二三十人, 数十起, 第69批, 首批.

A count is a whole number of things with its classifier. Money, dates, percentages and model numbers are none,
nor are measures with a fraction (3.5公里).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from extractors.reading.mention import Counted, Mention, MentionType
from extractors.reading.money import find_amounts
from extractors.reading.number_patterns import TO
from extractors.reading.numbers import Number, find_numbers
from extractors.reading.qualifiers import trailing_qualifier
from extractors.reading.units import UNIT, UNIT_KINDS
from schemas import Count
from schemas.values import Qualifier

# 一起 is a count only of incidents.
_INCIDENT = re.compile(r"[^，。；、！？\n]{0,8}?(?:事件|袭击|攻击|爆炸|事故|空袭|案|火灾|冲突|枪击)")
# 这一次 and 每两名 point or spread instead of counting, 没有一架 denies that there is one.
_POINTING = "这那上下某哪任何前进无"
_EACH = re.compile(r"每 ?$")
_NOT_ONE = re.compile(r"(?:没有?|未有|无)$")
_EVERYWHERE = re.compile(r"处(?=[逃散奔走寻张躲游求活征借出扩蔓飞流碰兜打弥搜投乱])")  # 四处躲避
_FIRST = re.compile(r"首(批(?!准)|次|轮(?!流)|架|枚|套|艘|辆|个|届|笔|例|起|例|场|位|名|支|座)(?!次)")
_FIXED = re.compile(r"第[一二三]?(?:夫人|时间|方(?!案|面军)|国(?!际)|世界(?!大战)|线|季度|天|日|产业)")
_ORDINAL_UNIT = re.compile(" ?号")
_RANGE = re.compile(rf" ?{TO} ?")
# 810独立海军步兵旅 is a name.
_TROOPS = re.compile(
    r"(?:独立|近卫|海军|步兵|机械化|空降|突击|坦克|炮兵|特种|摩托化|山地){0,6}(?:旅|师|团|营|集团军)"
)
_LATIN_BEFORE = re.compile(r"[A-Za-z] $")
_BARE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def find_quantities(text: str) -> list[Mention]:
    """Counts (`Counted`) and ordinals (`int`) of the text, in text order; words are `text[start:end]`."""
    taken = [(a.start, a.end) for a in find_amounts(text)]
    found: list[Mention] = []
    at = 0
    for number in find_numbers(text):
        while at < len(taken) and taken[at][1] <= number.core:
            at += 1
        if at < len(taken) and taken[at][0] <= number.core:
            continue
        mention = _ordinal(text, number) if number.ordinal else _count(text, number)
        if mention is not None:
            joined = _joined(text, found[-1], mention) if found else None
            if joined is not None:
                found[-1] = joined
            else:
                found.append(mention)
    firsts = [
        Mention(MentionType.ORDINAL, m.start(), m.end(), m[0], 1)
        for m in _FIRST.finditer(text)
        if not _overlaps(found, m.start(), m.end())
    ]
    return sorted(found + firsts, key=lambda m: m.start) if firsts else found


def _overlaps(found: Sequence[Mention], start: int, end: int) -> bool:
    return any(m.start < end and start < m.end for m in found)


def _ordinal(text: str, number: Number) -> Mention | None:
    start = number.start
    if not isinstance(number.value, int) or number.high is not None or _FIXED.match(text, start):
        return None
    unit = _ORDINAL_UNIT.match(text, number.end) or UNIT.match(text, number.end)
    end = unit.end() if unit else number.end
    return Mention(MentionType.ORDINAL, start, end, text[start:end], number.value)


def _count(text: str, number: Number) -> Mention | None:
    if isinstance(number.value, Decimal) or isinstance(number.high, Decimal):
        return None
    match = UNIT.match(text, number.end)
    unit = match["unit"] if match else None
    if not _is_count(text, number, unit):
        return None
    end, suffix = trailing_qualifier(text, match.end() if match else number.end)
    qualifier = number.qualifier if number.qualifier != "exact" or suffix is None else suffix
    counted = _counted(number.value, number.high, qualifier, unit)
    return Mention(MentionType.COUNT, number.start, end, text[number.start : end], counted)


def _is_count(text: str, number: Number, unit: str | None) -> bool:
    """Whether the number counts something, given the unit after it."""
    words = text[number.core : number.end]
    if unit is None:
        return _is_bare_count(text, number, words)
    if number.few and number.value is None:
        return UNIT_KINDS[unit] not in ("measure", "duration")
    # 两个半小时 and 三年半 are no whole numbers.
    if "半" in unit or text.startswith("半", number.end + len(unit)):
        return False
    if _EACH.search(text, max(0, number.start - 2), number.start):
        return False
    return number.qualifier != "exact" or not _is_idiom(text, number, words, unit)


def _is_idiom(text: str, number: Number, words: str, unit: str) -> bool:
    """Whether numeral and unit are a word or point at something: 一起, 这一次, 四处躲避, 百年, 零件."""
    if words == "一":
        if unit in ("道", "度") or (unit == "起" and not _INCIDENT.match(text, number.end + 1)):
            return True  # 一道 and 一起 are "together", 一度 "once"
        before = text[max(0, number.core - 2) : number.core]
        return before[-1:] in tuple(_POINTING) or _NOT_ONE.search(before) is not None
    if words == "四":
        return _EVERYWHERE.match(text, number.end) is not None
    if words in ("百", "千", "万"):
        return unit == "斤" or UNIT_KINDS[unit] == "duration"
    return words == "零" and unit == "件"


def _is_bare_count(text: str, number: Number, words: str) -> bool:
    """A number without a unit counts in digits, and as a full numeral from 100 up (击毁三百坦克)."""
    is_name = (
        _TROOPS.match(text, number.end)
        or _BARE_YEAR.fullmatch(words)
        or _LATIN_BEFORE.search(text, max(0, number.core - 2), number.core)
    )
    if is_name or number.few:
        return False
    if words[0].isdecimal():
        return len(words) < 12 or number.scaled
    if number.value is None:
        return True
    if number.value < 100 or not number.scaled:  # 九一一 is a date or a name
        return False
    return words[0] not in "百千万亿兆" or number.qualifier != "exact"


def _joined(text: str, low: Mention, high: Mention) -> Mention | None:
    """20架至30架 as one range."""
    first, second = low.value, high.value
    if not isinstance(first, Counted) or not isinstance(second, Counted):
        return None
    if first.unit is None or first.unit != second.unit or not _RANGE.fullmatch(text[low.end : high.start]):
        return None
    ends = first.count.value, second.count.value
    if ends[0] is None or ends[1] is None or not ends[0] < ends[1]:
        return None
    if second.count.qualifier != "exact" or first.count.high is not None:
        return None
    return replace(
        low,
        end=high.end,
        words=text[low.start : high.end],
        value=_counted(ends[0], ends[1], "range", first.unit),
    )


@lru_cache(maxsize=8192)
def _counted(value: int | None, high: int | None, qualifier: Qualifier, unit: str | None) -> Counted:
    return Counted(Count(value=value, high=high, qualifier=qualifier), unit)
