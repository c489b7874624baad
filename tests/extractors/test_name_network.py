"""The network of the name tagger: its parts against plain computations, and that neighbours change no bit."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.reading.name_network import Layer, Network, Packing, best_paths

CHARACTERS, WIDTH, SIZE, TAGS = 40, 128, 128, 59  # the real network's, but for the number of characters


@pytest.fixture(scope="module")
def network() -> Network:
    """The network with random weights; the products have the shapes of the real one."""
    random = np.random.default_rng(3)
    shapes = {
        "emb": (CHARACTERS, WIDTH), "fw": (2 * SIZE, TAGS), "fb": (TAGS,), "T": (TAGS, TAGS),
        "W0": (2, 3 * SIZE, WIDTH), "R0": (2, 3 * SIZE, SIZE), "B0": (2, 6 * SIZE),
        "W1": (2, 3 * SIZE, 2 * SIZE), "R1": (2, 3 * SIZE, SIZE), "B1": (2, 6 * SIZE),
    }  # fmt: skip
    return Network(
        {name: random.normal(scale=0.2, size=shape).astype(np.float32) for name, shape in shapes.items()}
    )


def emissions_of(network: Network, sentences: list[list[int]]) -> list[bytes]:
    """The scores of each sentence, read together, as bytes."""
    order = sorted(range(len(sentences)), key=lambda i: -len(sentences[i]))
    packing = Packing([len(sentences[i]) for i in order])
    ids = np.empty(packing.size, dtype=np.int64)
    for row, i in enumerate(order):
        ids[packing.places(row)] = sentences[i]
    scores = network.emissions(ids, packing)
    rows = {i: scores[packing.places(row)].tobytes() for row, i in enumerate(order)}
    return [rows[i] for i in range(len(sentences))]


SENTENCES = st.lists(
    st.lists(st.integers(0, CHARACTERS - 1), min_size=1, max_size=30), min_size=1, max_size=40
)


@settings(max_examples=25, deadline=None)
@given(sentences=SENTENCES, data=st.data())
def test_neighbours_and_their_order_change_no_bit_of_a_sentence(
    network: Network, sentences: list[list[int]], data: st.DataObject
) -> None:
    together = emissions_of(network, sentences)
    order = data.draw(st.permutations(range(len(sentences))))
    shuffled = emissions_of(network, [sentences[i] for i in order])
    assert [shuffled[order.index(i)] for i in range(len(sentences))] == together
    chosen = data.draw(st.integers(0, len(sentences) - 1))
    assert emissions_of(network, [sentences[chosen]]) == [together[chosen]]


def test_packing_mirrors_each_sentence_in_itself() -> None:
    packing = Packing([3, 2, 2, 1])
    values = np.empty(packing.size, dtype=np.int64)
    for row, word in enumerate([[1, 2, 3], [4, 5], [6, 7], [8]]):
        values[packing.places(row)] = word
    mirrored = values[packing.mirror]
    assert [mirrored[packing.places(row)].tolist() for row in range(4)] == [[3, 2, 1], [5, 4], [7, 6], [8]]


@pytest.mark.parametrize("lengths", [[1, 2], [2, 0]])
def test_packing_refuses_sentences_that_grow_and_empty_ones(lengths: list[int]) -> None:
    with pytest.raises(ValueError, match="longest first"):
        Packing(lengths)


def _plain_gru(
    inputs: np.ndarray, weights: np.ndarray, recurrent: np.ndarray, bias: np.ndarray
) -> list[np.ndarray]:
    """One direction of a GRU, step by step, as the ONNX standard writes it (linear_before_reset = 1)."""
    size = recurrent.shape[1]
    state, states = np.zeros(size), []
    for vector in inputs:
        x, h = weights @ vector + bias[: 3 * size], recurrent @ state + bias[3 * size :]
        update, reset = (1 / (1 + np.exp(-(x + h)[i * size : (i + 1) * size])) for i in (0, 1))
        candidate = np.tanh(x[2 * size :] + reset * h[2 * size :])
        state = (1 - update) * candidate + update * state
        states.append(state)
    return states


def test_the_layer_agrees_with_the_equations_of_a_gru() -> None:
    random = np.random.default_rng(7)
    size, width = 4, 5
    weights, recurrent, bias = (
        random.normal(size=shape).astype(np.float32)
        for shape in ((2, 3 * size, width), (2, 3 * size, size), (2, 6 * size))
    )
    layer, packing = Layer(weights, recurrent, bias), Packing([4, 2])
    vectors = random.normal(size=(packing.room, width)).astype(np.float32)
    both = np.stack([vectors, vectors])
    both[1, : packing.size] = vectors[packing.mirror]
    packed, mirrored = layer.run(layer.project(both), packing)
    for row in range(2):
        places = packing.places(row)
        onward = _plain_gru(vectors[places], weights[0], recurrent[0], bias[0])
        backward = _plain_gru(vectors[places][::-1], weights[1], recurrent[1], bias[1])[::-1]
        np.testing.assert_allclose(packed[places], np.hstack([onward, backward]), atol=1e-5)
        np.testing.assert_allclose(mirrored[places], np.hstack([onward, backward])[::-1], atol=1e-5)


@pytest.mark.parametrize("scale", [0.1, 1.0, 10.0])
def test_the_decoded_path_is_the_best_of_all_paths(scale: float) -> None:
    random = np.random.default_rng(11)
    tags, packing = 3, Packing([5, 4, 3, 1])
    emissions = random.normal(size=(packing.size, tags)).astype(np.float32)
    transitions = (scale * random.normal(size=(tags, tags))).astype(np.float32)
    for row, path in enumerate(best_paths(emissions, transitions, packing)):
        own = emissions[packing.places(row)]
        every = np.indices((tags,) * len(own)).reshape(len(own), -1).T
        scores = [
            sum(own[i, tag] for i, tag in enumerate(tried))
            + sum(transitions[a, b] for a, b in pairwise(tried))
            for tried in every
        ]
        assert path.tolist() == every[int(np.argmax(scores))].tolist()
