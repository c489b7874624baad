"""Numbers, amounts, days and moments as people read them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from warehouse.feed.page.language import Language, Texts

WORDS_ALONE = ("several", "dozens", "hundreds", "thousands")
LARGE: dict[Language, tuple[tuple[float, str], ...]] = {
    "en": ((1e12, " tn"), (1e9, " bn"), (1e6, " m")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}


def number(value: float) -> str:
    """A number with its thousands apart and no more than two decimals."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def money(value: float, currency: str, language: Language) -> str:
    """An amount to three or four figures, with its currency."""
    for size, word in LARGE[language]:
        if value >= size:
            share = value / size
            told = f"{share:,.{0 if share >= 1000 else 1 if share >= 100 else 2}f}"
            if "." in told:
                told = told.rstrip("0").rstrip(".")
            return f"{told}{word} {currency}"
    return f"{number(value)} {currency}"


def plain(value: float, unit: str | None, language: Language) -> str:
    """A number, or an amount where it has a currency."""
    return money(value, unit, language) if unit else number(value)


def quantity(slot: Mapping[str, Any], texts: Texts) -> str:
    """A count or an amount with its qualifier in words."""
    qualifier, unit = slot["qualifier"], slot.get("currency")
    if qualifier in WORDS_ALONE:
        return texts(f"number.{qualifier}") + (f" {unit}" if unit else "")
    value = plain(slot["value"], unit, texts.language)
    if qualifier == "range":
        return f"{plain(slot['value'], None, texts.language)}–{plain(slot['high'], unit, texts.language)}"
    return value if qualifier == "exact" else texts(f"number.{qualifier}", value=value)


def interval(row: Mapping[str, Any], texts: Texts) -> str:
    """What the claims leave possible; nothing where that is one number."""
    low, high, unit = row["low"], row["high"], row.get("unit")
    if (low is None and high is None) or low == high:
        return ""
    ends = (
        texts("number.open") if each is None else plain(each, unit, texts.language) for each in (low, high)
    )
    return texts("number.possible", **dict(zip(("low", "high"), ends, strict=True)))


def days(when: Mapping[str, str] | None) -> str:
    """The day or days of a period, the later one without what both share."""
    if when is None:
        return ""
    start, end = when["start"], when["end"]
    if start == end:
        return start
    shared = 8 if start[:8] == end[:8] else 5 if start[:5] == end[:5] else 0
    return f"{start} – {end[shared:]}"


def moment(instant: str | None) -> str:
    """A moment to the minute, in UTC."""
    return instant[:16].replace("T", " ") if instant else ""


def epoch(day: datetime.date) -> int:
    """Seconds from 1970 to the beginning of a day in UTC: where it stands on an axis."""
    return int(datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp())
