"""When people met or are to meet: the day told of the meeting itself, not that of a claim or of another act."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from extractors.kinds.meeting_circumstances import without_guest
from extractors.kinds.meeting_frames import Met
from extractors.kinds.meeting_parties import sides
from extractors.layers.context import Context
from extractors.layers.dates import Dated
from extractors.reading.document import Sentence
from extractors.reading.mention import Person
from schemas import Participant, Period
from schemas.kinds.meeting import Status

DURATION = re.compile("(?:小时|分钟|钟头)$")  # 通了近两个小时的电话
# The day a picture was taken, in brackets behind its caption.
CAPTION = re.compile(
    r"\s{0,2}[（(][^（）()0-9]{0,8}(?:(?P<year>20[0-9]{2}) ?年 ?)?(?P<month>1?[0-9]) ?月 ?(?P<day>[123]?[0-9]) ?日[^（）()]{0,12}[）)]"
)
OLDEST = 5  # years: what happened longer ago is history
FAR_AHEAD = 20  # days: a plan for a day of the month that lies so far ahead
AHEAD = re.compile("将|计划|预计|拟|定于|打算|预定|准备")
EDITION = re.compile("(?:20[0-9]{2}年?)?(?:[春夏秋冬]季)?")
CALLED = re.compile("[^，。；在于的举召出参]{0,24}?(?:峰会|论坛|会议|大会|年会|博览会)")
WEEK = 7  # days
# 将于周一会晤, told on that Monday, means today; what is to be this week may be on any day of it.
WEEKDAY = re.compile("(?:本|这个?)?(?:周|星期|礼拜)[一二三四五六日天]")
THIS_WEEK = re.compile("(?:本|这个?)(?:周|星期|礼拜)$")
LATE = 7  # days: was for the day just past where an article tells of it so late


def own_time(context: Context, sentence: Sentence, met: Met, verb: int) -> Dated | None:
    """The time told of the meeting itself: of several the last one before the verb, in the verb's own clause.

    将于周一飞往基辅，并于周二在莫斯科与普京会面: the second. Times told of a guest's other plans do not count.
    """
    text, encoded = without_guest(sentence.encoded.text), sentence.encoded
    times = [
        d
        for d in context.dates.in_sentence(sentence)
        if d.mention.start < met.stretch[1]
        and text[encoded.position(d.mention.start)] != "＿"
        and not DURATION.search(d.mention.words)
        and not _is_of_a_name(context, sentence, d)
    ]
    opening = context.reading.folded.rfind("，", sentence.start, verb)
    near = [d for d in times if opening <= d.mention.start < met.stretch[1] and d.period is not None]
    return near[-1] if near and opening >= 0 else times[-1] if times else None


def _is_of_a_name(context: Context, sentence: Sentence, dated: Dated) -> bool:
    """Whether a year or season is part of a conference's name: 2024年中非合作论坛峰会, 欧盟冬季峰会."""
    mention = dated.mention
    if EDITION.fullmatch(mention.words) is None or CALLED.match(context.reading.folded, mention.end) is None:
        return False
    return not any(m.start == mention.end and isinstance(m.value, Person) for m in sentence.mentions)


def is_history(context: Context, own: Dated | None) -> bool:
    """Whether the meeting was years ago: told as background, no record."""
    period = own.period if own is not None else None
    return period is not None and period.end.year < context.reading.published.year - OLDEST


