"""`shilu score`: extracted records against gold."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.options import KIND

if TYPE_CHECKING:
    from flows.scoring import Disagreement, Scores

file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    short_help="Compare extracted events with gold.",
    epilog="Example: shilu score dev.articles.jsonl dev.jsonl --errors 20 --kind strike",
)
@click.argument("articles", type=file)
@click.argument("gold", type=file)
@click.option(
    "--predicted", type=file, help="Records to score, as `shilu extract` prints them. [default: extract now]"
)
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=0,
    help="Print the classes of error with their numbers, and so many errors of each with their evidence.",
)
@click.option("--kind", type=KIND, help="Only disagreements of this kind.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(
    articles: Path, gold: Path, *, predicted: Path | None, errors: int, kind: str | None, as_json: bool
) -> None:
    """Precision, recall and F1 of events and slots, by kind, of the events in ARTICLES against GOLD."""
    from flows.scoring import read_articles, read_gold, read_records, score

    scores = score(
        read_articles(articles),
        read_gold(gold),
        read_records(predicted) if predicted else _extracted(articles),
    )
    if as_json:
        click.echo(json.dumps(scores.report(), ensure_ascii=False))
    else:
        _print_figures(scores)
    if errors:
        chosen = [each for each in scores.disagreements if kind in (None, each.kind)]
        _print_classes(chosen, errors, to_stderr=as_json)


def _extracted(articles: Path) -> dict[str, list[dict[str, Any]]]:
    from flows.cli.extract import records

    found: dict[str, list[dict[str, Any]]] = {}
    for record in records([articles], Counter()):
        found.setdefault(record["article_id"], []).append(record)
    return found


def _print_figures(scores: Scores) -> None:
    from flows.cli.tables import write_rows

    report = scores.report()
    columns = ("kind", "gold", "got", "event P", "R", "F1", "slot P", "R", "F1", "perfect")
    rows = [
        (
            kind,
            each["gold"],
            each["predicted"],
            *(f"{x:.3f}" for x in (*each["event"], *each["slot"])),
            each["perfect"],
        )
        for kind, each in report.items()
    ]
    write_rows(columns, rows, "table")
    for kind, each in report.items():
        click.echo(f"{kind}: " + "  ".join(f"{slot} {figure}" for slot, figure in each["slots"].items()))


def _print_classes(disagreements: list[Disagreement], examples: int, *, to_stderr: bool) -> None:
    """The classes of error, the most frequent first, then examples of each."""
    from flows.cli.tables import write_rows

    classes: dict[tuple[str, str], list[Disagreement]] = {}
    for each in disagreements:
        classes.setdefault((each.kind, each.group), []).append(each)
    ordered = sorted(classes.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    rows = [(kind, group, len(found)) for (kind, group), found in ordered]
    write_rows(("kind", "error", "number"), rows, "table", out=sys.stderr if to_stderr else None)
    for _, found in ordered:
        for each in found[:examples]:
            _print_disagreement(each, to_stderr=to_stderr)


def _print_disagreement(each: Disagreement, *, to_stderr: bool) -> None:
    click.echo(f"\n[{each.article_id}] {each.kind} {each.what}\n  {each.quote}", err=to_stderr)
    for label, items in (("gold", each.expected), ("got ", each.got)):
        if items:
            click.echo(f"  {label} " + "; ".join(f"{slot} {value!r}" for slot, value in items), err=to_stderr)
