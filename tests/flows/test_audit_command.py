"""`shilu audit`: findings in every format, and the exit status on demand."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli
from schemas import PlacePart

ArchiveFile = Callable[..., Path]


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def test_audit_lists_findings_in_every_format_and_fails_on_demand(
    archive_file: ArchiveFile, stub: Any
) -> None:
    archive_file("in/a.md", body="<p>国防部5日说，击落了12架无人机。</p>")
    assert shilu("run", "in", "--no-prefect").exit_code == 0
    quiet = shilu("audit", "--fail-on", "warning")
    assert (quiet.exit_code, quiet.stderr.strip()) == (0, "0 errors, 0 warnings, 0 notices")
    contradict()
    table = shilu("audit")
    assert table.exit_code == 0 and table.stderr.strip() == "1 error, 0 warnings, 0 notices"
    for words in ("parts_of_count", "add up to 46, more than the total of 12", "击落了12架无人机"):
        assert words in table.stdout
    (record,) = json.loads(shilu("audit", "--format", "json").stdout)
    assert (record["check"], record["severity"], record["other_side"]) == ("parts_of_count", "error", [])
    (row,) = csv.DictReader(shilu("audit", "--format", "csv").stdout.splitlines())
    assert (row["finding_id"], row["events"]) == (record["finding_id"], record["one_side"][0]["event_id"])
    assert shilu("audit", "--fail-on", "error").exit_code == 4
    assert shilu("audit", "--fail-on", "warning", "--kind", "attack_count").exit_code == 4
    for elsewhere in (["--check", "falling_total"], ["--severity", "notice"], ["--kind", "meeting"]):
        result = shilu("audit", "--fail-on", "error", "--format", "json", *elsewhere)
        assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def contradict() -> None:
    """Load the events of the warehouse once more, by an extractor that misreads a part of each count."""
    with warehouse.open(Path("data/shilu.duckdb")) as house:
        ids = [name for (name,) in house.query("SELECT event_id FROM attack_counts").rows]
        batch = []
        for name in ids:
            article, event = house.event(name) or (None, None)
            assert article is not None and event is not None
            breakdown = (PlacePart(place="河谷州", value=46),)
            misread = event.model_copy(update={"breakdown": breakdown, "extractor_version": "misreads"})
            batch.append((article, [misread]))
        house.load(batch, run_id="run", extractor_version="misreads")


def test_audit_makes_no_warehouse_and_names_its_checks() -> None:
    missing = shilu("audit")
    assert missing.exit_code == 1 and "run `shilu run PATH` first" in missing.stderr
    assert not Path("data").exists()
    wrong = shilu("audit", "--check", "parts")
    assert wrong.exit_code == 2 and "checks are parts_of_count, launched_and_lost" in wrong.stderr
