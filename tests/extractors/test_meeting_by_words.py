"""Meetings that no rule tells of, found by the words of a sentence."""

from __future__ import annotations

import pytest

from extractors.kinds.meeting_words import Statement, features_of_party, features_of_statement


def statement(context):
    return Statement(context, context.reading.sentences[-1])


def test_a_sentence_is_told_without_names_and_figures(read) -> None:
    one, other = (
        features_of_statement(statement(read(text)))
        for text in ("法国总统马克龙5日会见智利外长托阿。", "日本首相石破茂9日会见肯尼亚外长穆达瓦迪。")
    )
    assert one == other
    assert {"sentence: 会见", "sides 2", "between person person: 〈time〉会见"} <= one


def test_a_party_is_told_by_its_neighbours_and_its_place_to_the_verb(read) -> None:
    told = statement(read("法国总统马克龙5日在巴黎会见智利外长托阿。"))
    host, guest = (features_of_party(told, party) for party in (told.parties[0], told.parties[-1]))
    assert {"before the verb", "office 总统", "number 0"} <= host
    assert {"behind the verb", "left 2: 会见", "from the end 0"} <= guest


@pytest.mark.parametrize(
    "text",
    [
        "法国总统马克龙5日发表讲话。",  # one side
        "法国与德国的产品质量相当。",  # no word of meeting
        "法国总统马克龙会见智利外长托阿，" + "并提到许多事情，" * 80 + "结束。",  # a list of a sentence
    ],
)
def test_a_sentence_of_one_side_without_a_word_of_meeting_or_too_long_is_not_looked_at(read, text) -> None:
    assert not statement(read(text)).is_possible


def test_media_take_no_part(read) -> None:
    told = statement(read("据路透社报道，法国总统马克龙将与智利外长托阿会谈。"))
    assert [party.code for party in told.parties] == ["FR", "CL"]


def test_hong_kong_is_no_side_of_its_own(extract) -> None:
    assert extract("李强设宴欢迎香港特别行政区行政长官李家超，双方共叙发展。", kind="meeting") == []


def test_what_rules_tell_is_not_told_again(extract) -> None:
    text = "挪威首相斯特勒5日在奥斯陆会见加拿大外长乔利。斯特勒设家宴欢迎乔利，两人相谈甚欢。"
    (event,) = extract(text, kind="meeting")
    assert event.found_by == "meeting/receives-a-guest"
