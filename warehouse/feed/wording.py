"""A fact in one line of words, for readers of feeds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

KIND_WORDS = {
    "attack_count": "Attack count",
    "aid_announcement": "Aid",
    "meeting": "Meeting",
    "strike": "Strike",
}
# What XML 1.0 cannot hold, and marks that turn the direction of the words around them.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TURNING = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
LONGEST_TITLE = 300


def title_of(fact: Mapping[str, Any]) -> str:
    """Kind, sides, number, place, day and status of a fact, as far as it has them."""
    slots = fact["slots"]
    parts = [
        KIND_WORDS.get(fact["kind"], fact["kind"].replace("_", " ").capitalize()),
        _sides(slots),
        " ".join(
            filter(None, (slots.get("weapon"), slots.get("outcome"), slots.get("stage"), _meeting(slots)))
        ),
        _number(fact),
        "、".join(fact["places"][:3]),
        _days(fact["when"]),
    ]
    title = " · ".join(part for part in parts if part)
    return one_line(f"{title} [{fact['status']}]")


def _sides(slots: Mapping[str, Any]) -> str:
    """Who did it to whom, or who took part."""
    doers = slots.get("attacker") or slots.get("donors")
    others = (
        slots.get("target_country")
        or slots.get("recipients")
        or (slots.get("target") if "count" in slots else None)
    )
    if doers or others:
        return f"{_joined(doers) or '?'} → {_joined(others) or '?'}"
    people = slots.get("participants") or ()
    return " – ".join(
        dict.fromkeys(each.get("side") or each.get("name") or each.get("role") for each in people)
    )


def _joined(codes: Any) -> str:
    return "+".join(codes) if isinstance(codes, list) else codes or ""


def _meeting(slots: Mapping[str, Any]) -> str | None:
    return slots.get("status") if "participants" in slots else None


def _number(fact: Mapping[str, Any]) -> str:
    """The best value with its interval where that is wider."""
    if fact["value"] is None and fact["low"] is None and fact["high"] is None:
        return ""
    unit = f"{fact['unit']} " if fact["unit"] else ""
    best = _plain(fact["value"]) if fact["value"] is not None else ""
    if fact["low"] == fact["high"] == fact["value"]:
        return f"{unit}{best}"
    low = "…" if fact["low"] is None else _plain(fact["low"])
    high = "…" if fact["high"] is None else _plain(fact["high"])
    return f"{unit}{best} ({low}–{high})".strip()


def _plain(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.2f}"


def _days(when: Mapping[str, str] | None) -> str:
    if when is None:
        return ""
    return when["start"] if when["start"] == when["end"] else f"{when['start']} – {when['end']}"


def one_line(words: str) -> str:
    """Words on one line that turn nothing around: no control characters, no marks of direction, not too long."""
    plain = " ".join(NOT_IN_XML.sub("", TURNING.sub("", words)).split())
    return plain if len(plain) <= LONGEST_TITLE else plain[: LONGEST_TITLE - 1] + "…"


def xml_text(words: str) -> str:
    """Words without the characters that XML cannot hold."""
    return NOT_IN_XML.sub("", words)
