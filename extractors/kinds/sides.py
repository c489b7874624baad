"""Sides of a conflict: what code a mention stands for, and who stands against whom in an article."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layers.context import Context

# Pairs at war in the news; an article's own words decide, this only says who the other one is.
AT_WAR = (
    ("RU", "UA"),
    ("IL", "HAMAS"),
    ("IL", "HEZBOLLAH"),
    ("IL", "IR"),
    ("IL", "HOUTHI"),
    ("US", "HOUTHI"),
    ("IN", "PK"),
)


def opponent(side: str | None, context: Context) -> str | None:
    """Who stands against a side in this article: the enemy it names most often, `None` where it is not plain."""
    if side is None:
        return None
    enemies = {a if b == side else b for a, b in AT_WAR if side in (a, b)}
    named = {code: context.parties[code] for code in enemies if code in context.parties}
    if named:
        return min(named, key=lambda code: (-named[code], code))
    return {"RU": "UA", "UA": "RU"}.get(side)  # the one war that news tells without naming the enemy


def enemies_of(parties: Sequence[str]) -> set[str]:
    """Those at war with any of these parties; neither helps the other, whoever is named nearest (俄制导弹)."""
    return {a if b in parties else b for a, b in AT_WAR if (a in parties) != (b in parties)}
