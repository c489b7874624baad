"""Amounts of money with their currencies."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.mention import MentionType
from extractors.reading.money import CURRENCIES, SIGNS, find_money
from extractors.reading.script import fold
from schemas import Money

NEWS_CHARACTERS = "0123456789,. 一二两三十百千万亿数几多余近约至到和、美欧日元英镑人民币卢布$€£US（），。"


def amounts(text: str) -> list[tuple[str, int | float | None, int | float | None, str, str]]:
    found = find_money(text)
    assert all(m.type is MentionType.MONEY and isinstance(m.value, Money) for m in found)
    return [(m.words, m.value.value, m.value.high, m.value.qualifier, m.value.currency) for m in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("价值4.25亿美元的援助", ("4.25亿美元", 425_000_000, None, "exact", "USD")),
        ("价值 34 亿美元的军备", ("34 亿美元", 3_400_000_000, None, "exact", "USD")),
        ("7亿5000万英镑", ("7亿5000万英镑", 750_000_000, None, "exact", "GBP")),
        ("14,9亿美元", ("14,9亿美元", 1_490_000_000, None, "exact", "USD")),
        ("近150亿美元", ("近150亿美元", 15_000_000_000, None, "nearly", "USD")),
        ("超过40亿美元", ("超过40亿美元", 4_000_000_000, None, "more_than", "USD")),
        ("最高达54亿美元", ("最高达54亿美元", 5_400_000_000, None, "up_to", "USD")),
        ("约3亿美元", ("约3亿美元", 300_000_000, None, "about", "USD")),
        ("6500万美元左右", ("6500万美元左右", 65_000_000, None, "about", "USD")),
        ("3亿多美元", ("3亿多美元", 300_000_000, None, "more_than", "USD")),
        ("20亿至30亿美元", ("20亿至30亿美元", 2_000_000_000, 3_000_000_000, "range", "USD")),
        ("20亿美元至30亿美元", ("20亿美元至30亿美元", 2_000_000_000, 3_000_000_000, "range", "USD")),
        ("20至30亿欧元", ("20至30亿欧元", 2_000_000_000, 3_000_000_000, "range", "EUR")),
        ("数十亿美元", ("数十亿美元", 1_000_000_000, None, "more_than", "USD")),
        ("上亿美元", ("上亿美元", 100_000_000, None, "at_least", "USD")),
        ("数百美元", ("数百美元", None, None, "hundreds", "USD")),
        ("US$4.25亿", ("US$4.25亿", 425_000_000, None, "exact", "USD")),
        ("$4.25亿", ("$4.25亿", 425_000_000, None, "exact", "USD")),
        ("约€5000万", ("约€5000万", 50_000_000, None, "about", "EUR")),
        ("HK$300万", ("HK$300万", 3_000_000, None, "exact", "HKD")),
        ("EUR5000万", ("EUR5000万", 50_000_000, None, "exact", "EUR")),
        ("USD 5亿", ("USD 5亿", 500_000_000, None, "exact", "USD")),
        ("人民币3亿元", ("人民币3亿元", 300_000_000, None, "exact", "CNY")),
        ("3亿元人民币", ("3亿元人民币", 300_000_000, None, "exact", "CNY")),
        ("每人5000元", ("5000元", 5000, None, "exact", "CNY")),
        ("新台币2亿元", ("新台币2亿元", 200_000_000, None, "exact", "TWD")),
        ("3日元", ("3日元", 3, None, "exact", "JPY")),
        ("1.2万亿日元", ("1.2万亿日元", 1_200_000_000_000, None, "exact", "JPY")),
        ("184.69美元", ("184.69美元", 184.69, None, "exact", "USD")),
        ("两亿英镑", ("两亿英镑", 200_000_000, None, "exact", "GBP")),
        ("1000亿挪威克朗", ("1000亿挪威克朗", 100_000_000_000, None, "exact", "NOK")),
        ("5亿加元", ("5亿加元", 500_000_000, None, "exact", "CAD")),
        ("200万格里夫纳", ("200万格里夫纳", 2_000_000, None, "exact", "UAH")),
        ("60万亿卢布", ("60万亿卢布", 60_000_000_000_000, None, "exact", "RUB")),
        ("10亿兹罗提", ("10亿兹罗提", 1_000_000_000, None, "exact", "PLN")),
        ("3兆日圆", ("3兆日圆", 3_000_000_000_000, None, "exact", "JPY")),
        ("三点五亿美元", ("三点五亿美元", 350_000_000, None, "exact", "USD")),
        ("壹佰万元", ("壹佰万元", 1_000_000, None, "exact", "CNY")),
        ("一两百万元", ("一两百万元", 1_000_000, 2_000_000, "range", "CNY")),
        ("66，534亿日元", ("66，534亿日元", 6_653_400_000_000, None, "exact", "JPY")),
        ("挪威与瑞典称，瑞典出资3亿克朗", ("3亿克朗", 300_000_000, None, "exact", "SEK")),
        ("捷克拨款2000万克朗", ("2000万克朗", 20_000_000, None, "exact", "CZK")),
        ("30亿特别提款权", ("30亿特别提款权", 3_000_000_000, None, "exact", "XDR")),
    ],
)
def test_an_amount_has_value_qualifier_and_currency(text: str, expected: tuple[object, ...]) -> None:
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "两国元首",
        "一元化领导",
        "二元结构",
        "2025年元旦",
        "提供了30亿的援助",
        "30亿",
        "出资3亿克朗",
        "83架",
        "2024年",
        "多元文化",
        "announces $70m",
    ],
)
def test_what_is_not_plainly_money_is_no_amount(text: str) -> None:
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "250万欧元（约3亿日元）的捐助",
        "250万欧元（约合3亿日元）的捐助",
        "250万欧元（合人民币2000万元）的捐助",
        "250万欧元，约合3亿日元",
    ],
)
def test_an_equivalent_in_another_currency_is_no_second_amount(text: str) -> None:
    assert amounts(text) == [("250万欧元", 2_500_000, None, "exact", "EUR")]


def test_an_amount_in_a_list_takes_the_currency_that_follows() -> None:
    assert [(value, currency) for _, value, _, _, currency in amounts("分别提供30亿和4.89亿美元")] == [
        (3_000_000_000, "USD"),
        (489_000_000, "USD"),
    ]


def test_a_currency_belongs_to_the_amount_before_it() -> None:
    assert [(value, currency) for _, value, _, _, currency in amounts("4人民币 5美元")] == [
        (4, "CNY"),
        (5, "USD"),
    ]


def test_two_amounts_in_one_sentence_stay_two() -> None:
    assert [words for words, *_ in amounts("其中5亿美元用于弹药，2亿欧元用于重建")] == ["5亿美元", "2亿欧元"]


def test_forty_currencies_are_known_by_name() -> None:
    assert len(set(CURRENCIES.values())) >= 40
    assert all(re.fullmatch("[A-Z]{3}", code) for code in [*CURRENCIES.values(), *SIGNS.values()])


@pytest.mark.parametrize("name", sorted(CURRENCIES))
def test_every_currency_name_is_read_after_a_number(name: str) -> None:
    assert amounts(f"提供3亿{name}的贷款") == [(f"3亿{name}", 300_000_000, None, "exact", CURRENCIES[name])]


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_every_currency_sign_is_read_before_a_number(sign: str) -> None:
    assert amounts(f"提供{sign}3亿贷款") == [(f"{sign}3亿", 300_000_000, None, "exact", SIGNS[sign])]


@given(st.text(alphabet=NEWS_CHARACTERS, max_size=60) | st.text(max_size=60))
def test_mentions_are_stretches_of_the_text_in_order(text: str) -> None:
    found = find_money(text)
    assert [m.words for m in found] == [text[m.start : m.end] for m in found]
    assert found == sorted(found, key=lambda m: m.start)


@given(st.integers(min_value=1, max_value=10**9))
def test_any_amount_in_digits_is_read(number: int) -> None:
    assert [(value, code) for _, value, _, _, code in amounts(f"价值{number:,}美元")] == [(number, "USD")]


@pytest.mark.shared
def test_the_amounts_of_the_training_gold_are_found_in_their_evidence(shared: Path) -> None:
    wanted = found = 0
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        for record in json.loads(line)["records"]:
            gold = record.get("amount")
            if gold:
                read = {a[1:] for quote in record["evidence"] for a in amounts(fold(quote))}
                wanted += 1
                found += (gold["value"], gold.get("high"), gold["qualifier"], gold["currency"]) in read
    assert found / wanted >= 0.99
