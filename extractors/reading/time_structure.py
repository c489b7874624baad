"""What a time expression says before it is known which dates it means: its form and its points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Anchor = Literal["publication", "passage"]
PartOfDay = Literal["dawn", "morning", "noon", "afternoon", "evening"]


class Form(StrEnum):
    """The shape of a time expression, which says how it is resolved."""

    POINT = "point"  # a day, week, month, quarter or year: 10月31日, 上周, 今年第三季度
    SPAN = "span"  # from one point to another: 10月1日至7日, 3日夜间至4日凌晨
    SINCE = "since"  # from a point up to now: 今年以来, 2月24日至今; without a point, from an unknown one
    FROM = "from"  # from a point on: 6日起
    AS_OF = "as_of"  # how things stood at a point: 截至8月20日
    UNTIL = "until"  # by a point to come: 3月底前
    PAST = "past"  # the last hours, days, weeks: 过去24小时
    NEXT = "next"  # the days or weeks to come: 未来三天
    AGO = "ago"  # 一周前
    LATER = "later"  # 三天后
    OVERNIGHT = "overnight"  # 连夜, 过去一夜
    WAR = "war"  # since Russia's full invasion of Ukraine
    VAGUE = "vague"  # 近日, 未来几周: a time, but no telling which


@dataclass(frozen=True, slots=True)
class TimePoint:
    """What the words say of one point in time; an offset counts from now (去年 is `year_offset=-1`).

    Offsets count from `anchor`: 昨天 and 去年 from publication, 次日 and 同年 from what the passage is about.
    `weekday` is 0 for Monday; `part` a part of the month or year (初, 底, 上, 夏). `day_end`, `month_end`,
    `year_end` and `day_offset_end` close a range written as one word (11至13日, 今明两天).
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
    day_offset_end: int | None = None
    anchor: Anchor | None = None
    part_of_day: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """The unresolved structure of a time: its form and the points or the length it is made of."""

    form: Form
    start: TimePoint | None = None
    end: TimePoint | None = None
    length: int | None = None
    unit: str | None = None  # hour, day, night, week, month, year
