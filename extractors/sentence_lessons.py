"""What models over the words of a sentence learn from: sentences that have been read for one kind of event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.reader import Reader
from schemas import Article

Record = Mapping[str, Any]


@dataclass(frozen=True)
class SentenceLesson:
    """Sentences of an article, by their offsets in title and text, each with the records of a kind that it states.

    A retelling counts as a statement. Sentences that are not here have not been read.
    """

    article: Article
    kind: str
    stated: Mapping[tuple[int, int], Sequence[Record]]


def sentences_read(
    lessons: Sequence[SentenceLesson], kind: str
) -> Iterator[tuple[Context, Sentence, Sequence[Record]]]:
    """The sentences that have been read for a kind, each with what it states."""
    of_kind = [lesson for lesson in lessons if lesson.kind == kind]
    readings = Reader().read_many([lesson.article for lesson in of_kind], gated=False)
    for lesson, reading in zip(of_kind, readings, strict=True):
        context = Context(reading)
        for sentence in reading.sentences:
            stated = lesson.stated.get((sentence.start, sentence.end))
            if stated is not None:
                yield context, sentence, stated
