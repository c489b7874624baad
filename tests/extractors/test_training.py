"""Training the sentence classifier: the same lessons give the same files, and what they teach is learned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.confidence.kind_classifier import KindClassifier
from extractors.training import (
    Lesson,
    Observation,
    Statement,
    load_observations,
    save_observations,
    train_classifier,
)

HITS = [
    f"{place}一座油库5日遭无人机袭击起火，{number}人受伤。"
    for place in ("敖德萨", "苏梅", "利沃夫")
    for number in "三五七"
]
TALKS = [f"{name}5日在维也纳同法国外长举行会谈。" for name in ("王毅", "拉夫罗夫", "阿拉格齐", "布林肯")]
WEATHER = ["受冷空气影响，北方大部气温下降。", "今天北方多云。", "明天南方有雨，气温下降。"]


@pytest.fixture
def lessons(article) -> list[Lesson]:
    def told(kind: str, texts: list[str]) -> list[Lesson]:
        return [Lesson(article(text), [Statement(kind, text)]) for text in texts]

    return [*told("strike", HITS), *told("meeting", TALKS), *(Lesson(article(text), ()) for text in WEATHER)]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_lessons_give_the_same_files(lessons: list[Lesson], tmp_path: Path) -> None:
    assert (
        train_classifier(lessons, tmp_path / "a") == train_classifier(lessons, tmp_path / "b") == len(lessons)
    )
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_what_the_lessons_teach_is_learned(lessons: list[Lesson], tmp_path: Path, read) -> None:
    train_classifier(lessons, tmp_path)
    sentences = read(
        "哈尔科夫一座粮库6日遭无人机袭击起火。岸田文雄6日在东京同德国总理举行会谈。"
    ).reading.sentences
    struck, talked = KindClassifier(tmp_path).scores(sentences)
    assert struck["strike"] > struck["meeting"] and talked["meeting"] > talked["strike"]


def test_a_sentence_on_which_readers_may_differ_teaches_nothing(
    article: Callable[..., object], tmp_path: Path
) -> None:
    text = HITS[0] + TALKS[0]
    doubtful = Lesson(
        article(text), [Statement("strike", HITS[0], optional=True), Statement("meeting", TALKS[0])]
    )
    assert train_classifier([doubtful], tmp_path) == 1


def test_observations_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    seen = [
        Observation("a", "strike", {"rule strike/hit": 1.0, "score strike": -0.125}, right=True),
        Observation("b", "meeting", {"kind meeting": 1.0}, right=False),
    ]
    save_observations(seen, tmp_path / "observations.tsv")
    assert load_observations(tmp_path / "observations.tsv") == seen
