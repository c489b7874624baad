"""`shilu publish`: let readers see what the warehouse holds now."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, published_option, rows_format_option


@click.command(
    short_help="Publish what the warehouse holds now.", epilog="Example: shilu publish --keep 5 --format json"
)
@click.option("--keep", type=click.IntRange(1, 1000), help="How many snapshots are kept. [default: 3]")
@rows_format_option
@published_option
@database_option
def command(keep: int | None, shape: str, published: Path | None, database: Path | None) -> None:
    """Publish a snapshot: a read-only copy of the warehouse, and each view as Parquet.

    Facts and findings are brought up to date first. Readers keep the snapshot they opened, a server follows by itself.
    Where nothing has changed since the last snapshot, that one stays. `shilu run` does all of this at its end.
    """
    from flows.cli.tables import write_rows
    from flows.publishing import publish_warehouse
    from flows.settings import load_settings

    settings = load_settings(database=database, published=published, keep_snapshots=keep)
    done = publish_warehouse(settings)
    rows: list[tuple[str, object]] = [
        ("snapshot", done.manifest.id),
        ("number", done.manifest.number),
        ("new", "yes" if done.is_new else "no, nothing has changed"),
        ("folder", str(done.version)),
        ("facts", done.manifest.counts["facts"]),
        ("articles", done.manifest.counts["articles"]),
        ("findings", done.manifest.counts["findings"]),
        ("old snapshots removed", done.removed),
    ]
    write_rows(("figure", "value"), rows, shape)
