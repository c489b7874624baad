"""Prefect's own server on this machine alone, as a process beside ours, for as long as we need it."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from flows.errors import ShiluError

HOST = "127.0.0.1"
START_SECONDS = 180.0  # it sets up its database first, and a busy machine takes its time
STOP_SECONDS = 20.0
PAUSE_SECONDS = 0.25


# From here on the scheduler of Prefect 3.8 fails on each insertion, and goes on without a run.
UNFIT_SQLALCHEMY = (2, 1)


def refuse_unfit_scheduler() -> None:
    """Raises `ShiluError` where a server started here would answer, and yet make no runs of schedules."""
    version = importlib.metadata.version("sqlalchemy")
    if tuple(int(part) for part in version.split(".")[:2]) >= UNFIT_SQLALCHEMY:
        raise ShiluError(
            f"SQLAlchemy {version} is installed, with which Prefect's server makes no runs of schedules; install one "
            "below 2.1 (pip install 'sqlalchemy<2.1'), or name a server elsewhere in PREFECT_API_URL"
        )


@contextmanager
def loopback_server(port: int) -> Iterator[str]:
    """The address of the API of a Prefect server on `port`: one that answers there already, else one started for the block.

    Raises `ShiluError` where another program holds the port, or the server does not start.
    """
    address = f"http://{HOST}:{port}/api"
    if _answers(address):
        yield address
        return
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST, "--port", str(port)]
    # A session of its own: Ctrl-C is for us, and the server must still be there when we take leave of it.
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(server, address, port)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen[bytes], address: str, port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise ShiluError(
                f"Prefect's server ended with status {server.returncode} as it started on port {port}; see its words "
                "above, give another --port, or name a running one in PREFECT_API_URL"
            )
        if _answers(address):
            return
        time.sleep(PAUSE_SECONDS)
    raise ShiluError(
        f"Prefect's server did not answer on port {port} within {START_SECONDS:.0f} s; look at the load of this "
        "machine, or name a running server in PREFECT_API_URL"
    )


def _answers(address: str) -> bool:
    """Whether a Prefect server is there. Raises `ShiluError` where something else is."""
    try:
        answer = httpx.get(f"{address}/health", timeout=2.0, trust_env=False)
    except httpx.TransportError:
        return False
    if answer.status_code == httpx.codes.OK and answer.text.strip() == "true":
        return True
    if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return False  # it is about to start
    raise ShiluError(f"{address}: another program answers there; give another --port")
