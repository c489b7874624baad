"""Training the models that read sums: from records to cases, the same lessons give the same file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from extractors.kinds.aid_sums import MODELS
from extractors.linear import load
from extractors.sum_training import train_sums

GIVEN = [
    f"{donor}宣布向{recipient}提供{amount}万美元人道援助。"
    for donor, recipient in (("法国", "乍得"), ("日本", "斐济"), ("挪威", "苏丹"))
    for amount in (300, 400, 500)
]
TRADED = [
    f"{seller}公司去年出口额为{amount}万美元。"
    for seller in ("法国", "日本", "挪威")
    for amount in (300, 400)
]
CODES = {"法国": "FR", "日本": "JP", "挪威": "NO", "乍得": "TD", "斐济": "FJ", "苏丹": "SD"}


def record(text: str, **changed: Any) -> dict[str, Any]:
    amount = int("".join(char for char in text if char.isdigit())) * 10_000
    return {
        "kind": "aid_announcement",
        "evidence": [text.rstrip("。")],
        "claimed_by": None,
        "donors": [CODES[text[:2]]],
        "recipients": [CODES[text[5:7]]],
        "stage": "announced",
        "amount": {"value": amount, "currency": "USD", "qualifier": "exact"},
    } | changed


def lessons(article: Any, **changed: Any) -> list[Any]:
    given = [(article(text), [record(text, **changed)]) for text in GIVEN]
    return given + [(article(text), []) for text in TRADED]


def test_what_the_lessons_teach_is_learned_and_the_file_is_always_the_same(article, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        assert train_sums(lessons(article), tmp_path / name) == len(GIVEN) + len(TRADED)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    models = load(tmp_path / "a.json", MODELS)
    assert models["help"].weights["behind: 援助"] > 0
    assert models["recipient"].weights["left 向"] > 0 > models["donor"].weights["left 向"]


def test_sums_on_which_readers_may_differ_teach_nothing_of_what_is_help(article, tmp_path: Path) -> None:
    train_sums(lessons(article, optional=True), tmp_path / "a.json")
    weights = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["help"]
    assert "behind: 援助" not in weights
