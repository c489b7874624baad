"""Times as news writes them: 星期五（11月1日）, 3日夜间至4日凌晨, 过去24小时, 自2021年8月以来.

A text is first cut into time words (10月, 5日, 周五, 夜间), each understood alone; neighbouring words join
into one point, points into spans. What day is meant is decided in `time_resolution`, which knows the
publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from extractors.reading.mention import Mention, MentionType
from extractors.reading.time_words import SCANNER, WORD_VALUES

Anchor = Literal["publication", "passage"]
PartOfDay = Literal["dawn", "morning", "noon", "afternoon", "evening"]


class Form(StrEnum):
    """The shape of a time expression, which says how it is resolved."""

    POINT = "point"  # a day, week, month, quarter or year: 10月31日, 上周, 今年第三季度
    SPAN = "span"  # from one point to another: 10月1日至7日, 3日夜间至4日凌晨
    SINCE = "since"  # from a point up to now: 今年以来, 2月24日至今
    FROM = "from"  # from a point on: 6日起
    AS_OF = "as_of"  # how things stood at a point: 截至8月20日
    UNTIL = "until"  # by a point to come: 3月底前
    PAST = "past"  # the last hours, days, weeks: 过去24小时
    AGO = "ago"  # 一周前
    OVERNIGHT = "overnight"  # 连夜, 过去一夜
    WAR = "war"  # since Russia's full invasion of Ukraine
    VAGUE = "vague"  # 近日, 未来几周: a time, but no telling which


@dataclass(frozen=True, slots=True)
class TimePoint:
    """What the words say of one point in time; an offset counts from now (去年 is `year_offset=-1`).

    `day_offset` counts from `anchor`: 昨天 from publication, 次日 from the day the passage is about.
    `weekday` is 0 for Monday; `part` a part of the month or year (初, 底, 上, 夏). `day_end`, `month_end`,
    `year_end` close a range written with one unit (11至13日).
    """

    year: int | None = None
    year_end: int | None = None
    year_offset: int | None = None
    quarter: int | None = None
    quarter_offset: int | None = None
    half: int | None = None
    month: int | None = None
    month_end: int | None = None
    month_offset: int | None = None
    part: str | None = None
    day: int | None = None
    day_end: int | None = None
    weekday: int | None = None
    week_offset: int | None = None
    weekend: bool | None = None
    day_offset: int | None = None
    anchor: Anchor | None = None
    part_of_day: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The unresolved structure of a time: its form and the points or the length it is made of."""

    form: Form
    start: TimePoint | None = None
    end: TimePoint | None = None
    length: int | None = None
    unit: str | None = None  # hour, day, week, month, year


@dataclass(frozen=True, slots=True)
class _Word:
    """A time word. `rank` orders the words of one point; `weak` ones count only beside another word."""

    kind: str
    start: int
    end: int
    values: dict[str, Any]
    weak: bool = False


# The order of words within a point: zone, year, month or quarter, its part, day, part of day, clock.
_ORDER = (("zone",), ("year",), ("month", "quarter"), ("part",), ("day", "iso"), ("daypart",), ("clock",))
_RANKS = {kind: rank for rank, kinds in enumerate(_ORDER) for kind in kinds}
_WHOLE_DAYS = ("weekday", "week", "relative")
_ALONE = ("past", "ago", "overnight", "vague", "war")
_JOIN = re.compile(r" ?(?:至|到|[-~—]{1,2}) ?")
_SINCE = re.compile(r" ?(?:以来|至今|迄今(?:为止)?|(?P<on>起(?![义诉来草初点源因码飞降])|开始))")
_SINCE_LATER = re.compile(r"[^，。；：！？、\n0-9（]{1,22}?(?:以来|至今)")
_BEFORE = re.compile(r"(?:之前|以前|前(?![往线后景任进提夕端来所总首沿不海方副述年天几半锋哨途身]))")
_AS_OF = re.compile(r"(?:截至|截止)(?:到)?(?:目前)? ?$")
_FROM = re.compile(r"(?:自从|自打|自|从) ?$")
_UKRAINE = re.compile(r"俄乌|乌克兰|基辅|[俄乌]军|侵乌")
_OTHER_WAR = re.compile(r"加沙|哈马斯|巴以|以色列|苏丹|也门|叙利亚|黎巴嫩|真主党|阿富汗|缅甸")
_SENTENCE_END = re.compile(r"[。\n]")
_THIS_YEAR = TimePoint(year_offset=0)


def find_times(text: str) -> list[Mention]:
    """Every time expression of the text, in text order; `value` is a `TimeExpression`. Never raises."""
    words = list(_words(text))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        word = words[at]
        if word.kind in _ALONE:
            found.append(_mention(text, word.start, word.end, _single(word.values)))
            at += 1
            continue
        mention, at = _expression(text, words, at)
        if mention is not None:
            found.append(mention)
    return found


def _single(values: dict[str, Any]) -> TimeExpression:
    """A word that is a whole expression: 过去24小时, 连夜, 近日."""
    return TimeExpression(Form(values["form"]), length=values.get("length"), unit=values.get("unit"))


def _mention(text: str, start: int, end: int, expression: TimeExpression) -> Mention:
    return Mention(MentionType.TIME, start, end, text[start:end], expression)


def _words(text: str) -> Iterator[_Word]:
    """The time words of a text, in order."""
    position = 0
    while match := SCANNER.search(text, position):
        word = _word(text, match)
        if word is None:  # 自…冲突爆发以来 of another war: look inside it
            position = match.start() + 1
            continue
        position = match.end()
        yield word


