"""Filters: without reload, kept by reload and back, and what happens where they cannot be answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def test_filters_work_without_reload_and_are_kept_by_reload_and_back(
    site: str, watch: Callable[..., Any]
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


def test_what_cannot_be_loaded_is_said_and_what_was_there_stays(site: str, watch: Callable[..., Any]) -> None:
    watched = watch()
    page = watched.go(f"{site}/facts")
    page.route("**/facts?*", lambda route: route.abort())
    page.get_by_text("contested", exact=True).first.click()
    expect(page.locator("#failed")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(25)
    watched.complaints.clear()
