"""What commands that run a job share: progress on a terminal, figures at the end, an orderly end when interrupted."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from flows.ledger import Summary
    from warehouse import Checked

FINISHED_WITH_ISSUES = 3
EXPECTATION_BROKEN = 4
log_json_option = click.option(
    "--log-json", is_flag=True, default=None, help="Tell each step on stderr, as one line of JSON."
)
workers_option = click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that extract. [default: 1]"
)
no_prefect_option = click.option(
    "--no-prefect", is_flag=True, help="Run without Prefect: no start-up time, no record in its server."
)


def watched(ctx: click.Context, work: Callable[[Watcher], None]) -> None:
    """Run a job under a watcher, print its figures, and end with the exit status that tells of issues."""
    with watching() as watcher:
        work(watcher)
    if report(watcher):
        ctx.exit(FINISHED_WITH_ISSUES)


@contextmanager
def watching() -> Iterator[Watcher]:
    """Shows a run on the terminal while the block runs; an interrupt ends it with a word on what stays."""
    signal.signal(signal.SIGTERM, _terminate)
    watcher = Watcher()
    try:
        with watcher:
            yield watcher
    except KeyboardInterrupt:
        raise click.ClickException(
            "interrupted; what was loaded so far is whole, run the same command again to go on"
        ) from None


def report(watcher: Watcher) -> bool:
    """Print the figures of a finished run; whether it left issues. These and broken expectations are told on stderr."""
    assert watcher.summary is not None
    _print(watcher.summary)
    issues = watcher.summary.ledger.issues
    if issues:
        click.echo(f"{issues} issues: shilu issues --run {watcher.summary.run.id}", err=True)
    for each in watcher.breaches:
        click.echo(f"expectation {each.expectation} broken: {each.message}", err=True)
    return bool(issues)


class Watcher:
    """Shows a run's progress on a terminal, and keeps its summary."""

    def __init__(self) -> None:
        self.summary: Summary | None = None
        self.breaches: Sequence[Checked] = ()
        self._bar: Bar | None = None

    def __enter__(self) -> Watcher:
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

    def breached(self, breaches: Sequence[Checked]) -> None:
        self.breaches = breaches


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
