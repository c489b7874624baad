"""`shilu audit`: statements that contradict each other or themselves."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import KIND, database_option, rows_format_option

if TYPE_CHECKING:
    from warehouse import Finding

FOUND = 4
SEVERITIES = ("error", "warning", "notice")  # of warehouse.SEVERITIES, which is too heavy for --help
QUOTED = 60  # characters of evidence in a table; CSV and JSON have all
SHOWN = 10  # characters of an id: enough for `shilu show`


@click.command(
    short_help="Find statements that contradict each other.",
    epilog="Example: shilu audit --check parts_of_count --fail-on error",
)
@click.option(
    "--check", "checks", multiple=True, metavar="NAME", help="Only findings of this check; again for more."
)
@click.option(
    "--severity",
    "severities",
    multiple=True,
    type=click.Choice(SEVERITIES),
    help="Only findings of this severity; again for more.",
)
@click.option("--kind", type=KIND, help="Only findings of this kind of event.")
@rows_format_option
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES[:2]),
    help="End with status 4 where a finding that is listed is so grave, or graver.",
)
@database_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    checks: tuple[str, ...],
    severities: tuple[str, ...],
    kind: str | None,
    shape: str,
    fail_on: str | None,
    database: Path | None,
) -> None:
    """Bring facts up to date, check what is said now against itself, and list the findings, the gravest first.

    All checks run, whatever is listed; the view `findings` holds what they found until the next audit.
    docs/audit.md explains the checks.

    Exit status: 0 done, 1 failed, 2 wrong usage, 4 findings as grave as --fail-on says.
    """
    import warehouse
    from flows.settings import load_settings

    for name in checks:
        if name not in warehouse.CHECKS:
            raise click.BadParameter(f"no check is called {name!r}; checks are {', '.join(warehouse.CHECKS)}")
    settings = load_settings(database=database)
    if not settings.database.is_file():  # an audit must not make an empty warehouse
        warehouse.open(settings.database, read_only=True, wait_seconds=0)
    with warehouse.open(settings.database, wait_seconds=settings.lock_wait_seconds) as house:
        house.resolve()
        house.audit()
        found = house.findings(checks=checks, severities=severities, kind=kind)
    _print(found, shape)
    if fail_on and any(SEVERITIES.index(each.severity) <= SEVERITIES.index(fail_on) for each in found):
        ctx.exit(FOUND)


def _print(found: Sequence[Finding], shape: str) -> None:
    from flows.cli.tables import write_rows

    if shape == "json":
        records = [{"finding_id": (record := asdict(each)).pop("id"), **record} for each in found]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1, default=str))
    elif shape == "csv":
        columns = (
            "finding_id",
            "check",
            "severity",
            "kind",
            "when_start",
            "when_end",
            "first_said",
            "message",
        )
        sides = ("events", "evidence", "other_events", "other_evidence")
        write_rows((*columns, *sides), [_whole(each) for each in found], shape)
    else:
        columns = ("severity", "check", "when", "what", "evidence", "against", "event", "event")
        write_rows(columns, [_brief(each) for each in found], shape)
        click.echo(_summary(found), err=True)


def _whole(each: Finding) -> list[object]:
    """All of a finding in one row, statements separated by ` | `."""
    sides = [
        " | ".join(words)
        for side in (each.one_side, each.other_side)
        for words in ([subject.event_id for subject in side], [subject.evidence for subject in side])
    ]
    first_said = each.first_said.isoformat()
    return [
        each.id, each.check, each.severity, each.kind, each.when_start, each.when_end, first_said, each.message, *sides
    ]  # fmt: skip


def _brief(each: Finding) -> list[object]:
    when = each.when_start if each.when_start == each.when_end else f"{each.when_start}..{each.when_end}"
    sides = [side[0] if side else None for side in (each.one_side, each.other_side)]
    quotes = [subject and _clipped(subject.evidence) for subject in sides]
    ids = [subject and subject.event_id[:SHOWN] for subject in sides]
    return [each.severity, each.check, when, each.message, *quotes, *ids]


def _clipped(words: str) -> str:
    return words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"


def _summary(found: Sequence[Finding]) -> str:
    numbers = [sum(each.severity == severity for each in found) for severity in SEVERITIES]
    return ", ".join(
        f"{n} {name}{'' if n == 1 else 's'}" for n, name in zip(numbers, SEVERITIES, strict=True)
    )
