"""Names of people, places and organisations by the LAC network: from sentences to spans of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from extractors.reading.lexicon_files import MODEL
from extractors.reading.name_network import Integers, Network, Packing, best_paths, use_one_blas_thread

NameSpan: TypeAlias = tuple[int, int, str]

# LAC's tags for names: the marked ones of its last training, and the part-of-speech ones it learned before.
LABELS = {"PER": "PER", "nr": "PER", "LOC": "LOC", "ns": "LOC", "ORG": "ORG", "nt": "ORG"}
# Sentences read together, and their characters (5 kB each): more gain nothing and cost memory.
BATCH, BATCH_CHARACTERS = 64, 8192


class NameTagger:
    """Tags names in sentences; the weights are read at the first call (about 0.1 s, 14 MB)."""

    def __init__(self, folder: Path = MODEL / "lac") -> None:
        self._folder = folder

    def tag(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        """Name spans (start, end, label) of each text, label PER, LOC or ORG, offsets in characters.

        Texts should be sentences: the network was trained on them, and time grows with the longest one.
        Traditional characters are read as their Simplified ones. Raises FileNotFoundError where the model is
        missing.
        """
        spans: list[list[NameSpan]] = [[] for _ in texts]
        for batch in _batches(texts):
            packing = Packing([len(texts[i]) for i in batch])
            emissions = self._network.emissions(self._encode([texts[i] for i in batch], packing), packing)
            paths = best_paths(emissions, self._network.transitions, packing)
            for i, path in zip(batch, paths, strict=True):
                spans[i] = self._decode(path)
        return spans

    def _encode(self, texts: Sequence[str], packing: Packing) -> Integers:
        """Character ids in packed order."""
        known, unknown = self._characters, self._characters["OOV"]
        ids = np.empty(packing.size, dtype=np.int64)
        for row, text in enumerate(texts):
            ids[packing.places(row)] = [known.get(character, unknown) for character in text]
        return ids

    def _decode(self, path: Integers) -> list[NameSpan]:
        """Spans of the words whose first character bears a name tag; a word lasts while tags say inside."""
        begins = np.flatnonzero(~self._inside[path])
        if len(path) and (len(begins) == 0 or begins[0] != 0):
            begins = np.concatenate(([0], begins))
        ends = np.append(begins[1:], len(path))
        labels = [self._labels[tag] for tag in path[begins]]
        return [
            (int(start), int(end), label)
            for start, end, label in zip(begins, ends, labels, strict=True)
            if label is not None
        ]

    @cached_property
    def _network(self) -> Network:
        use_one_blas_thread()
        with np.load(self._folder / "weights.npz") as weights:
            return Network({name: weights[name].astype(np.float32) for name in weights.files})

    @cached_property
    def _characters(self) -> dict[str, int]:
        """Row of the embedding table by character, variants included."""
        rows = {character: int(row) for row, character in _pairs(self._folder / "word.dic")}
        # Looked up in the table as it came: a variant's plain form may be a variant of yet another.
        return rows | {
            variant: rows.get(plain, rows["OOV"]) for variant, plain in _pairs(self._folder / "q2b.dic")
        }

    @cached_property
    def _tags(self) -> dict[int, str]:
        return {int(number): tag for number, tag in _pairs(self._folder / "tag.dic")}

    @cached_property
    def _labels(self) -> list[str | None]:
        return [LABELS.get(self._tags.get(i, "O").rsplit("-", 1)[0]) for i in range(self._network.tags)]

    @cached_property
    def _inside(self) -> npt.NDArray[np.bool_]:
        return np.array([self._tags.get(i, "O").endswith("-I") for i in range(self._network.tags)])


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of the texts that are not empty, longest first."""
    batch: list[int] = []
    characters = 0
    for i in sorted((i for i, text in enumerate(texts) if text), key=lambda i: (-len(texts[i]), i)):
        if batch and (len(batch) == BATCH or characters + len(texts[i]) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(i)
        characters += len(texts[i])
    if batch:
        yield batch


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The two columns of one of LAC's dictionary files; a line without a tab is no entry."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right
