"""Each number opens its evidence: the facts that an address lists add up to the number that leads there."""

from __future__ import annotations

import datetime
import html
import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

BROWSER = {"Accept": "text/html", "Accept-Language": "en"}
PERIODS = ("", "&from=2025-02-25&until=2025-04-10")


def charts_of(page: str) -> list[dict[str, Any]]:
    return [json.loads(html.unescape(each)) for each in re.findall(r'data-chart="([^"]+)"', page)]


def found_in(pattern: str, page: str) -> list[Any]:
    """What the groups of a pattern are in a page, as a browser reads attributes."""
    return re.findall(pattern, page.replace("&amp;", "&"))


def listed(visitor: TestClient, address: str) -> list[str]:
    """What each fact counts as, over all pages that the address leads to; a chart's own address needs no session."""
    found: list[str] = []
    while address:
        answer = visitor.get(address, headers=BROWSER)
        assert answer.status_code == 200, answer.text
        rows = re.findall(r"<tr>\n.*?</tr>", answer.text, re.S)
        found += [
            value
            for row in rows
            for value in re.findall(r'<data [^>]*value="([^"]*)"', row) or ["1"]
            if "parties" in row
        ]
        following = re.search(r'<a rel="next" href="([^"]+)"', answer.text)
        address = html.unescape(following[1]) if following else ""
    return found


def added(visitor: TestClient, address: str) -> float:
    return sum(float(value or 0) for value in listed(visitor, address))


def ends(first: datetime.date, step: str) -> datetime.date:
    if step == "month":
        return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(
            days=1
        )
    return first + datetime.timedelta(days=6 if step == "week" else 0)


def point(chart: dict[str, Any], series: int, at: int) -> str:
    """The address behind a point, as charts.js makes it."""
    first = datetime.datetime.fromtimestamp(chart["x"][at], datetime.UTC).date()
    until, (begin, end) = ends(first, chart["step"]), chart["clip"]
    since = begin if chart.get("so_far") else max(first.isoformat(), begin or "")
    days = {"from": since, "until": min(until.isoformat(), end or "9999")}
    given = "".join(f"&{name}={day}" for name, day in days.items() if day)
    return chart["series"][series]["open"] + given


@pytest.mark.parametrize(
    ("boundary", "period"),
    [("end", ""), ("night", ""), ("start", ""), ("end", "&from=2025-02-25&until=2025-04-10")],
)
@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_every_bar_of_drones_is_the_sum_of_the_facts_behind_it(
    visitor: TestClient, step: str, boundary: str, period: str
) -> None:
    page = visitor.get(f"/drones?step={step}&boundary={boundary}{period}", headers=BROWSER).text
    charts = charts_of(page)
    assert charts
    for chart in charts:
        for series, drawn in enumerate(chart["series"]):
            for at, value in enumerate(drawn["y"]):
                if value is not None:
                    assert added(visitor, point(chart, series, at)) == value


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_the_tables_of_drones_open_the_same(visitor: TestClient, step: str) -> None:
    page = visitor.get(f"/drones?step={step}&side=RU", headers=BROWSER).text
    cells = found_in(r'<td class="number"><a href="([^"]+)">([\d,]+)</a></td>', page)
    totals = found_in(r'<a href="([^"]+)"><b>([\d,]+)</b></a>', page)
    assert cells and totals
    for address, told in cells + totals:
        assert added(visitor, address) == float(told.replace(",", ""))


