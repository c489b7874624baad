"""By keyboard, in either theme and language, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def test_the_keyboard_reaches_everything(site: str, watch: Callable[..., Any]) -> None:
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


def test_the_theme_is_switched_and_remembered(site: str, watch: Callable[..., Any]) -> None:
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


def test_the_language_is_switched_and_remembered(site: str, watch: Callable[..., Any]) -> None:
    page = watch().go(f"{site}/facts?kind=strike")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("事实")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page).to_have_url(re.compile("kind=strike"))
    page.goto(f"{site}/aid")
    expect(page.get_by_role("heading", level=1)).to_have_text("各方援助")


def test_without_scripts_pages_are_read_and_links_and_forms_work(
    site: str, watch: Callable[..., Any]
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
