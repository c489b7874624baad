"""`shilu backup`: a copy of the warehouse, taken while others read."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option


@click.command(
    short_help="Copy the warehouse to a file.", epilog="Example: shilu backup copies/2025-03-05.duckdb"
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@database_option
def command(file: Path, force: bool, database: Path | None) -> None:
    """Copy the warehouse to FILE and prove that the copy is whole.

    Others may read meanwhile; a run waits for the copy, or the copy for it. FILE is written whole or not at all, and
    is a warehouse itself: `--database FILE` reads it.
    """
    import warehouse
    from flows.settings import load_settings

    settings = load_settings(database=database)
    copy = warehouse.back_up(settings.database, file, replace=force, wait_seconds=settings.lock_wait_seconds)
    click.echo(
        f"{file}: {copy.size / 1_000_000:.1f} MB, all rows as in {settings.database}: {copy.rows_hash}"
    )
