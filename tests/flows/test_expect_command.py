"""Expectations of sources after a run, by `shilu expect` and in `shilu status`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli
from flows.expecting import expectations_of
from flows.gather import load_sources

SOURCE = (
    '[source.files]\ntype = "folder"\npaths = ["in"]\noutlet = "某社"\nlanguage = "zh"\n'
    'time_zone = "Asia/Shanghai"\ntrust = "none"\n'
)
EXPECT = "[source.files.expect]\n"


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def expecting(words: str) -> None:
    Path("sources.toml").write_text(f"{SOURCE}{EXPECT}{words}\n", encoding="utf-8")


@pytest.fixture
def files(archive_file: Callable[..., Path], stub: Any) -> None:
    """A folder of two articles."""
    archive_file("in/a.md")
    archive_file("in/b.md")


def test_everything_that_a_source_may_expect_is_checked() -> None:
    expecting(
        "least_articles_per_day = 1\nmost_articles_per_day = 9\nmost_issues_per_day = 0\n"
        'kinds_within_days = { meeting = 3, attack_count = 2 }\non_breach = "fail"'
    )
    source = load_sources(Path("sources.toml"))["files"]
    found = expectations_of(source)
    assert [(each.name, each.end, each.bound, each.days) for each in found] == [
        ("least_articles_per_day", "least", 1, 1),
        ("most_articles_per_day", "most", 9, 1),
        ("most_issues_per_day", "most", 0, 1),
        ("kinds_within_days.attack_count", "least", 1, 2),
        ("kinds_within_days.meeting", "least", 1, 3),
    ]
    assert {each.on_breach for each in found} == {"fail"}
    # None left out: each key of the table but the last is the beginning of a name.
    keys = set(type(source.expect).model_fields) - {"on_breach"}
    assert keys == {each.name.partition(".")[0] for each in found}


def test_a_breach_that_warns_is_told_and_one_that_fails_ends_with_4(files: None) -> None:
    expecting("most_articles_per_day = 1")
    run = shilu("run", "--no-prefect", "--source", "files")
    assert run.exit_code == 0, run.output
    assert "expectation most_articles_per_day broken: source files: 2 new articles" in run.stderr
    expecting('most_articles_per_day = 1\non_breach = "fail"')
    run = shilu("run", "--no-prefect", "--source", "files")
    assert (run.exit_code, run.stdout.count("unchanged")) == (4, 1), run.output
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [each.status for each in house.runs()] == ["succeeded", "succeeded"]
        (checked,) = house.expectations()
        assert house.query("SELECT run_id FROM breaches JOIN expectation USING (source, since)").rows == [
            (house.runs(1)[0].id,)
        ]
    assert checked.on_breach == "fail"


def test_a_breach_is_logged_as_a_line_of_json(files: None) -> None:
    expecting("most_articles_per_day = 1")
    run = shilu("run", "--no-prefect", "--log-json", "--source", "files")
    lines = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
    (told,) = [line for line in lines if line["event"] == "expectation broken"]
    assert (told["level"], told["source"], told["found"], told["bound"]) == ("warning", "files", 2, 1)


def test_the_command_checks_without_a_run_and_status_shows_what_it_found(files: None) -> None:
    expecting("")
    assert shilu("run", "--no-prefect", "--source", "files").exit_code == 0
    assert "broken" not in shilu("status").stdout
    expecting("most_articles_per_day = 1\nleast_articles_per_day = 5")
    result = shilu("expect", "--format", "json")
    assert result.exit_code == 0, result.output
    floor, ceiling = json.loads(result.stdout)
    assert (floor["outcome"], ceiling["outcome"], ceiling["found"]) == ("too_early", "broken", 2)
    assert "1 of 2 expectations in sources.toml are broken" in result.stderr
    assert "broken: files most_articles_per_day" in shilu("status").stdout
    expecting('most_articles_per_day = 1\non_breach = "fail"')
    assert shilu("expect", "files").exit_code == 4
    expecting("most_articles_per_day = 2")
    assert shilu("expect").exit_code == 0
    assert "broken" not in shilu("status").stdout


def test_a_check_makes_no_warehouse(stub: Any) -> None:
    expecting("most_articles_per_day = 1")
    result = shilu("expect")
    assert result.exit_code == 1 and "there is no warehouse yet" in result.stderr
    assert not Path("data/shilu.duckdb").exists()
    assert "has no source file; did you mean files?" in shilu("run", "--source", "file").stderr
