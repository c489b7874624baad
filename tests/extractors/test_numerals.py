"""Numerals in Chinese characters, in digits and in both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.numbers import find_numbers
from extractors.reading.numerals import parse_numeral

DIGITS = "零一二三四五六七八九"
NEWS_CHARACTERS = (
    "0123456789,. 零〇一二两三四五六七八九十百千万亿数几多余上近约至到-架枚名人年月日第（），。苏S"
)


def in_characters(number: int) -> str:
    """The number in Chinese characters, formatted by the textbook: groups of four, 零 for skipped places."""
    if number == 0:
        return "零"
    groups = [(10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")]
    words, rest, gap = "", number, False
    for size, name in groups:
        group, rest = divmod(rest, size)
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + group_of_four(group) + name
            gap = False
        elif words:
            gap = True
    return words


def group_of_four(number: int) -> str:
    words, gap = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            words += ("零" if words and gap else "") + DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("83", 83),
        ("2,023", 2023),
        ("1,234,567", 1234567),
        ("4.25亿", 425_000_000),
        ("1,100万", 11_000_000),
        ("三百二十", 320),
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("一百二", 120),
        ("三千五", 3500),
        ("两千零五", 2005),
        ("两万三", 23000),
        ("1万2千", 12000),
        ("7亿5000万", 750_000_000),
        ("1.2万亿", 1_200_000_000_000),
        ("3万亿", 3_000_000_000_000),
        ("8 000 万", 80_000_000),
        ("14,9亿", 1_490_000_000),
        ("3百", 300),
        ("一亿零三百万", 103_000_000),
        ("二〇二四", 2024),
        ("零", 0),
        ("0.5", Decimal("0.5")),
        ("0.1亿", 10_000_000),
        ("一二〇", 120),
        ("廿三", 23),
        ("壹佰伍拾", 150),
        ("三点五亿", 350_000_000),
        ("八点五", Decimal("8.5")),
        ("一千零十二", 1012),
        ("2千零30万", 20_300_000),
        ("五兆六十二亿", 5_006_200_000_000),
        ("四万万", 400_000_000),
        ("2，400", 2400),
    ],
)
def test_a_numeral_has_its_exact_value(words: str, value: int | Decimal) -> None:
    assert parse_numeral(words) == value


@pytest.mark.parametrize(
    "words", ["", "百分", "一一", "十十", "二三", "五千百", "甲", "点五", "三点百", "9" * 60]
)
def test_what_is_not_well_formed_has_no_value(words: str) -> None:
    assert parse_numeral(words) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_an_integer_written_in_characters_reads_back(number: int) -> None:
    assert parse_numeral(in_characters(number)) == number


@given(st.integers(min_value=0, max_value=10**12))
def test_an_integer_written_with_separators_reads_back(number: int) -> None:
    assert parse_numeral(f"{number:,}") == number
    assert parse_numeral(str(number)) == number


@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2))
def test_hundreds_of_millions_are_multiplied_exactly(number: Decimal) -> None:
    assert parse_numeral(f"{number}亿") == number * 10**8


@pytest.mark.parametrize(
    ("text", "words", "value", "high", "qualifier"),
    [
        ("共83架", "83", 83, None, "exact"),
        ("至少83架", "至少83", 83, None, "at_least"),
        ("30多架", "30多", 30, None, "more_than"),
        ("十余枚", "十余", 10, None, "more_than"),
        ("百余架", "百余", 100, None, "more_than"),
        ("两万余人", "两万余", 20000, None, "more_than"),
        ("二十几名", "二十几", 20, None, "more_than"),
        ("20多万人", "20多万", 200_000, None, "more_than"),
        ("十来架", "十来", 10, None, "about"),
        ("二三十人", "二三十", 20, 30, "range"),
        ("一千二三百人", "一千二三百", 1200, 1300, "range"),
        ("20至30架", "20至30", 20, 30, "range"),
        ("20-30架", "20-30", 20, 30, "range"),
        ("20到30架", "20到30", 20, 30, "range"),
        ("5至10万人", "5至10万", 50_000, 100_000, "range"),
        ("20万至30万人", "20万至30万", 200_000, 300_000, "range"),
        ("3000到5万人", "3000到5万", 3000, 50_000, "range"),
        ("数十架", "数十", None, None, "dozens"),
        ("几十枚", "几十", None, None, "dozens"),
        ("上百架", "上百", None, None, "hundreds"),
        ("数千人", "数千", None, None, "thousands"),
        ("数以百计的人", "数以百计", None, None, "hundreds"),
        ("几十万人", "几十万", 100_000, None, "more_than"),
        ("上万人", "上万", 10_000, None, "at_least"),
        ("上十万件", "上十万", 100_000, None, "at_least"),
        ("一百零几人", "一百零几", 100, None, "more_than"),
        ("肆拾几亿", "肆拾几亿", 4_000_000_000, None, "more_than"),
        ("约30多架", "约30多", 30, None, "more_than"),
        ("不止20人", "不止20", 20, None, "more_than"),
        ("一两架", "一两", 1, 2, "range"),
        ("五、六个", "五、六", 5, 6, "range"),
        ("三、四百户", "三、四百", 300, 400, "range"),
        ("10000与20000之间", "10000与20000", 10_000, 20_000, "range"),
        ("20和30人之间", "20和30", 20, 30, "range"),
        ("损失2，400套", "2，400", 2400, None, "exact"),
        ("$20，300美元", "20", 20, None, "exact"),
        ("唯一一架", "一", 1, None, "exact"),
        ("驱逐两名", "两", 2, None, "exact"),
        ("为期两天", "两", 2, None, "exact"),
        ("上周三百架", "三百", 300, None, "exact"),
        ("年零9个月", "9", 9, None, "exact"),
        ("12千米", "12", 12, None, "exact"),
        ("2200兆瓦", "2200", 2200, None, "exact"),
        ("射程250m", "250", 250, None, "exact"),
        ("上午八点一架", "一", 1, None, "exact"),
        ("登陆三千人", "三千", 3000, None, "exact"),
        ("突破一万亿", "突破一万亿", 1_000_000_000_000, None, "more_than"),
        ("突破一批", "一", 1, None, "exact"),
    ],
)
def test_a_number_is_found_with_its_qualifier(
    text: str, words: str, value: int | None, high: int | None, qualifier: str
) -> None:
    number = next(iter(find_numbers(text)))
    assert (text[number.start : number.end], number.value, number.high, number.qualifier) == (
        words,
        value,
        high,
        qualifier,
    )


@pytest.mark.parametrize(
    "text",
    [
        "10月31日",
        "9月10日至12日",
        "11、12日",
        "2024年",
        "二〇二四年",
        "8时30分",
        "12:30",
        "30%",
        "30个百分点",
        "百分之三十",
        "三分之二",
        "三成",
        "2比1",
        "1/3",
        "11·5事件",
        "S-300导弹",
        "F-16战机",
        "米-17直升机",
        "米格29战机",
        "沙赫德136无人机",
        "苏27战机",
        "M142火箭炮",
        "BA.5毒株",
        "2024-10-31",
        "星期三",
        "统一",
        "007号",
        "136型",
        "二十国集团",
        "3倍",
        "75折",
        "八点三分",
        "波音737",
        "“豹2”坦克",
        "豹2坦克",
        "东风41导弹",
        "announces $70m",
        "3M-54导弹",
        "大陆和登陆",
        "收拾好的队伍",
        "李兆宗",
    ],
)
def test_dates_shares_scores_and_names_hold_no_number(text: str) -> None:
    assert [n for n in find_numbers(text) if not n.few] == []


def test_a_numbered_heading_is_no_number() -> None:
    assert list(find_numbers("3. 乌军发布战报\n4、俄方回应")) == []


def test_an_ordinal_begins_with_its_mark() -> None:
    assert [(n.start, n.core, n.value) for n in find_numbers("第 4 轮，第五、六批") if n.ordinal] == [
        (0, 2, 4),
        (6, 7, 5),
        (9, 9, 6),
    ]


@pytest.mark.parametrize("text", ["1和" + "1" * 200, "一点" + "一" * 200 + "架", "1至" + "1," * 200])
def test_long_runs_of_digits_are_not_tried_in_parts(text: str) -> None:
    assert all(n.end - n.core <= len(text) for n in find_numbers(text))  # would take exponential time


@given(st.text(alphabet=NEWS_CHARACTERS, max_size=60) | st.text(max_size=60))
def test_numbers_stand_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert number.start <= number.core < number.end <= len(text)
        assert number.core >= end
        end = number.end
