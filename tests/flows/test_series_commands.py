"""`shilu compare` and `shilu rates`: what is printed where."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import warehouse
from flows.cli import cli
from schemas import Article, AttackCount, Count, Period, Span, event_id

HEADING = "time_start,time_end,model,target,launched,destroyed,source\n"


def shilu(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), prog_name="shilu")


def told(day: int, drones: int) -> tuple[Article, AttackCount]:
    """An article of a day in March 2026 with its count."""
    words = f"击落了{drones}架无人机"
    moment = datetime.datetime(2026, 3, day, 9, tzinfo=datetime.UTC)
    url = f"https://news.example.org/{day}"
    article = Article.of(source="wire", title="战报", text=f"乌军{words}。", published=moment, url=url)
    span = Span(start=2, end=2 + len(words), text=words)
    return article, AttackCount(
        id=event_id(article.id, "attack_count", span, 0),
        article_id=article.id,
        evidence=(span,),
        found_by="r",
        extractor_version="v",
        when=Period(start=moment.date(), end=moment.date(), precision="day"),
        attacker="RU",
        target="UA",
        weapon="drone",
        outcome="intercepted",
        count=Count(value=drones, qualifier="exact"),
    )


@pytest.fixture
def table() -> str:
    """A warehouse with counts of two days, and a table that has one of them and another for the other day."""
    with warehouse.open(Path("data/shilu.duckdb")) as house:
        batch = [(article, [event]) for article, event in (told(4, 61), told(5, 40))]
        house.load(batch, run_id="r", extractor_version="v")
        house.resolve()
    rows = [
        "2026-03-04,2026-03-04,ZALA,Ukraine,,33,kpszsu/1",
        "2026-03-05,2026-03-05,ZALA,Ukraine,,40,kpszsu/2",
        "2026-03-05,2026-03-05,Balloon,Ukraine,1,1,kpszsu/2",
    ]
    Path("table.csv").write_text(HEADING + "\n".join(rows))
    return "table.csv"


def test_compare_lists_what_needs_explaining_and_sums_up(table: str) -> None:
    result = shilu("compare", "attacks", table)
    assert result.exit_code == 0, result.output
    assert "differs" in result.stdout and "击落了61架无人机" in result.stdout
    assert "击落了40架无人机" not in result.stdout
    assert "numbers in the table: 2; in our articles too: 2; of these agree: 1 (50%)" in result.stdout
    assert "agree: 1, differs: 1" in result.stdout
    assert "rows left out, unknown model Balloon: 1" in result.stdout


def test_compare_prints_rows_alone_to_stdout_for_programs(table: str) -> None:
    result = shilu("compare", "attacks", table, "--all", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["day"], row["reason"]) for row in rows] == [
        ("2026-03-04", "differs"),
        ("2026-03-05", "agree"),
    ]
    assert rows[1]["url"] == "https://news.example.org/5" and rows[1]["evidence"] == "击落了40架无人机"
    assert "of these agree: 1" in result.stderr
    records = json.loads(
        shilu("compare", "attacks", table, "--from", "2026-03-05", "--all", "--format", "json").stdout
    )
    assert [record["table"] for record in records] == [40]


def test_compare_refuses_another_table_in_one_line(table: str) -> None:
    Path("other.csv").write_text("day,number\n")
    result = shilu("compare", "attacks", "other.csv")
    assert result.exit_code == 1
    assert "other.csv: lacks the columns time_start" in result.stderr and "Traceback" not in result.output


def test_rates_shows_replaces_and_restores(table: str) -> None:
    assert "from rates.csv, shipped with Shilu" in shilu("rates").stderr
    Path("own.csv").write_text("date,currency,per_eur\n2026-03-01,USD,1.25\n")
    result = shilu("rates", "own.csv", "--format", "csv")
    assert result.stdout.splitlines() == [
        "currency,days,first,last,latest_per_eur",
        "USD,1,2026-03-01,2026-03-01,1.25",
    ]
    assert "1 rates in place of all others" in result.stderr and "from own.csv, your own" in result.stderr
    assert "shipped with Shilu" in shilu("rates", "--shipped").stderr
    assert shilu("rates", "own.csv", "--shipped").exit_code == 2


def test_rates_refuses_a_wrong_file_in_one_line(table: str) -> None:
    Path("own.csv").write_text("date,currency,per_eur\n,USD,1.25\n")
    result = shilu("rates", "own.csv")
    assert result.exit_code == 1
    assert "own.csv, line 2: the day is missing" in result.stderr
