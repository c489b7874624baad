"""What the single words that times are made of say: 10月, 5日, 周五, 昨天, 夜间, 过去24小时.

`WORD_VALUES[kind]` reads the words of a kind of `time_patterns` into fields of `time_structure.TimePoint`, or into
those of a whole expression, and says whether the word is weak: a time only beside another (三日).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extractors.reading.numerals import parse_numeral
from extractors.reading.time_patterns import SEASONS

Values = tuple[dict[str, Any], bool]

YEAR_WORDS = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年度": 0, "明年": 1, "后年": 2}
# Years counted from the one the passage is about.
PASSAGE_YEARS = {"前一年": -1, "同年": 0, "当年": 0, "次年": 1, "翌年": 1}
MINGUO = 1911  # the year before the first of the Republic, as years are counted in Taiwan


def _offsets(words: dict[int, str]) -> dict[str, int]:
    return {word: offset for offset, joined in words.items() for word in joined.split()}


# Days counted from publication, and days counted from the day the passage is about.
DAY_WORDS = _offsets(
    {
        -3: "大前天",
        -2: "前天 前晚 前日",
        -1: "昨天 昨日 昨晚 昨夜 昨晨",
        0: "今天 今日 今晨 今早 今晚 今夜",
        1: "明天 明日 明晚 明早 明晨",
        2: "后天",
        3: "大后天",
    }
)
PASSAGE_WORDS = _offsets(
    {
        -1: "前一天 前一日 前一晚",
        0: "当天 当日 当晚 当夜 同日 同一天 同天",
        1: "次日 次晨 翌日 第二天 隔天 隔日",
    }
)
_PARTS_OF_DAY = {
    "dawn": "凌晨 清晨 拂晓 黎明 早晨 早上 早间 清早 一早 晨 早",
    "morning": "上午",
    "noon": "中午 正午 午间 午",
    "afternoon": "下午 午后",
    "evening": "傍晚 黄昏 晚间 晚上 夜间 夜里 夜晚 深夜 午夜 子夜 半夜 入夜 晚些时候 晚 夜",
}
PARTS_OF_DAY = {word: part for part, words in _PARTS_OF_DAY.items() for word in words.split()}
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_NEAR = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_NEAR_WORD = re.compile(r"上上|下下|[上本这当下]")
_PASSAGE_MONTHS = {"当": 0, "同": 0, "次": 1, "翌": 1}
_PAIRS = {"昨今": (-1, 0), "今明后": (0, 2), "今明": (0, 1), "明后": (1, 2)}
_WRITTEN_OUT = str.maketrans({"廿": "二十", "卅": "三十", "○": "〇"})
_UNIT_WORDS = {
    "hour": "小时 钟头",
    "day": "昼夜 天 日",
    "night": "夜",
    "week": "周 星期 礼拜",
    "month": "月",
    "year": "年",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}


def _numbers(words: str) -> list[int]:
    """The whole numbers in the words, in order."""
    written = words.translate(_WRITTEN_OUT)
    values = (parse_numeral(n) for n in re.findall(r"[0-9]+|[零〇一二两三四五六七八九十百]+", written))
    return [v for v in values if isinstance(v, int)]


def _year(words: str) -> Values:
    if words in YEAR_WORDS:
        return {"year_offset": YEAR_WORDS[words]}, False
    if words in PASSAGE_YEARS:
        return {"year_offset": PASSAGE_YEARS[words], "anchor": "passage"}, False
    if words[0] in "一二":
        words = words.replace("0", "〇")
    years = _numbers(words)
    if words.startswith("民国"):
        return {"year": MINGUO + years[0]}, False
    if len(years) == 2 and years[0] < years[1]:
        return {"year": years[0], "year_end": years[1]}, False
    if words[:2].isdecimal() and not words[2].isdecimal():  # 24年10月1日
        return {"year": (2000 if years[0] < 50 else 1900) + years[0]}, False
    return {"year": years[-1]}, False


def _month(words: str) -> Values:
    if words[0] in _PASSAGE_MONTHS:
        return {"month_offset": _PASSAGE_MONTHS[words[0]], "anchor": "passage"}, False
    near = _NEAR_WORD.match(words)
    if near:
        return {"month_offset": _NEAR[near[0]]}, False
    months = _numbers(words.replace("元", "一"))
    if len(months) == 2 and months[0] < months[1]:
        return {"month": months[0], "month_end": months[1]}, False
    return {"month": months[-1]}, False


def _quarter(words: str) -> Values:
    if words.endswith("半年"):
        return {"half": 1 if words[0] in "上前" else 2}, False
    if words[0] in "上本下":
        return {"quarter_offset": _NEAR[words[0]]}, False
    return {"quarter": 1 if words[0] == "首" else _numbers(words)[0]}, False


def _stretch(words: str) -> Values:
    """The first or last months of a year as a range of months: 前三个月, 头10个月, 最后两个月, 前三季度."""
    number = _numbers(words)[0]
    if words.endswith("季度"):
        return {"month": 1, "month_end": 3 * number}, False
    if words[0] == "第":
        return {"month": number}, True
    if words[0] in "前头":
        return {"month": 1, "month_end": number}, True
    return {"month": 13 - number, "month_end": 12}, True


def _part(words: str) -> Values:
    """初, 底, 旬 and seasons; 年初 alone stands for this year's, 月底 and 上半月 for this month's."""
    if words[0] in "今去明":
        return {"year_offset": YEAR_WORDS[words[0] + "年"], "part": words[1]}, False
    if words[0] in SEASONS:
        return {"part": words[0]}, False
    if words.endswith("半月"):
        return {"part": words[:2]}, False
    part = words[:1] if words.endswith("旬") else words[-1].replace("末", "底")
    if part == "内":
        return {"year_offset": 0}, False
    values: dict[str, Any] = {"part": part} | ({"month_offset": 0} if words[0] == "月" else {})
    return values, words[0] not in "年月"


def _day(words: str) -> Values:
    """5日, 11至13日, 5号; a Chinese single digit (三日) may as well be a duration, 5号 a name."""
    values, _ = _counted_day(words)
    return values, words.endswith("号") or (not words[0].isdecimal() and len(words) == 2)


def _counted_day(words: str) -> Values:
    """The same where what stands before it shows that it is a day."""
    days = _numbers(words)
    if len(days) == 2 and days[0] != days[1]:
        return {"day": days[0], "day_end": days[1]}, False
    return {"day": days[-1]}, False


def _iso(words: str) -> Values:
    year, month, day = (int(n) for n in re.split(r"[-/.]", words))
    return {"year": year, "month": month, "day": day}, False


def _weekday(words: str) -> Values:
    values: dict[str, Any] = {"weekday": WEEKDAYS[words[-1]]}
    near = _NEAR_WORD.match(words)
    if near:
        values["week_offset"] = _NEAR[near[0]]
    return values, False


def _week(words: str) -> Values:
    near = _NEAR_WORD.match(words)
    values: dict[str, Any] = {"week_offset": _NEAR[near[0]]} if near else {}
    if words.endswith("末"):
        values["weekend"] = True
    return values, False


def _pair(words: str) -> Values:
    """今明两天: two days or three on end."""
    first, last = next(days for start, days in _PAIRS.items() if words.startswith(start))
    return {"day_offset": first, "day_offset_end": last, "anchor": "publication"}, False


def _relative(words: str) -> Values:
    publication = words in DAY_WORDS
    offset = DAY_WORDS[words] if publication else PASSAGE_WORDS[words]
    values = {"day_offset": offset, "anchor": "publication" if publication else "passage"}
    part = PARTS_OF_DAY.get(words[-1])
    if part:
        values["part_of_day"] = part
    return values, False


def _daypart(words: str) -> Values:
    return {"part_of_day": PARTS_OF_DAY[words]}, len(words) == 1 or words == "晚些时候"


def _clock(words: str) -> Values:
    """The hour as a part of the day."""
    hour = _numbers(words)[0] if _numbers(words) else 12
    part = "dawn" if hour < 6 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return {"part_of_day": part}, False


def _length(words: str) -> Values:
    """过去24小时, 三天前: how much of which unit; vague where no number is given (过去几天)."""
    unit = next(_UNITS[u] for u in _UNITS if u in words)
    numbers = _numbers(words)
    if not numbers or "多" in words or "半" in words:
        return {"form": "vague"}, False
    return {"form": "past", "length": numbers[0], "unit": unit}, False


def _length_as(form: str) -> Callable[[str], Values]:
    """Reads a length into an expression of another form, unless it is vague."""

    def read(words: str) -> Values:
        values, weak = _length(words)
        return (values | {"form": form} if values["form"] == "past" else values), weak

    return read


def _next(words: str) -> Values:
    """未来三天; beyond weeks it says by when something is done, not when it is: 未来两年."""
    values, weak = _length_as("next")(words)
    return (values if values.get("unit") in ("hour", "day", "week") else {"form": "vague"}), weak


WORD_VALUES: dict[str, Callable[[str], Values]] = {
    "zone": lambda _: ({}, True),
    "iso": _iso,
    "year": _year,
    "month": _month,
    "quarter": _quarter,
    "stretch": _stretch,
    "part": _part,
    "counted_day": _counted_day,
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "pair": _pair,
    "relative": _relative,
    "daypart": _daypart,
    "clock": _clock,
    "overnight": lambda _: ({"form": "overnight"}, False),
    "past": _length,
    "ago": _length_as("ago"),
    "later": _length_as("later"),
    "next": _next,
    "vague": lambda _: ({"form": "vague"}, False),
}
