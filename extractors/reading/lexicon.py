"""What the lexicon finds in folded text: sides, organisations, weapons, offices and places."""

from __future__ import annotations

from extractors.reading.gazetteer import find_places, look_up
from extractors.reading.offices import office_pattern
from extractors.reading.organisations import find_organisations
from extractors.reading.sides import capitals, country_names, find_sides, short_side_codes
from extractors.reading.weapons import find_weapons

__all__ = [
    "capitals",
    "country_names",
    "find_organisations",
    "find_places",
    "find_sides",
    "find_weapons",
    "look_up",
    "office_pattern",
    "short_side_codes",
]
