"""What the pages look like: they fit their window, and axe finds no serious fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
SECTIONS = ("/", "/facts", "/drones", "/aid", "/meetings", "/strikes", "/audit")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter((each) => ["serious", "critical"].includes(each.impact))
    .map((each) => each.id + ": " + each.nodes.map((node) => node.html.slice(0, 200)).join(" | "))"""


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
    watch: Callable[..., Any],
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


@pytest.mark.parametrize(
    "query", ["", "?kind=strike&status=contested&side=UA&place=%E5%9F%BA%E8%BE%85&from=2024-01-01"]
)
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_the_filters_stand_in_one_line_on_a_desktop(
    site: str, watch: Callable[..., Any], locale: str, query: str
) -> None:
    page = watch(viewport=DESKTOP, locale=locale).go(f"{site}/facts{query}")
    expect(page.locator("html.js")).to_be_attached()
    middles = page.locator("#filters > :is(fieldset, label, a)").evaluate_all(
        "all => all.map((each) => { const box = each.getBoundingClientRect(); return box.top + box.height / 2; })"
    )
    assert len(middles) >= 6
    assert max(middles) - min(middles) < 8
