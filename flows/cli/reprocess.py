"""`shilu reprocess`: today's extractor over the articles stored in the warehouse."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import database_option, first_day_option, last_day_option
from flows.cli.watching import Watcher, log_json_option, no_prefect_option, watched, workers_option

if TYPE_CHECKING:
    from warehouse import Which


@click.command(
    short_help="Read stored articles again.",
    epilog="Example: shilu reprocess --workers 2",
)
@click.option("--failed", is_flag=True, help="Instead those whose last reading failed.")
@click.option("--all", "everything", is_flag=True, help="Instead all of them.")
@click.option("--source", metavar="NAME", help="Only articles that this source has sent.")
@first_day_option
@last_day_option
@workers_option
@no_prefect_option
@log_json_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    failed: bool,
    everything: bool,
    source: str | None,
    first: datetime.date | None,
    last: datetime.date | None,
    workers: int | None,
    no_prefect: bool,
    log_json: bool | None,
    database: Path | None,
) -> None:
    """Read the articles in the warehouse again that another version of the extractor read.

    The files they came from are not needed. Cut short, it goes on where it was when it is run again; facts are
    brought up to date at the end. --source, --from and --to take some of them, by the local day of publication.

    Exit status: 0 all fine, 1 failed, 2 wrong usage, 3 finished, but some articles became issues (see `shilu
    issues`).
    """
    if failed and everything:
        raise click.UsageError("--failed and --all exclude each other; give one of them")
    which: Which = "failed" if failed else "all" if everything else "older"

    def work(watcher: Watcher) -> None:
        from flows.days import Days
        from flows.progress import watcher as current
        from flows.reread import reprocess_plain, selected
        from flows.settings import load_settings

        settings = load_settings(database=database, workers=workers, log_json=log_json)
        if source is not None:
            from flows.gather import source_named

            source_named(source, settings)
        selection = selected(which, source, Days(first, last))
        if no_prefect:
            reprocess_plain(settings, watcher, selection=selection)
            return
        from flows.orchestration import prepare

        watcher.step("starting Prefect")
        prepare(settings.prefect_home)
        from flows.reprocess import reprocess_with_prefect

        token = current.set(watcher)
        try:
            reprocess_with_prefect(selection, database=database, workers=workers, log_json=log_json)
        finally:
            current.reset(token)

    watched(ctx, work)
