"""Names by the network: offsets, batches, and its parts against plain computations."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from extractors.reading.name_tagger import Layer, NameTagger, Packing, _viterbi

SENTENCES = [
    "乌克兰总统泽连斯基周三在基辅会见了波兰总理图斯克。",
    "",
    "外交部发言人王毅明在北京主持记者会，介绍中国红十字会的援助。",
    "雨。",
    "朝鲜外相崔善姬抵达莫斯科，俄罗斯外长拉夫罗夫到机场迎接，双方随后前往外交部大楼举行会谈。",
]


@pytest.fixture(scope="module")
def tagger() -> NameTagger:
    return NameTagger()


def names(tagger: NameTagger, text: str) -> list[tuple[str, str]]:
    return [(text[start:end], label) for start, end, label in tagger.tag([text])[0]]


def test_people_and_places_are_tagged_with_exact_offsets(tagger: NameTagger) -> None:
    found = names(tagger, SENTENCES[0])
    assert ("泽连斯基", "PER") in found
    assert ("图斯克", "PER") in found
    assert ("基辅", "LOC") in found
    assert ("乌克兰", "LOC") in found


def test_organisations_are_tagged(tagger: NameTagger) -> None:
    assert ("中国红十字会", "ORG") in names(tagger, SENTENCES[2])


def test_traditional_script_gives_the_same_spans(tagger: NameTagger) -> None:
    plain, traditional = "俄罗斯总统普京访问乌兰巴托。", "俄羅斯總統普京訪問烏蘭巴托。"
    assert tagger.tag([plain]) == tagger.tag([traditional])
    assert tagger.tag([plain])[0]


def test_a_batch_gives_what_each_sentence_gives_alone(tagger: NameTagger) -> None:
    assert tagger.tag(SENTENCES) == [tagger.tag([sentence])[0] for sentence in SENTENCES]


def test_the_order_of_sentences_does_not_matter(tagger: NameTagger) -> None:
    assert tagger.tag(SENTENCES[::-1]) == tagger.tag(SENTENCES)[::-1]


def test_more_sentences_than_one_batch_holds_are_all_tagged(tagger: NameTagger) -> None:
    one = tagger.tag(SENTENCES)
    assert tagger.tag(SENTENCES * 40) == one * 40


def test_nothing_is_tagged_in_nothing(tagger: NameTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag(["", ""]) == [[], []]


def test_unknown_characters_do_no_harm(tagger: NameTagger) -> None:
    text = "\U0001f600𠮷\u200d泽连斯基说\t好"
    assert all(0 <= start < end <= len(text) for start, end, _ in tagger.tag([text])[0])


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        NameTagger(tmp_path).tag(["基辅"])


def test_packing_mirrors_each_sentence_in_itself() -> None:
    packing = Packing([3, 2, 2, 1])
    values = np.empty(packing.size, dtype=np.int64)
    for row, word in enumerate([[1, 2, 3], [4, 5], [6, 7], [8]]):
        values[packing.places(row)] = word
    mirrored = values[packing.mirror]
    assert [mirrored[packing.places(row)].tolist() for row in range(4)] == [[3, 2, 1], [5, 4], [7, 6], [8]]


def test_packing_refuses_sentences_that_grow() -> None:
    with pytest.raises(ValueError, match="longest first"):
        Packing([1, 2])


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
    vectors = random.normal(size=(packing.size, width)).astype(np.float32)
    hidden = layer.run(layer.project(vectors), packing)
    for row in range(2):
        places = packing.places(row)
        onward = _plain_gru(vectors[places], weights[0], recurrent[0], bias[0])
        backward = _plain_gru(vectors[places][::-1], weights[1], recurrent[1], bias[1])[::-1]
        np.testing.assert_allclose(hidden[places], np.hstack([onward, backward]), atol=1e-5)


def test_the_decoded_path_is_the_best_of_all_paths() -> None:
    random = np.random.default_rng(11)
    tags, packing = 3, Packing([4, 3, 1])
    emissions = random.normal(size=(packing.size, tags)).astype(np.float32)
    transitions = random.normal(size=(tags, tags)).astype(np.float32)
    for row, path in enumerate(_viterbi(emissions, transitions, packing)):
        own = emissions[packing.places(row)]
        every = np.indices((tags,) * len(own)).reshape(len(own), -1).T
        scores = [
            sum(own[i, tag] for i, tag in enumerate(tried))
            + sum(transitions[a, b] for a, b in pairwise(tried))
            for tried in every
        ]
        assert path.tolist() == every[int(np.argmax(scores))].tolist()
