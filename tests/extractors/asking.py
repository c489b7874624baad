"""What tests ask of a text that has been read: who says so, who is named, and when."""

from __future__ import annotations

import datetime
from typing import Any

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType
from schemas import Period


def place_of(context: Context, words: str) -> tuple[Sentence, int]:
    """The sentence and the offset of some words of a text."""
    offset = context.reading.whole.index(words)
    return next(s for s in context.reading.sentences if s.start <= offset < s.end), offset


def said_by(context: Context, words: str) -> str | None:
    """The claimant over some words."""
    claimant = context.claimant(*place_of(context, words))
    return claimant.name if claimant else None


def people(context: Context) -> list[tuple[str | None, str | None, str | None]]:
    """Name, role and side of the people mentioned."""
    values: list[Any] = [
        m.value for s in context.reading.sentences for m in s.mentions if m.type is MentionType.PERSON
    ]
    return [(person.name, person.role, person.side) for person in values]


def dated(context: Context, words: str, *, future: bool = False) -> Period | None:
    """The period that some words speak of."""
    sentence, offset = place_of(context, words)
    return context.period(sentence, offset, offset + len(words), future=future)


def day(date: str) -> Period:
    """The period of one day, written as in ISO 8601."""
    found = datetime.date.fromisoformat(date)
    return Period(start=found, end=found, precision="day")
