"""`shilu doctor`: what is wrong, and what to do about it."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option

FAULTS_FOUND = 4


@click.command(short_help="Say what is wrong and what to do.", epilog="Example: shilu doctor --no-models")
@click.option("--no-models", is_flag=True, help="Do not try the models; loading them takes seconds.")
@rows_format_option
@database_option
@click.pass_context
def command(ctx: click.Context, no_models: bool, shape: str, database: Path | None) -> None:
    """Look at settings, models, disk, locks, the database file and all that it holds.

    Changes nothing. Exit status: 0 all well, or warnings only; 4 faults were found.
    """
    from flows.checkup import checkup
    from flows.cli.tables import write_rows

    symptoms = list(checkup(database, models=not no_models))
    rows = [(each.looked_at, each.state, each.words, each.remedy) for each in symptoms]
    write_rows(("looked at", "state", "found", "what to do"), rows, shape)
    if any(each.state == "fault" for each in symptoms):
        ctx.exit(FAULTS_FOUND)