@pytest.mark.parametrize("period", [*PERIODS, "&side=UA"], ids=["all", "some days", "one recipient"])
@pytest.mark.parametrize("currency", ["usd", "eur"])
def test_every_point_and_sum_of_aid_is_the_sum_of_the_facts_behind_it(
    visitor_of_aid: TestClient, currency: str, period: str
) -> None:
    visitor = visitor_of_aid
    page = visitor.get(f"/aid?currency={currency}{period}", headers=BROWSER).text
    so_far, monthly = charts_of(page)
    assert len(so_far["series"]) == len(monthly["series"]) == 8
    for chart in (so_far, monthly):
        for series, drawn in enumerate(chart["series"]):
            points = [at for at, value in enumerate(drawn["y"]) if value]
            for at in {points[0], points[-1], len(drawn["y"]) - 1}:
                assert added(visitor, point(chart, series, at)) == pytest.approx(drawn["y"][at], abs=0.02)
    ends_of_lines = [series["y"][-1] for series in so_far["series"]]
    sums = found_in(
        r'<a href="([^"]+)"><b>',
        page[page.index('class="donors"') : page.index("</ul>", page.index('class="donors"'))],
    )
    assert [added(visitor, address) for address in sums] == pytest.approx(ends_of_lines, abs=0.02)
    rows = found_in(
        r'<td class="number"><a href="([^"]+)">([^<]+)</a></td><td class="number"><a href="\1">(\d+)</a>',
        page,
    )
    assert rows
    for address, _, packages in rows:
        assert len(listed(visitor, address)) == int(packages)


@pytest.mark.parametrize("query", ["", "?from=2024-01-01&until=2025-06-30", "?side=UA"])
def test_every_cell_of_the_matrix_lists_as_many_meetings_as_it_says(visitor: TestClient, query: str) -> None:
    page = visitor.get(f"/meetings{query}", headers=BROWSER).text
    cells = found_in(r'<a href="([^"]+)" aria-label="Meetings of [^"]+: (\d+)"', page)
    assert cells
    for address, count in cells:
        assert len(listed(visitor, address)) == int(count)


@pytest.mark.parametrize("query", ["", "?from=2024-01-01&until=2025-06-30", "?text=无人机"])
def test_every_place_of_the_map_and_beside_it_lists_as_many_strikes_as_it_says(
    visitor: TestClient, query: str
) -> None:
    page = visitor.get(f"/strikes{query}", headers=BROWSER).text
    circles = found_in(r'<a href="([^"]+)" aria-label="Strikes at [^"]+: (\d+)"', page)
    beside = found_in(r'<li><a href="([^"]+)"><bdi>[^<]+</bdi></a> <span class="number">(\d+)</span>', page)
    assert circles and len(beside) > len(circles) / 2
    for address, count in circles + beside:
        assert len(listed(visitor, address)) == int(count)


@pytest.mark.parametrize("query", ["", "?side=UA&from=2025-01-01"])
def test_the_counts_of_the_overview_list_as_many_facts_as_they_say(visitor: TestClient, query: str) -> None:
    page = visitor.get(f"/{query}", headers=BROWSER).text
    counts = found_in(r'<li><a href="(/facts[^"]+)"><b>([\d,]+)</b>', page)
    assert counts
    for address, count in counts:
        assert len(listed(visitor, address)) == int(count.replace(",", ""))


def test_the_facts_behind_a_number_say_what_they_add_up_to(visitor: TestClient) -> None:
    (chart, *_) = charts_of(visitor.get("/drones?step=month&side=RU", headers=BROWSER).text)
    at = max(range(len(chart["x"])), key=lambda each: chart["series"][0]["y"][each] or 0)
    address = point(chart, 0, at)
    page = visitor.get(address, headers=BROWSER).text
    assert f'<b class="sum">{chart["series"][0]["y"][at]:,.0f}</b>' in page
    assert "drones · launched · Russia" in page
    assert 'name="series" value="attacks"' in page  # changing a filter stays behind the number
    found = visitor.get(f"/api{address}").json()
    assert found["total"] == len(listed(visitor, address))
    assert parse_qs(urlsplit(address).query)["slot"] == ["weapon:drone", "outcome:launched", "attacker:RU"]


def test_donors_are_asked_for_with_the_series_of_aid_alone(visitor: TestClient) -> None:
    refused = visitor.get("/api/facts?donor=US")
    assert refused.status_code == 422 and "series=aid" in refused.json()["detail"]
    both = visitor.get("/api/facts?series=aid&slot=stage:announced|approved|delivered&limit=1000").json()[
        "total"
    ]
    each = [
        visitor.get("/api/facts", params={"series": "aid", "slot": f"stage:{stage}"}).json()["total"]
        for stage in ("announced", "approved", "delivered")
    ]
    assert both == sum(each) > 0
