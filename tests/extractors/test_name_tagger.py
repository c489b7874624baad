"""Names by the network: labels, offsets and batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.reading import name_tagger
from extractors.reading.name_tagger import NameTagger

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


def test_sentences_of_many_characters_are_read_in_small_batches(
    tagger: NameTagger, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = tagger.tag(SENTENCES)
    monkeypatch.setattr(name_tagger, "BATCH_CHARACTERS", 50)
    assert tagger.tag(SENTENCES * 3) == one * 3


def test_nothing_is_tagged_in_nothing(tagger: NameTagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag(["", ""]) == [[], []]


def test_unknown_characters_do_no_harm(tagger: NameTagger) -> None:
    text = "\U0001f600𠮷\u200d泽连斯基说\t好"
    assert all(0 <= start < end <= len(text) for start, end, _ in tagger.tag([text])[0])


def test_a_missing_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        NameTagger(tmp_path).tag(["基辅"])
