"""Passages, paragraphs, sentences, and their encoded form."""

from __future__ import annotations

from extractors.reading.document import outline
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType


def sentences(title, text):
    whole = f"{title}\n{text}"
    return [(part.passage, part.heading, whole[part.start : part.end]) for part in outline(whole, len(title))]


def test_the_title_is_a_passage_of_its_own():
    assert sentences("标题", "第一句。第二句。") == [
        (0, True, "标题"),
        (1, False, "第一句。"),
        (1, False, "第二句。"),
    ]


def test_a_closing_quotation_mark_belongs_to_its_sentence():
    found = sentences("题", "他说：“很好。”然后离开。")
    assert [words for _, _, words in found[1:]] == ["他说：“很好。”", "然后离开。"]


def test_headings_open_the_briefs_of_a_digest():
    text = (
        "叙利亚一建筑遭袭击\n首都一栋建筑20日遭到袭击，造成多人伤亡，救援仍在进行。\n"
        "美国多州遭遇暴雪\n新一轮暴雪19日袭击美国多州，数千个航班被取消。"
    )
    passages = [(passage, heading) for passage, heading, _ in sentences("国际联播快讯", text)]
    assert passages == [(0, True), (1, True), (1, False), (2, True), (2, False)]


def test_the_numbered_items_of_a_roundup_are_passages():
    found = sentences("俄乌战事汇总", "1. 俄军袭击一座桥。\n2. 基辅恢复供电。\n3. 泽连斯基发表讲话。")
    assert [passage for passage, _, _ in found] == [0, 1, 2, 3]


def test_every_paragraph_of_a_roundup_without_marks_is_a_passage():
    found = sentences("今日要闻", "俄军袭击一座桥。\n基辅恢复供电。")
    assert [passage for passage, _, _ in found] == [0, 1, 2]


def test_the_opening_formula_of_an_outlet_is_no_part_of_the_first_sentence():
    assert sentences("题", "央视网消息（新闻联播）：国务院4日开会。")[1][2] == "国务院4日开会。"


def test_a_gloss_and_quotation_marks_leave_no_trace_in_the_encoded_sentence(read):
    sentence = read("外交部长拉夫罗夫（Sergey Lavrov）说，击落了“沙赫德”无人机。").reading.sentences[0]
    person, weapon = SYMBOLS[MentionType.PERSON], SYMBOLS[MentionType.WEAPON]
    assert sentence.encoded.text == f"{person}说，击落了{weapon}。"


def test_encoded_positions_lead_back_to_the_words(read):
    context = read("俄军在库尔斯克州击落了83架乌克兰无人机。")
    encoded = context.reading.sentences[0].encoded
    for position, mention in enumerate(encoded.mentions):
        words = context.reading.words(*encoded.span(position, position + 1))
        assert words == (mention.words if mention else encoded.text[position])


def test_a_space_in_a_heading_parts_two_clauses(read):
    context = read("俄军打击多处目标。", title="俄称击落无人机 乌称打击弹药库")
    heading, body = context.reading.sentences[0], context.reading.sentences[-1]
    assert "，" in heading.encoded.text and "，" not in body.encoded.text
