"""`shilu run`: the main job."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

from flows.cli.options import database_option

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from flows.ledger import Summary

FINISHED_WITH_ISSUES = 3


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
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that extract. [default: 1]")
@click.option(
    "--no-prefect", is_flag=True, help="Run without Prefect: no start-up time, no record in its server."
)
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[Path, ...],
    sources: tuple[str, ...],
    again: bool,
    workers: int | None,
    no_prefect: bool,
    database: Path | None,
) -> None:
    """Read the articles under PATH, or what is new at a source, into the warehouse.

    PATH is a file of articles (.md, .txt, .jsonl, .jsonl.gz, .html, .warc, .warc.gz) or a folder of them. Running
    twice changes nothing. Sources are named in sources.toml (see `shilu sources`).

    Exit status: 0 all fine, 1 failed, 2 wrong usage, 3 finished, but some inputs became issues (see `shilu
    issues`).
    """
    if not paths and not sources:
        raise click.UsageError("Missing argument 'PATH...'; give files, folders, or --source NAME")
    if paths and sources:
        raise click.UsageError("give either PATH or --source; write paths of their own into sources.toml")
    if again and not sources:
        raise click.UsageError("--again goes with --source; paths are always read whole")
    signal.signal(signal.SIGTERM, _terminate)
    with_issues = False
    for source in sources or (None,):
        with watching() as watcher:
            _run(paths, source, again, workers, database, watcher, plain=no_prefect)
        with_issues = report(watcher) or with_issues
    if with_issues:
        ctx.exit(FINISHED_WITH_ISSUES)


@contextmanager
def watching() -> Iterator[_Watcher]:
    """Shows a run on the terminal while the block runs; an interrupt ends it with a word on what stays."""
    watcher = _Watcher()
    try:
        with watcher:
            yield watcher
    except KeyboardInterrupt:
        raise click.ClickException(
            "interrupted; what was loaded so far is whole, run the same command again to go on"
        ) from None


def report(watcher: _Watcher) -> bool:
    """Print the figures of a finished run; whether it left issues, of which stderr is told."""
    assert watcher.summary is not None
    _print(watcher.summary)
    issues = watcher.summary.ledger.issues
    if issues:
        click.echo(f"{issues} issues: shilu issues --run {watcher.summary.run.id}", err=True)
    return bool(issues)


def _run(
    paths: tuple[Path, ...],
    source: str | None,
    again: bool,
    workers: int | None,
    database: Path | None,
    watcher: _Watcher,
    *,
    plain: bool,
) -> None:
    from flows.progress import watcher as current
    from flows.settings import load_settings

    settings = load_settings(database=database, workers=workers)
    if plain:
        if source is not None:
            from flows.gather import source_named
            from flows.run import run_source

            run_source(source_named(source, settings), settings, watcher, again=again)
            return
        from flows.run import ingest_plain

        ingest_plain(paths, settings, watcher)
        return
    if source is not None:
        from flows.gather import source_named

        source_named(source, settings)  # what is wrong with it is told before Prefect starts
    from flows.orchestration import prepare

    watcher.step("starting Prefect")
    prepare(settings.prefect_home)
    from flows.ingest import ingest_with_prefect

    token = current.set(watcher)
    try:
        ingest_with_prefect(paths, database=database, workers=workers, source=source, again=again)
    finally:
        current.reset(token)


class _Watcher:
    """Shows a run's progress on a terminal, and keeps its summary."""

    def __init__(self) -> None:
        self.summary: Summary | None = None
        self._bar: Bar | None = None

    def __enter__(self) -> _Watcher:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("starting", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, words: str) -> None:
        if self._bar is not None:
            self._bar.update(self._task, description=words)

    def found(self, inputs: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, total=inputs)

    def advance(self, inputs: int) -> None:
        if self._bar is not None:
            self._bar.advance(self._task, inputs)

    def finished(self, summary: Summary) -> None:
        self.summary = summary


def _print(summary: Summary) -> None:
    from flows.cli.tables import write_rows

    run, ledger = summary.run, summary.ledger
    seconds = run.duration.total_seconds() if run.duration else 0.0
    rows: list[tuple[str, object]] = [
        ("run", run.id),
        *([("source", run.source)] if run.source else []),
        ("inputs", ledger.inputs),
        ("added", ledger.added),
        ("changed", ledger.changed),
        ("read again by a new version", ledger.reread),
        ("unchanged", ledger.unchanged),
        ("duplicates", ledger.duplicates),
        ("issues", ledger.issues),
        ("files passed over", summary.passed_over_words),
        *((f"events: {kind}", count) for kind, count in run.events.items()),
        ("facts in the warehouse", ledger.facts),
        ("seconds", f"{seconds:.1f}"),
    ]
    write_rows(("figure", "value"), rows, "table")


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    """A polite kill is an interrupt: the run is recorded as failed and the workers are stopped."""
    raise KeyboardInterrupt
