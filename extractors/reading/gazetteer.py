"""Places in running text, with what the gazetteer knows of them.

Two sources: `lexicon/regions.tsv`, written by hand (first-level units of Ukraine and Russia, places of the
wars and their spellings), and `model/gazetteer.tsv`, names from GeoNames (CC BY 4.0). The first overrules the
second.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.reading.lexicon_files import LEXICON, MODEL, read_toml, read_tsv
from extractors.reading.mention import Mention, MentionType, Place
from extractors.reading.name_index import NameIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name may mean: a region, a city (or other place), or both (哈尔科夫)."""

    region: Place | None = None
    other: Place | None = None
    guarded: bool = False  # a short foreign name: no place next to transliteration characters


# Foreign names up to this length are often pieces of longer ones.
SHORT_NAME = {"geonames": 3, "lexicon": 2}


def find_places(text: str) -> list[Mention]:
    """Places named in folded text, leftmost-longest, with 州/地区/省/市/… where the text has it.

    A name that is both region and city means the region before 州, 地区 or 省, else the city. Countries are
    no places here (see `find_sides`). People's names are not known here: a person mention over a place
    overrules it.
    """
    return list(_places(text))


@lru_cache(maxsize=4)
def _places(text: str) -> tuple[Mention, ...]:
    """The places of a text, kept for the readers of the same article: organisations need them too."""
    mentions = []
    for start, name_end, entry in _index().find(text):
        if entry is None or (entry.guarded and _inside_longer_name(text, start, name_end)):
            continue
        suffix = _suffixes().match_at("\n" + text[name_end : name_end + 5], 0)
        kind = suffix[1] if suffix else None
        end = name_end + suffix[0] - 1 if suffix and kind else name_end
        place = _meant(entry, kind)
        mentions.append(Mention(MentionType.PLACE, start, end, text[start:end], place))
    return tuple(mentions)


def look_up(name: str) -> Place | None:
    """The place of exactly this folded name, with or without 州, 市 and the like; None where unknown."""
    found = find_places(name)
    if len(found) == 1 and found[0].words == name and isinstance(found[0].value, Place):
        return found[0].value
    return None


def place_names() -> frozenset[str]:
    """All names the gazetteer knows, without suffixes."""
    return frozenset(_entries())


def _meant(entry: Entry, suffix: str | None) -> Place:
    if suffix == "region" and entry.region is not None:
        return entry.region
    place = entry.other or entry.region
    if place is None:
        raise ValueError("a gazetteer entry must hold a region or another place")
    if suffix == "region":
        return replace(place, level="region")
    if suffix == "city" and entry.other is None:
        return replace(place, level="city")
    return place


def _inside_longer_name(text: str, start: int, end: int) -> bool:
    beside = text[start - 1 : start] + text[end : end + 1]
    return any(character in transliteration() for character in beside)


@lru_cache(maxsize=1)
def transliteration() -> frozenset[str]:
    """Characters that spell foreign names."""
    return frozenset(read_toml("places.toml")["names"]["transliteration"])


@lru_cache(maxsize=1)
def _suffixes() -> NameIndex[str | None]:
    """Suffixes behind a newline, which stands for the name's end and makes each two characters or more."""
    suffixes = read_toml("places.toml")["suffixes"]
    index: dict[str, str | None] = {
        "\n" + word: kind for kind in ("region", "city", "area") for word in suffixes[kind]
    }
    return NameIndex(index | {"\n" + word: None for word in suffixes["apart"]})


@lru_cache(maxsize=1)
def _entries() -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in read_tsv(MODEL / "gazetteer.tsv"):
        name = row["name"]
        place = Place(
            name, row["country"], int(row["geonames_id"]), float(row["latitude"]), float(row["longitude"])
        )
        foreign = row["country"] not in ("CN", "TW", "JP", "KR", "KP", "HK", "MO")
        entries[name] = Entry(other=place, guarded=foreign and len(name) <= SHORT_NAME["geonames"])
    for row in read_tsv(LEXICON / "regions.tsv"):
        names = [row["name"], *row["aliases"].split()]
        known = next((entries[name] for name in names if name in entries), Entry())
        written = Place(
            row["name"], row["country"] or None, None,
            float(row["latitude"]), float(row["longitude"]), row["level"],
        )  # fmt: skip
        for name in names:
            entries[name] = _merge(written, known, guarded=len(name) <= SHORT_NAME["lexicon"])
    return entries


def _merge(written: Place, known: Entry, *, guarded: bool) -> Entry:
    """An entry of regions.tsv, joined with the GeoNames city of the same name in the same country."""
    city = known.other if known.other and known.other.country == written.country else None
    if written.level == "region":
        return Entry(
            region=written, other=replace(city, name=written.name) if city else None, guarded=guarded
        )
    if city:
        written = replace(written, geonames_id=city.geonames_id)
    return Entry(other=written, guarded=guarded)


@lru_cache(maxsize=1)
def _index() -> NameIndex[Entry | None]:
    """Places, and the longer names in which they are none: countries, organisations, ordinary words."""
    organisations = read_toml("organisations.toml")
    countries = read_toml("countries.toml")
    apart: set[str] = set(read_toml("places.toml")["names"]["apart"]) | set(countries["ordinary"]["words"])
    apart.update(*organisations["organisations"].values(), *countries["names"].values())
    apart.update(organisations["media"]["names"], organisations["as_written"]["names"])
    entries: dict[str, Entry | None] = {name: None for name in sorted(apart) if len(name) > 1}
    entries.update((name, entry) for name, entry in _entries().items() if name not in apart or entry.region)
    return NameIndex(entries)
