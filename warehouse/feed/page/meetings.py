"""Meetings as a matrix of sides."""

from __future__ import annotations

import math
from typing import Any

from warehouse.feed.page import behind
from warehouse.feed.page.asked import Wanted
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import side
from warehouse.feed.question import Question

MOST_SIDES = 12
SHADES = 5
ROWS = """
SELECT side, other_side, count(*) AS meetings FROM feed.meeting_pair
WHERE status IN ('held', 'ongoing') AND day >= coalesce(?, day) AND day <= coalesce(?, day)
    AND (len(?::VARCHAR[]) = 0 OR list_has_any(sides, ?::VARCHAR[]))
GROUP BY ALL ORDER BY meetings DESC, side, other_side
"""


def matrix(question: Question, wanted: Wanted, texts: Texts, most: int = MOST_SIDES) -> dict[str, Any]:
    """The sides that met most, and how often each met each of the others; every number with the facts behind it."""
    asked = wanted.facts()
    rows = question.tuples(ROWS, [asked.first, asked.until, asked.side, asked.side])
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
