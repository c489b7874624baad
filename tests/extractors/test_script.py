"""Folding: one spelling, the same offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.script import fold

# Every plane, with the characters that fold drawn often.
TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("烏克蘭無人機０９ＡＺ（）(),:.;「」『』•・–—−　\u00a0…１，２。％"),
        st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xF900, max_codepoint=0xFAFF),
    )
)


@given(TEXT)
def test_folding_never_changes_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_newlines_stay_where_they_are(text: str) -> None:
    assert [i for i, c in enumerate(fold(text)) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("烏克蘭總統澤連斯基", "乌克兰总统泽连斯基"),
        ("飛彈與無人機", "飞弹与无人机"),
        ("８架Ｆ－１６", "8架F-16"),
        ("約２．５億", "约2.5亿"),
        ("(無人機)", "（无人机）"),
        ("「匕首」飛彈", "“匕首”飞弹"),
        ("勞埃德•奧斯汀", "劳埃德·奥斯汀"),
        ("20–30枚−5", "20-30枚-5"),
        ("百分之３％", "百分之3%"),
        ("二○二四年", "二〇二四年"),
        ("一\u3000二\u00a0三", "一 二 三"),
    ],
)
def test_variants_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_commas_and_colons_fold_only_outside_numbers() -> None:
    assert fold("他说,共2,023次,10:30起:完") == "他说，共2,023次，10:30起：完"


def test_a_full_stop_folds_only_after_a_closing_mark() -> None:
    assert fold("“获胜为止”.与此同时3.5亿,U.S.") == "“获胜为止”。与此同时3.5亿，U.S."
