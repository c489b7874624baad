"""How the warehouse stands: how old its news is, how the last runs went, how large it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas import Run
from warehouse.backup import log_of
from warehouse.journal import recorded_runs


@dataclass(frozen=True)
class Standing:
    """`newest`: when the latest article was published, `None` where there is none. `issues`: of the last run, by code.

    `older`: current articles that the version of the last run did not read. Sizes are in bytes.
    """

    newest: datetime.datetime | None
    facts: int
    older: int
    runs: list[Run]
    issues: dict[str, int]
    size: int
    log_size: int

    def lag(self, now: datetime.datetime) -> datetime.timedelta | None:
        """How long before `now` the latest article was published."""
        return now - self.newest if self.newest else None


def standing(connection: duckdb.DuckDBPyConnection, path: Path, limit: int) -> Standing:
    """How the warehouse in `path` stands, with the last `limit` runs."""
    newest, facts = connection.execute(
        """
        SELECT (SELECT max(published) FROM article WHERE believed_until IS NULL),
            (SELECT count(*) FROM fact WHERE said_until IS NULL)
        """
    ).fetchall()[0]
    runs = recorded_runs(connection, limit)
    older, issues = 0, {}
    if runs:
        older = connection.execute(
            "SELECT count(*) FROM reading WHERE believed_until IS NULL AND extractor_version <> ?",
            [runs[0].extractor_version],
        ).fetchall()[0][0]
        rows = connection.execute(
            "SELECT code, issues FROM run_issues WHERE run_id = ? ORDER BY issues DESC, code", [runs[0].id]
        ).fetchall()
        issues = dict(rows)
    log = log_of(path)
    return Standing(
        newest=newest and newest.astimezone(datetime.UTC),
        facts=facts,
        older=older,
        runs=runs,
        issues=issues,
        size=path.stat().st_size,
        log_size=log.stat().st_size if log.exists() else 0,
    )
