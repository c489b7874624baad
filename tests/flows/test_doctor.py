"""The doctor: every illness that can be made here is found, named, and has its remedy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner

import flows.checkup
import warehouse
from flows.cli import cli
from flows.run import ingest_plain
from flows.settings import load_settings
from warehouse import examination

pytestmark = pytest.mark.usefixtures("stub")
DATABASE = Path("data/shilu.duckdb")


@pytest.fixture
def loaded(archive_file: Callable[..., Path], stub: Any) -> None:
    for number in range(40):
        archive_file(f"in/{number}.md", body=f"<p>国防部说，击落了{number}架无人机。</p>")
    ingest_plain([Path("in")], load_settings())


def doctor(*options: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Exit status, and what was found by what was looked at."""
    result = CliRunner().invoke(cli, ["doctor", "--no-models", "--format", "json", *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    found = json.loads(result.stdout)
    for each in found:
        assert each["state"] == "ok" or each["what to do"], each
    return result.exit_code, {each["looked at"]: each for each in found}


@pytest.mark.usefixtures("loaded")
def test_a_sound_warehouse_is_well_in_every_respect() -> None:
    status, found = doctor()
    assert status == 0
    assert {each["state"] for each in found.values()} == {"ok"}
    assert list(found) == [
        "settings", "folder", "disk", "lock", "leftovers", "file", "log", "migrations", "runs", "content",
    ]  # fmt: skip
    assert found["content"]["found"].startswith("40 articles")


def test_before_the_first_run_there_is_nothing_wrong() -> None:
    status, found = doctor()
    assert status == 0
    assert found["file"]["state"] == "warning" and "shilu run" in found["file"]["what to do"]
    assert not Path("data").exists()


def test_a_misspelt_setting_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHILU_WORKRES", "2")
    status, found = doctor()
    assert status == 4
    assert "did you mean SHILU_WORKERS?" in found["settings"]["found"]


@pytest.mark.usefixtures("loaded")
def test_a_corrupt_file_is_a_fault_and_the_copy_is_named_as_the_remedy() -> None:
    whole = DATABASE.read_bytes()
    DATABASE.write_bytes(whole[:5000])
    status, found = doctor()
    assert status == 4
    assert "shilu restore" in found["database"]["what to do"]
    DATABASE.write_bytes(b"\0" * len(whole))
    assert doctor()[0] == 4
    damaged = bytearray(whole)
    for place in range(300_000, len(whole) - 300_000, 50_000):
        damaged[place : place + 64] = b"\xff" * 64
    DATABASE.write_bytes(damaged)
    status, found = doctor()
    assert status == 4
    assert "shilu restore" in found["database"]["what to do"]
    DATABASE.write_bytes(whole)
    assert doctor()[0] == 0


def test_a_foreign_database_is_a_fault() -> None:
    DATABASE.parent.mkdir()
    with duckdb.connect(str(DATABASE)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    status, found = doctor()
    assert status == 4
    assert "not a Shilu warehouse" in found["migrations"]["found"]


@pytest.mark.usefixtures("loaded")
def test_the_traces_of_a_killed_writer_are_told_with_its_process_and_are_no_fault() -> None:
    script = (
        "import os, sys, warehouse\n"
        "from pathlib import Path\n"
        "from schemas import Run\n"
        "house = warehouse.open(Path('data/shilu.duckdb'))\n"
        "run = Run.model_validate({'id': 'killed', 'started': '2999-01-01T00:00:00Z', 'extractor_version': 'v',\n"
        "    'process': warehouse.this_process()})\n"
        "house.record_run(run)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    writer = subprocess.Popen([sys.executable, "-c", script], env=environment)
    writer.wait()
    status, found = doctor()
    assert status == 0
    assert f"process {writer.pid} " in found["lock"]["found"] and "was killed" in found["lock"]["found"]
    assert found["log"]["state"] == "warning" and "shilu.duckdb.wal" in found["log"]["found"]
    assert found["runs"]["found"] == "killed: killed"
    ingest_plain([Path("in")], load_settings())
    assert {each["state"] for name, each in doctor()[1].items() if name != "runs"} == {"ok"}
    with warehouse.open(DATABASE, read_only=True) as house:
        assert {run.id: run.status for run in house.runs()}["killed"] == "killed"


@pytest.mark.usefixtures("loaded")
def test_evidence_that_its_article_does_not_have_is_a_fault_with_the_ids() -> None:
    with duckdb.connect(str(DATABASE)) as connection:
        connection.execute('UPDATE article SET "text" = \'完\' || "text"')
    status, found = doctor()
    assert status == 4
    assert found["content"]["found"].startswith("evidence that its article does not have: ")
    assert "and 35 more" in found["content"]["found"]


@pytest.mark.usefixtures("loaded")
def test_a_writer_at_work_keeps_the_doctor_out_and_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.checkup, "WAIT_SECONDS", 0.0)
    with warehouse.open(DATABASE):
        status, found = doctor()
    assert status == 0
    assert "this very process" in found["lock"]["found"]
    assert "in use by another" in found["database"]["found"]


@pytest.mark.usefixtures("loaded")
def test_a_disk_that_is_nearly_full_and_leftovers_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "LEAST_ROOM", 2**60)
    DATABASE.with_name("shilu.duckdb.part").write_bytes(b"half")
    status, found = doctor()
    assert status == 0
    assert found["disk"]["state"] == "warning" and "free space" in found["disk"]["what to do"]
    assert "shilu.duckdb.part" in found["leftovers"]["found"]


def test_models_that_do_not_load_or_find_nothing_are_faults(
    stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert flows.checkup._models().state == "ok"
    monkeypatch.setattr(stub, "extract", lambda self, article: [])
    assert "find nothing in" in flows.checkup._models().words

    def broken(self: Any, article: Any) -> Any:
        raise FileNotFoundError("no weights")

    monkeypatch.setattr(stub, "extract", broken)
    symptom = flows.checkup._models()
    assert (
        symptom.state == "fault"
        and "FileNotFoundError: no weights" in symptom.words
        and "install" in symptom.remedy
    )


@pytest.mark.usefixtures("loaded")
def test_backup_and_restore_from_the_command_line() -> None:
    def shilu(*arguments: str) -> Any:
        return CliRunner().invoke(cli, list(arguments))

    done = shilu("backup", "copies/one.duckdb")
    assert done.exit_code == 0, done.output
    assert "all rows as in data/shilu.duckdb" in done.stdout
    refused = shilu("backup", "copies/one.duckdb")
    assert refused.exit_code == 1 and "--force to replace it" in refused.stderr
    assert shilu("backup", "copies/one.duckdb", "--force").exit_code == 0
    DATABASE.write_bytes(b"broken")
    assert shilu("restore", "copies/one.duckdb").exit_code == 1
    assert DATABASE.read_bytes() == b"broken"
    assert shilu("restore", "copies/one.duckdb", "--force").exit_code == 0
    assert doctor()[0] == 0


@pytest.mark.usefixtures("loaded")
def test_status_tells_the_last_runs_the_lag_the_issues_and_the_sizes() -> None:
    Path("in/bad.md").write_text("")
    ingest_plain([Path("in")], load_settings())
    result = CliRunner().invoke(cli, ["status", "--hash", "--format", "json"])
    assert result.exit_code == 0, result.output
    rows = {row["what"]: row["value"] for row in json.loads(result.stdout)}
    assert rows["articles"] == 40 and rows["facts"] == 40
    assert rows["newest article"] == "2024-03-05T08:00:00+00:00"
    assert rows["hours since the newest article"] > 24 * 365
    assert rows["megabytes in the file"] > 0 and rows["megabytes in the log"] == 0
    assert rows["issues of the last run: empty"] == 1
    runs = [value for what, value in rows.items() if what.startswith("run ")]
    assert runs[0].startswith("ingest with issues: 41 inputs, 0 added") and runs[1].startswith(
        "ingest succeeded: 40 inputs, 40 added"
    )
    with warehouse.open(DATABASE, read_only=True) as house:
        assert rows["content hash"] == house.content_hash()
