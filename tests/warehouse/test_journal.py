"""Runs and issues."""

from __future__ import annotations

import datetime

from schemas import Issue, Run

BEGIN = datetime.datetime(2026, 3, 6, 8, 0, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))


def _run(name="run-1", hours=0, **fields):
    begin = BEGIN + datetime.timedelta(hours=hours)
    return Run(**{"id": name, "started": begin, "extractor_version": "rules-1"} | fields)


def _issue(path="a.md", **fields):
    return Issue(**{"path": path, "code": "malformed", "reason": "no date; add one"} | fields)


def test_a_run_is_recorded_and_brought_up_to_date(house):
    house.record_run(_run())
    assert house.runs() == [_run()]
    done = _run(
        finished=BEGIN + datetime.timedelta(minutes=3),
        status="with_issues",
        inputs=9,
        added=5,
        changed=1,
        unchanged=1,
        duplicates=1,
        issues=1,
        events={"strike": 3, "meeting": 2},
    )
    house.record_run(done)
    assert house.runs() == [done]
    assert house.counts()["runs"] == 1


def test_the_table_has_every_field_of_a_run_and_of_an_issue(house):
    assert house.query("SELECT * FROM run").columns == list(Run.model_fields)
    assert house.query("SELECT * FROM issue").columns == ["run_id", *Issue.model_fields]


def test_runs_come_newest_first(house):
    for name, hours in (("run-a", 0), ("run-c", 2), ("run-b", 1)):
        house.record_run(_run(name, hours))
    assert [run.id for run in house.runs()] == ["run-c", "run-b", "run-a"]
    assert [run.id for run in house.runs(limit=1)] == ["run-c"]


def test_issues_come_by_run_path_and_line(house):
    house.record_run(_run("run-1", 0))
    house.record_run(_run("run-2", 1))
    house.record_issues("run-1", [_issue("z.md")])
    house.record_issues("run-2", [_issue("b.jsonl", line=10), _issue("b.jsonl", line=9), _issue("b.jsonl")])
    house.record_issues("run-2", [_issue("a.md", article_id="wire-1", code="extraction_failed")])
    found = [(issue["run_id"], issue["path"], issue["line"]) for issue in house.issues()]
    assert found == [
        ("run-2", "a.md", None),
        ("run-2", "b.jsonl", None),
        ("run-2", "b.jsonl", 9),
        ("run-2", "b.jsonl", 10),
        ("run-1", "z.md", None),
    ]
    assert house.issues(run_id="run-1") == [
        {
            "run_id": "run-1",
            "path": "z.md",
            "line": None,
            "code": "malformed",
            "reason": "no date; add one",
            "article_id": None,
        }
    ]
    assert len(house.issues(limit=2)) == 2
    assert house.counts()["issues"] == 5


def test_recording_issues_twice_adds_nothing(house):
    issues = [_issue("a.md"), _issue("b.jsonl", line=3)]
    house.record_issues("run-1", issues)
    house.record_issues("run-1", [*issues, _issue("c.md")])
    house.record_issues("run-1", [])
    assert house.counts()["issues"] == 3
