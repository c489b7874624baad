"""The command line: what is printed where, and the exit status."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli
from flows.cli.group import COMMANDS

ArchiveFile = Callable[..., Path]
CHECKOUT = Path(__file__).parents[2]


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def in_process(*arguments: str, **how: Any) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)} | how.pop("env", {})
    command = [sys.executable, "-m", "flows", *arguments]
    return subprocess.Popen(
        command, stdout=-1, stderr=-1, text=True, encoding="utf-8", env=environment, **how
    )


@pytest.fixture
def loaded(archive_file: ArchiveFile, stub: Any) -> str:
    """A warehouse of two articles and an issue; the beginning of an event's id."""
    archive_file("in/a.md", body="<p>国防部5日说，击落了12架无人机。</p><p>无人伤亡。</p>")
    archive_file("in/b.md", body="<p>国防部说，击落了7架无人机。</p>")
    Path("in/c.md").write_text("")
    assert shilu("run", "in", "--no-prefect").exit_code == 3
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        return str(house.query("SELECT event_id FROM attack_counts WHERE count = 12").rows[0][0])[:6]


def test_every_command_has_help_that_ends_with_an_example() -> None:
    assert "Example: shilu run" in shilu("--help").output.split("\n\n")[-1]
    for name in COMMANDS:
        result = shilu(name, "--help")
        assert result.exit_code == 0
        assert f"Example: shilu {name}" in " ".join(result.output.split("\n\n")[-1].split())


def test_run_prints_every_figure_and_tells_of_issues(archive_file: ArchiveFile, stub: Any) -> None:
    archive_file("in/a.md")
    Path("in/x.csv").write_text("1")
    result = shilu("run", "in", "--no-prefect", "--database", "w.duckdb")
    assert result.exit_code == 0, result.output
    figures = dict(line.split(None, 1) for line in result.stdout.splitlines()[2:] if " " in line.strip())
    assert figures["inputs"].strip() == "1" and figures["added"].strip() == "1"
    assert "attack_count" in figures["events:"]
    assert "1 (.csv 1)" in result.stdout
    Path("in/b.md").write_text("")
    result = shilu("run", "in", "--no-prefect", "--database", "w.duckdb")
    assert result.exit_code == 3
    assert "1 issues: shilu issues --run 20" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "nowhere", "--no-prefect"], "'nowhere' does not exist"),
        (["run"], "Missing argument"),
        (["run", "in", "--workers", "0"], "--workers"),
        (["extract", "nowhere"], "'nowhere' does not exist"),
        (["extract", "in", "--kind", "meting"], "did you mean meeting?"),
        (["try", "strikes", "击落"], "did you mean strike?"),
        (["try", "strike", " "], "the sentence is empty"),
        (["sql", "SELECT 1", "--format", "xml"], "xml"),
        (["runn"], "No such command"),
    ],
)
def test_wrong_usage_ends_with_status_2(arguments: list[str], words: str) -> None:
    Path("in").mkdir()
    result = shilu(*arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_failures_end_with_one_line_and_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in").mkdir()
    for arguments in (["sql", "SELECT 1"], ["status"], ["runs"], ["issues"], ["show", "abcd"]):
        result = shilu(*arguments)
        assert result.exit_code == 1
        assert result.stderr.startswith("Error: ") and "shilu run" in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1
    monkeypatch.setenv("SHILU_DEBUG", "1")
    assert isinstance(shilu("status").exception, warehouse.WarehouseMissing)
    monkeypatch.setenv("SHILU_DEBUG", "0")
    monkeypatch.setenv("SHILU_WORKERZ", "2")
    assert "did you mean SHILU_WORKERS?" in shilu("status").stderr


def test_extract_prints_one_record_a_line_under_the_id_of_the_source(stub: Any) -> None:
    fields = {"id": "n-1", "source": "某社", "title": "战报", "published": "2024-03-05T08:00:00Z"}
    text = "国防部说，击落了12架无人机。\r\n另外击落了3架无人机。"
    Path("a.jsonl").write_text(json.dumps(fields | {"text": text}) + "\n{\n")
    result = shilu("extract", "a.jsonl")
    assert result.exit_code == 3
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(r["article_id"], r["kind"], r["count"]["value"]) for r in records] == [
        ("n-1", "attack_count", 12),
        ("n-1", "attack_count", 3),
    ]
    assert all(r["evidence"][0]["text"] in text for r in records)
    assert "a.jsonl:2: malformed: not JSON" in result.stderr
    assert not Path("data").exists()


