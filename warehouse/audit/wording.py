"""Numbers in the messages of findings."""

from __future__ import annotations


def number(low: float | None, high: float | None, unit: str = "") -> str:
    """What a number leaves possible, in words: `40`, `36 to 44`, `at least 40`, `at most 40`."""
    if low is None and high is None:
        words = "some"
    elif low is None:
        words = f"at most {plain(high)}"
    elif high is None:
        words = f"at least {plain(low)}"
    else:
        words = plain(low) if low == high else f"{plain(low)} to {plain(high)}"
    return f"{words} {unit}".strip()


def plain(value: float | None) -> str:
    """A number with separators, decimals only where it has some."""
    if value is None:
        return "some"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def together(names: list[str]) -> str:
    """Names in a row: `A, B and C`."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
