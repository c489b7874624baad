"""Titles, texts and addresses that mean harm do nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

SECTIONS = ("/", "/facts", "/drones", "/aid", "/meetings", "/strikes", "/audit")
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_words_that_mean_harm_do_nothing_and_break_no_page(
    harmful_site: str, watch: Callable[..., Any], viewport: dict[str, int]
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
