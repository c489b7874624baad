"""Makes `static/vendor/world-atlas-2.0.2/land.svg` from world-atlas's `countries-50m.json` (Natural Earth, public domain).

    python warehouse/feed/page/build_map.py countries-50m.json

Outlines in degrees, east to the right and north up (so -latitude), simplified to what a screen shows.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TOLERANCE = 0.08  # degrees
SMALLEST = 0.35  # degrees across; smaller islands are left out
TARGET = Path(__file__).parent / "static" / "vendor" / "world-atlas-2.0.2" / "land.svg"
Point = tuple[float, float]


def outlines(topology: Any) -> list[list[Point]]:
    """The rings of all countries, simplified arc by arc, so that neighbours keep a common border."""
    arcs = [simplified(_decoded(arc, topology["transform"])) for arc in topology["arcs"]]
    rings = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])
        for polygon in polygons:
            for ring in polygon:
                points = [point for number in ring for point in _arc(arcs, number)]
                if _across(points) >= SMALLEST:
                    rings.append(points)
    return rings


def _decoded(arc: Sequence[Sequence[int]], transform: Any) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append(
            (
                x * transform["scale"][0] + transform["translate"][0],
                -(y * transform["scale"][1] + transform["translate"][1]),
            )
        )
    return points


def _arc(arcs: Sequence[list[Point]], number: int) -> list[Point]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _across(points: Sequence[Point]) -> float:
    east, north = [x for x, _ in points], [y for _, y in points]
    return max(max(east) - min(east), max(north) - min(north))


def simplified(points: list[Point]) -> list[Point]:
    """The points that a line needs to stay within the tolerance (Douglas and Peucker)."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    distances = [
        abs((y1 - y0) * (x - x0) - (x1 - x0) * (y - y0)) / length
        if length
        else ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        for x, y in points[1:-1]
    ]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= TOLERANCE:
        return [points[0], points[-1]]
    middle = farthest + 1
    return simplified(points[: middle + 1])[:-1] + simplified(points[middle:])


def path_of(rings: Sequence[Sequence[Point]]) -> str:
    """The rings as the `d` of an SVG path, to a hundredth of a degree, each point relative to the one before."""
    parts = []
    for ring in rings:
        x, y = round(ring[0][0] * 100), round(ring[0][1] * 100)
        part = f"M{x} {y}l"
        for point in ring[1:]:
            to_x, to_y = round(point[0] * 100), round(point[1] * 100)
            if (to_x, to_y) != (x, y):
                part += f"{to_x - x} {to_y - y} "
                x, y = to_x, to_y
        parts.append(part.rstrip() + "z")
    return "".join(parts)


if __name__ == "__main__":
    drawn = path_of(outlines(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    TARGET.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><path id="land" d="{drawn}"/></svg>\n', encoding="utf-8"
    )
