"""Which dates a time expression means, by RECORDS §3 and §5: from publication and the passage's own date."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Callable
from dataclasses import replace

from extractors.reading.time_points import DAY, Setting, last_of, period, resolve_point, shifted, whole_day
from extractors.reading.time_structure import Form, TimeExpression, TimePoint
from schemas import Period
from schemas.values import Precision

WAR_START = datetime.date(2022, 2, 24)  # Russia's full invasion of Ukraine, by RECORDS §3


def resolve(
    expression: TimeExpression, published: datetime.date, passage: Period | None, *, future: bool = False
) -> Period | None:
    """The local dates an expression means, both included, or `None` where the text gives no way to know.

    `published` is the article's publication date, `passage` the period the passage is about, if known. Past
    facts take the latest such date not after publication, planned ones (`future`) the next one. The date of
    somebody's saying so is past even where what is said is planned. Never raises.
    """
    setting = Setting(published, passage, future)
    try:
        return _RESOLVERS[expression.form](expression, setting)
    except (OverflowError, ValueError):  # a date outside the calendar: 2月30日, 9999年以后
        return None


def _vague(expression: TimeExpression, setting: Setting) -> Period | None:
    return None


def _at_point(expression: TimeExpression, setting: Setting) -> Period | None:
    return None if expression.start is None else resolve_point(expression.start, setting)


def _as_of(expression: TimeExpression, setting: Setting) -> Period | None:
    return _at_point(expression, replace(setting, future=False))


def _overnight(expression: TimeExpression, setting: Setting) -> Period | None:
    """连夜 is the night before to the day named."""
    day = setting.named_day or setting.published
    return period(day - DAY, day, "night")


def _since_war(expression: TimeExpression, setting: Setting) -> Period | None:
    return period(WAR_START, setting.published, "period") if setting.published >= WAR_START else None


def _since(expression: TimeExpression, setting: Setting) -> Period | None:
    """From the start named up to publication."""
    start = _at_point(expression, replace(setting, future=False))
    if start is None or start.start > setting.published:
        return start
    return period(start.start, setting.published, "period")


def _from(expression: TimeExpression, setting: Setting) -> Period | None:
    """6日起: of something planned the first day, of something past all days since."""
    return _at_point(expression, setting) if setting.future else _since(expression, setting)


def _until(expression: TimeExpression, setting: Setting) -> Period | None:
    """3月底前, of something planned: from the day it is told to the end named."""
    end = _at_point(expression, setting) if setting.future else None
    day = setting.named_day or setting.published
    return period(day, end.end, "period") if end and end.end >= day else None


def _span(expression: TimeExpression, setting: Setting) -> Period | None:
    """From one point to another; a planned span may have begun already, if it is no longer for that."""
    first, last = expression.start, expression.end
    if first is None or last is None:
        return None
    found = _span_of(first, last, replace(setting, future=False))
    if setting.future:
        begun = found if found and found.end >= setting.published else None
        ahead = _span_of(first, last, setting)
        found = min((s for s in (begun, ahead) if s), key=lambda s: s.end - s.start, default=None)
    return found


def _span_of(first: TimePoint, last: TimePoint, setting: Setting) -> Period | None:
    start, end = _ends(first, last, setting)
    if start is None or end is None or end.end < start.start:
        return None
    return period(start.start, end.end, _span_precision(first, last, start, end))


def _ends(first: TimePoint, last: TimePoint, setting: Setting) -> tuple[Period | None, Period | None]:
    """Start and end of a span; the end takes over the month and year of the start."""
    start = resolve_point(first, setting)
    if start is None:
        return None, None
    if last.anchor == "passage":  # 当晚至次日凌晨
        return start, resolve_point(last, Setting(setting.published, start))
    overnight = first.part_of_day == "evening" and last.part_of_day in ("dawn", "morning")
    if last == TimePoint(part_of_day=last.part_of_day):  # 3日夜间至凌晨
        if first == TimePoint(part_of_day=first.part_of_day) and overnight:  # 夜间至凌晨 of the day named
            return whole_day(start.end - DAY), start
        return start, whole_day(start.end + DAY * overnight)
    return start, resolve_point(last, Setting(setting.published, setting.passage, floor=start.start))


def _span_precision(first: TimePoint, last: TimePoint, start: Period, end: Period) -> Precision:
    """A night where the span goes from an evening or a weekday to the next day, else a period."""
    if start.start == end.end:
        return "day"
    if end.end - start.start == DAY and start.precision == "day" and end.precision == "day":
        # 3日夜间至4日, 3日至4日凌晨 and 3日至4日夜间 are one night.
        by_clock = first.part_of_day == "evening" or last.part_of_day == "dawn"
        by_clock = by_clock or (first.part_of_day is None and last.part_of_day == "evening")
        by_weekday = first.weekday is not None and last.weekday is not None and not last.part_of_day
        if by_clock or by_weekday:
            return "night"
    return "period"


def _past(expression: TimeExpression, setting: Setting) -> Period | None:
    """过去24小时 begins the day before the day named; 过去一周 is the seven days up to it."""
    length, unit = expression.length, expression.unit
    if not length or setting.future:
        return None
    day = setting.named_day or setting.published
    if unit == "night":
        return period(day - DAY, day, "night") if length == 1 else None
    if unit == "hour" or (unit == "day" and length == 1):
        back = -(-length // 24) if unit == "hour" else 1
        return period(day - back * DAY, day, "day" if back == 1 else "period")
    if unit in ("day", "week"):
        days = length * (7 if unit == "week" else 1)
        return period(day - (days - 1) * DAY, day, "week" if days == 7 else "period")
    return period(_months_before(day, length * (1 if unit == "month" else 12)), day, "period")


def _months_before(day: datetime.date, months: int) -> datetime.date:
    year, month = shifted(day.year, day.month, -months)
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _next(expression: TimeExpression, setting: Setting) -> Period | None:
    """未来三天 begins the day after; 未来24小时 is this day and the next."""
    length, unit = expression.length, expression.unit
    if not length:
        return None
    day = setting.named_day or setting.published
    if unit == "hour":
        days = -(-length // 24)
        return period(day, day + days * DAY, "day" if days == 1 else "period")
    days = length * (7 if unit == "week" else 1)
    return period(day + DAY, day + days * DAY, "day" if days == 1 else "week" if days == 7 else "period")


def _ago(expression: TimeExpression, setting: Setting) -> Period | None:
    """三天前 and 一周前 are days, 三个月前 is a month, 两年前 a year."""
    if expression.length is None:
        return None
    return _away(setting.named_day or setting.published, -expression.length, expression.unit)


def _later(expression: TimeExpression, setting: Setting) -> Period | None:
    """三天后 counts from the day the passage is about; of something planned, else from publication."""
    day = setting.named_day or (setting.published if setting.future else None)
    if expression.length is None or day is None:
        return None
    return _away(day, expression.length, expression.unit)


def _away(day: datetime.date, length: int, unit: str | None) -> Period | None:
    """What lies so many units from a day, as finely as the unit tells."""
    if unit in ("day", "week"):
        return whole_day(day + length * (7 if unit == "week" else 1) * DAY)
    if unit == "month":
        year, month = shifted(day.year, day.month, length)
        return period(datetime.date(year, month, 1), last_of(year, month), "month")
    if unit == "year":
        year = day.year + length
        return period(datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year")
    return None


_RESOLVERS: dict[Form, Callable[[TimeExpression, Setting], Period | None]] = {
    Form.POINT: _at_point,
    Form.SPAN: _span,
    Form.SINCE: _since,
    Form.FROM: _from,
    Form.AS_OF: _as_of,
    Form.UNTIL: _until,
    Form.PAST: _past,
    Form.NEXT: _next,
    Form.AGO: _ago,
    Form.LATER: _later,
    Form.OVERNIGHT: _overnight,
    Form.WAR: _since_war,
    Form.VAGUE: _vague,
}
