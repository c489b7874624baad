"""From articles to mentions: what is read at all, and which mention wins where two overlap."""

from __future__ import annotations

import re

import pytest

from extractors.reading.mention import Mention, MentionType
from extractors.reading.reader import Reader, longest

GATES = {"attack_count": re.compile("导弹"), "meeting": re.compile("会谈")}


@pytest.fixture(scope="module")
def gated() -> Reader:
    return Reader(GATES)


@pytest.fixture(scope="module")
def sentences(gated, article):
    def read(text: str, title: str = "题") -> list[str]:
        reading = gated.read(article(text, title=title))
        return [reading.whole[s.start : s.end] for s in reading.sentences]

    return read


def test_a_passage_without_a_gate_word_is_not_read(sentences):
    assert sentences("俄军控制了一座村庄。") == []


def test_a_passage_with_a_gate_word_is_read_whole_and_with_its_title(sentences):
    assert sentences("俄军控制了一座村庄。随后发射导弹。") == ["题", "俄军控制了一座村庄。", "随后发射导弹。"]


def test_a_gate_word_of_the_title_opens_the_text(sentences):
    assert "俄军取得进展。" in sentences("俄军取得进展。", title="俄军发射导弹")


def test_news_of_one_country_alone_is_not_read(sentences):
    assert sentences("全国人大代表在北京举行会谈，讨论农业。") == []


def test_only_the_briefs_of_a_digest_that_may_hold_a_fact_are_read(sentences):
    text = (
        "俄称发射导弹\n俄罗斯国防部4日称，俄军发射了多枚导弹，击中一处目标。\n"
        "美国多州遭遇暴雪\n美国多州4日遭遇暴雪，数千个航班被取消。"
    )
    assert not any("暴雪" in sentence for sentence in sentences(text))


def mention(kind: MentionType, start: int, end: int) -> Mention:
    return Mention(kind, start, end, "字" * (end - start), None)


def test_of_overlapping_mentions_the_longer_stays():
    short, long = mention(MentionType.SIDE, 0, 1), mention(MentionType.ORGANISATION, 0, 4)
    assert longest([short, long]) == [long]


def test_of_equally_long_mentions_the_more_telling_stays():
    count, money = mention(MentionType.COUNT, 0, 5), mention(MentionType.MONEY, 0, 5)
    assert longest([count, money]) == [money]


def test_mentions_that_touch_both_stay_in_order():
    first, second = mention(MentionType.COUNT, 0, 2), mention(MentionType.WEAPON, 2, 4)
    assert longest([second, first]) == [first, second]


def test_a_government_called_by_its_leader_has_the_leaders_side(gated, article):
    reading = gated.read(article("拜登政府宣布向乌克兰运送导弹。"))
    sides = {m.words: getattr(m.value, "side", None) for s in reading.sentences for m in s.mentions}
    assert sides["拜登政府"] == "US"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("以军空袭黎巴嫩首都贝鲁特市中心目标。", ["以军", "黎巴嫩", "贝鲁特"]),
        ("乌军使用美制陆军战术导弹袭击。", ["乌军", "美", "陆军战术导弹"]),
        ("以军袭击黎多地。", ["以军", "黎"]),
    ],
)
def test_the_tagger_takes_no_piece_of_other_words_for_a_name(read, text, expected):
    assert [mention.words for mention in read(text).reading.sentences[0].mentions] == expected
