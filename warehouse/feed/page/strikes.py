"""Strikes by place: a map of outlines with a circle for each place, and beside it what is not on the map."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from warehouse.feed.conditions import together
from warehouse.feed.page.asked import Wanted
from warehouse.feed.page.language import Texts
from warehouse.feed.question import Question
from warehouse.publish.filters import BETWEEN

MOST_PLACES = 400  # circles
LISTED = 11
LABELLED = 14
# West, north (as -latitude), width and height in degrees.
REGIONS: dict[str, tuple[float, float, float, float]] = {
    "ua": (21.0, -58.5, 34.0, 16.0),
    "me": (30.0, -40.0, 34.0, 28.0),
    "world": (-130.0, -66.0, 290.0, 110.0),
}
SMALLEST_WINDOW = 9.0  # degrees
ROOM = 0.12  # around the places, as a share of the window
PLACES = """
WITH struck AS (
    SELECT latitude, longitude, count(*) AS strikes, sum(value) AS killed FROM feed.fact
    WHERE latitude IS NOT NULL AND {where} GROUP BY ALL
), named AS (
    SELECT latitude, longitude, min(name) AS name FROM feed.place GROUP BY ALL
)
SELECT name, latitude, longitude, strikes, killed FROM struck JOIN named USING (latitude, longitude)
ORDER BY strikes DESC, name LIMIT {most}
"""
ELSEWHERE = """
SELECT places, count(*) AS strikes FROM feed.fact
WHERE latitude IS NULL AND places <> '' AND {where} GROUP BY ALL ORDER BY strikes DESC, places LIMIT {most}
"""


class Struck(NamedTuple):
    """A place with how often it was struck."""

    name: str
    latitude: float
    longitude: float
    strikes: int
    killed: float | None


def strikes(question: Question, wanted: Wanted, texts: Texts) -> dict[str, Any]:
    """The map and the lists beside it."""
    asked, region = wanted.facts(kind="strike"), wanted.choices().region
    where, values = together(asked.conditions())
    places = [Struck(*row) for row in question.tuples(PLACES.format(where=where, most=MOST_PLACES), values)]
    unplaced = question.rows(ELSEWHERE.format(where=where, most=LISTED), values)
    window = REGIONS.get(region) or fitting_window(places)
    inside = [each for each in places if _is_inside(each, window)]
    return {
        "region": region,
        "regions": ["auto", *REGIONS],
        "window": " ".join(f"{each * 100:.0f}" for each in window),
        "tall": window[3] / window[2] > 0.8,
        "circles": _circles(inside, window, wanted, texts),
        "letters": round(window[2] * 1.4, 1),
        "outside": len(places) - len(inside),
        "most": [_listed(each.name, each.strikes, _spot(each, wanted)) for each in places[:LISTED]],
        "unplaced": [
            _listed(
                row["places"],
                row["strikes"],
                wanted.link("/facts", kind="strike", at="none", named=row["places"]),
            )
            for row in unplaced
        ],
        "largest": max((each.strikes for each in places), default=1),
    }


def fitting_window(places: Sequence[Struck]) -> tuple[float, float, float, float]:
    """The window on the map that holds nine of ten strikes, at least some degrees wide; the world where there are none."""
    if not places:
        return REGIONS["world"]
    west, east = _middle([(each.longitude, each.strikes) for each in places])
    north, south = _middle([(-each.latitude, each.strikes) for each in places])
    width = max((east - west) * (1 + 2 * ROOM), SMALLEST_WINDOW * 1.6)
    height = max((south - north) * (1 + 2 * ROOM), SMALLEST_WINDOW)
    # About as wide as the page gives room for, so that nothing is squeezed.
    width, height = max(width, height * 1.5), max(height, width / 2.2)
    return ((west + east - width) / 2, (north + south - height) / 2, width, height)


def _middle(weighted: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """The ends of the middle nine tenths."""
    ordered = sorted(weighted)
    total, so_far = sum(weight for _, weight in ordered), 0
    low, high = ordered[0][0], ordered[-1][0]
    for value, weight in ordered:
        if so_far <= 0.05 * total:
            low = value
        so_far += weight
        if so_far >= 0.95 * total:
            high = value
            break
    return low, high


def _is_inside(place: Struck, window: tuple[float, float, float, float]) -> bool:
    west, north, width, height = window
    return west <= place.longitude <= west + width and north <= -place.latitude <= north + height


def _circles(
    places: Sequence[Struck], window: tuple[float, float, float, float], wanted: Wanted, texts: Texts
) -> list[dict[str, Any]]:
    """Circles whose areas are the strikes, the largest first so that small ones lie on top; the largest have names."""
    largest = max((each.strikes for each in places), default=1)
    unit = window[2]  # hundredths of a degree for each hundredth of the width
    taken: list[tuple[float, float]] = []
    found = []
    for position, each in enumerate(places):
        x, y = each.longitude * 100, -each.latitude * 100
        radius = unit * (0.35 + 1.9 * math.sqrt(each.strikes / largest))
        is_free = all(abs(x - a) > unit * 13 or abs(y - b) > unit * 2.6 for a, b in taken)
        named = position < LABELLED * 3 and len(taken) < LABELLED and is_free
        if named:
            taken.append((x, y))
        found.append(
            {
                "x": round(x),
                "y": round(y),
                "radius": round(radius, 1),
                "name": each.name if named else "",
                "text_x": round(x + radius + unit * 0.4),
                "label": texts("strikes.at_place", place=each.name, count=each.strikes),
                "href": _spot(each, wanted),
            }
        )
    return found


def _spot(each: Struck, wanted: Wanted) -> str:
    """The strikes at a place on the map."""
    return wanted.link("/facts", kind="strike", at=f"{each.latitude},{each.longitude}")


def _listed(name: str, count: int, href: str) -> dict[str, Any]:
    return {"name": name.replace(BETWEEN, "、"), "strikes": count, "href": href}
