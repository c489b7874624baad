"""`shilu restore`: a copy becomes the warehouse."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option


@click.command(
    short_help="Make a copy the warehouse again.",
    epilog="Example: shilu restore copies/2025-03-05.duckdb --force",
)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--force", is_flag=True, help="Replace the warehouse where there is one: what it holds is then gone."
)
@database_option
def command(file: Path, force: bool, database: Path | None) -> None:
    """Make the copy FILE, of `shilu backup`, the warehouse.

    FILE is read in full first and stays as it is. Whatever goes wrong, the warehouse is the old one or the copy, never
    half of either. A copy of an older Shilu is brought up to date by the next run.
    """
    import warehouse
    from flows.settings import load_settings

    settings = load_settings(database=database)
    copy = warehouse.put_back(file, settings.database, replace=force, wait_seconds=settings.lock_wait_seconds)
    click.echo(
        f"{settings.database}: {copy.size / 1_000_000:.1f} MB, all rows as in {file}: {copy.rows_hash}"
    )
