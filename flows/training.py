"""Training the extractor's own models: from annotated articles to the files of `extractors/model`."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from extractors import Extractor, training
from flows.errors import ShiluError
from flows.scoring import read_gold
from flows.scoring.pairing import pair_up
from flows.sources import read_inputs
from schemas import Article, to_record

Annotation = tuple[Article, list[dict[str, Any]]]
# Edges of the reliability table.
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True)
class Judged:
    """An event found in an annotated article: by what, its features, and whether the annotation has it."""

    article_id: str
    kind: str
    found_by: str
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True)
class Bin:
    """Events of similar confidence: how many, the mean confidence, the share that is right."""

    low: float
    high: float
    events: int
    expected: float
    right: float


def annotated(articles: Path, gold: Path) -> Iterator[Annotation]:
    """The articles of a file that the gold names, with their records. Raises `ShiluError`."""
    records = read_gold(gold)
    for outcome in read_inputs([articles]):
        if not isinstance(outcome, Article):
            raise ShiluError(
                f"{articles}: cannot be read: {outcome}; annotated articles must all be readable"
            )
        if outcome.id in records:
            yield outcome, list(records[outcome.id])


def lesson(article: Article, records: Sequence[dict[str, Any]]) -> training.Lesson:
    """An annotated article as the classifier learns from it: the first quote of a record states its fact."""
    statements = [
        training.Statement(record["kind"], record["evidence"][0], bool(record.get("optional")))
        for record in records
    ]
    return training.Lesson(article, statements)


def passages(path: Path) -> Iterator[Annotation]:
    """Passages with their records in one file, as in `tests/golden`: one object a line, with `text` and `published`."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        moment = datetime.datetime.fromisoformat(f"{entry['published']}T12:00:00+00:00")
        article = Article.of(
            source=path.stem,
            title=entry["title"],
            text=entry["text"],
            published=moment,
            key=f"{path.stem}-{number}",
        )
        yield article, entry["records"]


def sentences(articles: Path, labels: Path) -> Iterator[training.SentenceLesson]:
    """Single sentences of a file's articles with the records that they state, as `extractors/model/README.md` describes them.

    Raises `ShiluError` where a line of labels names no article of the file, or lacks a field.
    """
    by_id = {each.id: each for each in read_inputs([articles]) if isinstance(each, Article)}
    for number, line in enumerate(labels.read_text(encoding="utf-8").splitlines(), 1):
        try:
            entry = json.loads(line)
            stated = {(each["start"], each["end"]): each["records"] for each in entry["sentences"]}
            yield training.SentenceLesson(by_id[entry["id"]], entry["kind"], stated)
        except (KeyError, TypeError, ValueError) as error:
            raise ShiluError(
                f"{labels}:{number}: no labelled sentences of an article in {articles}: {error!r}; a line has id, kind and "
                "sentences, each with start, end and records"
            ) from error


def judged(extractor: Extractor, annotations: Sequence[Annotation]) -> Iterator[Judged]:
    """The events found in annotated articles, each right or not; those that answer an optional record are left out."""
    gold = {article.id: records for article, records in annotations}
    for article, found in extractor.observe(article for article, _ in annotations):
        records = gold[article.id]
        got = [to_record(each.event) for each in found]
        text = {"title": article.title, "text": article.text}
        answers = {pair.got: pair for pair in pair_up(records, got, text)}
        for index, (each, record) in enumerate(zip(found, got, strict=True)):
            answer = answers.get(index)
            if answer is None or not records[answer.gold].get("optional"):
                right = answer is not None and answer.found
                yield Judged(article.id, record["kind"], record["found_by"], each.features, right)


def observations(extractor: Extractor, annotations: Sequence[Annotation]) -> Iterator[training.Observation]:
    """What confidence is fitted on: every event found in annotated articles."""
    for each in judged(extractor, annotations):
        yield training.Observation(each.article_id, each.kind, each.features, each.right)


def reliability(observed: Sequence[training.Observation], probabilities: Sequence[float]) -> list[Bin]:
    """How often events of each band of confidence are right."""
    pairs = list(zip(probabilities, observed, strict=True))
    bins = []
    for low, high in pairwise(EDGES):
        inside = [(p, each.right) for p, each in pairs if low <= p < high or p == high == 1]
        if inside:
            expected = sum(p for p, _ in inside) / len(inside)
            right = sum(r for _, r in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), expected, right))
    return bins


def log_loss(observed: Sequence[training.Observation], probabilities: Sequence[float]) -> float:
    """The mean surprise of the outcomes, in nats; less is better."""
    return -sum(
        math.log(max(1e-6, p if each.right else 1 - p))
        for each, p in zip(observed, probabilities, strict=True)
    ) / len(observed)
