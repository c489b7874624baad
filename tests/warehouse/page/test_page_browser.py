"""The pages in a real Chromium without a display: what they show, what they do, and what they let nobody do.

Skipped where no Chromium is found.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

import warehouse

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Chromium in a real browser's place: apt-get install chromium"
)
AXE = (Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
SECTIONS = ("/", "/facts", "/drones", "/aid", "/meetings", "/strikes", "/audit")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .map((each) => each.id + ": " + each.nodes.map((node) => node.html.slice(0, 200)).join(" | "))"""


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


def detail_pages(page: Page, site: str) -> tuple[str, str]:
    """The addresses of a contested fact and of its article."""
    answer = page.request.get(f"{site}/api/facts?status=contested&limit=1").json()
    (fact,) = answer["data"]
    return f"/facts/{fact['fact_id']}", f"/articles/{quote(fact['best']['article']['article_id'])}"


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize(
    ("viewport", "scheme", "locale", "sections"),
    [(DESKTOP, "light", "en-GB", SECTIONS), (PHONE, "dark", "zh-CN", ("/", "/strikes"))],
    ids=["desktop", "phone"],
)
def test_every_page_fits_its_window_and_axe_finds_no_serious_fault(
    site: str,
    watch: Callable[..., Watched],
    viewport: dict[str, int],
    scheme: str,
    locale: str,
    sections: tuple[str, ...],
) -> None:
    watched = watch(viewport=viewport, color_scheme=scheme, locale=locale)
    page = watched.context.new_page()
    faults = {}
    for path in (*sections, *detail_pages(page, site), "/?kind=nonsense"):
        page.goto(site + path)
        expect(page.locator("html.js")).to_be_attached()
        assert overflow(page) <= 0, path
        page.evaluate(AXE)
        faults[path] = page.evaluate(FAULTS)
        watched.complaints[:] = [each for each in watched.complaints if "422" not in each]
    assert not {path: each for path, each in faults.items() if each}


def test_the_facts_of_the_examples_are_there_with_their_numbers(
    site: str, watch: Callable[..., Watched]
) -> None:
    page = watch().go(f"{site}/facts?kind=attack_count&text=83")
    row = page.locator("tbody tr").filter(has_text="drones launched").filter(has_text="2025-03-02 – 03")
    expect(row.locator(".number")).to_have_text("83possible: 46 to 83")
    expect(row.locator(".parties")).to_contain_text("Russia")
    expect(row.locator(".parties")).to_contain_text("Ukraine")
    expect(row.locator(".claimants")).to_contain_text("乌克兰空军")
    page.goto(f"{site}/facts?text=450")
    expect(page.locator("tbody tr").filter(has_text="drones launched").locator(".number")).to_have_text(
        "more than 450"
    )


def test_charts_are_drawn_and_have_a_table_beside_them(site: str, watch: Callable[..., Watched]) -> None:
    page = watch().go(f"{site}/")
    expect(page.locator(".chart canvas")).to_have_count(3)
    first = page.locator(".one-chart").first
    first.locator("summary").click()
    expect(first.locator("table.plain")).to_be_visible()
    expect(first.locator("table.plain tbody tr").first).to_contain_text("2025-12")


def test_a_number_opens_its_sentence_and_leaving_leads_back(site: str, watch: Callable[..., Watched]) -> None:
    page = watch().go(f"{site}/facts?kind=attack_count&text=83")
    row = page.locator("tbody tr").filter(has_text="2025-03-02 – 03").filter(has_text="drones launched")
    row.locator("a.figure").click()
    panel = page.locator("#panel")
    marked = "俄罗斯从星期日夜间到星期一凌晨向乌克兰发射了83架无人机"
    expect(panel.locator("mark").get_by_text(marked, exact=True)).to_be_visible()
    expect(panel.locator("blockquote").filter(has_text=marked)).to_contain_text(
        "乌克兰空军星期一（3月3日）表示"
    )
    expect(panel).to_contain_text("news.example.org")
    expect(page).to_have_url(re.compile("open=%2Ffacts%2F"))
    page.reload()
    expect(panel.locator("mark").first).to_contain_text("83架无人机")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page).not_to_have_url(re.compile("open="))
    page.locator("td.what a").first.click()
    expect(panel.locator("mark").first).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()


