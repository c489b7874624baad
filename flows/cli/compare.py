"""`shilu compare`: our daily counts against a table that analysts keep."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import database_option, first_day_option, last_day_option, rows_format_option

if TYPE_CHECKING:
    from warehouse import Comparison

# What needs no explanation, or has none in our articles.
UNREMARKABLE = {"agree", "missing article"}
# Columns for the eye; CSV and JSON have all.
SHOWN = ("day", "weapon", "outcome", "table", "ours", "reason", "note", "event_id", "evidence")


@click.command(
    short_help="Compare with a table of your own.",
    epilog="Example: shilu compare attacks daily_attacks.csv --from 2024-01-01 --to 2024-12-31",
)
@click.argument("series", metavar="attacks", type=click.Choice(["attacks"]))
@click.argument("table", metavar="TABLE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@first_day_option
@last_day_option
@click.option("--attacker", default="RU", show_default=True, help="Whose weapons the table counts.")
@click.option("--target", default="UA", show_default=True, help="At whom they were launched.")
@click.option(
    "--boundary",
    type=click.Choice(["start", "end", "night"]),
    help="To which day a night belongs. [default: that under which most numbers agree]",
)
@click.option(
    "--all", "everything", is_flag=True, help="Print also what agrees and what no article tells of."
)
@rows_format_option
@database_option
def command(
    series: str,
    table: Path,
    *,
    first: datetime.date | None,
    last: datetime.date | None,
    attacker: str,
    target: str,
    boundary: str | None,
    everything: bool,
    shape: str,
    database: Path | None,
) -> None:
    """Hold our daily counts of attacks against TABLE.csv and explain each difference, with the evidence.

    The table has a row for each report: time_start, time_end, model, target, launched, destroyed, source. Its
    numbers are added up by day. For each day, weapon and outcome the reason says how the two relate; docs/series.md
    explains the reasons. `shilu show EVENT` shows the words in the article.
    """
    import warehouse
    from flows.cli.tables import write_rows
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        found = house.compare_attacks(
            table,
            attacker=attacker,
            target=target,
            first=first,
            last=last,
            boundary=boundary,  # type: ignore[arg-type]  # click has checked it
        )
    rows = [asdict(each) for each in found.differences if everything or each.reason not in UNREMARKABLE]
    columns = SHOWN if shape == "table" else tuple(warehouse.Difference.__dataclass_fields__)
    write_rows(columns, [[row[column] for column in columns] for row in rows], shape)
    _print_summary(found, to_stderr=shape != "table")


def _print_summary(found: Comparison, *, to_stderr: bool) -> None:
    """How many numbers agree, how many there are by reason, and what was not compared."""
    told = sum(count for reason, count in found.reasons.items() if reason != "not in table")
    share = f" ({found.matching / found.compared:.0%})" if found.compared else ""
    lines = [
        "",
        f"numbers in the table: {told}; in our articles too: {found.compared}; of these agree: {found.matching}{share}",
        ", ".join(f"{reason}: {count}" for reason, count in found.reasons.items() if count),
        f"days by their {found.boundary}; agreeing under "
        + ", ".join(f"{name}: {count}" for name, count in found.agreements.items()),
        *(f"rows left out, {reason}: {count}" for reason, count in found.left_out.items()),
    ]
    for line in lines:
        click.echo(line, err=to_stderr)
