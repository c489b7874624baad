"""Which dates a single point in time means: 5日, 上周五, 今年10月, 次日, 第三季度."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, replace

from extractors.reading.time_structure import TimePoint
from schemas import Period
from schemas.values import Precision

DAY = datetime.timedelta(days=1)
# A month and day without a year lies behind unless it is this near: 11月5日 written on the 4th is tomorrow.
_AHEAD = datetime.timedelta(days=30)
_HALF_A_YEAR = datetime.timedelta(days=183)
_SEASON_STARTS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
# 上旬, 中旬, 下旬 and the halves of a month.
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, 31), "上半": (1, 15), "下半": (16, 31)}
_HALF_MONTHS = ("上半", "下半")
_MONTH_AGO = datetime.timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Setting:
    """What relative words are counted from.

    `published` is the publication date, `passage` the period the passage is about, `future` whether the fact
    is planned, `floor` the earliest date allowed, given for the end of a span.
    """

    published: datetime.date
    passage: Period | None = None
    future: bool = False
    floor: datetime.date | None = None

    @property
    def named_day(self) -> datetime.date | None:
        """The one day the passage is about: that day, or the last of a night or of the past 24 hours."""
        passage = self.passage
        if passage is None or (passage.start != passage.end and passage.precision not in ("night", "day")):
            return None
        return passage.end

    def pick(self, dates: list[datetime.date]) -> datetime.date | None:
        """Of ascending dates the next one for planned facts and ends of spans, else the latest one past."""
        if self.floor is not None or self.future:
            earliest = self.floor or self.published
            return next((date for date in dates if date >= earliest), None)
        return next((date for date in reversed(dates) if date <= self.published), None)


def resolve_point(point: TimePoint, setting: Setting) -> Period | None:
    """The period of one point, or `None` if it cannot be known. Raises ValueError for dates like 2月30日."""
    if point.day is not None:
        return whole_day(_by_weekday(_date(point, setting), point.weekday))
    if point.weekday is not None or point.weekend or point.week_offset is not None:
        return _by_week(point, setting)
    if point.day_offset is not None:
        return _by_offset(point, setting)
    if point.quarter or point.half or point.quarter_offset is not None:
        return _by_quarter(point, setting)
    return _by_month_or_year(point, setting)


def period(start: datetime.date, end: datetime.date, precision: Precision) -> Period:
    """A period, both ends included."""
    return Period(start=start, end=end, precision=precision)


def whole_day(date: datetime.date | None) -> Period | None:
    """The period of a single day."""
    return None if date is None else period(date, date, "day")


def shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """The month `by` months later, as year and month."""
    years, index = divmod(year * 12 + month - 1 + by, 12)
    return years, index + 1


def last_of(year: int, month: int) -> datetime.date:
    """The last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _base(point: TimePoint, setting: Setting) -> datetime.date | None:
    """What offsets of months and years count from: publication, or the month or year the passage is about."""
    passage = setting.passage
    if point.anchor != "passage":
        return setting.published
    if passage is None or passage.start.year != passage.end.year:
        return None
    one_month = passage.start.month == passage.end.month
    return passage.start if one_month or point.month_offset is None else None


def _year(point: TimePoint, setting: Setting) -> int | None:
    """The year named; `None` where none is. Raises ValueError where it counts from a passage about no year."""
    if point.year is not None:
        return point.year
    if point.year_offset is None:
        return None
    return _known(_base(point, setting)).year + point.year_offset


def _month_of(point: TimePoint, setting: Setting) -> tuple[int, int]:
    """The year and month that 上月, 同月 and 去年本月 mean. Raises ValueError as `_year` does."""
    base = _known(_base(point, setting))
    year, month = shifted(base.year, base.month, point.month_offset or 0)
    return _year(point, setting) or year, month


def _known(base: datetime.date | None) -> datetime.date:
    if base is None:
        raise ValueError("counts from what the passage is about, which is not known")
    return base


def _date(point: TimePoint, setting: Setting) -> datetime.date | None:
    """The date of a day, in the month and year named or else in the nearest allowed."""
    assert point.day is not None  # asked for points with a day only
    published, year = setting.published, _year(point, setting)
    if point.month_offset is not None:
        return datetime.date(*_month_of(point, setting), point.day)
    if point.month is not None and year is not None:
        return datetime.date(year, point.month, point.day)
    if point.month is not None:
        # Eight years always reach a 29th of February.
        base = setting.floor or published
        months = [(base.year + i, point.month) for i in range(-8, 9)]
    else:
        setting = _of_old_passage(setting)
        base = setting.floor or published
        months = [shifted(base.year, base.month, i) for i in range(-3, 4)]
    dates = [datetime.date(y, m, point.day) for y, m in months if point.day <= last_of(y, m).day]
    if setting.floor is None:
        agreed = [date for date in dates if _agrees(date, point, published)]
        if agreed:
            return min(agreed, key=lambda date: abs(date - published))
        if point.month is not None and not setting.future:
            setting = replace(setting, published=published + _AHEAD)
    return setting.pick(dates)


def _of_old_passage(setting: Setting) -> Setting:
    """In a passage about a day of more than a month ago, 3日 is the next third from that day on."""
    day = setting.named_day
    if day is None or setting.floor is not None or setting.future or setting.published - day <= _MONTH_AGO:
        return setting
    return replace(setting, floor=day)


