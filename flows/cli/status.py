"""`shilu status`: what the warehouse holds, and how the last runs went."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import database_option, rows_format_option

if TYPE_CHECKING:
    from schemas import Run
    from warehouse import Checked, Standing

RUNS_SHOWN = 5
MEGABYTE = 1_000_000


@click.command(short_help="Say how the warehouse stands.", epilog="Example: shilu status --format json")
@click.option("--hash", "hashed", is_flag=True, help="Also a hash of what is believed now; reads everything.")
@rows_format_option
@database_option
def command(hashed: bool, shape: str, database: Path | None) -> None:
    """Count articles, events of each kind, facts, issues and runs; show the last runs, how old the news is, sizes.

    Also the expectations of sources that were broken when last checked; `shilu expect` checks them now.

    The hash is the same for two warehouses where the same articles were read by the same version, on whatever way.
    """
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        rows: list[tuple[str, object]] = [*house.counts().items(), *_standing(house.standing(RUNS_SHOWN))]
        rows += _breaches(house.expectations())
        if hashed:
            rows.append(("content hash", house.content_hash()))
    write_rows(("what", "value"), rows, shape)


def _standing(found: Standing) -> list[tuple[str, object]]:
    lag = found.lag(datetime.datetime.now(datetime.UTC))
    rows: list[tuple[str, object]] = [
        ("facts", found.facts),
        ("articles last read by an older version", found.older),
        ("newest article", found.newest and found.newest.isoformat(timespec="seconds")),
        ("hours since the newest article", lag and round(lag.total_seconds() / 3600, 1)),
        ("megabytes in the file", round(found.size / MEGABYTE, 1)),
        ("megabytes in the log", round(found.log_size / MEGABYTE, 1)),
        *((f"issues of the last run: {code}", count) for code, count in found.issues.items()),
    ]
    return rows + [(f"run {run.id}", _words(run)) for run in found.runs]


def _breaches(expectations: list[Checked]) -> list[tuple[str, object]]:
    """Expectations that were broken when they were last checked, with the time since when."""
    return [
        (f"broken: {each.source} {each.expectation}", f"since {each.since:%Y-%m-%dT%H:%MZ}: {each.message}")
        for each in expectations
        if each.outcome == "broken"
    ]


def _words(run: Run) -> str:
    """One run in a line: `ingest succeeded: 20 inputs, 20 added, 0 changed, 0 issues, 3.1 s`."""
    took = f", {run.duration.total_seconds():.1f} s" if run.duration else ""
    status = run.status.replace("_", " ")
    return f"{run.job} {status}: {run.inputs} inputs, {run.added} added, {run.changed} changed, {run.issues} issues{took}"
