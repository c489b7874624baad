"""`shilu serve`: the feed over HTTP."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import http.client
import ipaddress
import socket
import threading
from contextlib import suppress
from pathlib import Path

import click

from flows.cli.options import database_option, published_option
from flows.errors import ShiluError

HOST = "127.0.0.1"
PORT = 8765
# Requests underway at a time; more are answered with 503 at once rather than late.
MOST_CONNECTIONS = 256
BACKLOG = 512


@click.command(short_help="Serve the feed over HTTP.", epilog="Example: shilu serve --port 8765")
@click.option("--host", default=HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free."
)
@click.option(
    "--allow-host",
    "names",
    multiple=True,
    metavar="NAME",
    help="Also answer requests for this name, as behind a proxy; again for more, '*' for any.",
)
@click.option(
    "--seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(min=0.1, max=600),
    help="How long one question may take the database.",
)
@published_option
@database_option
def command(
    host: str,
    port: int,
    names: tuple[str, ...],
    seconds: float,
    published: Path | None,
    database: Path | None,
) -> None:
    """Serve what is published, to this machine only unless --host says otherwise.

    Where nothing has been published yet, what the warehouse holds is published first. The server reads snapshots alone
    and follows a newer one by itself; `shilu run` may go on beside it. There is no login: whoever reaches the address
    reads everything. docs/feed.md lists what can be asked.
    """
    import uvicorn

    import warehouse
    from flows.publishing import publish_warehouse, published_folder
    from flows.settings import load_settings

    settings = load_settings(database=database, published=published)
    folder = published_folder(settings)
    # Nothing published, or by another version of Shilu: there is something to serve all the same.
    if settings.database.is_file() and not warehouse.is_published(folder):
        publish_warehouse(settings)
    application = warehouse.feed_application(folder, hosts=_hosts(host, names), seconds=seconds)
    with _listening(host, port) as listener:
        if not is_loopback(host):
            click.echo(f"Serving to everybody who reaches {host}, without a login.", err=True)
        address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
        click.echo(f"Serving {folder} on {address} – Ctrl-C ends it.", err=True)
        config = uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=5,
            # A proxy's word on where a request comes from changes nothing here, so nobody's is taken.
            proxy_headers=False,
        )
        threading.Thread(target=_visit, args=listener.getsockname()[:2], daemon=True).start()
        uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens on the address. Raises ShiluError where that cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise ShiluError(
            f"{_shown(host)}:{port}: cannot listen there ({error.strerror or error}); "
            "end what does, or choose another --port or --host"
        ) from error


def _visit(host: str, port: int) -> None:
    """Be the first to ask for the overview, which takes longest the first time, so that no reader has to wait for it."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    with suppress(OSError, http.client.HTTPException):  # a courtesy: who comes next is told what is wrong
        visit = http.client.HTTPConnection(there, port, timeout=60)
        visit.request("GET", "/")
        visit.getresponse().read()
        visit.close()


def _hosts(host: str, names: tuple[str, ...]) -> list[str]:
    """The names for which requests are answered: loopback, the address listened on, and those given."""
    own = [] if host in ("0.0.0.0", "::") else [_shown(host)]
    return ["localhost", "127.0.0.1", "[::1]", *own, *names]


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    """The address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
