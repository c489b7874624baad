"""`shilu sources`, `shilu fetch` and `shilu run --source`: what is printed where, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli

COMMON = 'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Asia/Shanghai"\ntrust = "none"\n'


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def write_sources(web: Any, extra: str = "") -> None:
    Path("sources.toml").write_text(
        f'[source.rss]\ntype = "feed"\naddresses = ["{web.url("/rss")}"]\nfull_text = true\nallow_private = true\n{COMMON}'
        f'[source.files]\ntype = "folder"\npaths = ["in"]\nschedule = "0 * * * *"\n{COMMON}{extra}',
        encoding="utf-8",
    )


@pytest.fixture
def sources(web: Any, archive_file: Callable[..., Path], stub: Any) -> Any:
    """A feed of one whole article and a folder of one."""
    archive_file("in/a.md")
    web.routes["/rss"] = (
        "<rss version='2.0'><channel><title>某社</title><item><title>战报</title><link>https://example.org/1</link>"
        "<pubDate>Mon, 03 Mar 2025 02:00:00 GMT</pubDate><description>击落了3架无人机。</description></item></channel></rss>"
    ).encode()
    write_sources(web)
    return web


def test_sources_are_listed_with_what_would_be_asked_and_nothing_is(sources: Any) -> None:
    result = shilu("sources", "--format", "json")
    assert result.exit_code == 0, result.output
    feed, files = json.loads(result.stdout)
    assert (feed["source"], feed["network"], feed["asks"]) == ("rss", "yes", sources.url("/rss"))
    assert (files["network"], files["asks"], files["schedule"]) == ("no", "in", "0 * * * *")
    assert feed["schedule"] == "by hand"
    assert "2 sources in sources.toml" in result.stderr and "SHILU_CONTACT" in result.stderr
    assert sources.asked == []
    assert "SHILU_CONTACT" not in shilu("sources", "files").stderr


def test_a_faulty_file_ends_with_one_line_and_status_1(sources: Any) -> None:
    write_sources(sources, "pathz = []\n")
    for command in (["sources"], ["run", "--source", "files"], ["fetch", "rss"]):
        result = shilu(*command)
        assert result.exit_code == 1
        assert "source.files: pathz is no key; did you mean paths?" in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
    write_sources(sources)
    assert "has no source file; did you mean files?" in shilu("fetch", "file").stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "--source NAME"),
        (["run", "in", "--source", "files"], "either PATH or --source"),
        (["run", "in", "--again"], "--again goes with"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told(arguments: list[str], words: str, sources: Any) -> None:
    result = shilu(*arguments)
    assert result.exit_code == 2 and words in result.stderr


def test_what_is_fetched_is_read_by_the_run_of_the_source(sources: Any) -> None:
    fetched = shilu("fetch", "rss")
    assert (fetched.exit_code, fetched.stdout) == (0, "rss: 1 asked, 1 received, 1 to be read\n"), (
        fetched.output
    )
    run = shilu("run", "--no-prefect", "--source", "rss", "--source", "files")
    assert run.exit_code == 0, run.output
    assert run.stdout.count("attack_count") == 2
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [(each.source, each.added) for each in house.runs()] == [("files", 1), ("rss", 1), ("rss", 0)]
    assert "type folder: nothing of it is fetched" in shilu("fetch", "files").stderr


def test_asks_that_fail_end_with_status_3(sources: Any) -> None:
    sources.routes["/rss"] = lambda handler: sources.answer(handler, b"", status=404)
    result = shilu("fetch", "rss")
    assert result.exit_code == 3 and "1 issues: shilu issues --run" in result.stderr
    told = shilu("issues")
    assert "http_status" in told.stdout and "404" in told.stdout and sources.url("/rss") in told.stdout


@pytest.mark.parametrize("arguments", [["issues"], ["runs"]])
def test_old_commands_show_runs_of_sources(arguments: list[str], sources: Any) -> None:
    shilu("run", "--no-prefect", "--source", "files")
    assert shilu(*arguments).exit_code == 0
