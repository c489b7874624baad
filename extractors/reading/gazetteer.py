"""Places in running text, with what the gazetteer knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Place
from extractors.reading.name_index import NameIndex
from extractors.reading.place_context import PlaceContext
from extractors.reading.place_entries import (
    Candidate,
    Entry,
    entries,
    place_names,
    subdivision_code,
    transliteration,
)

__all__ = ["find_places", "look_up", "place_names", "subdivision_code", "transliteration"]

LONGEST_SUFFIX = 6
# Where 县 is a part of a town's or province's name; elsewhere it is the first-level unit itself (青森县).
TOWN_COUNTIES = frozenset({"CN", "TW", "HK"})


def find_places(text: str) -> list[Mention]:
    """Places named in folded text, leftmost-longest, with 州/地区/省/市/… where the text has it.

    A name that is both region and city means the region before 州, 地区 or 省, else the city; a name of
    places in several countries means the one whose country is named with it. Countries are no places here
    (see `find_sides`). People's names are not known here: a person mention over a place overrules it.
    """
    return list(_places(text))


@lru_cache(maxsize=4)
def _places(text: str) -> tuple[Mention, ...]:
    """The places of a text, kept for the readers of the same article: organisations need them too."""
    return tuple(_read(text))


def look_up(name: str) -> Place | None:
    """The place of exactly this folded name, with or without 州, 市 and the like; None where unknown."""
    mention = next(_read(name), None)
    if mention is None or mention.words != name or not isinstance(mention.value, Place):
        return None
    return mention.value


def _read(text: str) -> Iterator[Mention]:
    context: PlaceContext | None = None
    before: tuple[int, str | None] = (-1, None)  # where the last place ended, and its country
    for start, name_end, entry in _index().find(text):
        if entry is None or (entry.guarded and _inside_longer_name(text, start, name_end)):
            continue
        if text[start - 1 : start] in _not_after().get(text[start:name_end], ()):
            continue
        suffix = _suffixes().match_at("\n" + text[name_end : name_end + LONGEST_SUFFIX], 0)
        kind = suffix[1] if suffix else None
        if kind is None and not entry.bare:
            continue
        end = name_end + suffix[0] - 1 if suffix and kind else name_end
        pool = _pool(entry, kind)
        chosen = pool[0]
        if len(pool) > 1:
            context = context or PlaceContext(text)
            chosen = context.choose(pool, start, before[1] if before[0] == start else None)
        place = _levelled(chosen.place, entry, kind)
        before = (end, place.country)
        yield Mention(MentionType.PLACE, start, end, text[start:end], place)


def _pool(entry: Entry, suffix: str | None) -> tuple[Candidate, ...]:
    """The places that a name may mean before this kind of suffix."""
    if suffix == "county":
        counties = tuple(c for c in entry.regions if c.place.country not in TOWN_COUNTIES)
        return counties or entry.others or entry.regions
    if suffix == "region" and entry.regions:
        return entry.regions
    return entry.others or entry.regions


def _levelled(place: Place, entry: Entry, suffix: str | None) -> Place:
    """The place with the level that its suffix gives where the gazetteer knows the other one alone."""
    if suffix == "region" and not entry.regions:
        return replace(place, level="region")
    if (suffix == "city" and not entry.others) or (suffix == "county" and place.country in TOWN_COUNTIES):
        return replace(place, level="city")
    return place


def _inside_longer_name(text: str, start: int, end: int) -> bool:
    beside = text[start - 1 : start] + text[end : end + 1]
    return any(character in transliteration() for character in beside)


@lru_cache(maxsize=1)
def _not_after() -> dict[str, str]:
    """Names that are none behind certain characters: 里海 in 公里海域."""
    names: dict[str, str] = read_toml("places.toml")["not_after"]
    return names


@lru_cache(maxsize=1)
def _suffixes() -> NameIndex[str | None]:
    """Suffixes behind a newline, which stands for the name's end and makes each two characters or more."""
    suffixes = read_toml("places.toml")["suffixes"]
    index: dict[str, str | None] = {
        "\n" + word: kind for kind in ("region", "county", "city", "area") for word in suffixes[kind]
    }
    return NameIndex(index | {"\n" + word: None for word in suffixes["apart"]})


@lru_cache(maxsize=1)
def _index() -> NameIndex[Entry | None]:
    """Places, and the longer names in which they are none: countries, organisations, ordinary words."""
    organisations = read_toml("organisations.toml")
    countries = read_toml("countries.toml")
    apart: set[str] = set(read_toml("places.toml")["names"]["apart"]) | set(countries["ordinary"]["words"])
    apart.update(*organisations["organisations"].values(), *countries["names"].values())
    apart.update(organisations["media"]["names"], organisations["as_written"]["names"])
    index: dict[str, Entry | None] = {name: None for name in sorted(apart) if len(name) > 1}
    index.update((name, entry) for name, entry in entries().items() if name not in apart or entry.regions)
    return NameIndex(index)
