"""`shilu run`: the main job."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, paths_argument
from flows.cli.watching import Watcher, log_json_option, no_prefect_option, watched, workers_option


@click.command(
    short_help="Read articles into the warehouse.",
    epilog="Example: shilu run articles/ more.jsonl.gz --workers 2",
)
@paths_argument
@workers_option
@no_prefect_option
@log_json_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    workers: int | None,
    no_prefect: bool,
    log_json: bool | None,
    database: Path | None,
) -> None:
    """Read the articles under PATH into the warehouse.

    PATH is a file of articles (.md, .txt, .jsonl, .jsonl.gz) or a folder of them. Running twice changes
    nothing.

    Exit status: 0 all fine, 1 failed, 2 wrong usage, 3 finished, but some inputs became issues (see `shilu
    issues`).
    """

    def work(watcher: Watcher) -> None:
        from flows.progress import watcher as current
        from flows.settings import load_settings

        settings = load_settings(database=database, workers=workers, log_json=log_json)
        if no_prefect:
            from flows.run import ingest_plain

            ingest_plain(paths, settings, watcher)
            return
        from flows.orchestration import prepare

        watcher.step("starting Prefect")
        prepare(settings.prefect_home)
        from flows.ingest import ingest_with_prefect

        token = current.set(watcher)
        try:
            ingest_with_prefect(paths, database=database, workers=workers, log_json=log_json)
        finally:
            current.reset(token)

    watched(ctx, work)
