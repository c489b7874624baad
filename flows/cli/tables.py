"""Rows on stdout: as a table for people, as CSV or JSON for programs."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Sequence
from typing import IO, Any

import click


def write_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], shape: str, *, out: IO[str] | None = None
) -> None:
    """Print rows, to stdout or `out`; JSON gives one array of objects, CSV a header line first.

    Where columns share a name, as after a join, JSON calls the later ones `name_1`, `name_2`; numbers that JSON
    lacks (infinity, not-a-number) become null.
    """
    out = out or sys.stdout
    if shape == "json":
        names = _told_apart(columns)
        records = [dict(zip(names, map(_plain, row), strict=True)) for row in rows]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1, default=str), file=out)
    elif shape == "csv":
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)
    else:
        _write_table(columns, rows, out)


def _write_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], out: IO[str]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, column in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[index], int | float) for row in rows)
        table.add_column(Text(str(column)), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    console = Console(file=out)
    if not console.is_terminal:  # a file or pipe has no width: cut nothing
        console = Console(file=out, width=10_000)
    console.print(table)


def _told_apart(columns: Sequence[str]) -> list[str]:
    names: list[str] = []
    for column in columns:
        name, number = column, 0
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names.append(name)
    return names


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)
