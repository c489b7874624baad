"""The confidence of an article's events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from extractors.confidence.calibration import Calibration, load_calibration
from extractors.confidence.features import features_of
from extractors.confidence.kind_classifier import KindClassifier
from extractors.layers.context import Context, Draft
from extractors.reading.lexicon_files import MODEL


class Confidence:
    """Measures how likely events are right. Holds the sentence classifier, which costs about a second at first use."""

    def __init__(self, folder: Path = MODEL) -> None:
        self._folder = folder
        self._classifier = KindClassifier(folder / "kinds")

    def of(self, context: Context, drafts: Sequence[Draft]) -> list[float]:
        """The probability of each event, in the order given, as kept: to two decimals."""
        return [round(self._calibration.probability(each), 2) for each in self.features(context, drafts)]

    @property
    def floor(self) -> float:
        """The confidence under which an event is not told."""
        return self._calibration.floor

    def features(self, context: Context, drafts: Sequence[Draft]) -> list[Mapping[str, float]]:
        """What the probabilities are computed from."""
        sentences = [context.reading.sentence_at(draft.evidence[0][0]) for draft in drafts]
        told = [sentence for sentence in sentences if sentence is not None]
        if len(told) < len(drafts):
            raise ValueError("an event's evidence begins outside every sentence that was read")
        scores = self._classifier.scores(told)
        neighbours = Counter((s.index, d.kind) for s, d in zip(told, drafts, strict=True))
        return [
            features_of(draft, sentence, score, neighbours[sentence.index, draft.kind])
            for draft, sentence, score in zip(drafts, told, scores, strict=True)
        ]

    @cached_property
    def _calibration(self) -> Calibration:
        return load_calibration(self._folder / "confidence.json")
