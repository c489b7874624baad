"""The facts behind a number: the address that lists them, and what they add up to.

A number of a series is the sum of the facts that the series counts, on the days and of the sides that it is of. The view
`series_facts` says which these are, so that what the address lists adds up to the number.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.feed.asked import UNKNOWN
from warehouse.feed.conditions import together
from warehouse.feed.page.asked import PageFacts, Values, Wanted, address
from warehouse.feed.page.figures import days, money, number
from warehouse.feed.page.language import Texts
from warehouse.feed.question import Question

GIVEN = "stage:announced|approved|delivered"
HELD = "status:held|ongoing"
# Slots whose values have words in the catalogue, with the section that has them.
WORDED = {"weapon": "weapon", "outcome": "outcome", "stage": "stage", "status": "meeting_status"}
SIDES = ("attacker", "target")
ADDED_UP = """
SELECT count(*), sum({amount}), count({amount})
FROM feed.series_facts WHERE {counted} AND fact_id IN (SELECT fact_id FROM feed.fact WHERE {where})
"""
COUNTS = """
SELECT fact_id, {amount} FROM feed.series_facts WHERE {counted} AND fact_id IN (SELECT unnest(?::VARCHAR[]))
"""
SPOT = "SELECT min(name) FROM feed.place WHERE latitude = ? AND longitude = ?"


def attacks(wanted: Wanted, attacker: str, outcome: str, boundary: str) -> dict[str, Values]:
    """The parameters of the facts behind counts of drones, whatever the day."""
    slots = ["weapon:drone", f"outcome:{outcome}", f"attacker:{attacker}"]
    return {"series": "attacks", "boundary": boundary, "slot": slots, "side": wanted.given.get("side")}


def aid(wanted: Wanted, donors: Sequence[str], others: Sequence[str], currency: str) -> dict[str, Values]:
    """The parameters of the facts behind sums of aid of one donor, or of all but `others`."""
    name, listed_donors = ("not_donor", others) if others else ("donor", donors)
    chosen: dict[str, Values] = {name: [each or UNKNOWN for each in listed_donors]}
    return {"series": "aid", "slot": GIVEN, **chosen, "side": wanted.given.get("side"), "currency": currency}


def meetings(wanted: Wanted, one: str, other: str) -> dict[str, Values]:
    """The parameters of the meetings of two sides."""
    sides = wanted.given.get("side")
    pair: dict[str, Values] = {"side": sides, "also": [one, other]} if sides else {"side": one, "also": other}
    return {"series": "meetings", "slot": HELD, **pair, **_period(wanted)}


def listed(parameters: Mapping[str, Values], first: Any = None, until: Any = None) -> str:
    """The address of the facts, of some days."""
    days = {"from": str(first) if first else None, "until": str(until) if until else None}
    return address("/facts", {**parameters, **{name: day for name, day in days.items() if day}})


def _period(wanted: Wanted) -> dict[str, Values]:
    return {name: wanted.given[name][-1] for name in ("from", "until") if name in wanted.given}


def last_day(first: datetime.date, step: str) -> datetime.date:
    """The last day of the day, week or month that begins on a day."""
    if step == "month":
        return (first.replace(day=1) + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(
            days=1
        )
    return first + datetime.timedelta(days=6 if step == "week" else 0)


def clipped(first: datetime.date, step: str, asked: PageFacts) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a bar that lie in the time that is asked for."""
    until = last_day(first, step)
    return max(first, asked.first or first), min(until, asked.until or until)


def clip(asked: PageFacts) -> list[str | None]:
    """The days that are asked for, as charts are told them."""
    return [each.isoformat() if each else None for each in (asked.first, asked.until)]


def behind(
    question: Question, wanted: Wanted, rows: Sequence[dict[str, Any]], texts: Texts
) -> dict[str, Any] | None:
    """What the listed facts are and add up to, where they stand behind a number; each row is told what it counts as."""
    asked = wanted.facts()
    words = _words(question, wanted, texts)
    if asked.series is None:
        return {"words": words, "sum": "", "about": "", "without": 0} if words else None
    currency = wanted.choices().currency
    amount = currency if asked.series == "aid" else "value"
    (counted, values), (where, given) = together(asked.counting()), together(asked.conditions())
    ((count, total, added),) = question.tuples(
        ADDED_UP.format(amount=amount, counted=counted, where=where), [*values, *given]
    )
    ids = [row["id"] for row in rows]
    counts = dict(question.tuples(COUNTS.format(amount=amount, counted=counted), [*values, ids]))
    unit = currency.upper() if asked.series == "aid" else None
    if asked.series != "meetings":
        for row in rows:
            row["counts"] = _count(counts.get(row["id"]), unit, texts)
    return {
        "words": words,
        "sum": "" if asked.series == "meetings" else _amount(total or 0, unit, texts),
        "about": texts.code("counted", asked.series),
        "without": count - added,
    }


def _count(value: float | None, unit: str | None, texts: Texts) -> dict[str, Any]:
    if value is None:
        return {"value": "", "words": texts("behind.counts_nothing")}
    return {"value": value, "words": texts("behind.counts", value=_amount(value, unit, texts))}


def _amount(value: float, unit: str | None, texts: Texts) -> str:
    return money(value, unit, texts.language) if unit else number(value)


def _words(question: Question, wanted: Wanted, texts: Texts) -> list[str]:
    """What tells the number apart from others, in words."""
    given = wanted.given if wanted.path == "/facts" else {}
    words = []
    for slot in given.get("slot", ()):
        name, _, values = slot.partition(":")
        words.append(" / ".join(_word(name, value, texts) for value in values.split("|")))
    words += [
        texts("site.unknown") if each == UNKNOWN else texts.side(each) for each in given.get("donor", ())
    ]
    if given.get("not_donor"):
        words.append(texts("aid.others"))
    if given.get("series") == ("attacks",):
        words.append(f"{texts('drones.boundary')} {texts(f'drones.boundary_{wanted.choices().boundary}')}")
    asked = wanted.facts()
    if asked.series and (asked.first or asked.until):
        words.append(days({"start": str(asked.first or "…"), "end": str(asked.until or "…")}))
    if asked.at and asked.at != "none":
        latitude, longitude = asked.spot
        words.append(question.value(SPOT, [latitude, longitude]) or asked.at)
    if asked.named:
        words.append(asked.named)
    return words


def _word(slot: str, value: str, texts: Texts) -> str:
    if slot in SIDES:
        return texts.side(value)
    return texts.coded(WORDED.get(slot, ""), value)
