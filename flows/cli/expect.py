"""`shilu expect`: sources held against their floors and ceilings."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path

import click

from flows.cli.options import database_option, rows_format_option
from flows.cli.watching import EXPECTATION_BROKEN

COLUMNS = ("source", "expectation", "outcome", "found", "bound", "on_breach", "since", "message")


@click.command(
    short_help="Hold sources against their floors and ceilings.",
    epilog="Example: shilu expect my-feed --format json",
)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@rows_format_option
@database_option
@click.pass_context
def command(ctx: click.Context, names: tuple[str, ...], shape: str, database: Path | None) -> None:
    """Check what came from all sources, or those called NAME, against what `expect` in sources.toml says of them.

    `shilu run --source` does so after each run; this finds also a source that has not been run at all. What comes of it
    is kept (table `expectation`, view `breaches`). Asks no source and reads no article.

    Exit status: 0 nothing broken, or only what is to warn, 1 failed, 2 wrong usage, 4 an expectation with
    on_breach = "fail" is broken.
    """
    import warehouse
    from flows.cli.tables import write_rows
    from flows.expecting import check_source
    from flows.gather import load_sources, source_named, sources_file
    from flows.settings import load_settings

    settings = load_settings(database=database)
    if not settings.database.is_file():  # a check must not make an empty warehouse
        warehouse.open(settings.database, read_only=True, wait_seconds=0)
    path = sources_file(settings)
    chosen = [source_named(name, settings) for name in names] or list(load_sources(path).values())
    checked = [each for source in chosen for each in check_source(source, settings)]
    rows = [
        (
            *(getattr(each, name) for name in COLUMNS[:6]),
            each.since.isoformat(timespec="seconds"),
            each.message,
        )
        for each in checked
    ]
    write_rows(COLUMNS, rows, shape)
    broken = [each for each in checked if each.outcome == "broken"]
    click.echo(f"{len(broken)} of {len(checked)} expectations in {path} are broken", err=True)
    if any(each.on_breach == "fail" for each in broken):
        ctx.exit(EXPECTATION_BROKEN)
