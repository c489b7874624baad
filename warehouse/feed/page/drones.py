"""Drones launched and intercepted over time, one chart for each attacker."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.feed.page.asked import PageFacts, Wanted
from warehouse.feed.page.behind import attacks, clip, clipped, listed
from warehouse.feed.page.figures import epoch, number
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import side
from warehouse.feed.question import Question
from warehouse.series.analysts_table import Boundary

OUTCOMES = ("launched", "intercepted")
# Whose drones are shown first wherever there are any; then those of whom most days are told.
FIRST = ("RU", "UA")
MOST_CHARTS = 4
TABLE_ROWS = 20
# Days that a series spans, up to which it is shown by day, and by week.
BY_DAY, BY_WEEK = 120, 800
SPAN = """
SELECT min(day), max(day) FROM feed.attack_series
WHERE weapon = 'drone' AND boundary = ? AND step = 'day' AND attacker IS NOT NULL AND outcome IN ('launched', 'intercepted')
    AND day >= coalesce(?, day) AND day <= coalesce(?, day)
"""
ROWS = """
SELECT
    attacker, CAST(date_trunc(?, day) AS DATE) AS begins, outcome, sum(value) AS value, sum(low) AS low,
    CASE WHEN count(high) = count(*) THEN sum(high) END AS high,
    count(DISTINCT day) AS days, CAST(sum(contested) AS BIGINT) AS contested
FROM feed.attack_series
WHERE weapon = 'drone' AND boundary = ? AND step = 'day' AND attacker IS NOT NULL AND outcome IN ('launched', 'intercepted')
    AND day >= coalesce(?, day) AND day <= coalesce(?, day)
    AND (len(?::VARCHAR[]) = 0 OR list_contains(?::VARCHAR[], attacker) OR list_contains(?::VARCHAR[], target))
GROUP BY ALL ORDER BY begins, attacker, outcome
"""


@dataclass(frozen=True)
class Shown:
    """What the charts are asked for."""

    wanted: Wanted
    asked: PageFacts
    step: str
    boundary: Boundary

    def address(self, attacker: str, outcome: str, begins: datetime.date | None = None) -> str:
        """The facts behind a number; of all days where it has no beginning."""
        days = clipped(begins, self.step, self.asked) if begins else (self.asked.first, self.asked.until)
        return listed(attacks(self.wanted, attacker, outcome, self.boundary), *days)


def drones(question: Question, wanted: Wanted, texts: Texts, most: int = MOST_CHARTS) -> dict[str, Any]:
    """The charts with their tables, and the choices they were made by."""
    asked, choices = wanted.facts(), wanted.choices()
    days = [asked.first, asked.until]
    ((first, last),) = question.tuples(SPAN, [choices.boundary, *days])
    step = choices.step or fitting_step(first, last)
    shown = Shown(wanted, asked, step, choices.boundary)
    rows = question.rows(ROWS, [step, choices.boundary, *days, asked.side, asked.side, asked.side])
    charts = [
        _chart(attacker, [row for row in rows if row["attacker"] == attacker], rows, shown, texts)
        for attacker in ranked(rows)[:most]
    ]
    return {"charts": charts, "step": step, "boundary": choices.boundary, "boundaries": list(BOUNDARIES)}


BOUNDARIES: tuple[Boundary, ...] = ("end", "night", "start")


def fitting_step(first: datetime.date | None, last: datetime.date | None) -> str:
    """The step with which a series that reaches from one day to another can be read."""
    spanned = (last - first).days if first and last else 0
    return "day" if spanned <= BY_DAY else "week" if spanned <= BY_WEEK else "month"


def ranked(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The attackers, those first who always are, then by how much is told of them."""
    told: dict[str, int] = {}
    for row in rows:
        told[row["attacker"]] = told.get(row["attacker"], 0) + 1
    return sorted(
        told, key=lambda code: (code not in FIRST, FIRST.index(code) if code in FIRST else -told[code], code)
    )


def _chart(
    attacker: str,
    rows: Sequence[Mapping[str, Any]],
    everybody: Sequence[Mapping[str, Any]],
    shown: Shown,
    texts: Texts,
) -> dict[str, Any]:
    doer = side(attacker, texts)
    by_day: dict[datetime.date, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        by_day.setdefault(row["begins"], {})[row["outcome"]] = row
    days = sorted(by_day)
    begins = [each["begins"] for each in everybody]
    drawn = {
        "kind": "overlay",
        "step": shown.step,
        "clip": clip(shown.asked),
        "accents": [doer["accent"]],
        "range": [epoch(min(begins)), epoch(max(begins))],
        "x": [epoch(day) for day in days],
        "series": [
            {
                "label": texts(f"drones.{outcome}"),
                "open": listed(attacks(shown.wanted, attacker, outcome, shown.boundary)),
                "y": [by_day[day][outcome]["value"] if outcome in by_day[day] else None for day in days],
            }
            for outcome in OUTCOMES
        ],
    }
    table = [
        {
            "day": day.isoformat(),
            **{
                outcome: {
                    "told": _cell(by_day[day].get(outcome)),
                    "href": shown.address(attacker, outcome, day),
                }
                for outcome in OUTCOMES
            },
            "days": max(row["days"] for row in by_day[day].values()),
            "contested": sum(row["contested"] for row in by_day[day].values()),
        }
        for day in days[: -TABLE_ROWS - 1 : -1]
    ]
    totals = {
        outcome: {
            "told": number(sum(told)) if (told := _values(rows, outcome)) else "",
            "href": shown.address(attacker, outcome),
        }
        for outcome in OUTCOMES
    }
    return {"side": doer, "drawn": drawn, "table": table, "totals": totals, "points": len(days)}


def _values(rows: Sequence[Mapping[str, Any]], outcome: str) -> list[float]:
    """What is told of an outcome; words without a number are 0."""
    return [row["value"] or 0 for row in rows if row["outcome"] == outcome]


def _cell(row: Mapping[str, Any] | None) -> str:
    """The value, or the interval where a figure was in words alone."""
    if row is None:
        return ""
    if row["value"] is not None:
        return number(row["value"])
    high = "…" if row["high"] is None else number(row["high"])
    return f"{number(row['low'] or 0)}–{high}"
