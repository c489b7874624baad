"""`shilu runs`: what ran, and what came of it."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option

COLUMNS = (
    "id",
    "status",
    "started",
    "seconds",
    "inputs",
    "added",
    "changed",
    "unchanged",
    "duplicates",
    "issues",
    "events",
)


@click.command(short_help="List the latest runs.", epilog="Example: shilu runs --limit 5")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Print so many at most."
)
@rows_format_option
@database_option
def command(limit: int, shape: str, database: Path | None) -> None:
    """List the latest runs, newest first."""
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        runs = house.runs(limit)
    rows = [
        (
            run.id,
            run.status,
            run.started.isoformat(timespec="seconds"),
            round(run.duration.total_seconds(), 1) if run.duration else None,
            *(getattr(run, column) for column in COLUMNS[4:10]),
            sum(run.events.values()),
        )
        for run in runs
    ]
    write_rows(COLUMNS, rows, shape)
