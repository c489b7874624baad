"""`shilu sql`: a question to the warehouse."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option

TABLE_ROWS = 100  # more are no use to the eye


@click.command(
    short_help="Ask the warehouse, read-only.",
    epilog='Example: shilu sql "SELECT weapon, count(*) FROM attack_counts GROUP BY ALL" --format csv',
)
@click.argument("query")
@rows_format_option
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Print so many rows. [default: {TABLE_ROWS} for a table, else all]",
)
@database_option
def command(query: str, shape: str, limit: int | None, database: Path | None) -> None:
    """Answer QUERY, in DuckDB's SQL, from the warehouse, which it cannot change."""
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        answer = house.query(query)
    limit = TABLE_ROWS if limit is None and shape == "table" else limit
    rows = answer.rows if limit is None else answer.rows[:limit]
    write_rows(answer.columns, rows, shape)
    if len(rows) < len(answer.rows):
        click.echo(f"{len(rows)} of {len(answer.rows)} rows; --limit {len(answer.rows)} shows all", err=True)
