"""Meetings as a matrix of sides."""

from __future__ import annotations

import math
from typing import Any

from warehouse.feed.conditions import together
from warehouse.feed.page import behind
from warehouse.feed.page.asked import PageFacts, Wanted
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import side
from warehouse.feed.question import Question

MOST_SIDES = 12
SHADES = 5
# Every two sides of a meeting are a pair.
ROWS = """
WITH told AS (SELECT string_split(sides, ' | ') AS sides FROM feed.fact WHERE kind = 'meeting' AND {where})
SELECT sides[one] AS side, sides[other] AS other_side, count(*) AS meetings
FROM told, generate_series(1, len(sides) - 1) AS first(one), generate_series(one + 1, len(sides)) AS second(other)
GROUP BY ALL ORDER BY meetings DESC, side, other_side
"""


def matrix(question: Question, wanted: Wanted, texts: Texts, most: int = MOST_SIDES) -> dict[str, Any]:
    """The sides that met most, and how often each met each of the others; every number with the facts behind it."""
    asked = wanted.facts()
    counted = PageFacts.model_validate(
        {
            "series": "meetings",
            "slot": [behind.HELD],
            "side": asked.side,
            "from": asked.first,
            "until": asked.until,
        }
    )
    where, values = together(counted.conditions())
    rows = question.tuples(ROWS.format(where=where), values)
    totals: dict[str, int] = {}
    pairs: dict[tuple[str, str], int] = {}
    for one, other, meetings in rows:
        pairs[one, other] = pairs[other, one] = meetings
        for each in {one, other}:
            totals[each] = totals.get(each, 0) + meetings
    chosen = sorted(totals, key=lambda code: (-totals[code], code))[:most]
    largest = max(pairs.values(), default=1)
    return {
        "sides": [side(code, texts) | {"meetings": totals[code]} for code in chosen],
        "rows": [
            {
                "side": side(one, texts),
                "cells": [_cell(one, other, pairs, largest, wanted, texts) for other in chosen],
            }
            for one in chosen
        ],
    }


def _cell(
    one: str, other: str, pairs: dict[tuple[str, str], int], largest: int, wanted: Wanted, texts: Texts
) -> dict[str, Any] | None:
    count = pairs.get((one, other))
    if not count:
        return None
    shade = math.ceil(SHADES * math.log1p(count) / math.log1p(largest))
    return {
        "count": count,
        "shade": max(1, min(SHADES, shade)),
        "label": texts("meetings.pair", count=count, side=texts.side(one), other=texts.side(other)),
        "href": behind.listed(behind.meetings(wanted, one, other)),
    }
