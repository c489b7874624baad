"""`shilu rates`: by which rates of exchange the series convert money."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option

BY_CURRENCY = """
SELECT currency, count(*) AS days, min(day) AS first, max(day) AS last, max_by(per_eur, day) AS latest_per_eur
FROM rate GROUP BY currency ORDER BY currency
"""


@click.command(
    short_help="Show or replace the rates of exchange.",
    epilog="Example: shilu rates eurofxref-hist.csv",
)
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--shipped", is_flag=True, help="Go back to the rates that Shilu ships.")
@rows_format_option
@database_option
def command(file: Path | None, *, shipped: bool, shape: str, database: Path | None) -> None:
    """Show the rates by which the series convert money, or put those in FILE in place of all others.

    FILE is CSV, laid out as the European Central Bank's (Date,USD,JPY,…) or as date,currency,per_eur.
    """
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    if file and shipped:
        raise click.UsageError("give either a FILE or --shipped")
    settings = load_settings(database=database)
    writes = file is not None or shipped
    with warehouse.open(
        settings.database, read_only=not writes, wait_seconds=settings.lock_wait_seconds
    ) as house:
        if writes:
            click.echo(f"{house.replace_rates(file)} rates in place of all others", err=True)
        answer = house.query(BY_CURRENCY)
        ((name, is_shipped),) = house.query("SELECT name, shipped FROM rate_source").rows
    write_rows(answer.columns, answer.rows, shape)
    click.echo(f"from {name}, {'shipped with Shilu' if is_shipped else 'your own'}", err=True)
