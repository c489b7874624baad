"""Aid by donor, month by month and added up."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.feed.page.asked import Wanted
from warehouse.feed.page.figures import epoch, money
from warehouse.feed.page.language import Texts
from warehouse.feed.page.telling import side
from warehouse.feed.question import Question

MOST_DONORS = 7
TABLE_ROWS = 20
ROWS = """
SELECT
    month, coalesce(donor, '') AS donor, sum({currency}) AS amount, CAST(sum(packages) AS BIGINT) AS packages,
    CAST(sum(without_amount) AS BIGINT) AS without_amount
FROM feed.aid_series
WHERE stage IN ('announced', 'approved', 'delivered')
    AND month >= coalesce(date_trunc('month', ?::DATE), month) AND month <= coalesce(?, month)
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
    code = currency.upper()
    return {
        "currency": currency,
        "without_amount": sum(row["without_amount"] or 0 for row in rows),
        "donors": [
            name
            | {
                "sum": money(sum(sums[donor] for donor in group), code, texts.language),
                "single": len(group) == 1,
            }
            for name, group in zip(names, groups, strict=True)
        ],
        "cumulative": _drawn("lines", months, names, [_added_up(values) for values in monthly], code),
        "monthly": _drawn("stack", months, names, monthly, code),
        "table": _table(told, texts, code),
        "months": len(months),
    }


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
    months: Sequence[datetime.date],
    names: Sequence[Mapping[str, Any]],
    values: Sequence[Sequence[float]],
    currency: str,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "step": "month",
        "unit": currency,
        "accents": [name["accent"] for name in names],
        "x": [epoch(month) for month in months],
        "series": [{"label": name["name"], "y": each} for name, each in zip(names, values, strict=True)],
    }


def _table(rows: Sequence[Mapping[str, Any]], texts: Texts, code: str) -> list[dict[str, Any]]:
    """The latest rows of month and donor."""
    return [
        {
            "month": row["month"].isoformat()[:7],
            "donor": side(row["donor"], texts) if row["donor"] else None,
            "amount": money(row["amount"], code, texts.language),
            "packages": row["packages"],
        }
        for row in list(rows)[: -TABLE_ROWS - 1 : -1]
    ]
