"""Sums of one sentence with a receiver each, and what is said under a lead that announces."""

from __future__ import annotations

from typing import Any

import pytest


def told(extract: Any, text: str) -> list[tuple[tuple[str, ...], tuple[str, ...], int | None, str]]:
    events = extract(text, kind="aid_announcement")
    return [(e.donors, e.recipients, e.amount and e.amount.value, e.stage) for e in events]


@pytest.mark.parametrize(
    "text",
    [
        "美国政府4日宣布的这笔拨款中，60亿美元用于乌克兰，14亿美元用于以色列，9亿美元用于约旦。",
        "美国政府4日宣布向乌克兰提供60亿美元、向以色列提供14亿美元和向约旦提供9亿美元。",
    ],
)
def test_each_sum_goes_to_the_receiver_beside_it_and_no_receiver_gives(extract: Any, text: str) -> None:
    events = told(extract, text)
    assert [(donors, receivers) for donors, receivers, _, _ in events] == [
        (("US",), ("UA",)),
        (("US",), ("IL",)),
        (("US",), ("JO",)),
    ]
    assert [amount for _, _, amount, _ in events] == [6_000_000_000, 1_400_000_000, 900_000_000]


def test_a_sum_told_again_with_its_receiver_is_told_once(extract: Any) -> None:
    text = "美国4日宣布向乌克兰提供60亿美元，向以色列提供14亿美元。白宫说，其中60亿美元用于乌克兰，14亿美元用于以色列。"
    assert len(told(extract, text)) == 2


def test_what_is_said_under_a_lead_that_announces_is_announced(extract: Any) -> None:
    lead = "挪威首相斯特勒3日宣布增加对摩尔多瓦的援助。"
    assert told(extract, lead + "斯特勒表示，挪威将向摩尔多瓦提供3亿克朗。")[-1][3] == "announced"
    assert told(extract, lead + "斯特勒表示，挪威计划向摩尔多瓦提供3亿克朗。")[-1][3] == "planned"
