"""`shilu status`: what the warehouse holds."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option


@click.command(short_help="Count what the warehouse holds.", epilog="Example: shilu status --format json")
@rows_format_option
@database_option
def command(shape: str, database: Path | None) -> None:
    """Count articles, events of each kind, issues and runs."""
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        counts = house.counts()
    write_rows(("what", "count"), list(counts.items()), shape)
