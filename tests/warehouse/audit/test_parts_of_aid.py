"""Parts of a sum of aid, as one text names them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.audit.parts_of_aid import Sum, exceeding

CHECK = "parts_of_aid"


def told(news, text, *amounts, **slots):
    """The sums of one clause."""
    return news.report(1, news.at(5), *(news.aid(each, text, **slots) for each in amounts))


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("美国宣布提供5亿美元援助，其中3亿用于武器，2.5亿用于训练", (5, 3, 2.5)),
        ("美國宣布提供5億美元援助。其中3億用於武器，2億5000萬用於訓練", (5, 3, 2.5)),
        ("美国宣布提供5亿美元援助，包括6亿美元的武器", (5, 6)),
    ],
)
def test_parts_beyond_their_sum_are_an_error(news, text, amounts):
    ids = told(news, text, *amounts)
    (finding,) = news.findings(CHECK)
    assert finding.severity == "error" and "more than their total of 500,000,000 USD" in finding.message
    assert finding.one_side[0].event_id == ids[0]
    assert {each.event_id for each in finding.other_side} == set(ids[1:])


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("美国宣布提供5亿美元援助，其中3亿用于武器，2亿用于训练", (5, 3, 2)),
        ("美国宣布提供5亿美元援助，其中包括防空系统。此前曾提供6亿美元", (5, 6)),
        ("美国上月提供3亿美元。美国宣布提供5亿美元，其中4亿用于武器", (3, 5, 4)),
        ("美国宣布提供5亿美元和6亿美元两批援助", (5, 6)),
        ("美国宣布提供5亿美元，其中约六亿用于武器", (5, 6)),
    ],
)
def test_parts_within_their_sum_and_sums_beside_it_are_no_finding(news, text, amounts):
    told(news, text, *amounts)
    assert news.findings(CHECK) == []


def test_a_total_so_far_is_no_part_of_the_package_before_it(news):
    text = "美国宣布提供5亿美元援助，包括防空系统，使援助总额达到30亿美元"
    news.report(1, news.at(5), news.aid(5, text), news.aid(30, text, scope="cumulative"))
    assert news.findings(CHECK) == []


def test_sums_for_others_or_in_another_currency_are_not_parts(news):
    text = "美国宣布提供5亿美元援助，其中6亿给另一国"
    news.report(1, news.at(5), news.aid(5, text), news.aid(6, text, recipients=("MD",)))
    assert news.findings(CHECK) == []


@given(st.lists(st.integers(1, 50), min_size=1, max_size=4), st.integers(1, 99))
def test_parts_are_found_exactly_when_they_are_more(parts, total):
    text = f"提供{total}亿，其中" + "、".join(f"{part}亿" for part in parts) + "。"
    at = text.index("其中") + 2
    sums = [
        Sum(2, total, total, "total"),
        *(Sum(at + i, part, part, f"part{i}") for i, part in enumerate(parts)),
    ]
    assert bool(list(exceeding(text, sums, "USD"))) == (sum(parts) > total)
