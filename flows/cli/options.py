"""Options and arguments that several commands share."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
import difflib
from pathlib import Path

import click

paths_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
database_option = click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The warehouse file. [default: data/shilu.duckdb]",
)
published_option = click.option(
    "--published",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of published snapshots. [default: beside the warehouse, data/shilu.published]",
)
_day = click.DateTime(["%Y-%m-%d"])


def _date(
    ctx: click.Context, param: click.Parameter, moment: datetime.datetime | None
) -> datetime.date | None:
    return moment.date() if moment else None


first_day_option = click.option(
    "--from", "first", type=_day, callback=_date, metavar="DAY", help="Leave out days before, as 2024-03-05."
)
last_day_option = click.option(
    "--to", "last", type=_day, callback=_date, metavar="DAY", help="Leave out days after."
)
rows_format_option = click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How to print.",
)


class KindType(click.ParamType[str]):
    """One of the kinds of event; the list is imported only when a kind is given."""

    name = "kind"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The kind itself, or a usage error that suggests the nearest."""
        from schemas import KINDS

        if value not in KINDS:
            near = difflib.get_close_matches(value, KINDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"kinds are {', '.join(KINDS)}"
            self.fail(f"{value!r} is no kind of event; {hint}", param, ctx)
        return value


KIND = KindType()
