"""The day from which the words of a statement count: 周五 said on Wednesday is another Friday than the page's.

Weekdays and days of the month within a statement count from the day it was made, where the passage tells that day:
of what is planned the next one from then, of what is past the latest one until then. 今天 and 昨天 are the writer's
words in what he retells and count from publication; within quotation marks and in speeches that are retold in the
first person (我愿同总统先生……) they are the speaker's.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from extractors.layers.claims import Claim, Claims
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Mention, Organisation, Person
from extractors.reading.time_structure import Form, TimeExpression, TimePoint
from schemas import Period

# What may stand between a day and who speaks on it: 周三，在华盛顿的发言人说.
BEFORE_SPEAKER = re.compile("，?[^，。；！？]{0,6}")
# Who speaks for himself: 我愿同总统先生一道.
FIRST_PERSON = re.compile("我(?![国方军党省市州县])|我们|咱们|您|先生|阁下|陛下|女士")
COUNTED = (Form.POINT, Form.SPAN, Form.FROM)
# A statement of so many days before publication is still what the passage is about.
RECENT = datetime.timedelta(days=45)


@dataclass
class StatementDays:
    """The days on which the statements of one passage were made, as far as it has told them."""

    reading: Reading
    claims: Claims
    by_claim: dict[int, datetime.date] = field(default_factory=dict)  # by where the claim begins
    report: datetime.date | None = None  # of the outlet that the passage retells
    latest: datetime.date | None = None  # named in the passage so far

    def counted_from(
        self, sentence: Sentence, mention: Mention, told: list[tuple[Mention, Period]], day: Period | None
    ) -> datetime.date:
        """The day that a time in a sentence counts from.

        `told` holds the times of the sentence before it with their periods, `day` the one that the passage is about.
        """
        published = self.reading.published
        expression = mention.value
        if not isinstance(expression, TimeExpression) or expression.form not in COUNTED:
            return published
        points = [point for point in (expression.start, expression.end) if point is not None]
        claim = self.claims.at(sentence, mention.start)
        said = self._said_on(sentence, claim, told)
        if all(map(_is_of_the_speaker, points)):
            if claim is None or not self._speaks_himself(sentence, claim, mention):
                return published
            passage = day.end if day is not None and day.precision == "day" else None
            return self._recent(said or passage) or published
        if all(map(_is_a_day_alone, points)):
            return self._recent(said or self._unless_later(self.report)) or published
        return published

    def hear(self, sentence: Sentence, told: list[tuple[Mention, Period]]) -> None:
        """Take in the times and the dated statements of a sentence."""
        for claim in self.claims.made_in(sentence):
            said = self._dated(claim, told)
            if said is None:
                continue
            self.by_claim[claim.start] = said
            value = claim.speaker.value
            if isinstance(value, Organisation) and speaker_side(claim.speaker) is None:
                self.report = said
        days = [period.end for _, period in told if period.end <= self.reading.published]
        self.latest = max((day for day in (*days, self.latest) if day), default=None)

    def _said_on(
        self, sentence: Sentence, claim: Claim | None, told: list[tuple[Mention, Period]]
    ) -> datetime.date | None:
        """The day of a claim, else of the one around it in the sentence: 据路透社3日报道，官员说."""
        if claim is None:
            return None
        around = [made for made in self.claims.made_in(sentence) if made.start <= claim.start]
        for outer in sorted(around, key=lambda made: -made.start):
            said = self._dated(outer, told)
            if said is not None:
                return said
        return self._unless_later(self.by_claim.get(claim.start))

    def _dated(self, claim: Claim, told: list[tuple[Mention, Period]]) -> datetime.date | None:
        """The day told with a claim: between its speaker and its verb, or right before its speaker."""
        text = self.reading.folded
        for mention, period in reversed(told):
            within = claim.speaker.end <= mention.start < claim.start
            ahead = mention.end <= claim.speaker.start and BEFORE_SPEAKER.fullmatch(
                text, mention.end, claim.speaker.start
            )
            if (within or ahead) and period.precision == "day" and period.start == period.end:
                return period.start
        return None

    def _unless_later(self, said: datetime.date | None) -> datetime.date | None:
        """The day of a statement of an earlier sentence, unless the passage has named a later one since."""
        return None if said and self.latest and self.latest > said else said

    def _speaks_himself(self, sentence: Sentence, claim: Claim, mention: Mention) -> bool:
        """Whether a time is in the speaker's own words: quoted, or told in the first person."""
        text = self.reading.folded
        opened = text.rfind("“", claim.lead, mention.start)
        if opened > text.rfind("”", claim.lead, mention.start):
            return True
        own = FIRST_PERSON.search(text, max(sentence.start, claim.start), sentence.end)
        return isinstance(claim.speaker.value, Person) and own is not None

    def _recent(self, day: datetime.date | None) -> datetime.date | None:
        """A day before publication, not long before."""
        known = day is not None and day <= self.reading.published <= day + RECENT
        return day if known else None


def _is_of_the_speaker(point: TimePoint) -> bool:
    """今天, 昨天, 上周, 下月: counted from whoever uses them."""
    offsets = (point.day_offset, point.week_offset, point.month_offset)
    return point.anchor != "passage" and point.day is None and any(offset is not None for offset in offsets)


def _is_a_day_alone(point: TimePoint) -> bool:
    """周五, 5日: a day without its week, month or year."""
    if point.week_offset is not None or point.day_offset is not None or point.month_offset is not None:
        return False
    without = point.month is None and point.year is None and point.year_offset is None
    return without and (
        point.day is not None
        or point.weekday is not None
        or point == TimePoint(part_of_day=point.part_of_day)
    )
