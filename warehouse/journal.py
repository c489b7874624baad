"""The record of runs and of the inputs that failed in them."""

from __future__ import annotations

import datetime
import json
import os
import socket
from collections.abc import Sequence
from typing import Any

import duckdb

from schemas import Issue, Run
from warehouse.connect import runs
from warehouse.transaction import registered, transaction

RUN_COLUMNS = tuple(Run.model_fields)
JSON_COLUMNS = ("events", "seconds")
STARTED = datetime.datetime.now(datetime.UTC)  # this process, or just after


def record_run(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write the run, in place of what was recorded under its id before."""
    values = {name: getattr(run, name) for name in RUN_COLUMNS}
    for name in JSON_COLUMNS:
        values[name] = json.dumps(values[name], ensure_ascii=False, sort_keys=True)
    for name in ("started", "finished"):
        values[name] = values[name] and values[name].astimezone(datetime.UTC)
    with transaction(connection):
        connection.execute("DELETE FROM run WHERE id = ?", [run.id])
        connection.execute(
            f"INSERT INTO run ({', '.join(RUN_COLUMNS)}) VALUES ({', '.join('?' * len(RUN_COLUMNS))})",
            list(values.values()),
        )


def recorded_runs(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Run]:
    """The latest `limit` runs, newest first, times in UTC."""
    rows = connection.execute(
        f"SELECT {', '.join(RUN_COLUMNS)} FROM run ORDER BY started DESC, id LIMIT ?", [limit]
    ).fetchall()
    return [_run(dict(zip(RUN_COLUMNS, row, strict=True))) for row in rows]


def this_process() -> str:
    """This process as a run records it."""
    return f"{os.getpid()}@{socket.gethostname()}"


def end_killed_runs(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Mark runs of this machine as killed that stand as running and whose process is gone; their ids."""
    rows = connection.execute(
        "SELECT id, process, started FROM run WHERE status = 'running' AND process IS NOT NULL ORDER BY id"
    ).fetchall()
    killed = [name for name, process, started in rows if is_gone(process, started)]
    if killed:
        with transaction(connection):
            connection.execute("UPDATE run SET status = 'killed' WHERE id IN (SELECT unnest(?))", [killed])
    return killed


def is_gone(process: str, started: datetime.datetime) -> bool:
    """Whether the process that recorded a run begun at `started` has ended on this machine; False where unknown."""
    pid, _, host = process.partition("@")
    if host != socket.gethostname():
        return False
    # In a container every start has the same process id.
    return started < STARTED if int(pid) == os.getpid() else not runs(int(pid))


def record_issues(connection: duckdb.DuckDBPyConnection, run_id: str, issues: Sequence[Issue]) -> None:
    """Add the issues to the run; those it has already are not added again."""
    if not issues:
        return
    from warehouse.rows import issue_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    table = issue_table(issues)
    with registered(connection, {"incoming_issue": table}), transaction(connection):
        connection.execute(
            """
            INSERT INTO issue BY NAME
            SELECT * FROM (
                SELECT $run_id AS run_id, * FROM incoming_issue
                EXCEPT SELECT run_id, path, line, code, reason, article_id FROM issue WHERE run_id = $run_id
            ) ORDER BY ALL
            """,
            {"run_id": run_id},
        )


def recorded_issues(
    connection: duckdb.DuckDBPyConnection, run_id: str | None, limit: int | None
) -> list[dict[str, Any]]:
    """Issues as dictionaries, those of the newest run first, within a run by path and line."""
    columns = ("run_id", *Issue.model_fields)
    rows = connection.execute(
        f"""
        SELECT {", ".join(f"issue.{name}" for name in columns)}
        FROM issue LEFT JOIN run ON run.id = issue.run_id
        WHERE $run_id IS NULL OR issue.run_id = $run_id
        ORDER BY run.started DESC NULLS FIRST, issue.run_id, issue.path, issue.line NULLS FIRST,
            issue.code, issue.reason, issue.article_id
        LIMIT $limit
        """,
        {"run_id": run_id, "limit": 2**62 if limit is None else limit},
    ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _run(row: dict[str, Any]) -> Run:
    for name in ("started", "finished"):
        row[name] = row[name] and row[name].astimezone(datetime.UTC)
    return Run(**row | {name: json.loads(row[name]) for name in JSON_COLUMNS})
