"""Training this package's own models on annotated articles: the sentence classifier, then the confidence of events.

The classifier learns from articles that rules may have been written on; confidence must be measured on articles that
no rule was fitted to, or it would flatter.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.training import Example
from spacy.util import fix_random_seed, load_config, registry  # type: ignore[attr-defined]

from extractors.confidence.calibration import Calibration, Observation, fit, out_of_fold
from extractors.confidence.kind_classifier import classifier_of, classifier_pipeline, symbol_doc
from extractors.confidence.symbols import symbols
from extractors.meeting_training import train_meetings
from extractors.reading.document import Reading, Sentence
from extractors.reading.lexicon_files import MODEL, read_tsv
from extractors.reading.reader import Reader
from extractors.remark_training import train_remarks
from extractors.sentence_lessons import SentenceLesson
from extractors.sum_training import train_sums
from schemas import KINDS, Article

__all__ = [
    "MODEL",
    "Calibration",
    "Lesson",
    "Observation",
    "SentenceLesson",
    "Statement",
    "fit",
    "load_observations",
    "out_of_fold",
    "save_observations",
    "train_classifier",
    "train_meetings",
    "train_remarks",
    "train_sums",
]


@dataclass(frozen=True)
class Statement:
    """A quote of an article that states a fact of a kind; `optional` where a careful reader could leave it out."""

    kind: str
    quote: str
    optional: bool = False


@dataclass(frozen=True)
class Lesson:
    """An annotated article, and what it states; everything else in it states nothing."""

    article: Article
    statements: Sequence[Statement]


def train_classifier(lessons: Sequence[Lesson], folder: Path) -> int:
    """Train the classifier on these articles and write it to a folder; returns how many sentences it saw.

    The same lessons give the same files. What is trained, and how, stands in `model/kinds.cfg`.
    """
    settings = _settings()
    fix_random_seed(settings["seed"])
    nlp = classifier_pipeline()
    classifier = classifier_of(nlp)
    readings = Reader().read_many([lesson.article for lesson in lessons], gated=False)
    examples = [
        Example.from_dict(
            symbol_doc(nlp, symbols(sentence)), {"cats": {kind: float(kind in stated) for kind in KINDS}}
        )
        for lesson, reading in zip(lessons, readings, strict=True)
        for sentence, stated in _labelled(reading, lesson.statements)
    ]
    classifier.initialize(lambda: examples, nlp=nlp, labels=list(KINDS))
    order = random.Random(settings["seed"])
    for _ in range(settings["max_epochs"]):
        order.shuffle(examples)
        for batch in settings["batcher"](examples):
            classifier.update(batch, sgd=settings["optimizer"], drop=settings["dropout"])
    folder.mkdir(parents=True, exist_ok=True)
    classifier.to_disk(folder, exclude=["vocab"])
    return len(examples)


def _settings() -> dict[str, Any]:
    """The training section of the configuration, with the optimizer and batcher it names."""
    section = load_config(MODEL / "kinds.cfg", interpolate=True)["training"]
    settings: dict[str, Any] = registry.resolve({"training": section})["training"]
    return settings


def _labelled(reading: Reading, statements: Sequence[Statement]) -> Iterator[tuple[Sentence, set[str]]]:
    """The sentences of an article with the kinds they state, without those on which readers may differ."""
    stated: dict[int, set[str]] = {}
    doubtful: set[int] = set()
    for statement in statements:
        at = reading.whole.find(statement.quote)
        for sentence in reading.sentences:
            if 0 <= at < sentence.end and sentence.start < at + len(statement.quote):
                if statement.optional:
                    doubtful.add(sentence.index)
                else:
                    stated.setdefault(sentence.index, set()).add(statement.kind)
    for sentence in reading.sentences:
        if sentence.index not in doubtful and sentence.encoded.text:
            yield sentence, stated.get(sentence.index, set())


def save_observations(observations: Sequence[Observation], path: Path) -> None:
    """Write observations, one a line: the article's id, the kind, 1 where right, and the features; no text."""
    lines = [
        "\t".join(
            (
                each.article_id,
                each.kind,
                str(int(each.right)),
                "; ".join(f"{name}={value:.4g}" for name, value in sorted(each.features.items())),
            )
        )
        for each in observations
    ]
    path.write_text("\n".join(["article_id\tkind\tright\tfeatures", *lines, ""]), encoding="utf-8")


def load_observations(path: Path) -> list[Observation]:
    """Observations as `save_observations` wrote them."""
    found = []
    for row in read_tsv(path):
        named = (pair.rpartition("=") for pair in row["features"].split("; "))
        features = {name: float(value) for name, _, value in named}
        found.append(Observation(row["article_id"], row["kind"], features, row["right"] == "1"))
    return found
