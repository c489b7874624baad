"""The audit as a whole: what becomes of findings, and who can see them."""

from __future__ import annotations

import datetime
import random
import re
from pathlib import Path

import pytest

import warehouse
from schemas import PlacePart
from warehouse.audit.finding import Suspicion

DOCUMENT = Path(__file__).parents[3] / "docs" / "audit.md"


def story(news):
    """Reports in which several checks find something, as arguments of `report`."""
    claimed = {"claimed_by": news.by("北岸军方")}
    parts = (PlacePart(place="河谷州", value=30), PlacePart(place="河口州", value=12))
    day = news.on(4)
    return [
        (1, news.at(5, 1), news.attack(40, breakdown=parts, when=day, **claimed)),
        (2, news.at(5, 2), news.attack(30, when=day, **claimed), news.attack(20, outcome="launched", when=day, **claimed)),
        (3, news.at(5, 3), news.meeting("held", when=day)),
        (4, news.at(6, 3), news.meeting("planned", when=day)),
        (5, news.at(7), news.aid(40, stage="delivered", when=news.on(7))),
        (6, news.at(8), news.aid(30, scope="cumulative", stage="delivered", when=news.since(8))),
        (7, news.at(9), news.aid(20, scope="cumulative", stage="delivered", when=news.since(9))),
    ]  # fmt: skip


def tell(news, reports):
    for each in reports:
        news.report(*each)
    news.house.resolve()
    return {count.check: (count.errors, count.warnings, count.notices) for count in news.house.audit()}


def test_the_counts_name_every_check_and_are_those_of_the_findings(news):
    counts = tell(news, story(news))
    assert list(counts) == list(warehouse.CHECKS)
    expected = {
        "parts_of_count": (1, 0, 0),
        "launched_and_lost": (1, 0, 0),
        "falling_total": (0, 0, 1),
        "total_and_packages": (0, 1, 0),
        "held_before_planned": (0, 1, 0),
        "self_contradiction": (0, 1, 0),
    }
    assert {name: count for name, count in counts.items() if any(count)} == expected
    severities = [finding.severity for finding in news.house.findings()]
    assert severities == ["error"] * 2 + ["warning"] * 3 + ["notice"]


def test_findings_are_listed_by_check_severity_and_kind(news):
    tell(news, story(news))
    find = news.house.findings
    assert {each.check for each in find(severities=("error",))} == {"parts_of_count", "launched_and_lost"}
    assert [each.kind for each in find(kind="meeting")] == ["meeting"]
    assert find(checks=("falling_total", "parts_of_aid"), severities=("notice",), kind="aid_announcement")
    assert find(checks=("falling_total",), kind="meeting") == []


@pytest.mark.parametrize("seed", range(3))
def test_findings_do_not_depend_on_the_order_of_loading(news, tmp_path, seed):
    tell(news, story(news))
    reports = story(news)
    random.Random(seed).shuffle(reports)
    with warehouse.open(tmp_path / "other.duckdb") as house:
        other = type(news)(house)
        tell(other, reports)
        assert house.findings() == news.house.findings()


def test_an_audit_replaces_the_findings_before_it_and_twice_gives_the_same(news):
    tell(news, story(news))
    before = news.house.findings()
    assert tell(news, []) and news.house.findings() == before
    corrected = news.attack(42, breakdown=(PlacePart(place="河谷州", value=42),), when=news.on(4))
    news.report(1, news.at(6), corrected, news.meeting("held", when=news.on(20)))
    tell(news, [])
    assert "parts_of_count" not in {finding.check for finding in news.house.findings()}


def test_what_an_article_no_longer_says_is_not_audited(news):
    tell(news, story(news)[:1])
    news.report(1, news.at(6), news.meeting("held", "更正：两国外长会晤"))
    assert tell(news, [])["parts_of_count"] == (0, 0, 0)


def test_an_audit_that_fails_leaves_the_findings_as_they_were(news, monkeypatch):
    *reports, last = story(news)
    tell(news, reports)
    before = news.house.findings()
    news.report(*last)
    monkeypatch.setattr("warehouse.audit.rows.suspicion_table", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        news.house.audit()
    assert news.house.findings() == before
    monkeypatch.undo()
    assert tell(news, [])["falling_total"] == (0, 0, 1)
    assert news.house.query("SELECT table_name FROM duckdb_tables() WHERE temporary").rows == []


def test_events_that_were_not_resolved_are_audited_without_their_facts(news):
    news.report(*story(news)[0])
    news.house.audit()
    (finding,) = news.house.findings()
    assert finding.one_side[0].fact_id is None


def test_a_reader_sees_findings_and_cannot_audit(news, database):
    tell(news, story(news))
    found = news.house.findings()
    news.house.close()
    with warehouse.open(database, read_only=True) as reader:
        assert reader.findings() == found
        with pytest.raises(warehouse.WarehouseError, match="cannot audit: it was opened to read only"):
            reader.audit()


def test_the_view_holds_what_python_lists_with_evidence_that_is_verbatim(news):
    tell(news, story(news))
    table = news.house.query("FROM findings ORDER BY finding_id")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    found = sorted(news.house.findings(), key=lambda each: each.id)
    for row, finding in zip(rows, found, strict=True):
        assert (row["finding_id"], row["check_name"], row["severity"]) == (
            finding.id,
            finding.check,
            finding.severity,
        )
        assert row["events"] == [each.event_id for each in finding.one_side + finding.other_side]
        assert row["evidence"] == finding.one_side[0].evidence
        assert finding.first_said == max(each.said_from for each in finding.one_side + finding.other_side)
    unsupported = news.house.query(
        "SELECT * FROM finding_subjects JOIN article ON article.id = article_id WHERE NOT contains(text, evidence)"
    )
    assert unsupported.rows == []


def test_an_id_follows_check_and_statements_and_nothing_else():
    one = Suspicion("error", "some words", ("a", "b"), ("c",))
    reworded = Suspicion("notice", "other words", ("a", "b"), ("c",))
    assert one.finding_id("x") == reworded.finding_id("x")
    others = {
        one.finding_id("y"),
        Suspicion("error", "", ("a",), ("b", "c")).finding_id("x"),
        Suspicion("error", "", ("a", "b"), ("c",), about="killed").finding_id("x"),
    }
    assert len(others | {one.finding_id("x")}) == 4


def test_every_check_is_explained_in_the_document():
    headings = re.findall(r"^### `(\w+)`", DOCUMENT.read_text(encoding="utf-8"), re.M)
    assert headings == list(warehouse.CHECKS)


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S))
def test_the_queries_in_the_document_answer(news, query):
    tell(news, story(news))
    assert news.house.query(query).rows


def test_days_of_a_finding_are_those_of_its_statements(news):
    tell(news, story(news))
    (finding,) = news.house.findings(checks=("parts_of_count",))
    assert (finding.when_start, finding.when_end) == (datetime.date(2026, 3, 4),) * 2