def test_extract_writes_a_file_whole_or_not_at_all(archive_file: ArchiveFile, stub: Any) -> None:
    archive_file("in/a.md")
    assert shilu("extract", "in", "--output", "out.jsonl").exit_code == 0
    assert len(Path("out.jsonl").read_text().splitlines()) == 1
    assert shilu("extract", "in", "--output", "missing/out.jsonl").exit_code == 1
    assert sorted(path.name for path in Path().iterdir()) == ["in", "out.jsonl"]


def test_extract_chooses_a_kind_and_shows_a_table(archive_file: ArchiveFile, stub: Any) -> None:
    archive_file("in/a.md")
    assert shilu("extract", "in", "--kind", "meeting").stdout == ""
    table = shilu("extract", "in", "--format", "table").stdout
    assert "count 12" in table and "击落了12架无人机" in table


def test_extract_goes_on_after_an_article_that_breaks_the_extractor(
    archive_file: ArchiveFile, stub: Any
) -> None:
    archive_file("in/a.md", body="<p>故障。</p>")
    archive_file("in/b.md")
    result = shilu("extract", "in")
    assert result.exit_code == 3 and len(result.stdout.splitlines()) == 1
    assert "in/a.md: extraction_failed: ValueError" in result.stderr


def test_try_shows_rule_slots_and_event(stub: Any) -> None:
    result = shilu("try", "attack_count", "防空部队击落了12架无人机。", "--published", "2024-03-05")
    assert result.exit_code == 0
    for words in ("stub: 击落了{count}架无人机", "count = 12", "weapon drone", "count 12"):
        assert words in result.stdout
    result = shilu("try", "meeting", "防空部队击落了12架无人机。")
    assert (result.exit_code, result.stdout) == (1, "no event of kind meeting\n")


def test_show_marks_the_evidence_in_its_paragraph(loaded: str) -> None:
    result = shilu("show", loaded)
    assert result.exit_code == 0
    assert "国防部5日说，【击落了12架无人机】。" in result.stdout
    assert "防空部队击落12架无人机" in result.stdout and "https://news.example.org/a" in result.stdout
    assert "无人伤亡" not in result.stdout
    missing = shilu("show", "ffffffff")
    assert missing.exit_code == 1 and "no event ffffffff" in missing.stderr


def test_sql_answers_as_table_csv_and_json(loaded: str) -> None:
    query = "SELECT count, evidence, NULL AS nothing FROM attack_counts ORDER BY count"
    assert "击落了12架无人机" in shilu("sql", query).stdout
    rows = list(csv.DictReader(shilu("sql", query, "--format", "csv").stdout.splitlines()))
    assert [row["count"] for row in rows] == ["7", "12"] and rows[0]["nothing"] == ""
    records = json.loads(shilu("sql", query, "--format", "json").stdout)
    assert [record["count"] for record in records] == [7, 12] and records[0]["nothing"] is None
    limited = shilu("sql", query, "--format", "csv", "--limit", "1")
    assert len(limited.stdout.splitlines()) == 2 and "1 of 2 rows" in limited.stderr


def test_json_keeps_columns_of_one_name_apart_and_is_valid(loaded: str) -> None:
    query = "SELECT 1 AS a, 2 AS a, 3 AS a_1, 'NaN'::DOUBLE AS n, [1.5, 'inf'::DOUBLE] AS l"
    out = shilu("sql", query, "--format", "json").stdout

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    (record,) = json.loads(out, parse_constant=refuse)
    assert record == {"a": 1, "a_1": 2, "a_1_1": 3, "n": None, "l": [1.5, None]}


