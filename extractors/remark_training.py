"""Training the model that tells announcements of help from remarks on it (`extractors.kinds.aid_remarks`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors import linear
from extractors.kinds.aid_remarks import features_of_giving
from extractors.layers.context import Context
from extractors.reading.reader import Reader
from extractors.sentence_lessons import SentenceLesson

KIND = "aid_announcement"


def train_remarks(lessons: Sequence[SentenceLesson], path: Path) -> int:
    """Train the model on sentences that were read for help, write it to a file, and say how many sentences it saw.

    A sentence whose every record is one that a careful reader could leave out is a remark.
    """
    cases = list(_cases([lesson for lesson in lessons if lesson.kind == KIND]))
    linear.save({"particular": linear.fit(cases)}, path)
    return len(cases)


def _cases(lessons: Sequence[SentenceLesson]) -> Iterator[linear.Case]:
    readings = Reader().read_many([lesson.article for lesson in lessons], gated=False)
    for lesson, reading in zip(lessons, readings, strict=True):
        context = Context(reading)
        for sentence in reading.sentences:
            stated = lesson.stated.get((sentence.start, sentence.end))
            features = features_of_giving(context, sentence)
            if stated and features:
                yield features, any(not record.get("optional") for record in stated)
