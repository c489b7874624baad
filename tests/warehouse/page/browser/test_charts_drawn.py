"""Charts: drawn, with a table beside them, and each number opens the facts behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

SECONDS = {"day": 86_400, "week": 604_800, "month": 2_629_800}


def test_charts_are_drawn_and_have_a_table_beside_them(site: str, watch: Callable[..., Any]) -> None:
    page = watch().go(f"{site}/")
    expect(page.locator(".chart canvas")).to_have_count(3)
    first = page.locator(".one-chart").first
    first.locator("summary").click()
    expect(first.locator("table.plain")).to_be_visible()
    expect(first.locator("table.plain tbody tr").first).to_contain_text("2025-12")


def test_the_step_of_a_series_changes_without_reload(site: str, watch: Callable[..., Any]) -> None:
    page = watch().go(f"{site}/drones")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="month", exact=True).click()
    expect(page).to_have_url(re.compile("step=month"))
    expect(page.get_by_role("link", name="month", exact=True)).to_have_attribute("aria-current", "true")
    expect(page.locator(".chart canvas").first).to_be_visible()
    assert page.evaluate("window.stayed") is True


def drawn_in(chart: Locator) -> dict[str, Any]:
    """The numbers of a chart."""
    found: dict[str, Any] = json.loads(chart.get_attribute("data-chart") or "")
    return found


@pytest.mark.parametrize(("step", "boundary"), [("day", "night"), ("week", "end"), ("month", "start")])
def test_a_click_on_a_bar_lists_the_facts_that_add_up_to_it(
    site: str, watch: Callable[..., Any], step: str, boundary: str
) -> None:
    page = watch().go(f"{site}/drones?step={step}&boundary={boundary}")
    chart = page.locator("[data-chart]").first
    expect(chart.locator("canvas")).to_be_visible()
    numbers = drawn_in(chart)
    launched = numbers["series"][0]["y"]
    at = max(range(len(launched)), key=lambda each: launched[each] or 0)
    low, high = (numbers["range"][0] - 0.7 * SECONDS[step], numbers["range"][1] + 0.7 * SECONDS[step])
    box = chart.locator(".u-over").bounding_box()
    assert box is not None
    across = (numbers["x"][at] - low) / (high - low)
    inside = (
        numbers["series"][1]["y"][at] or 0
    )  # the bar of those intercepted stands before that of those launched
    down = 1 - (launched[at] + inside) / 2 / (launched[at] * 1.06)
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
    expect(page.locator(".behind .sum")).to_have_text(f"{launched[at]:,.0f}")
    expect(page.locator(".behind")).to_contain_text("launched")
    counts = page.locator("tbody data").evaluate_all("all => all.map((each) => Number(each.value))")
    assert sum(counts) == launched[at]
    page.go_back()
    expect(chart.locator("canvas")).to_be_visible()


def test_by_keyboard_a_chart_is_gone_through_and_its_numbers_are_said_and_opened(
    site: str, watch: Callable[..., Any]
) -> None:
    page = watch().go(f"{site}/drones?step=month&side=RU")
    chart = page.get_by_role("slider").first
    numbers = drawn_in(chart)
    chart.focus()
    page.keyboard.press("Home")
    expect(chart).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    at = len(numbers["x"]) - 2
    expect(chart).to_have_attribute("aria-valuenow", str(at))
    page.keyboard.press("ArrowDown")
    expect(chart).to_have_attribute("aria-valuetext", re.compile("^20[0-9-]{5}: intercepted"))
    while numbers["series"][1]["y"][at] is None:
        page.keyboard.press("ArrowLeft")
        at -= 1
    page.keyboard.press("Enter")
    expect(page.locator(".behind .sum")).to_have_text(f"{numbers['series'][1]['y'][at]:,.0f}")
    expect(page.locator(".behind")).to_contain_text("intercepted")


def test_lines_and_stacks_of_aid_open_their_donor(generous_site: str, watch: Callable[..., Any]) -> None:
    page = watch().go(f"{generous_site}/aid?scale=log")
    expect(page.locator("canvas")).to_have_count(2)
    for place in (0, 1):
        chart = page.get_by_role("slider").nth(place)
        numbers = drawn_in(chart)
        chart.focus()
        page.keyboard.press("End")
        page.keyboard.press("ArrowDown")
        at, chosen = len(numbers["x"]) - 1, 1
        while not numbers["series"][chosen]["y"][at]:
            page.keyboard.press("ArrowLeft")
            at -= 1
        page.keyboard.press("Enter")
        expect(page.locator(".behind")).to_contain_text(numbers["series"][chosen]["label"])
        counts = page.locator("tbody data").evaluate_all("all => all.map((each) => Number(each.value))")
        assert sum(counts) == pytest.approx(numbers["series"][chosen]["y"][at], abs=0.02)
        page.go_back()
        expect(page.locator("canvas")).to_have_count(2)


def test_donors_that_differ_much_are_drawn_on_a_scale_of_powers(
    site: str, generous_site: str, watch: Callable[..., Any]
) -> None:
    page = watch().go(f"{generous_site}/aid")
    page.get_by_role("link", name="logarithmic").click()
    expect(page).to_have_url(re.compile("scale=log"))
    page.reload()
    expect(page.get_by_role("link", name="logarithmic")).to_have_attribute("aria-current", "true")
    assert drawn_in(page.locator("[data-chart]").first)["scale"] == "log"
    page.get_by_role("link", name="linear").click()
    expect(page).to_have_url(re.compile("scale=linear"))
    expect(page.locator("canvas")).to_have_count(2)
