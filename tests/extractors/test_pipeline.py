"""The models as one spaCy pipeline: words, names, kinds."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.language import Language

from extractors.pipeline import load_pipeline
from extractors.reading.segmentation import words
from schemas import KINDS

TEXT = (
    "乌克兰总统泽连斯基星期天说，无人机袭击了斯维特洛格勒的油库。\n"
    "朝鲜外相崔善姬（Choe Son Hui）在莫斯科  会见拉夫罗夫。"
)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return load_pipeline()


def test_no_character_is_lost(pipeline: Language) -> None:
    assert pipeline(TEXT).text == TEXT


def test_foreign_names_stay_one_word(pipeline: Language) -> None:
    found = {token.text for token in pipeline(TEXT)}
    assert {"泽连斯基", "斯维特洛格勒", "崔善姬", "拉夫罗夫", "无人机"} <= found


def test_the_pipeline_cuts_as_the_segmenter_does(pipeline: Language) -> None:
    tokens = [(token.idx, token.idx + len(token)) for token in pipeline(TEXT) if not token.is_space]
    assert words(TEXT) == tokens


def test_names_are_entities(pipeline: Language) -> None:
    found = {(name.text, name.label_) for name in pipeline(TEXT).ents}
    assert {("泽连斯基", "PER"), ("崔善姬", "PER"), ("莫斯科", "LOC")} <= found
    assert all(first.end <= second.start for first, second in pairwise(pipeline(TEXT).ents))


def test_a_document_has_a_probability_for_every_kind(pipeline: Language) -> None:
    found = pipeline("乌克兰空军说，防空部队击落了52架俄罗斯无人机。").cats
    assert set(found) == set(KINDS)
    assert max(found, key=found.__getitem__) == "attack_count"


@pytest.mark.parametrize("text", ["", " ", "\n", "……"])
def test_texts_without_words_are_read(pipeline: Language, text: str) -> None:
    assert pipeline(text).text == text
    assert max(pipeline(text).cats.values()) < 0.5
