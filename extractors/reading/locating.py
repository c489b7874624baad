"""Where on the map the words of a place slot are, for a record that says which countries it tells of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from extractors.reading.gazetteer import find_places
from extractors.reading.mention import Place
from extractors.reading.place_entries import entries
from extractors.reading.script import fold

__all__ = ["locate"]


@lru_cache(maxsize=20_000)
def locate(words: str, countries: tuple[str, ...] = ()) -> Place | None:
    """The place that the words name, the narrowest of several; `None` where it is unknown or elsewhere.

    Of places of one name the one that the gazetteer takes for likeliest is meant where it lies in one of `countries` (ISO
    3166-1; other codes are passed over), else one in the first of them, in the second, and so on.
    """
    wanted = tuple(code for code in countries if len(code) == 2)
    named = [
        place
        for mention in find_places(fold(words))
        if isinstance(mention.value, Place) and (place := next(_in(mention.value, wanted), None))
    ]
    towns = [place for place in named if place.level != "region"]
    found = towns or named
    return found[-1] if found else None


def _in(place: Place, countries: tuple[str, ...]) -> Iterator[Place]:
    """The place itself and those of its name, as far as they have coordinates and lie in the countries, best first."""
    entry = entries().get(place.name)
    alike = [place, *(each.place for each in (*entry.others, *entry.regions))] if entry else [place]
    known = [each for each in alike if each.latitude is not None and each.longitude is not None]
    yield from (each for each in known[:1] if not countries or each.country in countries)
    for country in countries:
        yield from (each for each in known if each.country == country)
