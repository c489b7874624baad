"""`shilu rules`: what each rule finds in articles, and how much of it is right."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import KIND, rows_format_option

file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    short_help="Show what each rule finds, and how much of it is right.",
    epilog="Example: shilu rules --report train.articles.jsonl train.jsonl --kind strike",
)
@click.option(
    "--report",
    type=(file, file),
    multiple=True,
    required=True,
    metavar="ARTICLES GOLD",
    help="Annotated articles to read. May be given several times.",
)
@click.option("--kind", type=KIND, help="Only rules of this kind.")
@rows_format_option
def command(report: tuple[tuple[Path, Path], ...], kind: str | None, shape: str) -> None:
    """For every rule: its matches, the events it finds, how many of them are right, and their share.

    Rules without a match never fire on these articles. Events of a rule with matches but none of its own are found
    together with another rule's. Events that answer an optional record are not counted.
    """
    from flows.cli.tables import write_rows
    from flows.rule_report import rule_report

    rows = [
        (
            each.rule,
            each.matches,
            each.events,
            each.right,
            f"{each.right / each.events:.2f}" if each.events else None,
        )
        for each in rule_report(report)
        if kind in (None, each.rule.partition("/")[0])
    ]
    write_rows(("rule", "matches", "events", "right", "precision"), rows, shape)
