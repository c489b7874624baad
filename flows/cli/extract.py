"""`shilu extract`: articles in, records out, nothing stored."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from flows.cli.options import KIND, paths_argument
from flows.cli.watching import FINISHED_WITH_ISSUES

if TYPE_CHECKING:
    from schemas import Issue

BATCH = 50  # articles extracted at a time; output appears batch by batch


@click.command(
    short_help="Print the events of articles; store nothing.",
    epilog="Example: shilu extract articles.jsonl --kind meeting > meetings.jsonl",
)
@paths_argument
@click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
    help="How to print.",
)
@click.option("--kind", type=KIND, help="Only events of this kind.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, whole or not at all.",
)
@click.pass_context
def command(
    ctx: click.Context, paths: tuple[Path, ...], shape: str, kind: str | None, output: Path | None
) -> None:
    """Print the events of the articles under PATH, one record a line; issues go to stderr.

    Needs no warehouse and leaves nothing behind. Exit status 3 where some inputs became issues.
    """
    issues: Counter[str] = Counter()
    found = (record for record in records(paths, issues) if kind in (None, record["kind"]))
    with _opened(output) as out:
        if shape == "jsonl":
            for record in found:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        else:
            _write_table(found, out)
    if issues:
        ctx.exit(FINISHED_WITH_ISSUES)


def records(paths: Iterable[Path], issues: Counter[str]) -> Iterator[dict[str, Any]]:
    """The records of all articles under `paths`, in their order; issues are printed and counted by code."""
    from flows.extraction import REMEDIES, Extraction
    from flows.settings import load_settings
    from flows.sources import read_items
    from flows.steps import bounds_of, limits_of
    from schemas import Article, Issue, to_record

    settings = load_settings()
    passed_over: Counter[str] = Counter()
    items = read_items(paths, limits=limits_of(settings), passed_over=passed_over)
    with Extraction(settings.workers, bounds=bounds_of(settings)) as extraction:
        while batch := list(islice(items, BATCH)):
            for item in batch:
                if isinstance(item.outcome, Issue):
                    _report(item.outcome, issues)
            read = [item for item in batch if isinstance(item.outcome, Article)]
            outcomes = extraction.outcomes(
                [item.outcome for item in read if isinstance(item.outcome, Article)]
            )
            for item, outcome in zip(read, outcomes, strict=True):
                if outcome.failure is not None:
                    reason = f"{outcome.failure}; {REMEDIES[outcome.code]}"
                    _report(Issue(path=item.path, line=item.line, code=outcome.code, reason=reason), issues)
                yield from (to_record(event) for event in outcome.events)
    if passed_over:
        words = ", ".join(f"{extension} {count}" for extension, count in sorted(passed_over.items()))
        click.echo(f"files passed over: {words}", err=True)


def _report(issue: Issue, issues: Counter[str]) -> None:
    issues[issue.code] += 1
    place = issue.path if issue.line is None else f"{issue.path}:{issue.line}"
    click.echo(f"{place}: {issue.code}: {issue.reason}", err=True)


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[str]]:
    """stdout, or a draft beside `path` that takes its place when all went well."""
    if path is None:
        yield sys.stdout
        return
    draft = path.with_name(f".{path.name}.draft")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write_table(found: Iterable[dict[str, Any]], out: IO[str]) -> None:
    from flows.cli.tables import write_rows
    from flows.cli.wording import slots_in_words

    rows = [
        (
            record["article_id"],
            record["kind"],
            "; ".join(slots_in_words(record)),
            record["evidence"][0]["text"],
        )
        for record in found
    ]
    write_rows(("article", "kind", "slots", "evidence"), rows, "table", out=out)
