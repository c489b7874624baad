"""Lessons as help: where they are all that is given, and where they go with the things they are about."""

from __future__ import annotations

import re
from typing import Any

from extractors.layers.context import Context, Draft

NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]")


def is_training(slots: dict[str, Any]) -> bool:
    return bool(slots["items"]) and all("训" in item or "訓" in item for item in slots["items"])


def teaches_them(context: Context, later: Draft, earlier: Draft) -> bool:
    """True where a sentence gives things and the lessons in using them: 提供坦克，并为乌军人员提供训练."""
    a, b = earlier.slots, later.slots
    if not (a["items"] and is_training(b)) or b["amount"] is not None or a["donors"] != b["donors"]:
        return False
    if any(NUMERAL.search(item) for item in b["items"]) or a["stage"] != b["stage"]:
        return False
    places = [context.reading.sentence_at(draft.evidence[0][0]) for draft in (earlier, later)]
    return places[0] is places[1]
