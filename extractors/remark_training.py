"""Training the model that tells announcements of help from remarks on it (`extractors.kinds.aid_remarks`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from extractors import linear
from extractors.kinds.aid_remarks import features_of_giving
from extractors.sentence_lessons import SentenceLesson, sentences_read

KIND = "aid_announcement"


def train_remarks(lessons: Sequence[SentenceLesson], path: Path) -> int:
    """Train the model on sentences that were read for help, write it to a file, and say how many sentences it saw.

    A sentence whose every record is one that a careful reader could leave out is a remark.
    """
    cases = [
        (features, any(not record.get("optional") for record in stated))
        for context, sentence, stated in sentences_read(lessons, KIND)
        if stated and (features := features_of_giving(context, sentence))
    ]
    linear.save({"particular": linear.fit(cases)}, path)
    return len(cases)
