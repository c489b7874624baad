"""`shilu schedule`: what it lists, and what keeps it from starting."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows import loopback
from flows.cli import cli
from flows.errors import ShiluError


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def test_what_would_run_when_is_listed_and_nothing_is_written() -> None:
    result = shilu("schedule", "--list", "--format", "json")
    assert result.exit_code == 0, result.output
    rows = {row["deployment"]: row for row in json.loads(result.stdout)}
    ingest = rows["ingest/articles"]
    assert (ingest["flow"], ingest["time_zone"]) == ("flows.ingest.ingest", "Asia/Shanghai")
    assert len(ingest["next"]) == 3 and all(time.endswith("+08:00") for time in ingest["next"])
    assert ingest["next"] == sorted(ingest["next"])
    assert list(Path().iterdir()) == []


def test_listing_needs_no_prefect() -> None:
    probe = "import sys; from flows.cli import cli; cli(['schedule', '--list'], standalone_mode=False); sys.exit('prefect' in sys.modules)"
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    assert subprocess.run([sys.executable, "-c", probe], env=environment, check=False).returncode == 0


def test_what_is_not_scheduled_is_listed_as_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHILU_AUDIT_SCHEDULE", "")
    rows = {
        row["deployment"]: row for row in json.loads(shilu("schedule", "--list", "--format", "json").stdout)
    }
    assert (rows["audit/findings"]["schedule"], rows["audit/findings"]["next"]) == ("by hand", [])


def test_a_package_with_which_no_schedule_runs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {"sqlalchemy": "2.1.0"}
    monkeypatch.setattr(importlib.metadata, "version", versions.__getitem__)
    with pytest.raises(ShiluError, match=r"SQLAlchemy 2\.1\.0 .* makes no runs .*sqlalchemy<2\.1"):
        loopback.refuse_unfit_scheduler()
    versions["sqlalchemy"] = "2.0.54"
    loopback.refuse_unfit_scheduler()


def test_a_port_where_another_program_answers_is_refused(web: Any) -> None:
    web.routes["/api/health"] = b"hello"
    with (
        pytest.raises(ShiluError, match="another program answers there; give another --port"),
        loopback.loopback_server(web.port),
    ):
        pass


def test_a_server_that_answers_already_is_used_and_left_alone(web: Any) -> None:
    web.routes["/api/health"] = b"true"
    with loopback.loopback_server(web.port) as address:
        assert address == web.url("/api")
    assert web.paths == ["/api/health"]


def test_a_server_that_ends_as_it_starts_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    false = tmp_path / "python"
    false.write_text("#!/bin/sh\nexit 7\n")
    false.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(false))
    with pytest.raises(ShiluError, match="ended with status 7 as it started"), loopback.loopback_server(1):
        pass