def _agrees(date: datetime.date, point: TimePoint, published: datetime.date) -> bool:
    """Whether other words for the same day single this date out: 星期五（1日）, 今天（1日）."""
    if point.weekday is not None:
        return date.weekday() == point.weekday and abs(date - published) < _HALF_A_YEAR
    if point.day_offset is not None and point.anchor == "publication":
        return abs(date - published - point.day_offset * DAY) <= DAY
    return False


def _by_weekday(date: datetime.date | None, weekday: int | None) -> datetime.date | None:
    """The date, or the nearest one of the weekday named: where they disagree the weekday wins."""
    if date is None or weekday is None:
        return date
    return date + ((weekday - date.weekday() + 3) % 7 - 3) * DAY


def _by_week(point: TimePoint, setting: Setting) -> Period | None:
    published = setting.published
    monday = published - published.weekday() * DAY
    if point.week_offset is None:
        weekday = 5 if point.weekend else point.weekday or 0
        date = setting.pick([monday + (7 * week + weekday) * DAY for week in range(-60, 61)])
        return period(date, date + DAY, "period") if point.weekend and date else whole_day(date)
    monday += 7 * point.week_offset * DAY
    if point.weekend:
        return period(monday + 5 * DAY, monday + 6 * DAY, "period")
    if point.weekday is not None:
        return whole_day(monday + point.weekday * DAY)
    if point.week_offset:
        return period(monday, monday + 6 * DAY, "week")
    if setting.future:
        return period(published, monday + 6 * DAY, "week")
    told = setting.named_day or published  # 本周 of something past ends on the day it is told
    return period(monday, told if monday <= told <= published else published, "week")


def _by_offset(point: TimePoint, setting: Setting) -> Period | None:
    """昨天 counts from publication, 次日 from the passage; 当天 without a passage is the publication day."""
    assert point.day_offset is not None  # asked for points with an offset only
    day = setting.published if point.anchor == "publication" else setting.named_day
    if day is None and point.day_offset == 0 and setting.passage is None:
        day = setting.published
    return None if day is None else whole_day(day + point.day_offset * DAY)


def _by_quarter(point: TimePoint, setting: Setting) -> Period | None:
    size = 6 if point.half else 3
    year, published = _year(point, setting), setting.published
    if point.quarter_offset is not None:
        first = (published.month - 1) // 3 * 3 + 1  # of the quarter that publication is in
        year, month = shifted(published.year, first, 3 * point.quarter_offset)
    else:
        month = ((point.half or point.quarter or 1) - 1) * size + 1
    start = _stretch_start(year, month, setting, size)
    if start is None:
        return None
    last = last_of(*shifted(start.year, start.month, size - 1))
    return period(start, last, "period" if point.half else "quarter")


def _stretch_start(year: int | None, month: int, setting: Setting, size: int = 1) -> datetime.date | None:
    """The first day of a stretch of `size` months; planned ones may have begun already."""
    if year is not None:
        return datetime.date(year, month, 1)
    base = setting.floor or setting.published
    starts = [datetime.date(base.year + i, month, 1) for i in range(-2, 3)]
    if setting.floor is None and not setting.future:
        return setting.pick(starts)
    earliest = setting.floor or setting.published
    return next((d for d in starts if last_of(*shifted(d.year, d.month, size - 1)) >= earliest), None)


def _by_month_or_year(point: TimePoint, setting: Setting) -> Period | None:
    if point.month is not None or point.month_offset is not None or point.part in _HALF_MONTHS:
        return _by_month(point, setting)
    if point.year is not None or point.year_offset is not None or point.part:
        return _by_year(point, setting)
    return whole_day(setting.named_day)  # 凌晨 alone: a part of the day the passage is about


def _by_month(point: TimePoint, setting: Setting) -> Period | None:
    """A month or ten days of it; 10月初 and 10月底 are the month."""
    start: datetime.date | None
    if point.month is None:
        start = datetime.date(*_month_of(point, setting), 1)
    else:
        start = _stretch_start(_year(point, setting), point.month, setting)
    if start is None:
        return None
    last = last_of(start.year, start.month)
    if point.part in _TENS:
        first_day, last_day = _TENS[point.part]
        return period(start.replace(day=first_day), start.replace(day=min(last_day, last.day)), "period")
    return period(start, last, "month")


def _by_year(point: TimePoint, setting: Setting) -> Period | None:
    """A year, its first or last month (年初, 去年底), or a season of it."""
    if point.part in _SEASON_STARTS:
        return _season(point, setting)
    year = _year(point, setting)
    year = setting.published.year if year is None else year
    if point.part in ("初", "底"):
        month = 1 if point.part == "初" else 12
        return period(datetime.date(year, month, 1), last_of(year, month), "month")
    if point.part:
        return None
    return period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year")


def _season(point: TimePoint, setting: Setting) -> Period | None:
    """Three whole months: spring begins in March; a winter is of the year that it begins in."""
    assert point.part is not None  # asked for points with a season only
    start = _stretch_start(_year(point, setting), _SEASON_STARTS[point.part], setting, 3)
    return None if start is None else period(start, last_of(*shifted(start.year, start.month, 2)), "period")
