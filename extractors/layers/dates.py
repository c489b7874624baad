"""When: for every place in an article, the period it speaks of.

The nearest time expression before the place within its sentence wins, then one behind it in the same clause, then
the day the passage is about. Expressions are resolved against the day of the passage first, then the publication
date; what cannot be resolved stays without a date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Mention, MentionType
from extractors.reading.time_expressions import TimeExpression
from extractors.reading.time_resolution import resolve
from schemas import Period

# Finer than a month: such a period tells what day the passage is about.
DAY_LIKE = {"day", "night"}
CLAUSE_END = re.compile("[，。！？；]")


@dataclass(frozen=True)
class Dated:
    """A time mention with the period it resolves to (`None` where it does not)."""

    mention: Mention
    period: Period | None


class Dates:
    """The periods of an article, by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._times: dict[int, list[Dated]] = {}
        self._day_before: dict[int, Period | None] = {}
        passage = -1
        day: Period | None = None
        for sentence in reading.sentences:
            if sentence.passage != passage:
                passage, day = sentence.passage, None
            self._day_before[sentence.index] = day
            times: list[Dated] = []
            for mention in sentence.mentions:
                if mention.type is MentionType.TIME and isinstance(mention.value, TimeExpression):
                    period = resolve(mention.value, reading.published, day)
                    times.append(Dated(mention, period))
                    if period is not None and period.precision in DAY_LIKE and period.end <= reading.published:
                        day = period
            self._times[sentence.index] = times

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

    def _nearest(self, sentence: Sentence, start: int, end: int) -> Dated | None:
        times = self._times[sentence.index]
        inside = [dated for dated in times if start <= dated.mention.start < end]
        if inside:
            return inside[0]
        before = [dated for dated in times if dated.mention.end <= start]
        if before:
            resolved = [dated for dated in before if dated.period is not None]
            return resolved[-1] if resolved else before[-1]
        rest = self._reading.folded[end : sentence.end]
        clause = CLAUSE_END.search(rest)
        limit = end + (clause.start() if clause else len(rest))
        behind = [dated for dated in times if end <= dated.mention.start < limit]
        return behind[0] if behind else None
