"""`shilu run`: the main job, with Prefect or without."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import click

from flows.cli.options import database_option, first_day_option, last_day_option
from flows.cli.watching import (
    EXPECTATION_BROKEN,
    FINISHED_WITH_ISSUES,
    Watcher,
    log_json_option,
    no_prefect_option,
    report,
    watching,
    workers_option,
)
from flows.errors import ExpectationBrokenError


@dataclass(frozen=True, slots=True)
class What:
    """What to read: paths, or of a source what is new, `again` all that is kept, or what was published on some days."""

    paths: tuple[Path, ...]
    source: str | None
    again: bool
    first: datetime.date | None
    last: datetime.date | None


@click.command(
    short_help="Read articles into the warehouse.",
    epilog="Example: shilu run articles/ more.jsonl.gz --workers 2",
)
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Ask this source of sources.toml instead; repeatable.",
)
@click.option(
    "--again", is_flag=True, help="With --source: read all that is kept of it, not only what is new."
)
@first_day_option
@last_day_option
@workers_option
@no_prefect_option
@log_json_option
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    sources: tuple[str, ...],
    again: bool,
    first: datetime.date | None,
    last: datetime.date | None,
    workers: int | None,
    no_prefect: bool,
    log_json: bool | None,
    database: Path | None,
) -> None:
    """Read the articles under PATH, or what is new at a source, into the warehouse.

    PATH is a file of articles (.md, .txt, .jsonl, .jsonl.gz, .html, .warc, .warc.gz) or a folder of them. Running
    twice changes nothing. Sources are named in sources.toml (see `shilu sources`). With --source, --from and --to read
    what was published on these days: all that is kept, and what lists kept by the day lead to.

    Exit status: 0 all fine, 1 failed, 2 wrong usage, 3 finished, but some inputs became issues (see `shilu
    issues`), 4 finished, but a source broke an expectation with on_breach = "fail" (see `shilu expect`).
    """
    if not paths and not sources:
        raise click.UsageError("Missing argument 'PATH...'; give files, folders, or --source NAME")
    if paths and sources:
        raise click.UsageError("give either PATH or --source; write paths of their own into sources.toml")
    if again and not sources:
        raise click.UsageError("--again goes with --source; paths are always read whole")
    if (first or last) and not sources:
        raise click.UsageError("--from and --to go with --source; paths are always read whole")
    with_issues = broken = False
    for source in sources or (None,):
        with watching() as watcher:
            try:
                what = What(paths, source, again, first, last)
                _run(what, workers, log_json, database, watcher, plain=no_prefect)
            except ExpectationBrokenError:  # all was read; the report tells which
                broken = True
        with_issues = report(watcher) or with_issues
    if broken:
        ctx.exit(EXPECTATION_BROKEN)
    if with_issues:
        ctx.exit(FINISHED_WITH_ISSUES)


def _run(
    what: What,
    workers: int | None,
    log_json: bool | None,
    database: Path | None,
    watcher: Watcher,
    *,
    plain: bool,
) -> None:
    from flows.days import Days
    from flows.progress import watcher as current
    from flows.settings import load_settings

    settings = load_settings(database=database, workers=workers, log_json=log_json)
    days = Days(what.first, what.last) if what.first or what.last else None
    source = None
    if what.source is not None:
        from flows.gather import source_named

        source = source_named(what.source, settings)  # what is wrong with it is told before Prefect starts
    if plain and source is not None:
        from flows.run import run_source

        run_source(source, settings, watcher, again=what.again, days=days)
        return
    if plain:
        from flows.run import ingest_plain

        ingest_plain(what.paths, settings, watcher)
        return
    from flows.orchestration import prepare

    watcher.step("starting Prefect")
    prepare(settings.prefect_home)
    from flows.ingest import ingest_with_prefect

    token = current.set(watcher)
    try:
        ingest_with_prefect(
            what.paths,
            database=database,
            workers=workers,
            source=what.source,
            again=what.again,
            days=days,
            log_json=log_json,
        )
    finally:
        current.reset(token)
