"""Aid by donor, month by month and added up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.feed.page import behind
from warehouse.feed.page.asked import PageFacts, Values, Wanted
from warehouse.feed.page.figures import epoch, money
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import side
from warehouse.feed.question import Question

MOST_DONORS = 7
TABLE_ROWS = 20
WIDE = 100  # between the largest and the smallest donor drawn
ROWS = """
SELECT
    CAST(date_trunc('month', day) AS DATE) AS month, coalesce(donor, '') AS donor, sum({currency}) AS amount,
    count(*) AS packages, count(*) FILTER (WHERE told.amount IS NULL) AS without_amount
FROM feed.aid_amounts AS told
WHERE scope = 'package' AND stage IN ('announced', 'approved', 'delivered')
    AND day >= coalesce(?, day) AND day <= coalesce(?, day)
    AND (
        len(?::VARCHAR[]) = 0 OR len(list_intersect(?::VARCHAR[], string_split(donor, '+'))) > 0
        OR len(list_intersect(?::VARCHAR[], string_split(recipient, '+'))) > 0
    )
GROUP BY ALL ORDER BY month, donor
"""


def aid(question: Question, wanted: Wanted, texts: Texts) -> dict[str, Any]:
    """Both charts, the donors with their sums, and the table of months."""
    asked, currency = wanted.facts(), wanted.choices().currency
    sides = [asked.side] * 3
    rows = question.rows(ROWS.format(currency=currency), [asked.first, asked.until, *sides])
    told = [row for row in rows if row["amount"]]
    sums: dict[str, float] = {}
    for row in told:
        sums[row["donor"]] = sums.get(row["donor"], 0.0) + row["amount"]
    largest = sorted(sums, key=lambda donor: (-sums[donor], donor))
    months = _months(told)
    groups = [[donor] for donor in largest[:MOST_DONORS]]
    if largest[MOST_DONORS:]:
        groups.append(largest[MOST_DONORS:])
    monthly = [_by_month(told, set(group), months) for group in groups]
    names = [_name(group, texts) for group in groups]
    bases = [
        behind.aid(wanted, group, largest[:MOST_DONORS] if len(group) > 1 else (), currency)
        for group in groups
    ]
    code, scale = currency.upper(), wanted.choices().scale
    return {
        "scale": scale,
        "is_wide": scale == "log" or is_wide([sum(values) for values in monthly]),
        "currency": currency,
        "without_amount": sum(row["without_amount"] or 0 for row in rows),
        "donors": [
            name
            | {
                "sum": money(sum(sums[donor] for donor in group), code, texts.language),
                "href": behind.listed(base, asked.first, asked.until),
            }
            for name, group, base in zip(names, groups, bases, strict=True)
        ],
        "cumulative": _drawn(
            "lines", asked, months, names, [_added_up(values) for values in monthly], bases, code
        )
        | {"so_far": True, "scale": scale},
        "monthly": _drawn("stack", asked, months, names, monthly, bases, code),
        "table": [_row(row, wanted, asked, texts) for row in told[: -TABLE_ROWS - 1 : -1]],
        "months": len(months),
    }


def is_wide(sums: Sequence[float]) -> bool:
    """Whether sums differ so much that the smaller ones are flat on a linear scale."""
    told = [each for each in sums if each > 0]
    return bool(told) and max(told) > WIDE * min(told)


def _months(rows: Sequence[Mapping[str, Any]]) -> list[datetime.date]:
    """Every month from the first to the last with an amount."""
    if not rows:
        return []
    month, last, found = rows[0]["month"], rows[-1]["month"], []
    while month <= last:
        found.append(month)
        month = (month.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    return found


def _by_month(
    rows: Sequence[Mapping[str, Any]], donors: set[str], months: Sequence[datetime.date]
) -> list[float]:
    given: dict[datetime.date, float] = {}
    for row in rows:
        if row["donor"] in donors:
            given[row["month"]] = given.get(row["month"], 0.0) + row["amount"]
    return [round(given.get(month, 0.0), 2) for month in months]


def _added_up(values: Sequence[float]) -> list[float]:
    total, found = 0.0, []
    for value in values:
        total += value
        found.append(round(total, 2))
    return found


def _name(group: Sequence[str], texts: Texts) -> dict[str, Any]:
    if len(group) > 1:
        return {"code": "", "name": texts("aid.others"), "accent": 0}
    return side(group[0], texts) if group[0] else {"code": "", "name": texts("site.unknown"), "accent": 0}


def _drawn(
    kind: str,
    asked: PageFacts,
    months: Sequence[datetime.date],
    names: Sequence[Mapping[str, Any]],
    values: Sequence[Sequence[float]],
    bases: Sequence[Mapping[str, Values]],
    currency: str,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "step": "month",
        "unit": currency,
        "clip": behind.clip(asked),
        "accents": [name["accent"] for name in names],
        "x": [epoch(month) for month in months],
        "series": [
            {"label": name["name"], "y": each, "open": behind.listed(base)}
            for name, each, base in zip(names, values, bases, strict=True)
        ],
    }


def _row(row: Mapping[str, Any], wanted: Wanted, asked: PageFacts, texts: Texts) -> dict[str, Any]:
    """What a donor gave in a month, with the facts behind it."""
    currency = wanted.choices().currency
    days = behind.clipped(row["month"], "month", asked)
    return {
        "month": row["month"].isoformat()[:7],
        "donor": side(row["donor"], texts) if row["donor"] else None,
        "amount": money(row["amount"], currency.upper(), texts.language),
        "packages": row["packages"],
        "href": behind.listed(behind.aid(wanted, [row["donor"]], (), currency), *days),
    }
