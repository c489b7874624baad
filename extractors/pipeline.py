"""The models of this package as one spaCy pipeline: words, names, and the kinds of fact a sentence states.

The extractor uses the same parts one by one, for speed and because it needs offsets of characters, not of words. The
pipeline is for whoever works with spaCy: `doc.ents` holds the names, `doc.cats` the kinds.
"""

from __future__ import annotations

import datetime

from spacy.lang.zh import Chinese, ChineseTokenizer
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from extractors.confidence.kind_classifier import KindClassifier
from extractors.reading.name_tagger import NameTagger
from extractors.reading.reader import Reader
from extractors.reading.script import fold
from extractors.reading.segmentation import segmenter
from schemas import KINDS, Article

# A document has no day of publication. The classifier does not see dates; this one decides nothing but who held
# an office, which it does not see either.
SOME_DAY = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def load_pipeline() -> Language:
    """The pipeline: pkuseg's words, `shilu_names`, `shilu_kinds`; its models are read at the first document.

    Raises FileNotFoundError where the model folder is incomplete.
    """
    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    if not isinstance(nlp.tokenizer, ChineseTokenizer):
        raise TypeError(f"expected spaCy's Chinese tokenizer, got {type(nlp.tokenizer).__name__}")
    nlp.tokenizer.pkuseg_seg = segmenter()
    nlp.add_pipe("shilu_names")
    nlp.add_pipe("shilu_kinds")
    return nlp


class Names:
    """Sets `doc.ents` to the people (PER), places (LOC) and organisations (ORG) that LAC's network finds."""

    def __init__(self) -> None:
        self._tagger = NameTagger()

    def __call__(self, doc: Doc) -> Doc:
        """The document with its names; a name that ends inside a word reaches to the word's end."""
        (names,) = self._tagger.tag([fold(doc.text)])
        spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in names]
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        return doc


class Kinds:
    """Sets `doc.cats` to the probability of each kind that some sentence of the document states a fact of it."""

    def __init__(self) -> None:
        self._classifier = KindClassifier()
        self._reader = Reader()

    def __call__(self, doc: Doc) -> Doc:
        """The document with the highest probability that one of its sentences has, by kind."""
        if not doc.text.strip():
            doc.cats = dict.fromkeys(KINDS, 0.0)
            return doc
        article = Article.of(source="spacy", title="", text=doc.text, published=SOME_DAY)
        reading = self._reader.read(article, gated=False)
        scores = self._classifier.scores(reading.sentences)
        doc.cats = {kind: max((score[kind] for score in scores), default=0.0) for kind in KINDS}
        return doc


@Language.factory("shilu_names")
def _names(nlp: Language, name: str) -> Names:
    return Names()


@Language.factory("shilu_kinds")
def _kinds(nlp: Language, name: str) -> Kinds:
    return Kinds()
