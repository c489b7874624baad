"""The spaCy pipeline: words that keep names whole, and entities at exact offsets."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extractors.reading import segmentation
from extractors.reading.segmentation import build_pipeline

TEXT = (
    "乌克兰总统泽连斯基星期天说，无人机袭击了斯维特洛格勒的油库。\n"
    "朝鲜外相崔善姬（Choe Son Hui）在莫斯科  会见拉夫罗夫。"
)


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return build_pipeline()


def test_no_character_is_lost(pipeline: Language) -> None:
    assert pipeline(TEXT).text == TEXT


def test_foreign_names_stay_one_word(pipeline: Language) -> None:
    words = [token.text for token in pipeline(TEXT)]
    assert {"泽连斯基", "斯维特洛格勒", "崔善姬", "拉夫罗夫", "无人机"} <= set(words)


def test_entities_are_the_names_widened_to_words(pipeline: Language) -> None:
    document = pipeline(TEXT)
    assert ("泽连斯基", "PER") in [(entity.text, entity.label_) for entity in document.ents]
    exact = {(TEXT[start:end], label) for start, end, label in document._.names}
    assert {("泽连斯基", "PER"), ("崔善姬", "PER"), ("莫斯科", "LOC")} <= exact


def test_names_after_a_newline_have_offsets_in_the_whole_text(pipeline: Language) -> None:
    names = {TEXT[start:end]: start for start, end, _ in pipeline(TEXT)._.names}
    assert names["崔善姬"] == TEXT.index("崔善姬") > TEXT.index("\n")


def test_the_same_text_gives_the_same_words_and_names(pipeline: Language) -> None:
    first, second = pipeline(TEXT), pipeline(TEXT)
    assert [token.text for token in first] == [token.text for token in second]
    assert first._.names == second._.names


@pytest.mark.parametrize("text", ["", " ", "\n", "……"])
def test_texts_without_words_are_read(pipeline: Language, text: str) -> None:
    assert pipeline(text).text == text


def test_the_pipeline_is_built_once() -> None:
    assert build_pipeline() is build_pipeline()


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(segmentation, "MODEL", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"features\.msgpack is missing"):
        build_pipeline.__wrapped__()
