"""Word segmentation by pkuseg with the model of this package, alone or in spaCy's Chinese tokenizer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from spacy_pkuseg import pkuseg

from extractors.reading.lexicon_files import MODEL

if TYPE_CHECKING:
    from spacy.language import Language


@lru_cache(maxsize=1)
def segmenter() -> pkuseg:
    """The word segmenter, read at the first call and shared afterwards (0.5 s, 120 MB).

    Raises FileNotFoundError where the model folder is incomplete.
    """
    folder = MODEL / "pkuseg"
    for name in ("features.msgpack", "weights.npz"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder / name} is missing; rebuild it as {MODEL / 'README.md'} says")
    # No dictionary of ours: entries that share a beginning are cut wrongly. None would crash.
    return pkuseg(str(folder), user_dict="default")


@lru_cache(maxsize=1)
def build_pipeline() -> Language:
    """A spaCy pipeline that cuts text into words with the same segmenter; importing spaCy takes about a second.

    Raises FileNotFoundError where the model folder is incomplete.
    """
    from spacy.lang.zh import Chinese, ChineseTokenizer  # noqa: PLC0415 - segmenting needs no spaCy

    nlp = Chinese.from_config({"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    if not isinstance(nlp.tokenizer, ChineseTokenizer):
        raise TypeError(f"expected spaCy's Chinese tokenizer, got {type(nlp.tokenizer).__name__}")
    nlp.tokenizer.pkuseg_seg = segmenter()
    return nlp


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of a text, in order, offsets in characters; white space is in no word."""
    spans, at = [], 0
    for word in segmenter().cut(text):
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans
