"""When: for every place in an article, the period it speaks of.

The nearest time expression before the place within its sentence wins, then one behind it in the same clause, then
the day the passage is about. Expressions are resolved against the day of the passage first, then the publication
date; what cannot be resolved stays without a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.layers.claims import Claims, speaker_side
from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Mention, MentionType
from extractors.reading.time_expressions import TimeExpression
from extractors.reading.time_resolution import resolve
from schemas import Period

# Finer than a month: such a period tells what day the passage is about.
DAY_LIKE = {"day", "night"}
# A day longer ago than this is told as background, not what the passage is about.
CURRENT_DAYS = 45
HISTORY_DAYS = 5 * 366
SUPERLATIVE = re.compile("的?(?:最|之最|首次|首度|第[一二三四五六七八九十0-9]|新高|单[日月]最)")
CLAUSE_END = re.compile("[，。！？；]")


@dataclass(frozen=True)
class Dated:
    """A time mention with the period it resolves to (`None` where it does not)."""

    mention: Mention
    period: Period | None


class Dates:
    """The periods of an article, by sentence."""

    def __init__(self, reading: Reading, claims: Claims) -> None:
        self._reading = reading
        self._claims = claims
        self._times: dict[int, list[Dated]] = {}
        self._day_before: dict[int, Period | None] = {}
        passage = -1
        day: Period | None = None
        said: dict[str | None, Period] = {}  # the day each side last spoke on in this passage; None: anybody
        for sentence in reading.sentences:
            if sentence.passage != passage:
                passage, day, said = sentence.passage, None, {}
            self._day_before[sentence.index] = (
                self._statement_day(sentence, said) or day or self._digest_day()
            )
            times = []
            for mention in sentence.mentions:
                if mention.type is MentionType.TIME and isinstance(mention.value, TimeExpression):
                    period = resolve(mention.value, reading.published, day)
                    times.append(Dated(mention, period))
                    if period is not None and self._is_current(period):
                        day = period
            self._times[sentence.index] = times
            self._note_statements(sentence, times, said)

    def _digest_day(self) -> Period | None:
        """The day of an undated brief in a digest."""
        published = self._reading.published
        return Period(start=published, end=published, precision="day") if self._reading.digest else None

    def _is_current(self, period: Period) -> bool:
        """Whether a passage may be about this day: not one to come, and not one of history."""
        age = self._reading.published - period.end
        return period.precision in DAY_LIKE and 0 <= age.days <= CURRENT_DAYS

    def _statement_day(self, sentence: Sentence, said: dict[str | None, Period]) -> Period | None:
        """The day of the statement a sentence belongs to: that of its claimant's last dated one, else of the last."""
        made = self._claims.made_in(sentence)
        claim = made[0] if made else self._claims.at(sentence, sentence.start)
        side = speaker_side(claim.speaker) if claim else None
        return said.get(side) or said.get(None)

    def _note_statements(
        self, sentence: Sentence, times: list[Dated], said: dict[str | None, Period]
    ) -> None:
        for claim in self._claims.made_in(sentence):
            for dated in times:
                between = claim.speaker.end <= dated.mention.start < claim.start
                if between and dated.period is not None and self._is_current(dated.period):
                    said[speaker_side(claim.speaker)] = said[None] = dated.period

    def at(self, sentence: Sentence, start: int, end: int, *, future: bool = False) -> Period | None:
        """The period of the stretch [start, end) of a sentence; `future` for facts that are planned."""
        nearest = self._nearest(sentence, start, end)
        if nearest is not None:
            if not future:
                return nearest.period
            assert isinstance(nearest.mention.value, TimeExpression)
            return resolve(
                nearest.mention.value, self._reading.published, self._day_before[sentence.index], future=True
            )
        return None if future else self.day(sentence)

    def day(self, sentence: Sentence) -> Period | None:
        """The day the passage is about where the sentence begins."""
        return self._day_before[sentence.index]

    def in_sentence(self, sentence: Sentence) -> list[Dated]:
        """The time mentions of a sentence with their periods."""
        return self._times[sentence.index]

    def _is_history(self, dated: Dated) -> bool:
        """A time of more than five years ago: what the fact is held against, not when it was."""
        return dated.period is not None and (self._reading.published - dated.period.end).days > HISTORY_DAYS

    def _is_comparison(self, dated: Dated) -> bool:
        """自战争爆发以来最多的一次: a time that only says against what the fact is the highest."""
        return SUPERLATIVE.match(self._reading.folded, dated.mention.end) is not None

    def _nearest(self, sentence: Sentence, start: int, end: int) -> Dated | None:
        times = [
            dated
            for dated in self._times[sentence.index]
            if not self._is_comparison(dated) and not self._is_history(dated)
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
