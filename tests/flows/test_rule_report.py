"""`shilu rules`: every rule with what it finds and how much of that is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractors import Extractor
from flows.cli import cli
from flows.rule_report import rule_report

TEXT = "乌克兰空军5日说，防空部队击落了12架俄罗斯无人机。另有3架无人机失踪。"
RECORD = {
    "kind": "attack_count", "evidence": ["防空部队击落了12架俄罗斯无人机"], "claimed_by": "乌克兰空军", "modality": "asserted",
    "when": {"start": "2025-03-05", "end": "2025-03-05", "precision": "day"}, "attacker": "RU", "target": "UA",
    "weapon": "drone", "outcome": "intercepted", "count": {"value": 12, "qualifier": "exact"}, "places": [], "breakdown": [],
}  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    articles, gold = tmp_path / "articles.jsonl", tmp_path / "gold.jsonl"
    article = {"id": "a", "title": "战报", "text": TEXT, "published": "2025-03-05T12:00:00+00:00"}
    articles.write_text(json.dumps(article), encoding="utf-8")
    gold.write_text(json.dumps({"id": "a", "records": [RECORD]}), encoding="utf-8")
    return articles, gold


def test_every_rule_has_an_account(files: tuple[Path, Path]) -> None:
    accounts = {each.rule: each for each in rule_report([files])}
    assert set(Extractor().rules()) <= set(accounts)
    found = [each for each in accounts.values() if each.events]
    assert sum(each.events for each in found) == 2 and sum(each.right for each in found) == 1
    assert all(each.matches >= 1 for each in found)
    assert any(each.matches == 0 for each in accounts.values())


def test_the_report_can_be_narrowed_to_a_kind_and_printed_for_programs(files: tuple[Path, Path]) -> None:
    result = CliRunner().invoke(
        cli, ["rules", "--report", *map(str, files), "--kind", "attack_count", "--format", "json"]
    )
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert {row["rule"].split("/")[0] for row in rows} == {"attack_count"}
    assert sum(row["right"] for row in rows) == 1
