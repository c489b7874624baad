"""Conditions in SQL, each with its values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from warehouse.publish.filters import entry

# Condition and its values.
Condition = tuple[str, list[object]]


def one_of(column: str, values: list[Any]) -> list[Condition]:
    """The column is one of the values, where any are given."""
    return [(f"{column} IN ({', '.join('?' * len(values))})", list(values))] if values else []


def none_of(column: str, values: list[Any]) -> list[Condition]:
    """The column is none of the values."""
    return [(f"{column} NOT IN ({', '.join('?' * len(values))})", list(values))] if values else []


def together(conditions: Sequence[Condition]) -> Condition:
    """All of the conditions."""
    held = " AND ".join(condition for condition, _ in conditions) or "true"
    return held, [value for _, values in conditions for value in values]


def within(column: str, table: str, conditions: Sequence[Condition]) -> Condition:
    """The column has a value that it has in a row of the table which meets the conditions."""
    held, values = together(conditions)
    return f"{column} IN (SELECT {column} FROM {table} WHERE {held})", values


def any_entry(name: str, values: list[str]) -> list[Condition]:
    """The index has one of the values under the name, where any are given."""
    if not values:
        return []
    held = " OR ".join("contains(index, ?)" for _ in values)
    return [(f"({held})", [entry(name, value) for value in values])]


def all_entries(name: str, values: list[str]) -> list[Condition]:
    """The index has all of the values under the name."""
    return [("contains(index, ?)", [entry(name, value)]) for value in values]


def all_slots(values: list[str]) -> list[Condition]:
    """All that is asked of slots holds, each `slot:value` or `slot:value|value`."""
    found: list[Condition] = []
    for each in values:
        slot, _, wanted = each.partition(":")
        found += any_entry("slot", [f"{slot}:{value}" for value in wanted.split("|")])
    return found


def any_like(column: str, values: list[str]) -> list[Condition]:
    """The column holds the words of one of the values, where any are given."""
    if not values:
        return []
    held = " OR ".join(f"contains({column}, ?)" for _ in values)
    return [(f"({held})", list(values))]
