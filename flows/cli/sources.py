"""`shilu sources`: the sources, checked, with what would be asked."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import click

from flows.cli.options import rows_format_option


@click.command(
    short_help="Check the sources; show what would be asked.", epilog="Example: shilu sources --format json"
)
@click.argument("names", metavar="[NAME...]", nargs=-1)
@rows_format_option
def command(names: tuple[str, ...], shape: str) -> None:
    """Check sources.toml and list its sources, or those called NAME, with what each would ask. Asks nothing.

    The file is sources.toml in the working directory, or the one that SHILU_SOURCES names; where there is neither, the
    example that Shilu ships.
    """
    from flows.cli.tables import write_rows
    from flows.gather import load_sources, source_named, sources_file
    from flows.settings import load_settings

    settings = load_settings()
    path = sources_file(settings)
    chosen = [source_named(name, settings) for name in names] or list(load_sources(path).values())
    rows = [
        (
            source.name,
            source.type,
            source.outlet,
            source.language,
            source.time_zone,
            source.schedule or "by hand",
            "yes" if source.asks_network else "no",
            " ".join(source.would_ask()),
            source.trust,
        )
        for source in chosen
    ]
    columns = ("source", "type", "outlet", "language", "time_zone", "schedule", "network", "asks", "trust")
    write_rows(columns, rows, shape)
    click.echo(f"{len(rows)} sources in {path}", err=True)
    if not settings.contact and any(source.asks_network for source in chosen):
        click.echo(
            "publishers see no contact: set SHILU_CONTACT, or contact in shilu.toml, to an address or e-mail",
            err=True,
        )
