"""An event's slots in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

ENVELOPE = ("article_id", "event_id", "kind", "evidence", "found_by", "confidence", "extractor_version")
SIGNS = {
    "exact": "{}", "about": "≈{}", "nearly": "≲{}", "at_least": "≥{}", "more_than": ">{}", "up_to": "≤{}",
    "less_than": "<{}",
}  # fmt: skip


def slots_in_words(record: Mapping[str, Any]) -> Iterator[str]:
    """`slot value` for each filled slot of a record."""
    for slot, value in record.items():
        if slot not in ENVELOPE and value not in (None, "", []):
            yield f"{slot} {value_in_words(value)}"


def value_in_words(value: Any) -> str:
    """A number with its sign, a period, a person, or the value as it is."""
    if isinstance(value, list):
        return "、".join(value_in_words(each) for each in value)
    if not isinstance(value, Mapping):
        return str(value)
    if "qualifier" in value:
        return _number(value)
    if "precision" in value:
        days = value["start"] if value["start"] == value["end"] else f"{value['start']}..{value['end']}"
        return days if value["precision"] == "day" else f"{days} ({value['precision']})"
    return " ".join(value_in_words(part) for part in value.values() if part is not None)


def _number(number: Mapping[str, Any]) -> str:
    currency = f"{number['currency']} " if number.get("currency") else ""
    if number.get("value") is None:
        return currency + str(number["qualifier"])
    value = f"{number['value']:,}"
    if number.get("high") is not None:
        return f"{currency}{value}–{number['high']:,}"
    return currency + SIGNS.get(number["qualifier"], "{}").format(value)
