"""`shilu schedule`: sources and upkeep, each when it is due."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import database_option, rows_format_option

if TYPE_CHECKING:
    from flows.plan import Planned
    from flows.settings import Settings

TIMES_SHOWN = 3
PORT = 4200


@click.command(
    short_help="Run sources and upkeep when they are due.", epilog="Example: shilu schedule --list"
)
@click.option("--list", "listed", is_flag=True, help="Only show what would run when; nothing is started.")
@click.option(
    "--pool", metavar="NAME", help="Only register the deployments, for workers of this work pool to run."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=PORT,
    show_default=True,
    help="Of Prefect's server on this machine; without effect where PREFECT_API_URL names one.",
)
@click.option(
    "--at-once", type=click.IntRange(1, 64), help="Runs at the same time; they write in turns. [default: 1]"
)
@rows_format_option
@database_option
def command(
    listed: bool, pool: str | None, port: int, at_once: int | None, shape: str, database: Path | None
) -> None:
    """Read each source when its `schedule` in sources.toml says so; reprocess, check, audit and publish by settings.

    Stays until it is interrupted. A Prefect server is started on this machine, with its pages on the same port, unless
    PREFECT_API_URL names one. After a change of sources.toml start it anew. docs/operating.md shows how to keep it up.
    """
    from flows.plan import plan
    from flows.settings import load_settings

    settings = load_settings(database=database, runs_at_once=at_once)
    planned = plan(settings)
    if listed:
        _print(planned, shape)
        return
    from flows.orchestration import prepare

    prepare(settings.prefect_home)
    if pool is not None:
        _register(planned, settings, pool)
        return
    _serve(planned, settings, port)


def _print(planned: Sequence[Planned], shape: str) -> None:
    from flows.cli.tables import write_rows
    from flows.cron import next_times

    now = datetime.datetime.now(datetime.UTC)
    rows = []
    for each in planned:
        times = next_times(each.schedule, each.time_zone, now, TIMES_SHOWN) if each.schedule else []
        shown = [time.isoformat(timespec="minutes") for time in times]
        schedule = each.schedule or "by hand"
        rows.append(
            (
                each.deployment,
                each.flow,
                schedule,
                each.time_zone,
                shown if shape == "json" else ", ".join(shown),
            )
        )
    write_rows(("deployment", "flow", "schedule", "time_zone", "next"), rows, shape)


def _server_address() -> str | None:
    """The address of Prefect's server that the environment or Prefect's profile names."""
    from prefect.settings import PREFECT_API_URL

    address: str | None = PREFECT_API_URL.value()
    return address


def _register(planned: Sequence[Planned], settings: Settings, pool: str) -> None:
    if _server_address() is None:
        raise click.UsageError("--pool needs a server that workers reach; set PREFECT_API_URL")
    from flows.serve import register

    register(planned, settings, pool)
    click.echo(f"{len(planned)} deployments registered for work pool {pool}", err=True)


def _serve(planned: Sequence[Planned], settings: Settings, port: int) -> None:
    from contextlib import nullcontext

    from flows.loopback import loopback_server, refuse_unfit_scheduler

    named = _server_address()
    if named is None:
        refuse_unfit_scheduler()
    with loopback_server(port) if named is None else nullcontext(named) as address:
        os.environ["PREFECT_API_URL"] = address
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: address}):
            from flows.serve import serve

            click.echo(f"{len(planned)} deployments at {address}; Ctrl-C ends it", err=True)
            serve(planned, settings)
