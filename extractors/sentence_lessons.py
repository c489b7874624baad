"""What models over the words of a sentence learn from: sentences that have been read for one kind of event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
