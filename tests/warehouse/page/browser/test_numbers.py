"""What the pages show: the facts with their numbers, and each number with its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect


def test_the_facts_of_the_examples_are_there_with_their_numbers(site: str, watch: Callable[..., Any]) -> None:
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


def test_a_number_opens_its_sentence_and_leaving_leads_back(site: str, watch: Callable[..., Any]) -> None:
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
