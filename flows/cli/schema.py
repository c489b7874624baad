"""`shilu schema`: the shape of the records."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import json

import click


@click.command(
    short_help="Print the JSON Schema of events.", epilog="Example: shilu schema > event.schema.json"
)
def command() -> None:
    """Print the JSON Schema of an event of any kind."""
    from schemas import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
