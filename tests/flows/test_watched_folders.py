"""Sources of type `folder`: read again only where something has changed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import flows.steps
import warehouse
from flows.run import Steps
from flows.settings import load_settings
from tests.flows.served_news import issues, rows, run, source

pytestmark = pytest.mark.usefixtures("stub")


def test_a_watched_folder_is_read_again_only_where_it_has_changed(archive_file: Callable[..., Path]) -> None:
    archive_file("in/a.md", url="https://www.rfi.fr/cn/a")
    archive_file("in/b.md")
    with gzip.open("in/c.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"title": "战报", "text": "击落了5架无人机。", "published": "2025-03-03T10:00:00"}\n{\n')
    chosen = source('type = "folder"\npaths = ["in"]')
    first = run(chosen)
    assert (first.run.inputs, first.run.added, first.run.issues) == (4, 3, 1)
    assert rows("SELECT source, published::VARCHAR FROM article WHERE source <> '法广 RFI' ORDER BY ALL") == [
        ("某社", "2024-03-05 08:00:00+00"), ("某社", "2025-03-03 02:00:00+00"),
    ]  # fmt: skip
    second = run(chosen)
    assert (second.run.inputs, second.passed_over) == (0, {"read before": 3})
    archive_file("in/b.md", body="<p>国防部说，击落了13架无人机。</p>")
    third = run(chosen)
    assert (third.run.inputs, third.run.changed) == (1, 1)
    assert run(chosen, again=True).run.inputs == 4


def test_a_folder_read_in_part_is_read_again(archive_file: Callable[..., Path]) -> None:
    archive_file("in/a.md")
    chosen = source('type = "folder"\npaths = ["in"]')

    def full(*_: Any) -> Any:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        run(chosen, using=Steps(load=full))
    assert run(chosen).run.added == 1


def test_a_folder_that_has_vanished_is_an_issue(archive_file: Callable[..., Path]) -> None:
    archive_file("in/a.md")
    told = run(source('type = "folder"\npaths = ["in", "mnt/gone"]'))
    assert told.run.added == 1
    ((code, reason),) = issues(told)
    assert code == "unreadable" and "is a disk not mounted?" in reason


def test_a_folder_that_vanishes_during_a_run_is_read_when_it_is_back(
    archive_file: Callable[..., Path],
) -> None:
    archive_file("disk/in/a.md")
    archive_file("disk/in/b.md")
    chosen = source('type = "folder"\npaths = ["disk/in"]')

    def vanishing(*arguments: Any) -> Any:
        found = flows.steps.survey(*arguments)
        Path("disk").rename("away")
        return found

    gone = run(chosen, using=Steps(survey=vanishing))
    assert (gone.run.added, {code for code, _ in issues(gone)}) == (0, {"unreadable", "vanished"})
    Path("away").rename("disk")
    assert run(chosen).run.added == 2


def test_a_file_that_could_not_be_opened_is_tried_again(
    archive_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive_file("in/a.md")
    chosen = source('type = "folder"\npaths = ["in"]')
    opened = Path.open

    def denied(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *how, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", denied)
        assert [code for code, _ in issues(run(chosen))] == ["unreadable"]
    assert path.is_file() and run(chosen).run.added == 1
    assert run(chosen).run.inputs == 0


def test_a_warehouse_of_paths_and_one_of_sources_hold_the_same(archive_file: Callable[..., Path]) -> None:
    for number in range(3):
        archive_file(f"in/{number}.md", body=f"<p>国防部说，击落了{number}架无人机。</p>")
    run(source('type = "folder"\npaths = ["in"]'))
    flows.run.ingest_plain([Path("in")], load_settings(database="other.duckdb"))
    loaded = []
    for database in ("data/shilu.duckdb", "other.duckdb"):
        with warehouse.open(Path(database), read_only=True) as house:
            loaded.append(house.query("SELECT id, content_hash, published FROM article ORDER BY id").rows)
    assert loaded[0] == loaded[1]