def when_met(
    context: Context, sentence: Sentence, clause: int, met: Met, own: Dated | None, status: Status
) -> Period | None:
    """The day of the meeting; `None` where only the day of a claim or of another act is given."""
    if status in ("held", "ongoing"):
        return _when_held(context, sentence, met, own, status)
    if status == "cancelled" and own is not None and own.period is not None and _is_of_the_past(context, own):
        return own.period
    times = [d for d in context.dates.in_sentence(sentence) if d.mention.start < met.stretch[1]]
    claim = context.claim(sentence, met.stretch[1] - 1)
    if claim is not None and claim.verb != "预计" and all(d.mention.end <= claim.start for d in times):
        return None  # 佩斯科夫14日说，普京将会见……
    if status == "proposed" and (own is None or own.mention.start < clause):
        return None
    if times and times[-1].mention.end <= clause:  # 20日抵达莫斯科，将举行会谈: the day of another act
        last, period = times[-1].mention, times[-1].period
        if (
            period is not None
            and period.end < context.reading.published
            and AHEAD.search(context.reading.folded, max(sentence.start, last.start - 6), last.end + 4)
        ):  # 周一前往, told on Sunday
            coming = context.period(sentence, last.start, last.end, future=True)
            near = coming is not None and (coming.start - context.reading.published).days <= WEEK
            period = coming if near else period
        return period if period is not None and period.end >= context.reading.published else None
    coming = context.period(sentence, *_from(own, met.stretch), future=True)
    coming = _this_week(context.reading.published, own, coming)
    return _just_past(context, sentence, _from(own, met.stretch), coming) or coming


def _this_week(published: datetime.date, own: Dated | None, coming: Period | None) -> Period | None:
    """A coming day or week, where it is told by weekday: today's weekday is today, 本周 the whole of the week."""
    if own is None or coming is None:
        return coming
    words = own.mention.words
    if WEEKDAY.match(words) and (coming.start - published).days == WEEK:
        return Period(start=published, end=published, precision="day")
    if THIS_WEEK.fullmatch(words) and coming.precision == "week":
        monday = published - datetime.timedelta(days=published.weekday())
        return Period(start=monday, end=monday + datetime.timedelta(days=WEEK - 1), precision="week")
    return coming


def _is_of_the_past(context: Context, own: Dated) -> bool:
    """Whether a time is of a month or year that is over: 今年一月 told in March, no day that may come again."""
    period = own.period
    return (
        period is not None
        and period.precision in ("month", "quarter", "year")
        and period.end < context.reading.published
    )


def _just_past(
    context: Context, sentence: Sentence, stretch: tuple[int, int], coming: Period | None
) -> Period | None:
    """The day of a plan that is told days after it: 将于18日通话 in an article of the 19th means no day of next month."""
    published = context.reading.published
    if coming is None or (coming.start - published).days <= FAR_AHEAD:
        return None
    past = context.period(sentence, *stretch)
    near = past is not None and 0 <= (published - past.end).days <= LATE
    return past if near else None


def _from(own: Dated | None, stretch: tuple[int, int]) -> tuple[int, int]:
    """The stretch from the meeting's own time on."""
    inside = own is not None and stretch[0] <= own.mention.start
    return (own.mention.start, stretch[1]) if own is not None and inside else stretch


def _when_held(
    context: Context, sentence: Sentence, met: Met, own: Dated | None, status: Status
) -> Period | None:
    published = context.reading.published
    times = context.dates.in_sentence(sentence)
    dated = any(d.period is not None and d.mention.start < met.stretch[1] for d in times)
    if not dated and _recalls(context, sentence, met.stretch, met.people):
        return None
    period = _caption_day(context, sentence)
    if period is None and own is not None and own.period is not None:
        day = own.period.precision in ("day", "night")
        period = own.period if day and own.mention.start < met.stretch[0] else None
    period = period or context.period(sentence, *_from(own, met.stretch))
    if period is None and status == "ongoing":
        return Period(start=published, end=published, precision="day")
    return period


def _recalls(
    context: Context, sentence: Sentence, stretch: tuple[int, int], people: Sequence[Participant]
) -> bool:
    """Whether a participant speaks of the meeting without saying when it was."""
    claim = context.claim(sentence, stretch[0])
    return (
        claim is not None
        and isinstance(claim.speaker.value, Person)
        and claim.speaker.value.side in sides(people)
    )


def _caption_day(context: Context, sentence: Sentence) -> Period | None:
    """The day in brackets behind the caption of a picture: ……交谈。（2024年10月22日）."""
    found = CAPTION.match(context.reading.folded, sentence.end)
    if found is None:
        return None
    year = int(found["year"] or context.reading.published.year)
    try:
        day = datetime.date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return Period(start=day, end=day, precision="day")
