"""When: for every place in an article, the period it speaks of.

The nearest time expression before the place within its sentence wins, then one behind it in the same clause, then
the day the passage is about. Expressions are resolved against the day of the passage first, then the publication
date; what cannot be resolved stays without a date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from extractors.layers.claims import Claims
from extractors.layers.speakers import speaker_side
from extractors.layers.statement_days import StatementDays
from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Mention, MentionType
from extractors.reading.time_resolution import resolve
from extractors.reading.time_structure import Form, TimeExpression
from schemas import Period

# Finer than a month: such a period tells what day the passage is about.
DAY_LIKE = {"day", "night"}
# A day longer ago than this is told as background, not what the passage is about.
CURRENT_DAYS = 45
HISTORY_DAYS = 5 * 366
# A visit of so many days is what a passage may be about.
FEW_DAYS = 7
SUPERLATIVE = re.compile(
    "的?(?:最|之最|首次|首度|第[一二三四五六七八九十0-9]|新高|单[日月]最)|[^，。；]{0,9}的最(?:大|猛|严重|强|高|致命|激烈)"
)
# What somebody speaks to, not when what he says was: 针对近期的袭击, 就上周的会谈.
TOPIC = re.compile("(?:针对|关于|鉴于|对于)[^，。；]*$")
# A sentence that goes on with the statement of the one before, past what was told in between.
BESIDES = re.compile("(?:此外|另外|同时|与此同时)，")
# A day that a statement tells as one to come.
AHEAD = re.compile("(?:将|拟|定于|计划|预计|预定|原定)[^，。；]{0,4}$")
CLAUSE_END = re.compile("[，。！？；]")
# The day in the title of a roundup: 截至3.22 战事汇总.
TITLE_DAY = re.compile(
    r"(?<![0-9.])(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9.%万亿])"
)


@dataclass(frozen=True)
class Dated:
    """A time mention with the period it resolves to (`None` where it does not), and the day it was counted from."""

    mention: Mention
    period: Period | None
    counted_from: datetime.date


@dataclass
class _Thread:
    """What a passage has told so far: the day it is about, the last times named, the day each side last spoke on.

    `dated` says whether a time of what is told stands behind the last day of a statement.
    """

    day: Period | None = None
    last_day: Period | None = None
    last: Period | None = None
    dated: bool = False
    said: dict[str | None, Period | None] = field(default_factory=dict)  # under `None`: anybody

    def resolve(
        self, expression: TimeExpression, counted_from: datetime.date, *, future: bool = False
    ) -> Period | None:
        """What an expression means here; 次日 and 同年 count from the day or year named last, be it long ago."""
        passage = self.day
        points = [point for point in (expression.start, expression.end) if point is not None]
        if any(point.anchor == "passage" for point in points):
            passage = self.last_day if any(point.day_offset is not None for point in points) else self.last
            passage = passage or self.day
        period = resolve(expression, counted_from, passage, future=future)
        return self.day if self._is_of_the_night(expression, period) and self.day else period

    def _is_of_the_night(self, expression: TimeExpression, period: Period | None) -> bool:
        """Whether 星期六晚上 is an end of the night that the passage is about, and so stands for it."""
        night, point = self.day, expression.start
        if night is None or period is None or night.precision != "night" or expression.form is not Form.POINT:
            return False
        part = point.part_of_day if point else None
        return (part == "evening" and period.end == night.start) or (
            part == "dawn" and period.start == night.end
        )

    def note(self, period: Period, expression: TimeExpression, *, current: bool) -> None:
        """Remember a time just named; `current`: the passage may be about it."""
        self.last = period
        if period.precision in DAY_LIKE:
            self.last_day = period
        if current:
            self.day = period


def _told(times: Sequence[Dated]) -> list[tuple[Mention, Period]]:
    """The times of a sentence that could be resolved."""
    return [(dated.mention, dated.period) for dated in times if dated.period is not None]


class Dates:
    """The periods of an article, by sentence."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self._reading = reading
        self._claims = claims
        self._times: dict[int, list[Dated]] = {}
        self._day_before: dict[int, Period | None] = {}
        thread, passage, said = _Thread(), -1, StatementDays(reading, claims)
        for sentence in reading.sentences:
            if sentence.passage != passage:
                thread, passage, said = _Thread(), sentence.passage, StatementDays(reading, claims)
            day = self._statement_day(sentence, thread) or thread.day
            self._day_before[sentence.index] = day or self._digest_day()
            times: list[Dated] = []
            for mention in sentence.mentions:
                if mention.type is MentionType.TIME and isinstance(mention.value, TimeExpression):
                    counted_from = said.counted_from(sentence, mention, _told(times), thread.day)
                    ahead = counted_from < reading.published and self._is_ahead(sentence, mention)
                    period = thread.resolve(mention.value, counted_from, future=ahead)
                    times.append(Dated(mention, period, counted_from))
                    if period is not None:
                        thread.note(period, mention.value, current=self._is_current(period, mention.value))
            self._times[sentence.index] = times
            thread.dated = thread.dated or any(self._may_be_of_the_passage(dated) for dated in times)
            self._note_statements(sentence, times, thread)
            said.hear(sentence, _told(times))

    def _is_ahead(self, sentence: Sentence, mention: Mention) -> bool:
        """Whether a statement tells a day as one to come: 3日宣布，将于5日访问."""
        return AHEAD.search(self._reading.folded, sentence.start, mention.start) is not None

    def _digest_day(self) -> Period | None:
        """The day of an undated brief in a digest."""
        if not self._reading.digest:
            return None
        day = self._title_day or self._reading.published
        return Period(start=day, end=day, precision="day")

    @cached_property
    def _title_day(self) -> datetime.date | None:
        """The day of few weeks before publication that the title of a digest names (截至3.22)."""
        published = self._reading.published
        named = TITLE_DAY.search(self._reading.folded, 0, len(self._reading.article.title))
        if named is None:
            return None
        try:
            day = published.replace(month=int(named["month"]), day=int(named["day"]))
            day = day if day <= published else day.replace(year=day.year - 1)
        except ValueError:  # no such day: 2.30
            return None
        return day if (published - day).days <= CURRENT_DAYS else None

    def _is_current(self, period: Period, expression: TimeExpression) -> bool:
        """Whether a passage may be about this day or few days: not any to come, and none of history."""
        age = self._reading.published - period.end
        days = expression.form is Form.SPAN and (period.end - period.start).days <= FEW_DAYS
        return (period.precision in DAY_LIKE or days) and 0 <= age.days <= CURRENT_DAYS

    def _may_be_of_the_passage(self, dated: Dated) -> bool:
        """Whether a time mention names a day that the passage may be about."""
        expression = dated.mention.value
        assert isinstance(expression, TimeExpression)
        return dated.period is not None and self._is_current(dated.period, expression)

    def _statement_day(self, sentence: Sentence, thread: _Thread) -> Period | None:
        """The day of the statement a sentence belongs to: that of its claimant's last dated one, else of the last.

        Where the passage has since dated what it tells, that goes before: nothing is of the day of another's
        statement then, nor what a statement of an earlier sentence goes on to tell.
        """
        made = self._claims.made_in(sentence)
        claim = made[0] if made else self._claims.at(sentence, sentence.start)
        side = speaker_side(claim.speaker) if claim else None
        besides = BESIDES.match(self._reading.folded, sentence.start)
        if thread.dated and claim is not None and not made and not besides:
            return None
        own = thread.said.get(side) if side is not None else None
        return own or (None if thread.dated else thread.said.get(None))

    def _note_statements(self, sentence: Sentence, times: list[Dated], thread: _Thread) -> None:
        for claim in self._claims.made_in(sentence):
            for dated in times:
                stated = claim.speaker.end <= dated.mention.start < claim.start
                if stated and self._may_be_of_the_passage(dated):
                    side = speaker_side(claim.speaker)
                    thread.said[side] = thread.said[None] = dated.period
                    told = (other for other in times if other.mention.start >= claim.start)
                    thread.dated = any(self._may_be_of_the_passage(other) for other in told)

    def at(self, sentence: Sentence, start: int, end: int, *, future: bool = False) -> Period | None:
        """The period of the stretch [start, end) of a sentence; `future` for facts that are planned."""
        nearest = self._nearest(sentence, start, end)
        if nearest is not None:
            if not future:
                return nearest.period
            assert isinstance(nearest.mention.value, TimeExpression)
            return resolve(
                nearest.mention.value, nearest.counted_from, self._day_before[sentence.index], future=True
            )
        return None if future else self.day(sentence)

    def day(self, sentence: Sentence) -> Period | None:
        """The day the passage is about where the sentence begins."""
        return self._day_before[sentence.index]

    def in_sentence(self, sentence: Sentence) -> list[Dated]:
        """The time mentions of a sentence with their periods."""
        return self._times[sentence.index]

    def are_history(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether the stretch [start, end) of a sentence names times, all of more than five years ago."""
        named = [dated for dated in self._times[sentence.index] if start <= dated.mention.start < end]
        return bool(named) and all(map(self._is_history, named))

    def _is_history(self, dated: Dated) -> bool:
        """A time of more than five years ago: what the fact is held against, not when it was."""
        return dated.period is not None and (self._reading.published - dated.period.end).days > HISTORY_DAYS

    def _is_comparison(self, dated: Dated) -> bool:
        """自战争爆发以来最多的一次: a time that only says against what the fact is the highest."""
        return SUPERLATIVE.match(self._reading.folded, dated.mention.end) is not None

    def _is_topic(self, sentence: Sentence, dated: Dated, start: int) -> bool:
        """针对近期发生的袭击，……: the time of what a statement that begins at `start` is about."""
        text, mention = self._reading.folded, dated.mention
        about = TOPIC.search(text, sentence.start, mention.start)
        return about is not None and "，" in text[mention.end : start]

    def _nearest(self, sentence: Sentence, start: int, end: int) -> Dated | None:
        times = [
            dated
            for dated in self._times[sentence.index]
            if not (
                self._is_comparison(dated)
                or self._is_history(dated)
                or self._is_topic(sentence, dated, start)
            )
        ]
        inside = [dated for dated in times if start <= dated.mention.start < end]
        if inside:
            return inside[0]
        before = [dated for dated in times if dated.mention.end <= start]
        if before:
            return before[-1]
        rest = self._reading.folded[end : sentence.end]
        clause = CLAUSE_END.search(rest)
        limit = end + (clause.start() if clause else len(rest))
        behind = [dated for dated in times if end <= dated.mention.start < limit]
        return behind[0] if behind else None
