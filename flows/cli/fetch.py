"""`shilu fetch`: ask sources and keep what comes, without reading it."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option
from flows.cli.watching import FINISHED_WITH_ISSUES, watching


@click.command(short_help="Ask sources and keep what comes, unread.", epilog="Example: shilu fetch my-feed")
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
@database_option
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], database: Path | None) -> None:
    """Ask the sources of sources.toml called NAME for what is new, and keep the bytes beside the warehouse.

    Nothing is read; `shilu run --source NAME` does that, whenever. Asks that failed become issues: exit status 3.
    """
    from flows.gather import source_named
    from flows.run import fetch_source
    from flows.settings import load_settings

    settings = load_settings(database=database)
    chosen = [source_named(name, settings) for name in names]
    with_issues = False
    for source in chosen:
        with watching() as watcher:
            fetched = fetch_source(source, settings, watcher)
        click.echo(
            f"{source.name}: {fetched.asked} asked, {fetched.received} received, {fetched.unread} to be read"
        )
        run, issues = fetched.summary.run, fetched.summary.ledger.issues
        if issues:
            click.echo(f"{issues} issues: shilu issues --run {run.id}", err=True)
        with_issues = with_issues or bool(issues)
    if with_issues:
        ctx.exit(FINISHED_WITH_ISSUES)
