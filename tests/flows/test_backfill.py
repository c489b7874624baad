"""Runs over a stretch of days: lists kept by the day are asked for theirs, and only articles of these days are read."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.days import Days
from flows.gather import Source
from tests.flows.served_news import issues, page, rows, rss, run, source

pytestmark = pytest.mark.usefixtures("stub")


def march(first: int, last: int) -> Days:
    return Days(datetime.date(2025, 3, first), datetime.date(2025, 3, last))


@pytest.fixture
def daily(web: Any) -> Source:
    """An outlet with a list a day, of one article each, from 1 to 9 March 2025."""
    for day in range(1, 10):
        web.routes[f"/list/2025-03-{day:02}"] = (
            f"<html><body><a href='/a/{day}'>战报</a></body></html>".encode()
        )
        text = page(day).replace("2025-03-03 10:0", f"2025-03-{day:02} 10:0")
        web.routes[f"/a/{day}"] = text.encode("gb18030")
    links = web.url("/a/").replace(".", r"\\.") + r"\\d+"
    return source(f'type = "pages"\nindexes = ["{web.url("/list/{date:%Y-%m-%d}")}"]\nlinks = "{links}"')


def test_the_lists_of_past_days_are_asked_for_and_lead_to_their_articles(web: Any, daily: Source) -> None:
    summary = run(daily, days=march(3, 5))
    assert (summary.run.added, issues(summary)) == (3, [])
    lists = [path for path in web.paths if path.startswith("/list")]
    assert lists == [f"/list/2025-03-0{day}" for day in (5, 4, 3)]
    assert rows("SELECT title FROM article ORDER BY title") == [("战报3",), ("战报4",), ("战报5",)]


def test_a_stretch_read_twice_changes_nothing_and_the_next_adds_its_own(daily: Source) -> None:
    run(daily, days=march(3, 5))
    again = run(daily, days=march(3, 5))
    assert (again.run.added, again.run.changed, again.run.unchanged) == (0, 0, 3)
    wider = run(daily, days=march(5, 7))
    assert (wider.run.added, wider.run.unchanged, wider.passed_over) == (2, 1, {"other days": 2})


def test_a_list_that_there_is_not_is_an_issue_and_stops_nothing(daily: Source) -> None:
    summary = run(daily, days=march(8, 11))
    assert summary.run.added == 2
    assert [code for code, _ in issues(summary)] == ["http_status", "http_status"]


def test_what_was_fetched_of_other_days_stays_to_be_read(web: Any) -> None:
    for number in (1, 2):
        web.routes[f"/a/{number}.html"] = page(number).encode("gb18030")
    web.routes["/rss"] = rss(web, 1, 2, published="0{} Mar 2025 01:00:00 GMT")
    feed = source(f'type = "feed"\naddresses = ["{web.url("/rss")}"]')
    only_second = run(feed, days=march(2, 2))
    assert (only_second.run.added, only_second.passed_over) == (1, {"other days": 1})
    assert run(feed).run.added == 1


def test_files_that_hold_other_days_too_are_read_whole_later(archive_file: Callable[..., Path]) -> None:
    lines = [
        {"title": f"战报{day}", "text": f"击落了{day}架无人机。", "published": f"2025-03-0{day}T23:30:00"}
        for day in (1, 2)
    ]
    Path("in.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    folder = source('type = "folder"\npaths = ["in.jsonl"]')
    # 23:30 in Shanghai is the same day there, though not in UTC.
    assert run(folder, days=march(2, 2)).run.added == 1
    whole = run(folder)
    assert (whole.run.added, whole.run.unchanged) == (1, 1)
    assert run(folder).run.inputs == 0


def test_a_date_that_cannot_be_is_refused_with_the_file(web: Any) -> None:
    from flows.errors import SettingsError  # noqa: PLC0415

    with pytest.raises(SettingsError, match=r"addresses\.0.*is no form of a date"):
        source('type = "feed"\naddresses = ["https://n.example/{date:%Q}"]')


def test_the_command_reads_the_days_it_is_given(daily: Source) -> None:
    told = CliRunner().invoke(
        cli, ["run", "--source", "s", "--from", "2025-03-04", "--to", "2025-03-05", "--no-prefect"]
    )
    assert told.exit_code == 0, told.output
    assert rows("SELECT title FROM article ORDER BY title") == [("战报4",), ("战报5",)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sources.toml", "--from", "2025-03-04"], "--from and --to go with --source"),
        (["--source", "s", "--from", "2025-03-04", "--to", "2025-03-01", "--no-prefect"], "ends before it begins"),
        (["--source", "s", "--to", "2025-03-01", "--no-prefect"], "need a first day; give --from"),
        (["--source", "s", "--from", "4.3."], "does not match the format"),
    ],
)  # fmt: skip
def test_days_that_make_no_sense_are_told(daily: Source, arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(cli, ["run", *arguments])
    assert told.exit_code != 0 and words in told.output
