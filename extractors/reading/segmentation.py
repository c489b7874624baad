"""The spaCy pipeline for Chinese: words by pkuseg, names by LAC."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from spacy.lang.zh import Chinese, ChineseTokenizer
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from extractors.reading.lexicon_files import MODEL
from extractors.reading.name_tagger import NameTagger

# The tagger reads sentence by sentence; closing quotes stay with their sentence.
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*[”’）]*")
NAMES = "names"


@Language.factory("lac_name_tagger", assigns=["doc.ents"])
class NameComponent:
    """Sets `doc.ents` to the names LAC finds, widened to whole tokens, and `doc._.names` to exact offsets."""

    def __init__(self, nlp: Language, name: str, folder: str | None = None) -> None:
        if not Doc.has_extension(NAMES):
            Doc.set_extension(NAMES, default=())
        self._tagger = NameTagger(Path(folder)) if folder else NameTagger()

    def __call__(self, doc: Doc) -> Doc:
        """Tag one document; the result depends on its text alone."""
        sentences = [(match.start(), match.group()) for match in SENTENCE.finditer(doc.text)]
        tagged = self._tagger.tag([sentence for _, sentence in sentences])
        names = [
            (offset + start, offset + end, label)
            for (offset, _), spans in zip(sentences, tagged, strict=True)
            for start, end, label in spans
        ]
        doc._.set(NAMES, tuple(names))
        spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in names]
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
        return doc


@lru_cache(maxsize=1)
def build_pipeline() -> Language:
    """The pipeline, read from the model folder at the first call and shared afterwards (under 2 s, 180 MB).

    Raises FileNotFoundError where the model folder is incomplete.
    """
    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    folder = MODEL / "pkuseg"
    for name in ("features.msgpack", "weights.npz"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder / name} is missing; rebuild it as {MODEL / 'README.md'} says")
    if not isinstance(nlp.tokenizer, ChineseTokenizer):
        raise TypeError(f"expected spaCy's Chinese tokenizer, got {type(nlp.tokenizer).__name__}")
    # No dictionary of ours: entries that share a beginning are cut wrongly. None would crash.
    nlp.tokenizer.initialize(pkuseg_model=str(folder), pkuseg_user_dict="default")
    nlp.add_pipe("lac_name_tagger")
    return nlp
