"""Files and folders: order, what is passed over, what is an issue."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.errors import InputNotFoundError
from flows.sources import Limits, read_inputs, read_items
from schemas import Article, Issue


def outcomes(*paths: Path, passed_over: Counter[str] | None = None) -> list[tuple[str, str]]:
    counted = Counter() if passed_over is None else passed_over
    return [
        (item.path, item.outcome.code if isinstance(item.outcome, Issue) else "article")
        for item in read_items(paths, limits=Limits(), passed_over=counted)
    ]


def test_folders_are_read_in_the_order_of_names(archive_file: Callable[..., Path]) -> None:
    for name in ("in/b.md", "in/a/2.txt", "in/a/10.txt", "in/c.md"):
        archive_file(name)
    assert [path for path, _ in outcomes(Path("in"))] == ["in/a/10.txt", "in/a/2.txt", "in/b.md", "in/c.md"]


def test_what_is_passed_over_in_a_folder_is_counted_by_extension(archive_file: Callable[..., Path]) -> None:
    archive_file("in/a.md")
    for name in ("in/x.csv", "in/y.csv", "in/z.py", "in/.hidden.md", "in/LICENSE", "in/.git/config"):
        path = Path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    Path("in/loop").symlink_to(".", target_is_directory=True)
    passed_over: Counter[str] = Counter()
    assert outcomes(Path("in"), passed_over=passed_over) == [("in/a.md", "article")]
    assert passed_over == {".csv": 2, ".py": 1, "hidden": 2, "no extension": 1, "linked folder": 1}


def test_a_file_of_our_extension_that_is_none_of_ours_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 说明")
    assert outcomes(Path()) == [("README.md", "unknown_format")]


def test_a_file_named_by_the_user_is_never_passed_over(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b")
    (tmp_path / ".note").write_text("a")
    assert outcomes(Path("x.csv"), Path(".note")) == [
        ("x.csv", "unknown_format"),
        (".note", "unknown_format"),
    ]


def test_paths_stay_as_given(archive_file: Callable[..., Path], tmp_path: Path) -> None:
    archive_file("in/a.md", body="")
    assert outcomes(Path("in/a.md")) == [("in/a.md", "empty")]
    assert outcomes(tmp_path / "in") == [(str(tmp_path / "in/a.md"), "empty")]


def test_a_path_that_does_not_exist_is_an_error_at_once() -> None:
    with pytest.raises(InputNotFoundError, match=r"nowhere\.md: no such file"):
        read_inputs([Path("nowhere.md")])


def test_files_that_cannot_be_read_are_issues(archive_file: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "dangling.md").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.md")
    assert outcomes(Path()) == [("dangling.md", "unreadable"), ("pipe.md", "unreadable")]


def test_an_article_over_the_limit_is_an_issue_that_names_the_setting(
    archive_file: Callable[..., Path],
) -> None:
    path = archive_file(body="<p>会谈。</p>" * 1000)
    (issue,) = read_inputs([path], limits=Limits(article_bytes=2000))
    assert isinstance(issue, Issue)
    assert issue.code == "too_large" and "max_article_megabytes" in issue.reason


def test_a_text_longer_than_any_article_is_an_issue_that_names_the_setting(
    archive_file: Callable[..., Path],
) -> None:
    path = archive_file(body="<p>会谈。</p>" * 1000)
    (issue,) = read_inputs([path], limits=Limits(article_characters=2000))
    assert isinstance(issue, Issue)
    assert issue.code == "too_large" and "max_article_characters" in issue.reason


def test_a_name_that_is_no_utf8_can_be_written_down(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff.md")
    (tmp_path / name).write_text("")
    ((path, code),) = outcomes(Path())
    assert (path, code) == ("bad\\xff.md", "empty")
    path.encode()


def test_inputs_come_one_at_a_time(archive_file: Callable[..., Path]) -> None:
    for number in range(5):
        archive_file(f"in/{number}.md")
    stream = read_inputs([Path("in")])
    assert isinstance(next(stream), Article)
    for number in range(1, 5):
        Path(f"in/{number}.md").unlink()  # found when its turn comes: nothing was read ahead
    assert [item.code for item in stream if isinstance(item, Issue)] == ["unreadable"] * 4
