"""Word segmentation, and mentions that it shows to be pieces of other words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.reading import segmentation
from extractors.reading.segmentation import segmenter, words

TEXT = (
    "乌克兰总统泽连斯基星期天说，无人机袭击了斯维特洛格勒的油库。\n"
    "朝鲜外相崔善姬（Choe Son Hui）在莫斯科  会见拉夫罗夫。"
)


def test_the_same_text_gives_the_same_words() -> None:
    assert words(TEXT) == words(TEXT)


def test_words_stand_at_their_offsets() -> None:
    spans = words(TEXT)
    assert "泽连斯基" in [TEXT[start:end] for start, end in spans]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "kept", "dropped"),
    [
        ("援乌法案获得通过", "乌", "乌法"),
        ("他在接受采访中说", None, "中"),
        ("美国对乌援助和对俄制裁", "俄", None),
        ("俄总统普京抵达乌法", "乌法", None),
    ],
)
def test_a_short_name_inside_another_word_is_no_mention(read, text, kept, dropped) -> None:
    found = {mention.words for mention in read(text).reading.sentences[0].mentions}
    assert kept is None or any(kept in words for words in found)
    assert dropped not in found


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert words(text) == []


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(segmentation, "MODEL", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"features\.msgpack is missing"):
        segmenter.__wrapped__()
