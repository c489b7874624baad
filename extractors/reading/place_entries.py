"""What the gazetteer holds: names, and the regions and towns that each of them may mean.

Two tables: `lexicon/regions.tsv`, written by hand (countries' first-level units, capitals, places of the wars and
their spellings), and `model/gazetteer.tsv`, names of towns from GeoNames (CC BY 4.0). The first overrules the second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.reading.lexicon_files import LEXICON, MODEL, read_toml, read_tsv
from extractors.reading.mention import Place

# Foreign names up to this length are often pieces of longer ones.
SHORT_NAME = {"geonames": 3, "lexicon": 2}
# Names written with characters only: theirs are no transliterations.
EAST_ASIA = frozenset({"CN", "TW", "JP", "KR", "KP", "HK", "MO"})
# Endings by which an alias of a region is the region's alone, not its seat's.
UNIT_ENDINGS = tuple("州省邦区国道县市")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, with the people who live there (0 where unknown)."""

    place: Place
    population: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may mean: regions, and towns or other places, in each list the likeliest first."""

    regions: tuple[Candidate, ...] = ()
    others: tuple[Candidate, ...] = ()
    guarded: bool = False  # a short foreign name: no place next to transliteration characters
    bare: bool = True  # whether the name stands for the place without 州, 省 and the like


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """Every name of the two tables, folded, without suffixes unless they belong to the name."""
    towns = _towns()
    populations = {c.place.geonames_id: c.population for found in towns.values() for c in found}
    built = {name: Entry(others=tuple(found), guarded=_guarded(name, found)) for name, found in towns.items()}
    for name, places in _written().items():
        known = towns.get(name, [])
        regions = [Candidate(place, 0) for place in places if place.level == "region"]
        others = [_with_population(p, known, populations) for p in places if p.level != "region"]
        taken = {candidate.place.country for candidate in others}
        others += [_renamed(c, regions) for c in known if c.place.country not in taken]
        others.sort(key=lambda candidate: -candidate.population)
        built[name] = Entry(
            tuple(regions),
            tuple(others),
            guarded=len(name) <= SHORT_NAME["lexicon"],
            bare=bool(others) or len(name) > SHORT_NAME["lexicon"] or regions[0].place.country in EAST_ASIA,
        )
    return built


def place_names() -> frozenset[str]:
    """All names the gazetteer knows, without suffixes."""
    return frozenset(entries())


def subdivision_code(place: Place) -> str | None:
    """The ISO 3166-2 code of a first-level unit (UA-63 for 哈尔科夫州); None for other places."""
    return _codes().get((place.country, place.name)) if place.level == "region" else None


@lru_cache(maxsize=1)
def transliteration() -> frozenset[str]:
    """Characters that spell foreign names."""
    return frozenset(read_toml("places.toml")["names"]["transliteration"])


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str | None, str], str]:
    rows = read_tsv(LEXICON / "regions.tsv")
    return {(row["country"], row["name"]): row["iso_3166_2"] for row in rows if row["iso_3166_2"]}


def _towns() -> dict[str, list[Candidate]]:
    """The towns of gazetteer.tsv by name, the most populous first."""
    found: dict[str, list[Candidate]] = {}
    for row in read_tsv(MODEL / "gazetteer.tsv"):
        place = Place(
            row["name"],
            row["country"],
            int(row["geonames_id"]),
            float(row["latitude"]),
            float(row["longitude"]),
        )
        found.setdefault(row["name"], []).append(Candidate(place, int(row["population"])))
    for candidates in found.values():
        candidates.sort(key=lambda candidate: -candidate.population)
    return found


def _guarded(name: str, candidates: list[Candidate]) -> bool:
    foreign = any(candidate.place.country not in EAST_ASIA for candidate in candidates)
    return foreign and len(name) <= SHORT_NAME["geonames"]


def _written() -> dict[str, list[Place]]:
    """The places of regions.tsv by every name they have."""
    rows = [(_place(row), row["aliases"].split()) for row in read_tsv(LEXICON / "regions.tsv")]
    seats = {(place.country, place.name) for place, _ in rows if place.level != "region"}
    of_regions = {
        (place.country, place.name): [alias for alias in aliases if not alias.endswith(UNIT_ENDINGS)]
        for place, aliases in rows
        if place.level == "region" and (place.country, place.name) in seats
    }
    found: dict[str, list[Place]] = {}
    for place, aliases in rows:
        shared = of_regions.get((place.country, place.name), ()) if place.level != "region" else ()
        for name in dict.fromkeys((place.name, *aliases, *shared)):
            found.setdefault(name, []).append(place)
    return found


def _place(row: dict[str, str]) -> Place:
    geonames_id = int(row["geonames_id"]) if row["geonames_id"] else None
    country = row["country"] or None
    latitude, longitude = float(row["latitude"]), float(row["longitude"])
    return Place(row["name"], country, geonames_id, latitude, longitude, row["level"])


def _with_population(place: Place, known: list[Candidate], populations: dict[int | None, int]) -> Candidate:
    """A place of regions.tsv with its id and people as the towns of the same name and country have them."""
    town = next((c for c in known if c.place.country == place.country), None)
    if town and place.geonames_id is None:
        place = replace(place, geonames_id=town.place.geonames_id)
    return Candidate(place, populations.get(place.geonames_id) or (town.population if town else 0))


def _renamed(town: Candidate, regions: list[Candidate]) -> Candidate:
    """A town under the name of the region of the same name and country: 卡尔可夫 is 哈尔科夫."""
    for region in regions:
        if region.place.country == town.place.country:
            return Candidate(replace(town.place, name=region.place.name), town.population)
    return town
