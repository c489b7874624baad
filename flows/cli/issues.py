"""`shilu issues`: the inputs that could not be used, and why."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option


@click.command(
    short_help="List inputs that could not be used.",
    epilog="Example: shilu issues --run 20240305T080000Z-1a2b --format csv",
)
@click.option("--run", "run_id", help="Only issues of this run; see `shilu runs`. [default: of all runs]")
@click.option("--limit", type=click.IntRange(min=1), help="Print so many at most.")
@rows_format_option
@database_option
def command(run_id: str | None, limit: int | None, shape: str, database: Path | None) -> None:
    """List inputs that did not become articles, and articles that could not be read, with the remedy."""
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        found = house.issues(run_id=run_id, limit=limit)
    columns = ("run_id", "path", "line", "code", "reason", "article_id")
    write_rows(columns, [[issue[column] for column in columns] for issue in found], shape)
