"""Which dates a time expression means, by RECORDS §3 and §5: relative to publication and to the passage's own date."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import replace

from extractors.reading.time_expressions import Form, TimeExpression, TimePoint
from schemas import Period
from schemas.values import Precision

WAR_START = datetime.date(2022, 2, 24)  # Russia's full invasion of Ukraine, by RECORDS §3
_DAY = datetime.timedelta(days=1)
_SEASON_STARTS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
# A month and day without a year lies behind unless it is this near: 11月5日 written on the 4th is tomorrow.
_AHEAD = datetime.timedelta(days=30)
_TENS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


def resolve(
    expression: TimeExpression, published: datetime.date, passage: Period | None, *, future: bool = False
) -> Period | None:
    """The local dates an expression means, both included, or `None` where the text gives no way to know.

    `published` is the article's publication date, `passage` the period the passage is about, if known. Past facts take
    the latest such date not after publication; `future` (planned facts) the next one. Never raises.
    """
    try:
        return _resolve(expression, published, passage, future)
    except (OverflowError, ValueError):  # a date outside the calendar: 2月30日, 9999年以后
        return None


def _resolve(
    expression: TimeExpression, published: datetime.date, passage: Period | None, future: bool
) -> Period | None:
    day = _named_day(passage) or published
    point = expression.start
    match expression.form:
        case Form.OVERNIGHT:
            return Period(start=day - _DAY, end=day, precision="night")
        case Form.WAR:
            return _period(WAR_START, published, "period") if published >= WAR_START else None
        case Form.PAST:
            return None if future else _past(expression, day)
        case Form.AGO:
            return _ago(expression, day)
    if point is None:
        return None
    match expression.form:
        case Form.SPAN:
            return _span(point, expression.end or TimePoint(), published, passage, future)
        case Form.SINCE | Form.FROM:
            start = resolve_point(point, published, passage, future and expression.form is Form.FROM)
            if start is None or start.start > published or (future and expression.form is Form.FROM):
                return start
            return _period(start.start, published, "period")
        case Form.UNTIL:
            end = resolve_point(point, published, passage, True) if future else None
            return _period(day, end.end, "period") if end and end.end >= day else None
        case Form.AS_OF:
            return resolve_point(point, published, passage)
        case Form.POINT:
            return resolve_point(point, published, passage, future)
    return None


def _period(start: datetime.date, end: datetime.date, precision: Precision) -> Period:
    return Period(start=start, end=end, precision=precision)


def _named_day(passage: Period | None) -> datetime.date | None:
    """The single day a passage is about: the day itself, or the morning an overnight passage ends on."""
    if passage is None or (passage.start != passage.end and passage.precision not in ("night", "day")):
        return None
    return passage.end


def resolve_point(
    point: TimePoint,
    published: datetime.date,
    passage: Period | None = None,
    future: bool = False,
    floor: datetime.date | None = None,
) -> Period | None:
    """The period of one point; `floor` is the earliest date the end of a span may have."""
    if point.day is not None:
        return _whole_day(_by_weekday(_date(point, published, future, floor), point.weekday))
    if point.weekday is not None or point.weekend or point.week_offset is not None:
        return _by_week(point, published, passage, future, floor)
    if point.day_offset is not None:
        return _by_offset(point, published, passage)
    if point.quarter or point.half or point.quarter_offset is not None:
        return _by_quarter(point, published, future, floor)
    if point.month is not None or point.month_offset is not None:
        return _by_month(point, published, future, floor)
    if point.year is not None or point.year_offset is not None or point.part:
        return _by_year(point, published)
    return _whole_day(_named_day(passage))  # 凌晨 alone: a part of the day the passage is about


def _whole_day(date: datetime.date | None) -> Period | None:
    return None if date is None else Period(start=date, end=date, precision="day")


def _year(point: TimePoint, published: datetime.date) -> int | None:
    if point.year is not None:
        return point.year
    return None if point.year_offset is None else published.year + point.year_offset


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    """The month `by` months later."""
    years, index = divmod(year * 12 + month - 1 + by, 12)
    return years, index + 1


def _date(
    point: TimePoint, published: datetime.date, future: bool, floor: datetime.date | None
) -> datetime.date | None:
    """The date of a day, in the month and year named or else the nearest one allowed."""
    assert point.day is not None  # asked for points with a day only
    year = _year(point, published)
    if point.month_offset is not None:
        return datetime.date(*_shifted(published.year, published.month, point.month_offset), point.day)
    if point.month is not None and year is not None:
        return datetime.date(year, point.month, point.day)
    months: Iterator[tuple[int, int]]
    if point.month is not None:
        months = ((published.year + i, point.month) for i in range(-8, 9))
    else:
        base = floor or published
        months = (_shifted(base.year, base.month, i) for i in range(-3, 4))
    dates = [datetime.date(y, m, point.day) for y, m in months if point.day <= calendar.monthrange(y, m)[1]]
    told = [d for d in dates if _agrees(d, point, published)]
    if told and floor is None:
        return min(told, key=lambda d: abs(d - published))
    if point.month is not None and not future:
        published += _AHEAD
    return _nearest(dates, published, future, floor)


def _agrees(date: datetime.date, point: TimePoint, published: datetime.date) -> bool:
    """Whether other words for the same day single this date out: 星期五（1日）, 今天（1日）."""
    if point.weekday is not None:
        return date.weekday() == point.weekday and abs(date - published) < 183 * _DAY
    if point.day_offset is not None and point.anchor == "publication":
        return abs(date - published - point.day_offset * _DAY) <= _DAY
    return False


def _nearest(
    dates: list[datetime.date], published: datetime.date, future: bool, floor: datetime.date | None
) -> datetime.date | None:
    """Of ascending dates the first from the floor (or, planned, from publication) on, else the last published."""
    if floor is not None or future:
        bound = floor if floor is not None else published
        return next((d for d in dates if d >= bound), None)
    return next((d for d in reversed(dates) if d <= published), None)


def _by_weekday(date: datetime.date | None, weekday: int | None) -> datetime.date | None:
    """The date, or the nearest one of the weekday named: where they disagree the weekday wins."""
    if date is None or weekday is None:
        return date
    offset = (weekday - date.weekday() + 3) % 7 - 3
    return date + offset * _DAY


def _by_week(
    point: TimePoint,
    published: datetime.date,
    passage: Period | None,
    future: bool,
    floor: datetime.date | None,
) -> Period | None:
    monday = published - published.weekday() * _DAY
    if point.week_offset is None:
        weekday = 5 if point.weekend else point.weekday or 0
        dates = [monday + (7 * week + weekday) * _DAY for week in range(-60, 61)]
        date = _nearest(dates, published, future, floor)
        return _period(date, date + _DAY, "period") if point.weekend and date else _whole_day(date)
    monday += 7 * point.week_offset * _DAY
    if point.weekend:
        return _period(monday + 5 * _DAY, monday + 6 * _DAY, "period")
    if point.weekday is not None:
        return _whole_day(monday + point.weekday * _DAY)
    if point.week_offset:
        return _period(monday, monday + 6 * _DAY, "week")
    if future:
        return _period(published, monday + 6 * _DAY, "week")
    day = _named_day(passage) or published  # 本周 of something past ends on the day it is told
    return _period(monday, day if monday <= day <= published else published, "week")


def _by_offset(point: TimePoint, published: datetime.date, passage: Period | None) -> Period | None:
    """昨天 counts from publication, 次日 from the passage; 当天 without a passage is the publication day."""
    assert point.day_offset is not None  # asked for points with an offset only
    day = published if point.anchor == "publication" else _named_day(passage)
    if day is None and point.day_offset == 0 and passage is None:
        day = published
    return None if day is None else _whole_day(_by_weekday(day + point.day_offset * _DAY, point.weekday))


def _by_quarter(
    point: TimePoint, published: datetime.date, future: bool, floor: datetime.date | None
) -> Period | None:
    size: int = 6 if point.half else 3
    year = _year(point, published)
    if point.quarter_offset is not None:
        first = (published.month - 1) // 3 * 3 + 1
        year, month = _shifted(published.year, first, 3 * point.quarter_offset)
    else:
        month = ((point.half or point.quarter or 1) - 1) * size + 1
    start = _month_start(year, month, published, future, floor, size)
    if start is None:
        return None
    last = _last_of(*_shifted(start.year, start.month, size - 1))
    return _period(start, last, "period" if point.half else "quarter")


def _month_start(
    year: int | None,
    month: int,
    published: datetime.date,
    future: bool,
    floor: datetime.date | None,
    size: int = 1,
) -> datetime.date | None:
    """The first day of a stretch of `size` months; planned ones may have begun already."""
    if year is not None:
        return datetime.date(year, month, 1)
    starts = [datetime.date(published.year + i, month, 1) for i in range(-2, 3)]
    if floor is not None or future:
        bound = floor or published
        return next((d for d in starts if _last_of(*_shifted(d.year, d.month, size - 1)) >= bound), None)
    return _nearest(starts, published, future, floor)


def _last_of(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _by_month(
    point: TimePoint, published: datetime.date, future: bool, floor: datetime.date | None
) -> Period | None:
    if point.month_offset is not None:
        start: datetime.date | None = datetime.date(
            *_shifted(published.year, published.month, point.month_offset), 1
        )
    else:
        assert point.month is not None  # asked for points with a month only
        start = _month_start(_year(point, published), point.month, published, future, floor)
    if start is None:
        return None
    last = _last_of(start.year, start.month)
    if point.part in _TENS:  # 上旬, 中旬, 下旬
        first_day, last_day = _TENS[point.part]
        return _period(start.replace(day=first_day), start.replace(day=min(last_day, last.day)), "period")
    return _period(start, last, "month")


def _by_year(point: TimePoint, published: datetime.date) -> Period | None:
    """A year, its first or last month (年初, 去年底), or a season of it; 下旬 alone is of the month of publication."""
    year = _year(point, published)
    if point.part in _TENS:
        return None if year is not None else _by_month(replace(point, month_offset=0), published, False, None)
    year = published.year if year is None else year
    if point.part in ("初", "底"):
        month = 1 if point.part == "初" else 12
        return _period(datetime.date(year, month, 1), _last_of(year, month), "month")
    if point.part in _SEASON_STARTS:
        first = _SEASON_STARTS[point.part]
        return _period(datetime.date(year, first, 1), _last_of(*_shifted(year, first, 2)), "period")
    if point.part:
        return None
    return _period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year")


def _span(
    first: TimePoint, last: TimePoint, published: datetime.date, passage: Period | None, future: bool
) -> Period | None:
    """From one point to another; the end takes over the month and year of the start."""
    start = resolve_point(first, published, passage, False)
    end = _span_end(first, last, start, published, passage)
    if future and (start is None or end is None or end.end < published):
        start = resolve_point(first, published, passage, True)
        end = _span_end(first, last, start, published, passage)
    if start is None or end is None or end.end < start.start:
        return None
    return _period(start.start, end.end, _span_precision(first, last, start, end))


def _span_end(
    first: TimePoint, last: TimePoint, start: Period | None, published: datetime.date, passage: Period | None
) -> Period | None:
    if start is None:
        return None
    if last.anchor == "passage":
        return resolve_point(last, published, start)
    if _is_part_of_day(last):  # 3日夜间至凌晨: the morning after
        overnight = first.part_of_day == "evening" and last.part_of_day in ("dawn", "morning")
        return _whole_day(start.end + _DAY * overnight)
    return resolve_point(last, published, passage, False, start.start)


def _is_part_of_day(point: TimePoint) -> bool:
    return point == TimePoint(part_of_day=point.part_of_day)


def _span_precision(first: TimePoint, last: TimePoint, start: Period, end: Period) -> Precision:
    """A night where the span goes from evening or weekday to the next day, else a period."""
    if start.start == end.end:
        return "day"
    if end.end - start.start == _DAY and start.precision == "day" and end.precision == "day":
        by_clock = first.part_of_day == "evening" or last.part_of_day == "dawn"
        by_weekday = first.weekday is not None and last.weekday is not None and not last.part_of_day
        if by_clock or by_weekday:
            return "night"
    return "period"


def _past(expression: TimeExpression, day: datetime.date) -> Period | None:
    """过去24小时 begins the day before the day named, 过去一周 is the seven days up to it, 过去两年 counts back by years."""
    length = expression.length
    match expression.unit, length:
        case _, None | 0:
            return None
        case "night", 1:
            return _period(day - _DAY, day, "night")
        case "hour", int():
            back = -(-length // 24)
            return _period(day - back * _DAY, day, "day" if back == 1 else "period")
        case "day", 1:
            return _period(day - _DAY, day, "day")
        case "day", int():
            return _period(day - (length - 1) * _DAY, day, "week" if length == 7 else "period")
        case "week", int():
            return _period(day - (7 * length - 1) * _DAY, day, "week" if length == 1 else "period")
        case "month" | "year", int():
            return _period(
                _months_before(day, length * (1 if expression.unit == "month" else 12)), day, "period"
            )
    return None


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = _shifted(day.year, day.month, -months)
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _ago(expression: TimeExpression, day: datetime.date) -> Period | None:
    """三天前 and 一周前 are days, 三个月前 is a month, 两年前 a year."""
    length = expression.length
    if length is None:
        return None
    match expression.unit:
        case "day" | "week":
            return _whole_day(day - length * (7 if expression.unit == "week" else 1) * _DAY)
        case "month":
            then = _months_before(day, length)
            return _period(then.replace(day=1), _last_of(then.year, then.month), "month")
        case "year":
            return _period(
                datetime.date(day.year - length, 1, 1), datetime.date(day.year - length, 12, 31), "year"
            )
    return None
