"""Word segmentation by pkuseg with the model of this package."""

from __future__ import annotations

from functools import lru_cache

from spacy_pkuseg import pkuseg

from extractors.reading.lexicon_files import MODEL


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


def words(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of a text, in order, offsets in characters; white space is in no word."""
    spans, at = [], 0
    for word in segmenter().cut(text):
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
    return spans