def test_filters_work_without_reload_and_are_kept_by_reload_and_back(
    site: str, watch: Callable[..., Watched]
) -> None:
    page = watch().go(f"{site}/facts")
    page.evaluate("window.stayed = true")
    total = page.locator("[data-total]").inner_text()
    page.get_by_text("contested", exact=True).first.click()
    expect(page).to_have_url(re.compile("status=contested"))
    expect(page.locator("td .s-contested")).to_have_count(2)
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("#announced")).to_have_text("2 found")
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("input[value=contested]")).to_be_checked()
    page.go_back()
    expect(page.locator("[data-total]")).to_have_text(total)
    expect(page.locator("input[value=contested]")).not_to_be_checked()
    page.locator("#text").fill("無人機")
    expect(page).to_have_url(re.compile("text="))
    expect(page.locator("tbody tr").first).to_be_visible()
    expect(page.locator("[data-total]")).not_to_have_text(total)
    page.locator("[data-clear]").first.click()
    expect(page.locator("[data-total]")).to_have_text(total)


def test_the_step_of_a_series_changes_without_reload(site: str, watch: Callable[..., Watched]) -> None:
    page = watch().go(f"{site}/drones")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="month", exact=True).click()
    expect(page).to_have_url(re.compile("step=month"))
    expect(page.get_by_role("link", name="month", exact=True)).to_have_attribute("aria-current", "true")
    expect(page.locator(".chart canvas").first).to_be_visible()
    assert page.evaluate("window.stayed") is True


def test_the_keyboard_reaches_everything(site: str, watch: Callable[..., Watched]) -> None:
    page = watch().go(f"{site}/facts")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("td.what a").first).to_be_focused()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("td.what a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("/")
    expect(page.locator("#text")).to_have_value("/")


def test_the_theme_is_switched_and_remembered(site: str, watch: Callable[..., Watched]) -> None:
    page = watch(color_scheme="light").go(f"{site}/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("link", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(f"{site}/aid")
    assert page.evaluate(ground) == dark
    page.get_by_role("link", name="Light").click()
    page.reload()
    assert page.evaluate(ground) == light
    assert watch(color_scheme="dark").go(f"{site}/").evaluate(ground) == dark


def test_the_language_is_switched_and_remembered(site: str, watch: Callable[..., Watched]) -> None:
    page = watch().go(f"{site}/facts?kind=strike")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("事实")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page).to_have_url(re.compile("kind=strike"))
    page.goto(f"{site}/aid")
    expect(page.get_by_role("heading", level=1)).to_have_text("各方援助")


def test_without_scripts_pages_are_read_and_links_and_forms_work(
    site: str, watch: Callable[..., Watched]
) -> None:
    page = watch(java_script_enabled=False).go(f"{site}/facts?kind=attack_count&text=83")
    page.locator("td.what a").first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="whole article").first.click()
    expect(page.locator(".text mark").first).to_be_visible()
    page.goto(f"{site}/facts")
    page.locator(".filters summary").click()
    page.get_by_text("contested", exact=True).first.click()
    page.get_by_role("button", name="Apply").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.goto(f"{site}/strikes")
    expect(page.locator(".map circle").first).to_be_visible()


def test_what_cannot_be_loaded_is_said_and_what_was_there_stays(
    site: str, watch: Callable[..., Watched]
) -> None:
    watched = watch()
    page = watched.go(f"{site}/facts")
    page.route("**/facts?*", lambda route: route.abort())
    page.get_by_text("contested", exact=True).first.click()
    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(25)
    watched.complaints.clear()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_words_that_mean_harm_do_nothing_and_break_no_page(
    harmful_site: str, watch: Callable[..., Watched], viewport: dict[str, int]
) -> None:
    page = watch(viewport=viewport).context.new_page()
    facts = page.request.get(f"{harmful_site}/api/facts").json()["data"]
    articles = page.request.get(f"{harmful_site}/api/articles").json()["data"]
    details = [f"/facts/{each['fact_id']}" for each in facts]
    details += [f"/articles/{quote(each['article_id'])}" for each in articles]
    for path in (*SECTIONS, *details):
        page.goto(harmful_site + path)
        expect(page.locator("html.js")).to_be_attached()
        assert overflow(page) <= 0, path
        assert page.locator("main img, a[href^='javascript']").count() == 0
        assert page.evaluate("window.harmed") is None
    page.goto(f"{harmful_site}/facts")
    page.locator("td.what a").first.click()
    expect(page.locator("#panel mark").first).to_be_visible()
    assert page.evaluate("window.harmed") is None
    assert overflow(page) <= 0
