"""Which dates the times mean, by the rules of the records."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.time_expressions import TimeExpression, find_times
from extractors.reading.time_resolution import resolve
from schemas import Period

MONDAY = datetime.date(2024, 11, 4)  # the publication date of most cases
DATES = st.dates(min_value=datetime.date(2001, 1, 1), max_value=datetime.date(2049, 12, 31))
NEWS_CHARACTERS = "0123456789 一二三四五十年月日周末今昨前上下本季度半初底晨晚夜凌至到自以来过去内近当次（）"


def day(date: str, precision: str = "day") -> Period:
    return span(date, date, precision)


def span(start: str, end: str, precision: str) -> Period:
    return Period.model_validate({"start": start, "end": end, "precision": precision})


def meaning(
    text: str, published: datetime.date = MONDAY, passage: Period | None = None, future: bool = False
) -> Period | None:
    (mention,) = find_times(text)
    assert isinstance(mention.value, TimeExpression)
    return resolve(mention.value, published, passage, future=future)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("星期五（11月1日）", day("2024-11-01")),
        ("11月1日星期五", day("2024-11-01")),
        ("4日", day("2024-11-04")),
        ("5日", day("2024-10-05")),
        ("31日", day("2024-10-31")),
        ("上月30日", day("2024-10-30")),
        ("11月5日", day("2024-11-05")),
        ("周二（11月5日）", day("2024-11-05")),
        ("12月25日", day("2023-12-25")),
        ("2024年10月22日", day("2024-10-22")),
        ("今天（8月21日）", day("2024-08-21")),
        ("今天（11月5日）", day("2024-11-05")),
        ("周一", day("2024-11-04")),
        ("周五", day("2024-11-01")),
        ("上周五", day("2024-11-01")),
        ("本周二", day("2024-11-05")),
        ("下周一", day("2024-11-11")),
        ("星期五（11月2日）", day("2024-11-01")),
        ("今天", day("2024-11-04")),
        ("昨天", day("2024-11-03")),
        ("前天", day("2024-11-02")),
        ("当天", day("2024-11-04")),
        ("一周前", day("2024-10-28")),
        ("4日凌晨", day("2024-11-04")),
        ("星期六晚上", day("2024-11-02")),
        ("截至3日", day("2024-11-03")),
        ("3日夜间至4日凌晨", span("2024-11-03", "2024-11-04", "night")),
        ("31日晚到1日早上", span("2024-10-31", "2024-11-01", "night")),
        ("星期六（11月2日）到星期天（11月3日）", span("2024-11-02", "2024-11-03", "night")),
        ("从星期六晚上到星期天", span("2024-11-02", "2024-11-03", "night")),
        ("昨晚至今晨", span("2024-11-03", "2024-11-04", "night")),
        ("连夜", span("2024-11-03", "2024-11-04", "night")),
        ("过去24小时", span("2024-11-03", "2024-11-04", "day")),
        ("过去一天", span("2024-11-03", "2024-11-04", "day")),
        ("过去一夜", span("2024-11-03", "2024-11-04", "night")),
        ("过去一周", span("2024-10-29", "2024-11-04", "week")),
        ("过去两年", span("2022-11-04", "2024-11-04", "period")),
        ("10月1日至7日", span("2024-10-01", "2024-10-07", "period")),
        ("30日至2日", span("2024-10-30", "2024-11-02", "period")),
        ("2日至6日", span("2024-11-02", "2024-11-06", "period")),
        ("去年12月至今年3月", span("2023-12-01", "2024-03-31", "period")),
        ("上周", span("2024-10-28", "2024-11-03", "week")),
        ("上周末", span("2024-11-02", "2024-11-03", "period")),
        ("本月", span("2024-11-01", "2024-11-30", "month")),
        ("上个月", span("2024-10-01", "2024-10-31", "month")),
        ("10月", span("2024-10-01", "2024-10-31", "month")),
        ("12月", span("2023-12-01", "2023-12-31", "month")),
        ("今年10月", span("2024-10-01", "2024-10-31", "month")),
        ("去年底", span("2023-12-01", "2023-12-31", "month")),
        ("去年年底", span("2023-12-01", "2023-12-31", "month")),
        ("月初", span("2024-11-01", "2024-11-30", "month")),
        ("10月中旬", span("2024-10-11", "2024-10-20", "period")),
        ("2月下旬", span("2024-02-21", "2024-02-29", "period")),
        ("三季度", span("2024-07-01", "2024-09-30", "quarter")),
        ("去年第四季度", span("2023-10-01", "2023-12-31", "quarter")),
        ("上半年", span("2024-01-01", "2024-06-30", "period")),
        ("今年", span("2024-01-01", "2024-12-31", "year")),
        ("去年", span("2023-01-01", "2023-12-31", "year")),
        ("今年以来", span("2024-01-01", "2024-11-04", "period")),
        ("年初以来", span("2024-01-01", "2024-11-04", "period")),
        ("自2021年8月以来", span("2021-08-01", "2024-11-04", "period")),
        ("2月24日以来", span("2024-02-24", "2024-11-04", "period")),
        ("自俄乌冲突爆发以来", span("2022-02-24", "2024-11-04", "period")),
        ("2日起", span("2024-11-02", "2024-11-04", "period")),
    ],
)
def test_a_past_time_is_the_latest_not_after_publication(text: str, expected: Period) -> None:
    assert meaning(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5日", day("2024-11-05")),
        ("3日", day("2024-12-03")),
        ("31日", day("2024-12-31")),
        ("12月5日", day("2024-12-05")),
        ("星期三", day("2024-11-06")),
        ("明天", day("2024-11-05")),
        ("5月", span("2025-05-01", "2025-05-31", "month")),
        ("11月", span("2024-11-01", "2024-11-30", "month")),
        ("下周", span("2024-11-11", "2024-11-17", "week")),
        ("本周", span("2024-11-04", "2024-11-10", "week")),
        ("明年", span("2025-01-01", "2025-12-31", "year")),
        ("11日至13日", span("2024-11-11", "2024-11-13", "period")),
        ("3日至6日", span("2024-11-03", "2024-11-06", "period")),
        ("3月底前", span("2024-11-04", "2025-03-31", "period")),
        ("6日起", day("2024-11-06")),
    ],
)
def test_a_planned_time_is_the_next_one(text: str, expected: Period) -> None:
    assert meaning(text, future=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("当天", day("2024-11-01")),
        ("同日", day("2024-11-01")),
        ("次日", day("2024-11-02")),
        ("前一天", day("2024-10-31")),
        ("凌晨", day("2024-11-01")),
        ("当晚", day("2024-11-01")),
        ("连夜", span("2024-10-31", "2024-11-01", "night")),
        ("夜间至凌晨", span("2024-10-31", "2024-11-01", "night")),
        ("当晚至次日凌晨", span("2024-11-01", "2024-11-02", "night")),
        ("过去24小时", span("2024-10-31", "2024-11-01", "day")),
        ("过去一周", span("2024-10-26", "2024-11-01", "week")),
        ("今天", day("2024-11-04")),
    ],
)
def test_some_words_count_from_the_day_the_passage_is_about(text: str, expected: Period) -> None:
    assert meaning(text, passage=day("2024-11-01")) == expected


def test_the_day_of_an_overnight_passage_is_the_day_it_ends() -> None:
    assert meaning("当天", passage=span("2024-11-02", "2024-11-03", "night")) == day("2024-11-03")


def test_this_week_of_something_past_ends_on_the_day_it_is_told() -> None:
    friday = datetime.date(2024, 11, 1)
    assert meaning("本周", friday) == span("2024-10-28", "2024-11-01", "week")
    assert meaning("本星期", friday, day("2024-10-31")) == span("2024-10-28", "2024-10-31", "week")


def test_this_year_so_far_ends_on_the_publication_day() -> None:
    assert meaning("今年已提供援助") == span("2024-01-01", "2024-11-04", "period")


@pytest.mark.parametrize(
    "text",
    ["日前", "近日", "此前", "未来几周", "过去几天", "凌晨", "次日", "2月30日", "夜间至凌晨"],
)
def test_what_the_text_does_not_tell_is_not_guessed(text: str) -> None:
    assert meaning(text) is None


def test_a_passage_longer_than_a_day_names_no_day() -> None:
    october = span("2024-10-01", "2024-10-31", "month")
    assert meaning("当天", passage=october) is None
    assert meaning("凌晨", passage=october) is None


def test_past_lengths_say_nothing_of_planned_facts() -> None:
    assert meaning("过去一周", future=True) is None


def test_who_speaks_of_the_past_cannot_mean_the_war_before_it_began() -> None:
    assert meaning("自俄乌冲突爆发以来", datetime.date(2022, 2, 23)) is None


@given(published=DATES, number=st.integers(1, 31))
def test_a_day_of_the_month_is_the_nearest_on_the_right_side_of_publication(
    published: datetime.date, number: int
) -> None:
    past, planned = meaning(f"{number}日", published), meaning(f"{number}日", published, future=True)
    assert past is not None and planned is not None
    assert past.start.day == planned.start.day == number
    assert past.start <= published <= planned.start
    assert (published - past.start).days <= 61 and (planned.start - published).days <= 61


@given(published=DATES, weekday=st.integers(0, 6))
def test_a_weekday_is_within_a_week_of_publication(published: datetime.date, weekday: int) -> None:
    text = "周" + "一二三四五六日"[weekday]
    past, planned = meaning(text, published), meaning(text, published, future=True)
    assert past is not None and planned is not None
    assert past.start.weekday() == planned.start.weekday() == weekday
    assert 0 <= (published - past.start).days < 7 and 0 <= (planned.start - published).days < 7


@given(published=DATES, date=DATES)
def test_a_full_date_means_itself(published: datetime.date, date: datetime.date) -> None:
    text = f"{date.year}年{date.month}月{date.day}日"
    for future in (False, True):
        assert meaning(text, published, future=future) == Period(start=date, end=date, precision="day")


@given(
    text=st.text(alphabet=NEWS_CHARACTERS, max_size=24), published=DATES, future=st.booleans(), passage=DATES
)
def test_resolution_never_raises_and_past_starts_are_not_far_ahead(
    text: str, published: datetime.date, future: bool, passage: datetime.date
) -> None:
    for mention in find_times(text):
        assert isinstance(mention.value, TimeExpression)
        for about in (None, Period(start=passage, end=passage, precision="day")):
            found = resolve(mention.value, published, about, future=future)
            assert found is None or found.start <= found.end