@pytest.mark.parametrize("query", ["", "  ", ";", "/* nothing */"])
def test_a_query_that_says_nothing_is_refused(loaded: str, query: str) -> None:
    result = shilu("sql", query)
    assert result.exit_code == 1
    assert "the query is empty" in result.stderr


def test_sql_can_neither_write_nor_read_files(loaded: str) -> None:
    for query in ("DELETE FROM article", "COPY article TO 'x.csv'", "SELECT * FROM read_text('in/a.md')"):
        result = shilu("sql", query)
        assert result.exit_code == 1, query
        assert result.stderr.startswith("Error: ")
    assert "attack_counts" in shilu("sql", "SELECT * FROM attack_coun").stderr


def test_issues_runs_and_status_list_what_happened(loaded: str) -> None:
    (issue,) = json.loads(shilu("issues", "--format", "json").stdout)
    assert (issue["path"], issue["code"]) == ("in/c.md", "empty")
    assert json.loads(shilu("issues", "--run", "none", "--format", "json").stdout) == []
    assert json.loads(shilu("issues", "--run", issue["run_id"], "--format", "json").stdout) == [issue]
    (run,) = json.loads(shilu("runs", "--format", "json").stdout)
    assert (run["id"], run["status"], run["added"], run["events"]) == (issue["run_id"], "with_issues", 2, 2)
    counts = {row["what"]: row["value"] for row in json.loads(shilu("status", "--format", "json").stdout)}
    assert (counts["articles"], counts["attack_count"], counts["issues"], counts["runs"]) == (2, 2, 1, 1)


def test_schema_prints_json_schema() -> None:
    schema = json.loads(shilu("schema").stdout)
    assert schema["$schema"].startswith("https://json-schema.org/") and "Meeting" in schema["$defs"]


def test_a_reader_that_has_enough_ends_the_listing_quietly(loaded: str) -> None:
    listing = in_process("sql", "SELECT range, repeat('长', 100) FROM range(20000)", "--format", "csv")
    assert listing.stdout is not None and listing.stderr is not None
    assert listing.stdout.readline() == "range,\"repeat('长', 100)\"\n"
    listing.stdout.close()
    assert listing.stderr.read() == ""
    assert listing.wait() == 1


def test_who_waited_in_vain_is_told_how_to_wait_longer(loaded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHILU_LOCK_WAIT_SECONDS", "0")
    with warehouse.open(Path("data/shilu.duckdb")):
        result = shilu("run", "in", "--no-prefect")
    assert result.exit_code == 1
    assert "in use by another" in result.stderr and "SHILU_LOCK_WAIT_SECONDS" in result.stderr


def test_output_is_utf8_in_any_locale(loaded: str) -> None:
    environment = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    out, err = in_process("sql", "SELECT '实录' AS 名", "--format", "csv", env=environment).communicate()
    assert (out, err) == ("名\n实录\n", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_recorded_as_failed_and_says_how_to_go_on(
    archive_file: ArchiveFile, number: signal.Signals
) -> None:
    for i in range(3):
        archive_file(f"in/{i}.md")
    # An extractor that takes its time, in the place of the real one.
    slow = Path("slow")
    slow.mkdir()
    (slow / "extractors.py").write_text(
        "import pathlib, time\n"
        "def version(): return 'slow'\n"
        "class Extractor:\n"
        "    def extract(self, article): return []\n"
        "    def extract_many(self, articles):\n"
        "        pathlib.Path('started').touch()\n"
        "        time.sleep(60)\n"
        "        return iter(())\n"
    )
    run = in_process("run", "in", "--no-prefect", env={"PYTHONPATH": f"{slow.resolve()}:{CHECKOUT}"})
    deadline = time.monotonic() + 60
    while not Path("started").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    run.send_signal(number)
    _, err = run.communicate(timeout=30)
    assert run.returncode == 1
    assert "Error: interrupted; what was loaded so far is whole" in err and "Traceback" not in err
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [recorded.status for recorded in house.runs()] == ["failed"]
