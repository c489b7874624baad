"""`shilu publish`, `shilu export`, `shilu serve`, and that a run publishes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli
from flows.cli.serve import is_loopback
from flows.run import ingest_plain
from flows.settings import load_settings

CHECKOUT = Path(__file__).parents[2]


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def run(stub: object, archive_file: Callable[..., Path]) -> None:
    """One article, read by the stub in the test's own folder."""
    archive_file("in/a.md")
    ingest_plain([Path("in")], load_settings())


@pytest.mark.usefixtures("run")
def test_a_run_publishes_and_publishing_again_changes_nothing() -> None:
    folder = Path("data/shilu.published")
    assert warehouse.is_published(folder)
    version = (folder / "current").readlink()
    done = shilu("publish", "--format", "json")
    assert done.exit_code == 0, done.output
    figures = {row["figure"]: row["value"] for row in json.loads(done.output)}
    assert figures["new"] == "no, nothing has changed" and figures["articles"] == 1
    assert (folder / "current").readlink() == version


@pytest.mark.usefixtures("run")
def test_an_export_goes_to_stdout_or_replaces_a_file() -> None:
    done = shilu("export", "attack_counts", "--format", "csv")
    assert done.exit_code == 0 and done.output.startswith("event_id,") and done.output.count("\n") == 2
    assert shilu("export", "--format", "jsonl", "--output", "facts.jsonl").exit_code == 0
    assert json.loads(Path("facts.jsonl").read_text(encoding="utf-8"))["kind"] == "attack_count"
    refused = shilu("export", "attack_count", "--output", "facts.jsonl")
    assert refused.exit_code == 1 and "there is no view 'attack_count'" in refused.output
    assert Path("facts.jsonl").stat().st_size > 0  # a failure leaves what was there
    assert {path.name for path in Path().iterdir()} == {"in", "data", "facts.jsonl"}


def test_publishing_and_exporting_before_a_run_say_what_to_do() -> None:
    assert "run `shilu run PATH` first" in shilu("publish").output
    assert "nothing has been published here yet" in shilu("export").output
    assert not Path("data").exists()


@pytest.mark.usefixtures("run")
def test_serve_answers_on_loopback_and_ends_politely() -> None:
    command = [sys.executable, "-m", "flows", "serve", "--port", "0"]
    environment = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr is not None
            line = server.stderr.readline()
            match = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            assert match is not None, line
            with urllib.request.urlopen(f"http://127.0.0.1:{match[1]}/api/facts", timeout=60) as answer:
                assert json.load(answer)["total"] == 1
                assert "server" not in {name.lower() for name in answer.headers}
            foreign = urllib.request.Request(
                f"http://127.0.0.1:{match[1]}/", headers={"Host": "evil.example"}
            )
            with pytest.raises(urllib.error.HTTPError, match="400"):
                urllib.request.urlopen(foreign, timeout=60)
        finally:
            server.terminate()
        assert server.wait(timeout=60) in (0, -15)


def test_addresses_of_this_machine_are_told_from_others() -> None:
    assert [is_loopback(each) for each in ("127.0.0.1", "::1", "localhost")] == [True] * 3
    assert [is_loopback(each) for each in ("0.0.0.0", "10.0.0.1", "example.org")] == [False] * 3
