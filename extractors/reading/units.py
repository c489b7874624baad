"""Classifiers and units that follow a number: which there are, what they count, and how they are told apart."""

from __future__ import annotations

import re

from extractors.reading.lexicon_files import read_toml

_TABLE: dict[str, dict[str, list[str]]] = read_toml("units.toml")
# What a unit counts: weapon, person, event, object, measure or duration.
UNIT_KINDS: dict[str, str] = {unit: kind for kind, units in _TABLE.items() for unit in units}
# Units of whole things: where one follows, 八点一架 is a clock time and no decimal.
_WHOLE = [unit for unit, kind in UNIT_KINDS.items() if kind not in ("measure", "duration")]
WHOLE_UNIT_STARTS = "".join(sorted({unit[0] for unit in _WHOLE}))
UNIT_STARTS = "".join(sorted({unit[0] for unit in UNIT_KINDS}))


def _pattern() -> str:
    """Units, longest first, each guarded against the words it begins (人 but not 人民)."""
    guarded = []
    for units in _TABLE.values():
        for unit, continuations in units.items():
            others = [re.escape(c) for c in continuations] + (["[-A-Za-z0-9]"] if unit.isascii() else [])
            guard = f"(?!{'|'.join(others)})" if others else ""
            # 168CM, but not 3M
            guarded.append((unit, (f"(?i:{unit})" if unit.isascii() and len(unit) > 1 else unit) + guard))
    return "|".join(pattern for unit, pattern in sorted(guarded, key=lambda g: (-len(g[0]), g[0])))


UNIT = re.compile(rf" ?(?P<unit>{_pattern()})")
_LATIN = [unit for unit in UNIT_KINDS if unit.isascii()]
# What is a Latin unit right after a number, as a pattern.
LATIN_UNIT = (
    rf"(?:(?i:{'|'.join(unit for unit in _LATIN if len(unit) > 1)})"
    rf"|{'|'.join(unit for unit in _LATIN if len(unit) == 1)})(?![-A-Za-z0-9])"
)
