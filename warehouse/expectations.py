"""What came from a source, held against the floors and ceilings that it was given."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from warehouse.transaction import transaction

Measured = Literal["articles", "issues", "events"]
Outcome = Literal["met", "broken", "too_early"]
OnBreach = Literal["warn", "fail"]

# Articles count when they first came, events with their article: reading again brings nothing new of a source.
COUNTS: dict[Measured, str] = {
    "articles": """
        SELECT count(*) FROM article JOIN run ON run.id = article.run_id
        WHERE article.version = 1 AND run.source = $source AND article.believed_from > $after
    """,
    # What fails in every run of a day is one thing that is wrong.
    "issues": """
        SELECT count(*) FROM (
            SELECT DISTINCT issue.path, issue.line, issue.code FROM issue JOIN run ON run.id = issue.run_id
            WHERE run.source = $source AND run.started > $after
        )
    """,
    "events": """
        SELECT count(*) FROM event
        JOIN article ON article.id = event.article_id AND article.version = 1
        JOIN run ON run.id = article.run_id
        WHERE event.kind = $kind AND event.believed_until IS NULL
            AND run.source = $source AND article.believed_from > $after
    """,
}
REMEDIES = {
    "least": "look at shilu issues, and whether the outlet has moved or the schedule stands still",
    "most": "look at shilu issues, and whether the source repeats itself or has changed its form",
}
COLUMNS = ("source", "expectation", "bound", "found", "outcome", "on_breach", "message", "since", "checked")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A floor (`least`) or ceiling (`most`) on what comes from a source within the last `days`.

    `name` is its key in sources.toml; `kind` is that of the events counted, `None` for articles and issues.
    """

    name: str
    measured: Measured
    end: Literal["least", "most"]
    bound: int
    days: int = 1
    kind: str | None = None
    on_breach: OnBreach = "warn"

    def outcome(self, found: int) -> Outcome:
        """Whether `found` keeps to it."""
        kept = found >= self.bound if self.end == "least" else found <= self.bound
        return "met" if kept else "broken"


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of an expectation: `since` when the outcome is this one, `checked` when last, both in UTC."""

    source: str
    expectation: str
    bound: int
    found: int
    outcome: Outcome
    on_breach: OnBreach
    message: str
    since: datetime.datetime
    checked: datetime.datetime


def check_expectations(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    expectations: Sequence[Expectation],
    *,
    now: datetime.datetime,
    run_id: str | None,
) -> list[Checked]:
    """Hold a source against its expectations at `now`, write down what came of it, and return it in their order.

    A floor says nothing while the source has been run for fewer than its days. Expectations that the source no longer
    has end.
    """
    with transaction(connection):
        first = connection.execute("SELECT min(started) FROM run WHERE source = ?", [source]).fetchall()[0][0]
        for each in expectations:
            _enter(connection, source, each, _measure(connection, source, each, now), first, now, run_id)
        connection.execute(
            "UPDATE expectation SET ended = $now WHERE source = $source AND ended IS NULL "
            "AND NOT list_contains($names, expectation)",
            {"now": now, "source": source, "names": [each.name for each in expectations]},
        )
    current = {each.expectation: each for each in current_expectations(connection) if each.source == source}
    return [current[each.name] for each in expectations]


def current_expectations(connection: duckdb.DuckDBPyConnection) -> list[Checked]:
    """What came of all expectations when they were last checked, by source and name."""
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM expectation WHERE ended IS NULL ORDER BY source, expectation"
    ).fetchall()
    return [_checked(dict(zip(COLUMNS, row, strict=True))) for row in rows]


def _checked(row: dict[str, Any]) -> Checked:
    return Checked(**row | {name: row[name].astimezone(datetime.UTC) for name in ("since", "checked")})


def _measure(
    connection: duckdb.DuckDBPyConnection, source: str, each: Expectation, now: datetime.datetime
) -> int:
    parameters: dict[str, object] = {"source": source, "after": now - datetime.timedelta(days=each.days)}
    if each.kind is not None:
        parameters["kind"] = each.kind
    return int(connection.execute(COUNTS[each.measured], parameters).fetchall()[0][0])


def _enter(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    each: Expectation,
    found: int,
    first: datetime.datetime | None,
    now: datetime.datetime,
    run_id: str | None,
) -> None:
    outcome = each.outcome(found)
    is_young = first is None or now - first < datetime.timedelta(days=each.days)
    if each.end == "least" and outcome == "broken" and is_young:
        outcome = "too_early"
    row = {
        "source": source,
        "expectation": each.name,
        "bound": each.bound,
        "days": each.days,
        "outcome": outcome,
        "on_breach": each.on_breach,
    }
    same = " AND ".join(f"{name} = ${name}" for name in row)
    latest = {
        "found": found,
        "message": _message(source, each, found, outcome),
        "checked": now,
        "run_id": run_id,
    }
    changed = connection.execute(
        f"UPDATE expectation SET {', '.join(f'{name} = ${name}' for name in latest)} "
        f"WHERE ended IS NULL AND {same} RETURNING 1",
        row | latest,
    ).fetchall()
    if changed:
        return
    connection.execute(
        "UPDATE expectation SET ended = $now WHERE ended IS NULL AND source = $source AND expectation = $name",
        {"now": now, "source": source, "name": each.name},
    )
    whole = row | latest | {"since": now}
    connection.execute(
        f"INSERT INTO expectation ({', '.join(whole)}) VALUES ({', '.join(f'${name}' for name in whole)})",
        whole,
    )


def _message(source: str, each: Expectation, found: int, outcome: Outcome) -> str:
    what = f"events of kind {each.kind}" if each.kind else f"new {each.measured}"
    if each.measured == "issues":
        what = "different issues"
    within = "in the last day" if each.days == 1 else f"in the last {each.days} days"
    words = f"source {source}: {found} {what} {within}, at {each.end} {each.bound} expected"
    if outcome == "broken":
        return f"{words}; {REMEDIES[each.end]}"
    return f"{words}; the source is too young to tell" if outcome == "too_early" else words
