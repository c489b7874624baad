"""`shilu export`: a published view as a file."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from flows.cli.options import database_option, published_option

FORMS = ("parquet", "csv", "jsonl", "geojson", "atom")


@click.command(
    short_help="Write a published view to a file.",
    epilog="Example: shilu export facts --format geojson --output facts.geojson",
)
@click.argument("view", default="facts")
@click.option("--format", "form", type=click.Choice(FORMS), default="csv", show_default=True)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file, replaced when all is written. [default: stdout]",
)
@published_option
@database_option
def command(view: str, form: str, output: Path | None, published: Path | None, database: Path | None) -> None:
    """Write VIEW (facts, events, articles, findings, attack_counts, aid_series …) as it is published; no server is needed.

    parquet: the view as it lies in the snapshot. csv: its columns. jsonl: the records of the feed, or an object for each
    row. geojson: facts or events that have a place on the map. atom: the facts last reported.
    """
    import warehouse
    from flows.publishing import published_folder
    from flows.settings import load_settings

    settings = load_settings(database=database, published=published)
    pieces = warehouse.export_view(published_folder(settings), view, form)
    if output is None:
        if form == "parquet" and sys.stdout.isatty():
            raise click.UsageError("Parquet is no text for a terminal; give --output FILE")
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.flush()
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)
