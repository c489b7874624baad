"""What happens to a run that is killed, doubled, starved of disk, or whose inputs and clock are taken away."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import flows.steps
import warehouse
from flows.errors import InputNotFoundError
from flows.job import Steps
from flows.progress import Silent
from flows.run import run_ingest
from flows.settings import load_settings
from schemas import Run

ArchiveFile = Callable[..., Path]
ARTICLES = 30


@pytest.fixture(scope="module")
def bench(benchmark_module: Callable[[str], ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Real runs in processes of their own, with an extractor that loads at once; one was undisturbed."""
    folder = tmp_path_factory.mktemp("bench")
    shutil.copy(Path(__file__).with_name("poisoned_room.py"), folder / "extractors.py")
    made = benchmark_module("kill_runs").Bench(folder, path=[str(folder)])
    made.write_inputs(ARTICLES)
    made.run_undisturbed()
    return made


def content(database: Path) -> str:
    with warehouse.open(database, read_only=True) as house:
        assert house.faults() == []
        return house.content_hash()


def test_a_rerun_after_a_kill_ends_with_the_content_of_an_undisturbed_run(
    bench: Any, benchmark_module: Callable[[str], ModuleType]
) -> None:
    found = benchmark_module("kill_runs").trials(bench, kills=3, seed=3)
    assert found["with articles"] + found["without articles"] == 3


def test_two_runs_at_once_load_everything_once(bench: Any, tmp_path: Path) -> None:
    both = tmp_path / "both.duckdb"
    running = [bench.start(both) for _ in range(2)]
    for run in running:
        _, errors = run.communicate(timeout=120)
        assert run.returncode == 3, errors.decode()
    assert content(both) == bench.wanted
    with warehouse.open(both, read_only=True) as house:
        one, other = house.runs()
        assert one.inputs == other.inputs and one.added + other.added == ARTICLES


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of few megabytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a full disk needs the right to mount a small one")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_with_the_remedy_and_nothing_is_lost(bench: Any, small_disk: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(b"\0" * 31_500_000)
    database = small_disk / "w.duckdb"
    run = bench.start(database)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 1, errors.decode()
    assert "free disk space" in errors.decode() or "No space left" in errors.decode()
    assert "Traceback" not in errors.decode()
    filler.unlink()
    bench.finish(database)
    assert content(database) == bench.wanted


def test_a_folder_that_cannot_be_written_is_told_in_one_line(bench: Any, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    run = bench.start(small_disk / "w.duckdb")
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 1
    assert b"cannot write the lock file" in errors and b"a folder you may write to" in errors
    assert b"Traceback" not in errors


@pytest.mark.usefixtures("stub")
def test_inputs_that_vanish_during_a_run_become_an_issue(archive_file: ArchiveFile) -> None:
    for number in range(4):
        archive_file(f"in/{number}.md")

    def vanishing(*arguments: Any) -> Any:
        found = flows.steps.survey(*arguments)
        Path("in/1.md").unlink()
        Path("in/2.md").unlink()
        return found

    settings = load_settings(batch_size=2)
    summary = run_ingest([Path("in")], settings, Silent(), using=Steps(survey=vanishing))
    assert (summary.ledger.missing, summary.run.added, summary.run.issues) == (0, 2, 1)
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        (issue,) = house.issues()
    assert (issue["path"], issue["code"]) == ("in", "vanished")
    assert issue["reason"].startswith("2 inputs were there at the start")


@pytest.mark.usefixtures("stub")
def test_a_file_that_vanishes_as_its_folder_is_read_becomes_an_issue(archive_file: ArchiveFile) -> None:
    for number in range(4):
        archive_file(f"in/{number}.md")

    def vanishing(*arguments: Any) -> Any:
        Path("in/3.md").unlink(missing_ok=True)
        return flows.steps.load(*arguments)

    settings = load_settings(batch_size=1)
    summary = run_ingest([Path("in")], settings, Silent(), using=Steps(load=vanishing))
    assert (summary.ledger.missing, summary.run.added, summary.run.issues) == (0, 3, 1)
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [(issue["path"], issue["code"]) for issue in house.issues()] == [("in/3.md", "unreadable")]


@pytest.mark.usefixtures("stub")
def test_a_source_that_vanishes_as_a_whole_fails_the_run(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")

    def vanishing(*arguments: Any) -> Any:
        found = flows.steps.survey(*arguments)
        shutil.rmtree("in")
        return found

    with pytest.raises(InputNotFoundError, match="in: no such file or folder"):
        run_ingest([Path("in")], load_settings(), Silent(), using=Steps(survey=vanishing))
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [run.status for run in house.runs()] == ["failed"]


@pytest.mark.usefixtures("stub")
def test_a_clock_put_back_keeps_the_order_of_beliefs_and_the_length_of_runs(
    archive_file: ArchiveFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_file("in/a.md")
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)

    class Ahead(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return later.astimezone(tz)

    with monkeypatch.context() as patch:
        patch.setattr(datetime, "datetime", Ahead)
        ahead = run_ingest([Path("in")], load_settings(), Silent()).run
    assert ahead.started == later
    archive_file("in/a.md", body="<p>国防部说，击落了13架无人机。</p>")
    now = run_ingest([Path("in")], load_settings(), Silent()).run
    assert now.started < ahead.started
    assert now.duration is not None and now.duration >= datetime.timedelta(0)
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert house.faults() == []
        assert house.query("SELECT count FROM attack_counts").rows == [(13,)]
        assert house.query("SELECT count(*) FROM article WHERE believed_until IS NOT NULL").rows == [(1,)]
        symptoms = {each.looked_at: each for each in warehouse.examine(Path("data/shilu.duckdb"))}
    assert "the clock was put back" in symptoms["runs"].words


def test_a_run_knows_the_process_that_did_it() -> None:
    assert Run.model_fields["process"].default is None
    assert warehouse.this_process().partition("@")[0] == str(os.getpid())
