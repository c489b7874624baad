"""Training the models that read meetings and help by the words of a sentence: from labelled sentences to weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractors.kinds import aid_remarks, meeting_by_words
from extractors.linear import load
from extractors.meeting_training import train_meetings
from extractors.remark_training import train_remarks
from extractors.sentence_lessons import SentenceLesson

HOSTS = ("挪威首相斯特勒", "智利总统博里奇", "肯尼亚总统鲁托")
GUESTS = ("加拿大外长乔利", "法国防长勒科尔尼", "印度外长苏杰生")


def lesson(article: Any, kind: str, text: str, *records: dict[str, Any]) -> SentenceLesson:
    """A text of one sentence as read for a kind."""
    read = article(text)
    first = len(read.title) + 1
    return SentenceLesson(read, kind, {(first, first + len(text)): records})


def met(text: str, *people: str) -> dict[str, Any]:
    return {
        "kind": "meeting",
        "participants": [{"at": [1 + text.index(who), 1 + text.index(who) + len(who)]} for who in people],
    }


def meetings(article: Any) -> list[SentenceLesson]:
    found = []
    for host in HOSTS:
        for guest in GUESTS:
            text = f"美国记者说，{host}周二在机场迎接{guest}。"
            found.append(lesson(article, "meeting", text, met(text, host, guest)))
            found.append(
                lesson(article, "meeting", f"{host}周二发表讲话批评{guest}，访问推迟的传闻未获证实。")
            )
    return found


def test_who_meets_is_learned_from_the_words_around(article, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        assert train_meetings(meetings(article), tmp_path / name) == 2 * len(HOSTS) * len(GUESTS)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    models = load(tmp_path / "a.json", meeting_by_words.MODELS)
    assert models["meeting"].weights["sentence: 迎接"] > 0 > models["meeting"].weights["sentence: 批评"]
    assert models["party"].weights["left 2: 迎接"] > 0 > models["party"].weights["type side"]


def test_sentences_of_another_kind_and_those_on_which_readers_may_differ_teach_no_meetings(
    article, tmp_path: Path
) -> None:
    text = f"{HOSTS[0]}周二在机场迎接{GUESTS[0]}。"
    doubtful = lesson(article, "meeting", text, met(text, HOSTS[0]) | {"optional": True})
    other = lesson(article, "aid_announcement", text)
    assert train_meetings([doubtful, other], tmp_path / "a.json") == 0


def test_what_a_remark_is_is_learned_from_what_a_reader_could_leave_out(article, tmp_path: Path) -> None:
    lessons = []
    for donor in ("法国", "挪威", "日本"):
        for month in ("三", "五"):
            told = f"{donor}宣布{month}月向乌克兰提供一套防空系统。"
            remark = f"有人指责{donor}一直向乌克兰提供武器。"
            lessons.append(lesson(article, "aid_announcement", told, {"kind": "aid_announcement"}))
            lessons.append(
                lesson(article, "aid_announcement", remark, {"kind": "aid_announcement", "optional": True})
            )
            lessons.append(lesson(article, "aid_announcement", f"{donor}向市场提供消息。"))
    assert train_remarks(lessons, tmp_path / "a.json") == 12
    model = load(tmp_path / "a.json", aid_remarks.MODELS)["particular"]
    assert model.weights["sentence: 宣布"] > 0 > model.weights["sentence: 一直"]
    assert "sentence: 市场" not in json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["particular"]
