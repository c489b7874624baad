"""Training the models that read meetings by the words of a sentence (`extractors.kinds.meeting_by_words`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors import linear
from extractors.kinds.meeting_words import Statement, features_of_party, features_of_statement
from extractors.sentence_lessons import SentenceLesson, sentences_read

KIND = "meeting"


def train_meetings(lessons: Sequence[SentenceLesson], path: Path) -> int:
    """Train the models on sentences that have been read, write them to a file, and say how many sentences they saw."""
    labelled = list(_labelled(lessons))
    cases = {
        "meeting": [(features_of_statement(one), bool(taking_part)) for one, taking_part in labelled],
        "party": [
            (features_of_party(one, party), (party.mention.start, party.mention.end) in taking_part)
            for one, taking_part in labelled
            if taking_part
            for party in one.parties
        ],
    }
    linear.save({name: linear.fit(each) for name, each in cases.items()}, path)
    return len(labelled)


def _labelled(lessons: Sequence[SentenceLesson]) -> Iterator[tuple[Statement, set[tuple[int, int]]]]:
    """The sentences read, each with the offsets of those who meet in it; without those on which readers may differ."""
    for context, sentence, stated in sentences_read(lessons, KIND):
        statement = Statement(context, sentence)
        firm = [record for record in stated if not record.get("optional")]
        if statement.is_possible and (firm or not stated):
            people = (person for record in firm for person in record["participants"])
            yield statement, {tuple(person["at"]) for person in people if "at" in person}
