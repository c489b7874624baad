"""Chromium without a display, and servers of pages to look at. Skipped where no Chromium is found.

At the end of each test nothing has been asked of another machine, and nothing went wrong in a script.
"""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import warehouse

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DESKTOP = {"width": 1440, "height": 900}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server of the published folder, on a free port of this machine."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    config = uvicorn.Config(
        warehouse.feed_application(folder), log_level="warning", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Of this module alone: while it runs, no other test could use an event loop."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium in a real browser's place: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def site(examples: Path) -> Iterator[str]:
    """The address of the examples' pages."""
    with served(examples) as address:
        yield address


@pytest.fixture(scope="module")
def generous_site(generous: Path) -> Iterator[str]:
    """The address of pages of aid by many donors."""
    with served(generous) as address:
        yield address


@pytest.fixture(scope="module")
def harmful_site(hostile: Path) -> Iterator[str]:
    """The address of the pages of articles that mean harm."""
    with served(hostile) as address:
        yield address


class Watched:
    """A context that keeps what its pages asked for and complained of."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.addresses: list[str] = []
        self.complaints: list[str] = []
        context.set_default_timeout(15_000)
        context.on("request", lambda request: self.addresses.append(request.url))
        context.on(
            "console", lambda line: self.complaints.append(line.text) if line.type == "error" else None
        )
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    def go(self, address: str) -> Page:
        """Open an address in a new page."""
        page = self.context.new_page()
        page.goto(address)
        return page


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Opens contexts; at the end nothing has been asked of another machine and nothing went wrong in a script."""
    opened: list[Watched] = []

    def open_watched(**options: object) -> Watched:
        defaults = {"viewport": DESKTOP, "locale": "en-GB", "color_scheme": "light"}
        opened.append(Watched(browser.new_context(**defaults | options)))
        return opened[-1]

    yield open_watched
    for each in opened:
        each.context.close()
        hosts = {urlsplit(address).hostname for address in each.addresses}
        assert hosts <= {"127.0.0.1"}, hosts
        assert not each.complaints
