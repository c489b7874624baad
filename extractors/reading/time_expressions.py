"""Times as news writes them: 星期五（11月1日）, 3日夜间至4日凌晨, 过去24小时, 自2021年8月以来.

A text is first cut into time words (10月, 5日, 周五, 夜间), each understood alone; neighbouring words join
into one point, points into spans. What day is meant is decided in `time_resolution`, which knows the
publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from extractors.reading.mention import Mention, MentionType
from extractors.reading.time_patterns import NO_TIMES, SCANNER
from extractors.reading.time_structure import Form, TimeExpression, TimePoint
from extractors.reading.time_wars import Wars
from extractors.reading.time_words import WORD_VALUES

__all__ = ["Form", "TimeExpression", "TimePoint", "find_times"]


@dataclass(frozen=True, slots=True)
class _Word:
    """A time word. `rank` orders the words of one point; `weak` ones count only beside another word."""

    kind: str
    start: int
    end: int
    values: dict[str, Any]
    weak: bool = False


# The order of words within a point: zone, year, month or quarter, its part, day, part of day, clock.
_ORDER = (
    ("zone",),
    ("year",),
    ("month", "quarter", "stretch"),
    ("part",),
    ("day", "counted_day", "iso"),
    ("daypart",),
    ("clock",),
)
_RANKS = {kind: rank for rank, kinds in enumerate(_ORDER) for kind in kinds}
_WHOLE_DAYS = ("weekday", "week", "relative", "pair")
_ALONE = ("past", "ago", "later", "next", "overnight", "vague", "war", "since")
_OF = ("daypart", "part", "stretch")  # what may follow 的: 星期六的晚上, 今年的夏天
_JOIN = re.compile(r" ?(?:至|到|[-~—–]{1,2}) ?|[和与]")
_AND = ("和", "与")
_BETWEEN = re.compile(r"之?间(?!谍|接|歇|隔|隙)")
_SAME_PERIOD = re.compile("同期")
_SINCE = re.compile(r" ?(?:以来|至今|迄今(?:为止)?|(?P<on>起(?![义诉来草初点源因码飞降])|开始))")
_SINCE_LATER = re.compile(r"[^，。；：！？、\n0-9（]{1,22}?(?:以来|至今)")
_BEFORE = re.compile(r"(?:之前|以前|前(?![往线后景任进提夕端来所总首沿不海方副述年天几半锋哨途身]))")
_AS_OF = re.compile(r"(?:截至|截止)(?:到)?(?:目前)? ?$")
_FROM = re.compile(r"(?:自从|自打|自|从) ?$")
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
    position, wars = 0, Wars(text)
    while match := SCANNER.search(text, position):
        kind, (start, end) = match.lastgroup or "", match.span()
        position = end
        if kind in NO_TIMES:
            continue
        if kind not in ("war", "since"):
            yield _Word(kind, start, end, *_values(kind, match[0]))
        elif (happening := wars.values(kind, start, end)) is not None:
            yield _Word(kind, start, end, happening)
        else:
            position = start + 1


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
    if words[after : after + 1] and words[after].kind not in _ALONE and _JOIN.fullmatch(gap):
        second, beyond = _point(text, words, after, beside=point.day is not None)
        closing = _joined(text, gap, point, second) if second is not None else None
        if second is not None and closing is not None:
            last, end, after, form = second[0], closing, beyond, Form.SPAN
    if form is Form.POINT:
        point, last, form = _opened(point)
    start, end, form = _framed(text, start, end, form, point)
    while after < len(words) and words[after].start < end:
        after += 1
    return _mention(text, start, end, TimeExpression(form, point, last)), after


def _joined(text: str, gap: str, first: TimePoint, second: tuple[TimePoint, int]) -> int | None:
    """Where the span of two points ends, `None` if they are two times: 3日和10日, but 3日和4日, 1月和3月间."""
    last, end = second
    if gap not in _AND:
        return end
    between = _BETWEEN.match(text, end)
    if between:
        return between.end()
    next_day = first.day is not None and last == TimePoint(day=first.day + 1)
    return end if next_day and gap == "和" else None


def _opened(point: TimePoint) -> tuple[TimePoint, TimePoint | None, Form]:
    """11至13日 as the span it is: a start and an end."""
    if point.day_end:
        start = replace(point, day_end=None, part_of_day=None)
        return start, TimePoint(day=point.day_end, part_of_day=point.part_of_day), Form.SPAN
    if point.day_offset_end is not None:
        last = TimePoint(day_offset=point.day_offset_end, anchor=point.anchor)
        return replace(point, day_offset_end=None), last, Form.SPAN
    if point.month_end:
        return replace(point, month_end=None), TimePoint(month=point.month_end), Form.SPAN
    if point.year_end:
        return replace(point, year_end=None), TimePoint(year=point.year_end), Form.SPAN
    return point, None, Form.POINT


def _framed(text: str, start: int, end: int, form: Form, point: TimePoint) -> tuple[int, int, Form]:
    """Adds what frames the points: 自…以来, …起, 从…到, …前, 截至, 同期."""
    opener = _FROM.search(text, max(0, start - 3), start)
    if form is Form.SPAN:
        return opener.start() if opener else start, end, form
    if point == _THIS_YEAR and text.startswith("已", end):
        return start, end, Form.SINCE  # 今年已…: this year so far
    closer = _SINCE.match(text, end) or (_SINCE_LATER.match(text, end) if opener else None)
    if closer and (point.part_of_day is None or point.day or point.day_offset is not None):
        on = "on" in closer.groupdict() and closer["on"]
        return opener.start() if opener else start, closer.end(), Form.FROM if on else Form.SINCE
    if point.day is None and (same := _SAME_PERIOD.match(text, end)):
        return start, same.end(), Form.VAGUE
    if opener and opener[0].startswith("自从"):
        return opener.start(), end, Form.SINCE
    before = _BEFORE.match(text, end)
    if before and _is_deadline(point, before[0]):
        return start, before.end(), Form.UNTIL
    as_of = _AS_OF.search(text, max(0, start - 7), start)
    return (as_of.start(), end, Form.AS_OF) if as_of else (start, end, form)


def _is_deadline(point: TimePoint, before: str) -> bool:
    """3月底前, 15日前, 周五之前; 三日前 is three days ago and never comes here, 周五前 may go on otherwise."""
    if point.month or point.part or point.year or point.year_offset is not None or point.day:
        return True
    return before != "前" and point.weekday is not None


def _point(
    text: str, words: list[_Word], at: int, *, beside: bool = False
) -> tuple[tuple[TimePoint, int] | None, int]:
    """The longest run of words that make one point, with its end; `None` where the run says nothing alone.

    `beside`: the run ends a span that begins with a day, so that weak words count.
    """
    values: dict[str, Any] = {}
    rank, end, after, weak = -1, words[at].start, at, not beside
    bracket: tuple[dict[str, Any], int, int] | None = None  # what held before a bracket that is still open
    while after < len(words):
        word = words[after]
        gap = text[end : word.start]
        opens = gap in ("（", " （") and bracket is None
        if word.kind in _ALONE or not (opens or _adjoins(text, gap, word, values)):
            break
        if opens:
            bracket = dict(values), end, after
        if not (opens or _follows(word, rank)) or _contradicts(values, word.values):
            break
        # 晚上8时: the hour does not overrule the part of the day.
        values = word.values | values if word.kind == "clock" else values | word.values
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


def _adjoins(text: str, gap: str, word: _Word, values: dict[str, Any]) -> bool:
    """Whether a word stands next to the point so far: 星期六的晚上, and 11月1日，星期五， between commas."""
    if gap in ("", " "):
        return True
    if gap == "的":
        return word.kind in _OF
    aside = gap == "，" and word.kind == "weekday" and values.get("day") and "weekday" not in values
    return bool(aside) and (word.end == len(text) or text[word.end] in "，。）\n")


def _contradicts(values: dict[str, Any], others: dict[str, Any]) -> bool:
    """Whether two words say different things of the same field; 今晚8时 may say the part of the day twice."""
    return any(values.get(k, v) != v for k, v in others.items() if k != "part_of_day")


def _follows(word: _Word, rank: int) -> bool:
    """Whether the word may continue a point whose last word has this rank; 周五 takes a date after it."""
    if word.kind in _WHOLE_DAYS:
        return rank <= _RANKS["day"]
    return _RANKS[word.kind] > rank
