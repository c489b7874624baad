"""Short commands stay short: no spaCy, no Prefect, no waiting."""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
HEAVY = ("spacy", "prefect", "lxml", "opencc", "numpy.random", "fastapi")
# Runs a command and then tells which heavy modules it has imported.
PROBE = """
import json, sys
from flows.cli import cli
try:
    cli(sys.argv[1:], prog_name="shilu")
finally:
    print(json.dumps([name for name in {heavy!r} if name in sys.modules]), file=sys.stderr)
"""
GENEROUS_SECONDS = 5.0  # half a second is the aim; a loaded machine takes its time


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    import warehouse

    path = tmp_path_factory.mktemp("house") / "w.duckdb"
    warehouse.open(path).close()
    return str(path)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["run", "--help"],
        ["publish", "--help"],
        ["serve", "--help"],
        ["export", "--help"],
        ["schema"],
        ["sql", "SELECT 1 AS one", "--database"],
        ["issues", "--database"],
        ["runs", "--database"],
        ["status", "--database"],
        ["doctor", "--no-models", "--database"],
        ["reprocess", "--help"],
        ["audit", "--database"],
        ["expect", "--help"],
        ["schedule", "--help"],
        ["show", "abcdef", "--database"],
    ],
    ids=" ".join,
)
def test_a_short_command_imports_nothing_heavy(arguments: list[str], database: str) -> None:
    if arguments[-1] == "--database":
        arguments = [*arguments, database]
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(heavy=HEAVY), *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        check=False,
    )
    assert time.monotonic() - started < GENEROUS_SECONDS
    assert json.loads(done.stderr.splitlines()[-1]) == [], done.stderr
    assert "Traceback" not in done.stderr
