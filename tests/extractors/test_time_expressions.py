"""Which stretches of a text are times, and what their words say."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.mention import MentionType
from extractors.reading.time_expressions import Form, TimeExpression, TimePoint, find_times

NEWS_CHARACTERS = (
    "0123456789:-. 一二三四五十年月日号时点分周星期天今昨前后上下本这个季度半初底末旬晨早晚夜间凌午"
    "至到自从以来截过去内近战争爆发俄乌克兰当地时间同次（），。\n"
)


def words(text: str) -> list[str]:
    return [m.words for m in find_times(text)]


def only(text: str) -> TimeExpression:
    (mention,) = find_times(text)
    assert isinstance(mention.value, TimeExpression)
    return mention.value


@pytest.mark.parametrize(
    "expression",
    [
        "2024年10月22日",
        "二〇二四年十月三十一日",
        "2024-10-22",
        "10月31日",
        "5日",
        "11月5号",
        "星期五（11月1日）",
        "11月1日星期五",
        "今天（8月21日）",
        "今天（8月21日）凌晨",
        "周二（11月5日）晚间",
        "星期天（3日）",
        "当地时间16日晚",
        "北京时间今天（8月19日）16时",
        "今年 2 月 24 日",
        "8月19日16时30分",
        "3日夜间至4日凌晨",
        "从28日夜间到29日凌晨",
        "2日晚到3日早上",
        "昨晚至今晨",
        "当晚至次日凌晨",
        "星期六（11月2日）到星期天（11月3日）",
        "从星期六晚上到星期天",
        "10月1日至7日",
        "11日至13日",
        "11至13日",
        "2、3日",
        "10月21-24日",
        "1月至3月",
        "2023-2024年",
        "过去24小时",
        "过去一天",
        "过去一夜",
        "过去一周",
        "过去一个星期内",
        "过去两年",
        "近三年来",
        "上周",
        "上周五",
        "上个星期五",
        "上周末",
        "本周",
        "本星期",
        "下周一",
        "本月",
        "上个月",
        "上月30日",
        "9月份",
        "10月初",
        "10月中旬",
        "去年底",
        "今年10月",
        "去年12月",
        "今年",
        "2024年",
        "今年第三季度",
        "三季度",
        "上半年",
        "今年夏季",
        "年初以来",
        "今年年初以来",
        "自2024年年初以来",
        "今年以来",
        "自2021年8月以来",
        "2月24日以来",
        "自10月7日开始",
        "6日起",
        "3月底前",
        "截至8月20日",
        "截至当地时间20日",
        "当天",
        "同一天",
        "次日",
        "前一天",
        "今晨",
        "昨晚",
        "明天",
        "后天",
        "日前",
        "近日",
        "此前",
        "凌晨",
        "连夜",
        "当晚",
        "星期六的晚上",
        "未来几周",
        "一周前",
        "三个月前",
    ],
)
def test_an_expression_is_one_mention(expression: str) -> None:
    assert words(f"据报道，{expression}，防空部队击落无人机") == [expression]


@pytest.mark.parametrize(
    "text",
    [
        "62岁的居民",
        "11·5事件",
        "3日元",
        "日本",
        "月亮",
        "7月份额",
        "3个月",
        "三年",
        "每周五",
        "一周三次",
        "5号机组",
        "94号法案",
        "今日俄罗斯通讯社",
        "20世纪90年代",
        "第三天",
        "83架无人机",
        "3比2",
        "S-300",
        "三日游",
        "晚会",
        "年中",
    ],
)
def test_what_is_no_time_is_left_alone(text: str) -> None:
    assert words(text) == []


def test_two_days_side_by_side_are_two_mentions() -> None:
    assert words("11日、12日和15日") == ["11日", "12日", "15日"]


def test_times_of_two_paragraphs_do_not_run_together() -> None:
    assert words("10月\n5日") == ["10月", "5日"]


def test_a_bracket_that_holds_more_than_the_date_stays_outside() -> None:
    assert words("周五（11月1日在基辅）") == ["周五", "11月1日"]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("星期五（11月1日）", TimeExpression(Form.POINT, TimePoint(weekday=4, month=11, day=1))),
        ("上周末", TimeExpression(Form.POINT, TimePoint(week_offset=-1, weekend=True))),
        ("去年12月", TimeExpression(Form.POINT, TimePoint(year_offset=-1, month=12))),
        ("次日", TimeExpression(Form.POINT, TimePoint(day_offset=1, anchor="passage"))),
        (
            "3日夜间至4日凌晨",
            TimeExpression(
                Form.SPAN, TimePoint(day=3, part_of_day="evening"), TimePoint(day=4, part_of_day="dawn")
            ),
        ),
        ("11至13日", TimeExpression(Form.SPAN, TimePoint(day=11), TimePoint(day=13))),
        ("3月3日和4日", TimeExpression(Form.SPAN, TimePoint(month=3, day=3), TimePoint(day=4))),
        ("昨夜今晨", TimeExpression(Form.OVERNIGHT)),
        ("自2021年8月以来", TimeExpression(Form.SINCE, TimePoint(year=2021, month=8))),
        ("过去24小时", TimeExpression(Form.PAST, length=24, unit="hour")),
        ("一周前", TimeExpression(Form.AGO, length=1, unit="week")),
        ("连夜", TimeExpression(Form.OVERNIGHT)),
        ("过去几天", TimeExpression(Form.VAGUE)),
    ],
)
def test_the_words_become_structure(text: str, expression: TimeExpression) -> None:
    assert only(text) == expression


@pytest.mark.parametrize(
    "text",
    [
        "自俄乌冲突爆发以来",
        "自乌克兰危机2022年2月升级以来",
        "自俄罗斯于今年 2 月 24 日入侵乌克兰以来",
        "俄罗斯全面入侵以来，乌克兰",
        "自战争爆发以来，美国已向乌克兰提供援助",
        "乌军说，开战以来",
    ],
)
def test_since_the_war_means_the_war_against_ukraine(text: str) -> None:
    assert Form.WAR in [m.value.form for m in find_times(text)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["自加沙战争爆发以来", "自苏丹冲突爆发以来", "自战争爆发以来"])
def test_since_another_war_or_an_unknown_one_is_a_time_without_a_known_start(text: str) -> None:
    assert only(text) == TimeExpression(Form.SINCE)


def test_since_another_war_keeps_the_date_it_names() -> None:
    assert only("自10月7日加沙冲突爆发以来") == TimeExpression(Form.SINCE, TimePoint(month=10, day=7))


def test_a_sentence_on_another_war_does_not_become_ours_by_its_neighbours() -> None:
    text = "乌克兰军方发布战报。自冲突爆发以来，加沙已有多人丧生。"
    assert only(text) == TimeExpression(Form.SINCE)


@given(st.text(alphabet=NEWS_CHARACTERS, max_size=60) | st.text(max_size=60))
def test_mentions_are_stretches_of_the_text_in_order_without_overlap(text: str) -> None:
    found = find_times(text)
    assert all(m.type is MentionType.TIME and m.words for m in found)
    assert [m.words for m in found] == [text[m.start : m.end] for m in found]
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize("word", ["一", "1", "自", "10月", "冲突", "（1日", "过去"])
def test_a_long_monotonous_text_is_read_in_time(word: str) -> None:
    """Quadratic search took half a minute for the first of these; the bound is loose for slow machines."""
    started = time.process_time()
    find_times(word * (20_000 // len(word)))
    assert time.process_time() - started < 5
