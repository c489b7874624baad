"""Stored articles read again: only those that need it, going on where it stopped, the facts brought up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import flows.run
import flows.steps
import warehouse
from flows.cli import cli
from flows.job import Steps
from flows.progress import Silent
from flows.reread import reprocess_plain, run_reprocess
from flows.run import run_ingest
from flows.settings import load_settings
from schemas import Article

pytestmark = pytest.mark.usefixtures("stub")
ArchiveFile = Callable[..., Path]
DATABASE = Path("data/shilu.duckdb")
COUNT = re.compile(r"击落了(\d+)架无人机")


@pytest.fixture
def loaded(archive_file: ArchiveFile, stub: Any) -> None:
    """Five articles in the warehouse, their files gone."""
    for number in range(5):
        body = "<p>故障，击落了7架无人机。</p>" if number == 3 else f"<p>击落了{number + 1}架无人机。</p>"
        archive_file(f"in/{number}.md", body=body)
    run_ingest([Path("in")], load_settings(), Silent())
    for path in Path("in").iterdir():
        path.unlink()


@pytest.fixture
def next_version(stub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later extractor, which bears all articles."""
    monkeypatch.setattr(flows.run.extractors, "version", lambda: "0.0.0+next")
    real = stub._event
    monkeypatch.setattr(
        stub,
        "extract",
        lambda self, article: [
            real(self, article, match).model_copy(update={"extractor_version": "0.0.0+next"})
            for match in COUNT.finditer(article.text)
        ],
    )


def rows(sql: str) -> list[tuple[Any, ...]]:
    with warehouse.open(DATABASE, read_only=True) as house:
        assert house.faults() == []
        return house.query(sql).rows


@pytest.mark.usefixtures("loaded")
def test_articles_that_this_version_read_are_not_read_again(stub: Any) -> None:
    before = stub.constructed
    run = reprocess_plain(load_settings())
    assert (run.job, run.status, run.inputs, run.changed) == ("reprocess", "succeeded", 0, 0)
    assert stub.constructed == before


@pytest.mark.usefixtures("loaded", "next_version")
def test_articles_of_an_older_version_are_read_without_their_files_and_facts_follow() -> None:
    assert rows("SELECT count(*) FROM attack_counts") == [(4,)]
    run = reprocess_plain(load_settings(batch_size=2))
    assert (run.inputs, run.changed, run.added, run.issues, run.events) == (5, 5, 0, 0, {"attack_count": 5})
    assert rows("SELECT DISTINCT extractor_version FROM attack_counts") == [("0.0.0+next",)]
    assert rows("SELECT count(*) FROM article") == [(5,)]  # no text has a new version
    assert rows("SELECT count(*) FROM fact_member") == [(5,)]
    assert reprocess_plain(load_settings()).inputs == 0


@pytest.mark.usefixtures("loaded", "next_version")
def test_cut_short_it_goes_on_where_it_was() -> None:
    loads = 0

    def load_once(*arguments: Any) -> flows.steps.Loaded:
        nonlocal loads
        loads += 1
        if loads == 2:
            raise KeyboardInterrupt
        return flows.steps.load(*arguments)

    with pytest.raises(KeyboardInterrupt):
        run_reprocess(load_settings(batch_size=2), Silent(), using=Steps(load=load_once))
    again = reprocess_plain(load_settings(batch_size=2))
    assert (again.inputs, again.changed) == (3, 3)
    assert rows("SELECT status FROM run ORDER BY started DESC, id") == [
        ("succeeded",),
        ("failed",),
        ("with_issues",),
    ]


@pytest.mark.usefixtures("loaded")
def test_an_article_that_was_corrected_meanwhile_is_not_put_back(
    archive_file: ArchiveFile, next_version: None
) -> None:
    def corrected_first(*arguments: Any) -> flows.steps.Loaded:
        archive_file("in/0.md", body="<p>击落了99架无人机。</p>")
        run_ingest([Path("in/0.md")], load_settings(), Silent())
        return flows.steps.load(*arguments)

    run = run_reprocess(load_settings(), Silent(), using=Steps(load=corrected_first)).run
    assert (run.inputs, run.changed, run.unchanged) == (5, 4, 1)
    assert rows("SELECT count FROM attack_counts ORDER BY 1 DESC LIMIT 2") == [(99,), (7,)]


