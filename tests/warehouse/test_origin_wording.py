"""What of a text its copies keep, and which differences make another text of it."""

from __future__ import annotations

import datetime
import time
from difflib import SequenceMatcher
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.origins import compare, judge, read_wording
from warehouse.origins.wording import REACH, REACH_UNDATED

TEXT = (
    "河谷州军方5日早晨通报，夜间有83架无人机从三个方向飞来，防空部队击落46架。"
    "河口市的一座仓库起火，消防队用了两个小时把火扑灭，没有人员伤亡。"
)


@pytest.mark.parametrize(
    "variant",
    [
        "（新华社河口3月5日电 记者王晓彤）" + TEXT,
        "本报讯 " + TEXT,
        "據路透社報導，" + TEXT,
        "河谷州軍方5日早晨通報，夜間有83架無人機從三個方向飛來，防空部隊擊落46架。河口市的一座倉庫起火，消防隊用了兩個小時把火撲滅，沒有人員傷亡。",
        TEXT.replace("，", ", ").replace("。", "。\n　　"),
        TEXT.replace("83", "８３").replace("46", "四十六").replace("三个", "3个"),
    ],
)
def test_script_spaces_punctuation_datelines_and_numerals_make_no_difference(variant: str) -> None:
    assert read_wording(variant) == read_wording(TEXT)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("十二", "12"),
        ("012", "12"),
        ("二〇二五", "2025"),
        ("一亿二千三百万", "123000000"),
        ("两万五千", "25000"),
        ("五百", "500"),
        ("1,250", "1250"),
        ("3.5亿", "3.5亿"),
        ("凌晨", "凌晨"),
    ],
)
def test_numbers_have_one_spelling(number: str, value: str) -> None:
    assert read_wording(f"共{number}人").numbers == (value,)


def test_words_hold_a_mark_for_each_number() -> None:
    wording = read_wording("5日上午，12架#号机起飞。")
    assert wording.words == "#日##架号机起飞"
    assert wording.numbers == ("5", "上午", "12")


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("他在5日说了这句话", REACH),
        ("八十三架来袭，46架被击落，31架失踪", REACH),
        ("他在昨夜说了这句话，还有一些别的话", REACH_UNDATED),
        ("统一之后，第三方一致同意", REACH_UNDATED),
    ],
)
def test_a_text_that_tells_its_day_reaches_further(text: str, reach: datetime.timedelta) -> None:
    assert read_wording(text).reach == reach


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("83架", "84架"),
        ("5日", "6日"),
        ("早晨", "晚间"),
        ("河口市", "河源市"),
        ("河谷州", "南岸州"),
        ("河谷州军方", "南岸州"),
        ("一座仓库", "一座油库"),
        ("没有人员伤亡", "有人员伤亡"),
        ("有83架", "有近83架"),
    ],
)
def test_one_thing_in_the_stead_of_another_makes_another_text(old: str, new: str) -> None:
    assert judge(read_wording(TEXT), read_wording(TEXT.replace(old, new))) is None


@pytest.mark.parametrize(("old", "new"), [("通报，", "说，"), ("没有", "未有"), ("的一座", "一座")])
def test_an_editors_touch_makes_no_other_text(old: str, new: str) -> None:
    match = judge(read_wording(TEXT), read_wording(TEXT.replace(old, new)))
    assert match is not None and match.reason == "near"


@given(st.text())
def test_every_text_has_a_wording(text: str) -> None:
    wording = read_wording(text)
    assert wording.words.count("#") == len(wording.numbers)
    assert wording.text_key == read_wording(text).text_key


@given(
    st.text(alphabet="河谷州军方通报击落3架，。", max_size=60),
    st.text(alphabet="河谷州军方通报击落5架，。", max_size=60),
)
def test_judging_is_symmetric(one: str, other: str) -> None:
    first, second = read_wording(TEXT + one), read_wording(TEXT + other)
    assert judge(first, second) == judge(second, first)
    assert judge(first, first) is not None


ROWS = "".join(
    f"河谷州{town}区夜间有{n}架无人机飞来，防空部队击落{n - 2}架。"
    for n, town in enumerate("东西南北中" * 400, 5)
)
REPEATED = "河谷州{}日说，防空部队又击落了数架无人机和导弹。"


@pytest.mark.parametrize(
    ("one", "other", "is_copy"),
    [
        (ROWS, "本报讯 " + ROWS + "州长感谢值班的人员。", True),
        (ROWS, ROWS.replace("有1500架", "有1501架"), False),
        # One row a hundred times, and another like it thousands of times: hardly a shingle that is not in both.
        ("该部队3日说，防空部队击落了4架无人机和导弹。" * 120, REPEATED.format(5) * 2800, False),
        (REPEATED.format(5) * 400 + "没有伤亡。" * 300, "没有伤亡。" * 300 + REPEATED.format(5) * 400, True),
    ],
)
def test_long_texts_that_repeat_themselves_are_compared_in_seconds(
    one: str, other: str, is_copy: bool
) -> None:
    pair = read_wording(one), read_wording(other)
    begin = time.process_time()
    assert (judge(*pair) is not None) == is_copy
    assert time.process_time() - begin < 10


WORDS = st.text("河谷州夜间#", max_size=60)


@given(WORDS, WORDS, st.integers(0, 200))
def test_whatever_the_bound_blocks_are_equal_runs_in_order(one: str, other: str, most: int) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compare, "MOST_PAIRS", most)
        blocks = compare._blocks(one, other) or []
    assert all(one[a : a + size] == other[b : b + size] and size >= compare.BLOCK for a, b, size in blocks)
    for (a, b, size), (later_a, later_b, _) in pairwise(blocks):
        assert a + size <= later_a and b + size <= later_b


@given(WORDS, WORDS)
def test_within_the_bound_blocks_are_those_of_difflib(one: str, other: str) -> None:
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    assert compare._blocks(one, other) == [tuple(each) for each in found if each.size >= compare.BLOCK]