def _word(text: str, match: re.Match[str]) -> _Word | None:
    kind = match.lastgroup or ""
    start, end = match.span()
    if kind == "war":
        if not _concerns_ukraine(text, start, end):
            return None
        return _Word(kind, start, end, {"form": "war"})
    values, weak = _values(kind, match[0])
    return _Word(kind, start, end, values, weak)


def _concerns_ukraine(text: str, start: int, end: int) -> bool:
    """Whether the war meant is Russia's against Ukraine: by the words, else the sentence, else the text."""
    left = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
    stop = _SENTENCE_END.search(text, end)
    right = stop.start() if stop else len(text)
    for lower, upper in ((start, end), (left, right), (0, len(text))):
        ours = _UKRAINE.search(text, lower, upper)
        if ours or _OTHER_WAR.search(text, lower, upper):
            return ours is not None
    return False


@lru_cache(maxsize=8192)
def _values(kind: str, words: str) -> tuple[dict[str, Any], bool]:
    """What a time word says, and whether it counts only beside another."""
    return WORD_VALUES[kind](words)


def _expression(text: str, words: list[_Word], at: int) -> tuple[Mention | None, int]:
    """The expression that begins at a word, and the index of the word after it."""
    first, after = _point(text, words, at)
    if first is None:
        return None, after
    point, end = first
    start = words[at].start
    form, last = Form.POINT, None
    gap = text[end : words[after].start] if after < len(words) else ""
    joins = _JOIN.fullmatch(gap) or gap == "和"
    if joins and words[after].kind not in _ALONE:
        second, beyond = _point(text, words, after)
        if second is not None and (gap != "和" or _next_day(point, second[0])):
            (last, end), after, form = second, beyond, Form.SPAN
    if form is Form.POINT:
        point, last, form = _opened(point)
    start, end, form = _framed(text, start, end, form, point)
    while after < len(words) and words[after].start < end:
        after += 1
    return _mention(text, start, end, TimeExpression(form, point, last)), after


def _next_day(first: TimePoint, second: TimePoint) -> bool:
    """3日和4日 is a span of two days; 3日和10日 are two dates."""
    return first.day is not None and second == TimePoint(day=first.day + 1)


def _opened(point: TimePoint) -> tuple[TimePoint, TimePoint | None, Form]:
    """11至13日 as the span it is: a start and an end."""
    if point.day_end:
        start = replace(point, day_end=None, part_of_day=None)
        return start, TimePoint(day=point.day_end, part_of_day=point.part_of_day), Form.SPAN
    if point.month_end:
        return replace(point, month_end=None), TimePoint(month=point.month_end), Form.SPAN
    if point.year_end:
        return replace(point, year_end=None), TimePoint(year=point.year_end), Form.SPAN
    return point, None, Form.POINT


def _framed(text: str, start: int, end: int, form: Form, point: TimePoint) -> tuple[int, int, Form]:
    """Adds what frames the points: 自…以来, …起, 从…到, …前, 截至."""
    opener = _FROM.search(text, max(0, start - 3), start)
    if form is Form.SPAN:
        return opener.start() if opener else start, end, form
    if point == _THIS_YEAR and text.startswith("已", end):
        return start, end, Form.SINCE  # 今年已…: this year so far
    closer = _SINCE.match(text, end) or (_SINCE_LATER.match(text, end) if opener else None)
    if closer and (point.part_of_day is None or point.day or point.day_offset is not None):
        on = "on" in closer.groupdict() and closer["on"]
        return opener.start() if opener else start, closer.end(), Form.FROM if on else Form.SINCE
    before = _BEFORE.match(text, end)
    if before and (point.month or point.part or point.year or point.year_offset is not None):
        return start, before.end(), Form.UNTIL
    as_of = _AS_OF.search(text, max(0, start - 7), start)
    return (as_of.start(), end, Form.AS_OF) if as_of else (start, end, form)


def _point(text: str, words: list[_Word], at: int) -> tuple[tuple[TimePoint, int] | None, int]:
    """The longest run of words that make one point, with its end; `None` where the run says nothing alone."""
    values: dict[str, Any] = {}
    rank, end, after, weak = -1, words[at].start, at, True
    bracket: tuple[dict[str, Any], int, int] | None = None  # what held before a bracket that is still open
    while after < len(words):
        word = words[after]
        gap = text[end : word.start]
        opens = gap in ("（", " （") and bracket is None
        if word.kind in _ALONE or not (opens or gap in ("", " ") or (gap == "的" and word.kind == "daypart")):
            break
        if opens:
            bracket = dict(values), end, after
        if not (opens or _follows(word, rank)) or _contradicts(values, word.values):
            break
        values.update(word.values)
        rank = _RANKS.get(word.kind, 0)
        weak = weak and (word.weak or word.kind == "zone")
        end, after = word.end, after + 1
        if bracket and text.startswith("）", end):
            end, bracket = end + 1, None
    if bracket is not None:
        values, end, after = bracket
    if not values or (weak and len(values) < 2):
        return None, max(after, at + 1)
    return (TimePoint(**values), end), after


def _contradicts(values: dict[str, Any], others: dict[str, Any]) -> bool:
    """Whether two words say different things of the same field; 今晚8时 may say the part of the day twice."""
    return any(values.get(k, v) != v for k, v in others.items() if k != "part_of_day")


def _follows(word: _Word, rank: int) -> bool:
    """Whether the word may continue a point whose last word has this rank; 周五 takes a date after it."""
    if word.kind in _WHOLE_DAYS:
        return rank <= _RANKS["day"]
    return _RANKS[word.kind] > rank