@pytest.mark.usefixtures("loaded")
def test_failed_ones_are_read_again_by_the_same_version_until_they_succeed(
    stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = reprocess_plain(load_settings(), selection=warehouse.Selection("failed"))
    assert (run.inputs, run.changed, run.issues, run.status) == (1, 1, 1, "with_issues")
    with warehouse.open(DATABASE, read_only=True) as house:
        (issue,) = house.issues(run_id=run.id)
    assert issue["path"] == "https://news.example.org/3"
    real = stub._event

    def mended(self: Any, article: Article) -> Any:
        return [real(self, article, match) for match in COUNT.finditer(article.text)]

    monkeypatch.setattr(stub, "extract", mended)
    assert reprocess_plain(load_settings(), selection=warehouse.Selection("failed")).events == {
        "attack_count": 1
    }
    assert reprocess_plain(load_settings(), selection=warehouse.Selection("failed")).inputs == 0
    assert rows("SELECT count(*) FROM attack_counts") == [(5,)]


@pytest.mark.usefixtures("loaded")
def test_all_are_read_again_on_demand_and_nothing_changes() -> None:
    with warehouse.open(DATABASE, read_only=True) as house:
        before = house.content_hash()
        events = house.query("SELECT id, version, believed_from FROM event ORDER BY ALL").rows
    run = reprocess_plain(load_settings(batch_size=2), selection=warehouse.Selection("all"))
    assert (run.inputs, run.changed, run.issues) == (5, 5, 1)
    # The one that fails, fails in other words: it lies elsewhere now.
    with warehouse.open(DATABASE) as house:
        house.query("DELETE FROM issue WHERE path LIKE 'https:%'")
        assert house.content_hash() == before
        assert house.query("SELECT id, version, believed_from FROM event ORDER BY ALL").rows == events


@pytest.mark.usefixtures("loaded", "next_version")
@pytest.mark.parametrize(
    ("arguments", "read"),
    [(["--from", "2024-03-06"], 0), (["--from", "2024-03-05", "--to", "2024-03-05"], 5), (["--source", "local"], 0)],
)  # fmt: skip
def test_the_command_reads_what_is_chosen_by_day_or_source(arguments: list[str], read: int) -> None:
    Path("sources.toml").write_text(
        '[source.local]\ntype = "folder"\npaths = ["in"]\noutlet = "某社"\nlanguage = "zh"\ntime_zone = "UTC"\n'
        'trust = "none"\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(cli, ["reprocess", "--no-prefect", *arguments])
    assert result.exit_code == 0, result.output
    assert rows("SELECT inputs FROM run WHERE job = 'reprocess'") == [(read,)]


def test_a_source_that_is_not_named_in_the_file_is_refused_with_what_there_is() -> None:
    result = CliRunner().invoke(cli, ["reprocess", "--no-prefect", "--source", "locl"])
    assert result.exit_code == 1 and "has no source locl" in result.stderr


def test_without_a_warehouse_it_says_so_and_makes_none() -> None:
    result = CliRunner().invoke(cli, ["reprocess", "--no-prefect"])
    assert result.exit_code == 1 and "there is no warehouse yet" in result.stderr
    assert not DATABASE.exists()
    assert CliRunner().invoke(cli, ["reprocess", "--failed", "--all"]).exit_code == 2


@pytest.mark.usefixtures("loaded", "next_version")
def test_the_command_prints_the_figures_and_logs_each_step_on_demand() -> None:
    result = CliRunner().invoke(cli, ["reprocess", "--no-prefect", "--log-json"])
    assert result.exit_code == 0, result.stderr
    assert "read again by a new version" in result.stdout
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert [(line["event"], line.get("step")) for line in lines] == [
        ("run started", None),
        ("step done", "extract"),
        ("step done", "load"),
        ("step done", "resolve"),
        ("run finished", None),
        ("step done", "publish"),  # the snapshot holds the finished run
    ]
    assert len({line["run"] for line in lines}) == 1
    assert lines[2] | {"reread": 5, "issues": 0, "inputs": 5} == lines[2]
    assert lines[-2]["status"] == "succeeded" and lines[-2]["changed"] == 5
    assert all(line["time"].endswith("Z") and line["level"] == "info" for line in lines)


@pytest.mark.usefixtures("loaded")
def test_metrics_of_runs_can_be_asked_for_in_sql() -> None:
    ((job, read, seconds, extract, load, resolve, issues),) = rows(
        "SELECT job, articles_read, seconds, extract_seconds, load_seconds, resolve_seconds, issues FROM run_metrics"
    )
    assert (job, read, issues) == ("ingest", 5, 1)
    assert 0 < extract + load + resolve <= seconds
    assert rows("SELECT articles_per_second = articles_read / seconds FROM run_metrics") == [(True,)]
    assert rows("SELECT code, issues FROM run_issues") == [("extraction_failed", 1)]


def test_a_run_that_fails_logs_why(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    Path("data/shilu.duckdb").mkdir(parents=True)
    result = CliRunner().invoke(cli, ["run", "in", "--no-prefect", "--log-json"])
    assert result.exit_code == 1
    assert "Error: " in result.stderr


def test_nothing_is_logged_unless_asked_for(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    assert CliRunner().invoke(cli, ["run", "in", "--no-prefect"]).stderr == ""
