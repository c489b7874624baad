"""Messages of findings: one catalogue, both languages, made of a code and figures."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import warehouse
from schemas.values import StrikeWeapon
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import catalogue, code, interval, share, told

AUDIT = Path(warehouse.__file__).parent / "audit"


def test_every_word_is_there_in_both_languages_with_the_same_gaps() -> None:
    for section, words in catalogue().items():
        for name, word in words.items():
            gaps = [sorted(re.findall(r"\{(\w+)\}", word[language])) for language in ("en", "zh")]
            assert gaps[0] == gaps[1], f"{section}.{name}"


def test_the_checks_and_the_catalogue_have_the_same_codes() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in AUDIT.glob("*.py"))
    made = {f"lost{how}_in_{where}" for how in ("", "_together") for where in ("texts", "one_text")}
    for name in catalogue()["message"]:
        assert name in made or f'"{name}"' in sources, f"no check says {name}"
    assert set(get_args(StrikeWeapon)) <= set(catalogue()["weapon"])


@pytest.mark.parametrize(
    ("suspicion", "english", "chinese"),
    [
        (
            Suspicion(
                "error", "parts_exceed_count",
                {"parts": [{"name": "第0州", "value": 30}, {"name": "drone", "value": 12}], "sum": 42,
                 "total": interval(None, 40)}, ("a",),
            ),
            "the parts (第0州 30, drone 12) add up to 42, more than the total of at most 40",
            "各部分（第0州30、无人机12）合计42，多于总数至多40",
        ),
        (
            Suspicion(
                "warning", "lost_together_in_texts",
                {"speaker": "空军", "texts": 2, "lost": [{"outcome": "intercepted", "value": 60},
                 {"outcome": "hit", "value": 3}], "sum": 63, "launched": 50, "weapon": "drone"}, ("a",),
            ),
            "空军 in 2 texts: 60 shot down and 3 that hit, together 63, of only 50 launched (drone)",
            "空军在2篇文章中：击落60、命中3，合计63，而发射的只有50（无人机）",
        ),
        (
            Suspicion(
                "warning", "says_otherwise",
                {"speaker": None, "about": "attacker", "before": code("side", "RU"), "now": code("side", "UA")}, ("a",),
            ),
            "an article: attacker RU, then UA",
            "文章本身：袭击者先为RU，后为UA",
        ),
        (
            Suspicion(
                "notice", "says_otherwise",
                {"speaker": "国防部", "about": "amount", "before": interval(3.3e9, 3.3e9, "USD"),
                 "now": interval(3.466e9, None, "USD")}, ("a",),
            ),
            "国防部: amount 3,300,000,000 USD, then at least 3,466,000,000 USD",
            "国防部：金额先为33亿 USD，后为至少34.66亿 USD",
        ),
    ],
)  # fmt: skip
def test_a_message_is_made_of_its_parts_in_either_language(
    suspicion: Suspicion, english: str, chinese: str
) -> None:
    assert suspicion.message == english
    parts = json.loads(suspicion.parts)
    assert told(parts["code"], parts["figures"], "zh") == chinese


def test_sides_are_named_by_who_asks_and_shares_are_percentages() -> None:
    figures = {
        "speaker": "军方",
        "about": "attacker",
        "before": code("side", "RU"),
        "now": code("side", "UA"),
    }
    names = {"RU": "俄罗斯", "UA": "乌克兰"}
    assert told("says_otherwise", figures, "zh", names.__getitem__) == "军方：袭击者先为俄罗斯，后为乌克兰"
    assert told("days_miss_total", {
        "outcome": "launched", "weapon": "drone", "days": 7, "sum": 210.5, "total": interval(300, 300),
        "first": "2026-03-01", "last": "2026-03-07",
    }) == (
        "launched (drone): the counts of all 7 days add up to 210.5, less than the 300 of 2026-03-01 to 2026-03-07"
    )  # fmt: skip
    assert share(0.614)["share_of_one"] == 0.614


@given(st.floats(min_value=0, max_value=1e13, allow_nan=False), st.sampled_from(["en", "zh"]))
def test_a_number_is_never_put_as_another(value: float, language: str) -> None:
    figures = {"speaker": "x", "about": "amount", "before": interval(value, value), "now": interval(1, 1)}
    words = told("says_otherwise", figures, language)  # type: ignore[arg-type]
    found = re.search(r"(?:amount |先为)([\d,.]+)(亿|万)?", words)
    assert found
    size = {"亿": 1e8, "万": 1e4, None: 1}[found[2]]
    assert float(found[1].replace(",", "")) * size == pytest.approx(value, abs=0.051)
