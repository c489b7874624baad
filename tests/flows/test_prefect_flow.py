"""The main job as a Prefect flow, in Prefect's own test harness."""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.ledger import Summary
from flows.progress import Silent, watcher

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("stub")]


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Prefect with a database of its own for the session."""
    from flows.orchestration import prepare

    prepare(tmp_path_factory.mktemp("prefect"))
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=180):
        yield


@pytest.fixture(autouse=True)
def quiet(prefect_server: None) -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Watching(Silent):
    """Keeps what a run tells."""

    def __init__(self) -> None:
        self.inputs = 0
        self.done = 0
        self.summary: Summary | None = None

    def found(self, inputs: int) -> None:
        self.inputs = inputs

    def advance(self, inputs: int) -> None:
        self.done += inputs

    def finished(self, summary: Summary) -> None:
        self.summary = summary


def test_the_flow_does_what_the_plain_functions_do(
    archive_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.artifacts import Artifact

    from flows.ingest import ARTIFACT, ingest_with_prefect

    monkeypatch.setenv("SHILU_BATCH_SIZE", "2")
    for number in range(5):
        archive_file(f"in/{number}.md")
    Path("in/bad.jsonl").write_text("{\n")
    Path("in/x.csv").write_text("1")
    watching = Watching()
    token = watcher.set(watching)
    try:
        run = ingest_with_prefect([Path("in")], database=Path("data/w.duckdb"), workers=None)
    finally:
        watcher.reset(token)
    assert (run.status, run.inputs, run.added, run.issues) == ("with_issues", 6, 5, 1)
    assert run.events == {"attack_count": 5}
    assert (watching.inputs, watching.done) == (6, 6)
    assert watching.summary is not None and watching.summary.run == run
    with warehouse.open(Path("data/w.duckdb"), read_only=True) as house:
        assert house.runs(1) == [run]
        assert house.counts()["attack_count"] == 5
    artifact = Artifact.get(ARTIFACT)
    assert artifact is not None and run.id in (artifact.description or "")
    assert '"events: attack_count", "value": 5' in str(artifact.data)


def test_a_locked_warehouse_is_tried_again(
    archive_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.ingest
    from flows import steps

    attempts: list[int] = []
    real = steps.load

    def held_once(*arguments: Any) -> steps.Loaded:
        attempts.append(1)
        if len(attempts) == 1:
            raise warehouse.WarehouseLocked("held by another")
        return real(*arguments)

    monkeypatch.setattr(steps, "load", held_once)
    monkeypatch.setattr(flows.ingest.load, "retry_delay_seconds", [0.0, 0.0, 0.0])
    archive_file("in/a.md")
    assert flows.ingest.ingest(["in"]).added == 1
    assert len(attempts) == 2


def test_a_refused_load_is_not_tried_again_and_the_run_is_recorded_as_failed(
    archive_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import flows.ingest
    from flows import steps

    attempts: list[int] = []

    def refused(*_arguments: Any) -> steps.Loaded:
        attempts.append(1)
        raise warehouse.WarehouseError("no room")

    monkeypatch.setattr(steps, "load", refused)
    archive_file("in/a.md")
    with pytest.raises(warehouse.WarehouseError, match="no room"):
        flows.ingest.ingest(["in"])
    assert len(attempts) == 1
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [run.status for run in house.runs()] == ["failed"]


def test_a_server_that_does_not_answer_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.ingest
    from flows.errors import ShiluError

    def unreachable(*_arguments: Any) -> None:
        raise RuntimeError("Failed to reach API at http://127.0.0.1:4999/api/")

    monkeypatch.setattr(flows.ingest, "ingest", unreachable)
    with pytest.raises(ShiluError, match=r"4999.*PREFECT_API_URL.*--no-prefect"):
        flows.ingest.ingest_with_prefect([Path("in")], database=None, workers=None)


def test_errors_of_a_run_are_kept_from_the_console_while_the_caller_tells_of_them() -> None:
    from flows.orchestration import errors_told_once

    consoles = [each for each in logging.getLogger().handlers if type(each).__module__.startswith("prefect")]
    assert consoles

    def shown(name: str, level: int) -> bool:
        record = logging.LogRecord(name, level, "", 0, "…", None, None)
        return all(console.filter(record) for console in consoles)

    with errors_told_once():
        assert not shown("prefect.flow_runs", logging.ERROR)
        assert not shown("prefect.task_runs", logging.ERROR)
        assert shown("prefect.flow_runs", logging.WARNING)
        assert shown("prefect.server", logging.ERROR)
    assert shown("prefect.flow_runs", logging.ERROR)


def test_a_source_is_asked_and_read_by_the_flow(archive_file: Callable[..., Path]) -> None:
    from flows.ingest import ingest_with_prefect

    archive_file("in/a.md")
    Path("sources.toml").write_text(
        '[source.files]\ntype = "folder"\npaths = ["in"]\noutlet = "某社"\nlanguage = "zh"\n'
        'time_zone = "Asia/Shanghai"\ntrust = "none"\n',
        encoding="utf-8",
    )
    first, second, again = (
        ingest_with_prefect([], database=None, workers=None, source="files", again=again)
        for again in (False, False, True)
    )
    assert (first.source, first.added, second.inputs, again.unchanged) == ("files", 1, 0, 1)


def test_stored_articles_are_read_again_as_a_flow(
    archive_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.artifacts import Artifact

    import flows.run
    from flows.ingest import ingest
    from flows.reprocess import ARTIFACT, reprocess_with_prefect

    archive_file("in/a.md", body="<p>两国外长举行会谈。</p>")
    ingest(["in"])
    monkeypatch.setattr(flows.run.extractors, "version", lambda: "0.0.0+next")
    day = datetime.date(2024, 3, 5)
    before = warehouse.Selection(last=day - datetime.timedelta(days=1))
    none = reprocess_with_prefect(before, database=Path("data/shilu.duckdb"), workers=None)
    assert (none.status, none.inputs) == ("succeeded", 0)
    chosen = warehouse.Selection(first=day, last=day)
    run = reprocess_with_prefect(chosen, database=Path("data/shilu.duckdb"), workers=None)
    assert (run.job, run.status, run.inputs, run.changed) == ("reprocess", "succeeded", 1, 1)
    artifact = Artifact.get(ARTIFACT)
    assert artifact is not None and run.id in (artifact.description or "")


def write_sources(**schedules: str | None) -> None:
    """A sources.toml of folders, each with its schedule."""
    Path("sources.toml").write_text(
        "".join(
            f'[source.{name}]\ntype = "folder"\npaths = ["in"]\noutlet = "某社"\nlanguage = "zh"\n'
            'time_zone = "Asia/Shanghai"\ntrust = "none"\n'
            + (f'schedule = "{schedule}"\n' if schedule else "")
            for name, schedule in schedules.items()
        ),
        encoding="utf-8",
    )


def test_deployments_follow_the_file_of_sources() -> None:
    from prefect.client.orchestration import get_client

    from flows.plan import plan
    from flows.serve import deployments, forget_others
    from flows.settings import load_settings

    def register() -> list[str]:
        settings = load_settings()
        planned = plan(settings)
        forgotten = forget_others(planned, settings)
        for each in deployments(planned, settings):
            each.apply()
        return forgotten

    def registered() -> dict[str, Any]:
        with get_client(sync_client=True) as client:
            return {each.name: each for each in client.read_deployments()}

    write_sources(a="*/15 * * * *", b="0 6 * * *")
    assert register() == []
    found = registered()
    assert set(found) == {"a", "b", "older", "expectations", "findings", "snapshot"}
    (schedule,) = found["b"].schedules
    assert (schedule.schedule.cron, schedule.schedule.timezone) == ("0 6 * * *", "Asia/Shanghai")
    assert found["b"].entrypoint == "flows.ingest.ingest" and found["b"].parameters == {"source": "b"}
    assert {each.global_concurrency_limit.limit for each in found.values()} == {1}

    write_sources(b=None)
    assert register() == ["ingest/a"]
    found = registered()
    assert "a" not in found and found["b"].schedules == []


def test_upkeep_runs_as_flows(archive_file: Callable[..., Path]) -> None:
    from flows import upkeep
    from flows.errors import ExpectationBrokenError
    from flows.ingest import ingest

    write_sources(files=None)
    archive_file("in/a.md")
    ingest(source="files")
    assert set(upkeep.audit()) == set(warehouse.CHECKS)
    assert upkeep.publish().startswith("00000")
    assert upkeep.expect() == 0
    with Path("sources.toml").open("a", encoding="utf-8") as file:
        file.write('[source.files.expect]\nmost_articles_per_day = 1\non_breach = "fail"\n')
    archive_file("in/b.md", title="另一篇")
    with pytest.raises(ExpectationBrokenError, match="2 new articles"):
        ingest(source="files")
    with pytest.raises(ExpectationBrokenError, match="2 new articles"):
        upkeep.expect()


def test_a_flow_that_fails_tells_so_in_a_line_of_json(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from flows.errors import SettingsError
    from flows.ingest import ingest

    monkeypatch.setenv("SHILU_LOG_JSON", "1")
    logging.disable(logging.NOTSET)
    write_sources(files=None)
    with pytest.raises(SettingsError, match="has no source nobody"):
        ingest(source="nobody")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    (told,) = [line for line in lines if line["event"] == "flow failed"]
    assert (told["level"], told["flow"], told["parameters"]["source"]) == ("error", "ingest", "nobody")
    assert "has no source nobody" in told["error"]


def test_runs_find_the_warehouse_of_whoever_scheduled_them_and_wait_longer_for_it() -> None:
    from flows.serve import environment_of_runs
    from flows.settings import load_settings

    found = environment_of_runs(load_settings(database="there/shilu.duckdb"))
    assert found == {
        "SHILU_DATABASE": str(Path.cwd() / "there" / "shilu.duckdb"),
        "SHILU_LOCK_WAIT_SECONDS": "300.0",
        "SHILU_LOG_JSON": "1",
    }
    assert environment_of_runs(load_settings(lock_wait_seconds=900))["SHILU_LOCK_WAIT_SECONDS"] == "900.0"
