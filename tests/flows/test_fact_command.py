"""`shilu fact`: who says what, why it is one fact, and what was known when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli

ArchiveFile = Callable[..., Path]


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


@pytest.fixture
def fact_id(archive_file: ArchiveFile, stub: Any) -> str:
    """The id of the one fact of a warehouse with one article."""
    archive_file("in/a.md", body="<p>国防部5日说，击落了12架无人机。</p>")
    assert shilu("run", "in", "--no-prefect").exit_code == 0
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        ((found,),) = house.query("SELECT fact_id FROM facts").rows
    return str(found)


def test_a_fact_is_shown_with_claims_members_and_history(fact_id: str) -> None:
    shown = shilu("fact", fact_id[:6])
    assert shown.exit_code == 0, shown.output
    assert f"attack_count fact {fact_id}: single" in shown.stdout
    assert "12 [12, 12]" in shown.stdout
    for heading in ("Who says so", "Events in it", "What was known when"):
        assert heading in shown.stdout
    assert "first of its fact" in shown.stdout and "击落了12架无人机" in shown.stdout


def test_a_run_says_how_many_facts_the_warehouse_holds(fact_id: str) -> None:
    again = shilu("run", "in", "--no-prefect")
    assert any(line.split() == ["facts", "in", "the", "warehouse", "1"] for line in again.stdout.splitlines())


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("zzzz", "no fact zzzz; list ids with: shilu sql"),
        ("", "is too short; give at least 4 characters of it"),
    ],
)
def test_an_unknown_or_short_id_is_refused_with_the_remedy(fact_id: str, wanted: str, words: str) -> None:
    refused = shilu("fact", wanted)
    assert refused.exit_code == 1
    assert words in refused.stderr
