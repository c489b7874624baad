"""How soon the pages are painted and how fast they answer, in Chromium.

    python tests/benchmarks/page_speed.py PUBLISHED_FOLDER

serves the folder (tests/benchmarks/resolve_facts.py says how its 50,000 facts are made), opens each page three times and
prints the median of the first contentful paint and, for what a reader does, the longest time from an input to the next
paint (event timing). Times in milliseconds.
"""

from __future__ import annotations

import shutil
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP)]

import uvicorn  # noqa: E402
from playwright.sync_api import BrowserContext, Page, sync_playwright  # noqa: E402

import warehouse  # noqa: E402

PAGES = (
    "/",
    "/facts",
    "/facts?kind=strike&side=UA",
    "/drones?step=day",
    "/aid",
    "/meetings",
    "/strikes",
    "/audit",
)
TIMES = 3
WATCH = """
window.inputs = [];
new PerformanceObserver((list) => list.getEntries().forEach((each) => each.interactionId && window.inputs.push(each.duration)))
    .observe({type: "event", durationThreshold: 16, buffered: true});
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
Act = Callable[[Page], object]
DEEDS: dict[str, tuple[str, Act, str]] = {
    "filter by status": (
        "/facts",
        lambda page: page.get_by_text("single", exact=True).first.click(),
        "status=single",
    ),
    "type words": (
        "/facts",
        lambda page: page.locator("#text").press_sequentially("空军", delay=30),
        "text=",
    ),
    "open evidence": ("/facts", lambda page: page.locator("td.what a").first.click(), "open="),
    "next page": ("/facts", lambda page: page.locator("[rel=next]").click(), "cursor="),
    "other step": (
        "/drones",
        lambda page: page.get_by_role("link", name="week", exact=True).click(),
        "step=week",
    ),
    "other theme": ("/", lambda page: page.get_by_role("link", name="Dark").click(), ""),
}


def serve(folder: Path) -> str:
    """Start the server; its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    server = uvicorn.Server(uvicorn.Config(warehouse.feed_application(folder), log_level="warning"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}"


def painted(context: BrowserContext, address: str) -> tuple[float, float]:
    """First contentful paint and the server's time, in a new page."""
    page = context.new_page()
    page.goto(address, wait_until="load")
    paint = page.evaluate(PAINT)
    for _ in range(50):
        if paint is not None:
            break
        page.wait_for_timeout(100)
        paint = page.evaluate(PAINT)
    answered = page.evaluate("performance.getEntriesByType('navigation')[0].responseEnd")
    page.close()
    return paint, answered


def answered(context: BrowserContext, site: str, path: str, act: Act, expected: str) -> tuple[float, float]:
    """The longest time from an input to the next paint, and until the new content is there."""
    context.clear_cookies()
    page = context.new_page()
    page.goto(site + path, wait_until="load")
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    begin = time.perf_counter()
    act(page)
    if expected:
        page.wait_for_url(lambda url: expected in url)
    done = (time.perf_counter() - begin) * 1000
    page.wait_for_timeout(500)
    inputs = page.evaluate("window.inputs")
    page.close()
    return max(inputs, default=0.0), done


def main(folder: Path) -> None:
    """Print the times."""
    site = serve(folder)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for path in PAGES:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
            times = [painted(context, site + path) for _ in range(TIMES)]
            paints, servers = zip(*times, strict=True)
            print(
                f"{path:28} first {paints[0]:6.0f}  median {statistics.median(paints):6.0f}  "
                f"answer of the server {servers[0]:6.0f} {statistics.median(servers):6.0f}",
                flush=True,
            )
            context.close()
        for name, (path, act, expected) in DEEDS.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
            times = [answered(context, site, path, act, expected) for _ in range(TIMES)]
            print(f"{name:28} input to paint, worst {max(each for each, _ in times):6.0f}", flush=True)
            context.close()
        browser.close()


main(Path(sys.argv[1]))
