"""Word segmentation: spaCy's Chinese tokenizer with pkuseg and the model of this package."""

from __future__ import annotations

from functools import lru_cache

from spacy.lang.zh import Chinese, ChineseTokenizer
from spacy.language import Language

from extractors.reading.lexicon_files import MODEL


@lru_cache(maxsize=1)
def build_pipeline() -> Language:
    """The spaCy pipeline that cuts text into words, read at the first call and shared afterwards (180 MB).

    Importing spaCy takes about 1.7 s, building the pipeline 0.6 s. Raises FileNotFoundError where the model folder
    is incomplete.
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
    return nlp


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of a text, in order, offsets in characters."""
    doc = build_pipeline().make_doc(text)
    return [(token.idx, token.idx + len(token.text)) for token in doc]
