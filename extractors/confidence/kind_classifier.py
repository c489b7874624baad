"""Which kinds of fact a sentence states: a spaCy text classifier over the symbols of the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.confidence.symbols import symbols
from extractors.reading.document import Sentence
from extractors.reading.lexicon_files import MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import TextCategorizer
    from spacy.tokens import Doc

COMPONENT = "textcat_multilabel"


class KindClassifier:
    """Gives the probability, by kind, that a sentence states a fact of it. Importing spaCy takes about a second."""

    def __init__(self, folder: Path = MODEL / "kinds") -> None:
        self._folder = folder

    def scores(self, sentences: Sequence[Sentence]) -> list[Mapping[str, float]]:
        """One probability a kind for each sentence, in the order given; each is scored by itself.

        Raises FileNotFoundError where the model is missing.
        """
        if not sentences:
            return []
        nlp, classifier = self._loaded
        rows = classifier.predict([symbol_doc(nlp, symbols(sentence)) for sentence in sentences])
        return [dict(zip(classifier.labels, map(float, row), strict=True)) for row in rows]

    @cached_property
    def _loaded(self) -> tuple[Language, TextCategorizer]:
        if not (self._folder / "model").is_file():
            raise FileNotFoundError(f"{self._folder / 'model'} is missing; `shilu train` makes it")
        nlp = classifier_pipeline()
        classifier = classifier_of(nlp)
        classifier.from_disk(self._folder, exclude=["vocab"])
        return nlp, classifier


def classifier_pipeline() -> Language:
    """A spaCy pipeline with the untrained classifier alone, as `model/kinds.cfg` describes it."""
    from spacy.lang.zh import Chinese  # noqa: PLC0415 - spaCy is imported when first needed
    from spacy.util import load_config  # noqa: PLC0415

    nlp = Chinese()
    nlp.add_pipe(COMPONENT, config={"model": load_config(MODEL / "kinds.cfg", interpolate=True)["model"]})
    return nlp


def classifier_of(nlp: Language) -> TextCategorizer:
    """The classifier of a pipeline made by `classifier_pipeline`."""
    from spacy.pipeline import TextCategorizer  # noqa: PLC0415 - spaCy is imported when first needed

    classifier = nlp.get_pipe(COMPONENT)
    if not isinstance(classifier, TextCategorizer):
        raise TypeError(f"expected spaCy's text classifier, got {type(classifier).__name__}")
    return classifier


def symbol_doc(nlp: Language, words: Sequence[str]) -> Doc:
    """A document of these symbols, one a word."""
    from spacy.tokens import Doc  # noqa: PLC0415 - spaCy is imported when first needed

    return Doc(nlp.vocab, words=list(words))
