"""Days within statements: they count from the day on which the statement was made."""

from __future__ import annotations

import pytest

from tests.extractors.asking import dated, day


# All published on Tuesday, 4 March 2025.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美国国务院发言人布鲁斯2月26日说，两国代表将于周四会谈。", "2025-02-27"),
        ("2月26日，美国国务院发言人布鲁斯说，两国代表将于周四会谈。", "2025-02-27"),
        ("克里姆林宫2月26日表示，双方将于27日会谈。", "2025-02-27"),
        ("据美国之音2月26日报道，停火仍未实现。白宫发言人表示，双方将于周四会谈。", "2025-02-27"),
        ("据美国之音2月26日報導，雙方定於周四會談。", "2025-02-27"),
        ("挪威首相斯特勒3日在奥斯陆说：“我们明天会谈。”", "2025-03-04"),
        ("路透社2月26日报道了停火。3月1日，加沙恢复平静。双方将于周四会谈。", "2025-03-06"),
        ("白宫3日表示，双方明天会谈。", "2025-03-05"),
        ("美国国务院发言人布鲁斯3日说，两国代表将于周四会谈。", "2025-03-06"),
    ],
)
def test_a_planned_day_follows_the_day_of_the_statement(read, text, expected):
    assert dated(read(text), "會談" if "會談" in text else "会谈", future=True) == day(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("据路透社2月26日报道，一座桥梁周五被毁。", "2025-02-21"),
        ("法国总统马克龙3日说：“昨天那座桥梁被毁。”", "2025-03-02"),
        ("国家主席习近平3日同法国总统马克龙会谈。习近平指出，我高兴地看到昨天桥梁被毁。", "2025-03-02"),
        ("法国总统马克龙3日说，桥梁昨天被毁。", "2025-03-03"),
        ("法国总统马克龙去年3月说：“昨天那座桥梁被毁。”", "2025-03-03"),
        ("据路透社3日报道，一座桥梁周五被毁。", "2025-02-28"),
    ],
)
def test_a_past_day_lies_before_the_day_of_the_statement(read, text, expected):
    assert dated(read(text), "被毁") == day(expected)


def test_a_planned_day_that_has_passed_is_what_the_passage_is_about_then(read):
    text = "美国国务院2月26日表示，布林肯将于28日到访。布林肯抵达后，一座桥梁被毁。"
    assert dated(read(text), "被毁") == day("2025-02-28")
