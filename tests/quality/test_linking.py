"""How many places and sides of the shared gold are linked: places to an entry, sides to the right code.

What a gazetteer should hold is decided without looking into ours: `country_names.tsv` (Unicode CLDR 48.2, names in
zh, zh-Hant and zh-Hant-HK, folded; Unicode licence v3) names the countries, a unit's suffix (州, 省, 边疆区, …) a
first-level unit, and GeoNames' cities500 (`models/gazetteer_zh.tsv` beside the checkout) the cities.

    python tests/quality/test_linking.py [train|dev]     prints the figures
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.document import Reading
from extractors.reading.lexicon import find_places, find_sides
from extractors.reading.lexicon_files import read_tsv
from extractors.reading.mention import Mention, MentionType, Place, Side, side_code
from extractors.reading.reader import Reader
from extractors.reading.script import fold
from flows.scoring import read_gold
from flows.sources import read_inputs
from schemas import Article

SHARED = Path(__file__).parents[2].parent / "shared"
# Least share of the places that the gazetteer should hold, of all named places, and of sides found and right.
FLOORS = {"held": 0.97, "named": 0.94, "sides_found": 0.98, "sides_right": 0.98}

# What is cut off an annotated place before it is looked at: several in one string, parts and surroundings.
JOINED = re.compile("(?:以及|[、，,和与及])")
SURROUNDINGS = re.compile(
    "(?:等多?(?:地|方向|州|市|地区)?|多地|方向|附近|一带|及?周边(?:地区)?|邻近地区|境内|边境(?:地区)?|部分地区|前线|上空|"
    "以?[东西南北]+(?:部(?:地区)?|方向?|面)?(?:海域)?|[中东西南北]+部(?:地区)?|海域|水域|郊外|郊区|市中心|的)+$"
)
# No countries, first-level units or cities: facilities, waters, landforms, quarters, villages, continents.
NO_UNIT = re.compile(
    "(?:村|居民点|定居点|街道?|路|广场|机场|基地|医院|学校|大学|站|厂|大?桥|宫|宾馆|大楼|大会堂|总部|口岸|哨所|仓库|油库|"
    "矿|难民营|海|湾|河|洋|海峡|运河|岛|群岛|半岛|高地|山|谷地|走廊|区|附近|首都)$|^(?:欧洲|亚洲|非洲|美洲|中东|前线|多地)$"
)
UNIT = re.compile(".{2,}(?:州|省|邦|边疆区|自治区|共和国|地区|市)$")
# Population from which GeoNames' cities count as cities of the news.
CITY = 5_000
# What a place may be a part of, and is read as.
WHOLES = (MentionType.PERSON, MentionType.ORGANISATION)
# Sides that have one letter of their own, and organisations that every reader of the news knows.
LETTERS = {"RU": "俄", "UA": "乌", "KP": "朝", "KR": "韩"}
FORMS = "军|方|国|总统|总理|首相|外长|防长|政府|官员|国防部|外交部"
BODIES = {
    "EU": "欧盟", "UN": "联合国", "NATO": "北约", "HAMAS": "哈马斯", "HEZBOLLAH": "真主党", "HOUTHI": "胡塞",
    "WORLD_BANK": "世界银行", "IMF": "国际货币基金组织", "IAEA": "国际原子能机构", "G7": "七国集团", "AU": "非盟",
    "US": f"美(?:{FORMS})", "GB": f"英(?:{FORMS})", "FR": "法(?:国|军)", "DE": "德(?:国|军)", "CN": "中方", "IL": "以军|以方",
    "IR": f"伊(?:{FORMS})", "LB": "黎方", "SY": "叙(?:方|政府)",
}  # fmt: skip


@dataclass
class Tally:
    """Counts of one measurement, with the words that were missed."""

    total: int = 0
    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0

    def add(self, words: str, *, right: bool) -> None:
        self.total += 1
        self.right += right
        if not right:
            self.missed[words] += 1


@lru_cache(maxsize=1)
def reference() -> tuple[dict[str, str], dict[str, set[str]]]:
    """Country names with their codes, and names of cities with the countries that have one of the name."""
    rows = read_tsv(Path(__file__).parent / "country_names.tsv")
    countries = {name: row["code"] for row in rows for name in row["names"].split()}
    cities: dict[str, set[str]] = {}
    with (SHARED / "models" / "gazetteer_zh.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            name, country, _, _, _, population = line.rstrip("\n").split("\t")
            if population.isdigit() and int(population) >= CITY:
                cities.setdefault(name, set()).add(country)
    return countries, cities


def kind_of_place(name: str) -> str:
    """`country`, `unit` or `city` where the reference knows it, `out` where it is none by its form, else `other`."""
    countries, cities = reference()
    if name in countries:
        return "country"
    if len(name) < 2 or NO_UNIT.search(name) or re.search("[0-9]", name):
        return "out"
    if name in cities or name.removesuffix("市") in cities:
        return "city"
    return "unit" if UNIT.fullmatch(name) else "other"


def places_of(record: dict[str, Any]) -> Iterator[str]:
    """The place strings of a record's slots."""
    yield from record.get("places") or ()
    yield from (part["place"] for part in record.get("breakdown") or () if part.get("place"))
    if record.get("place"):
        yield record["place"]


def single_places(words: str) -> list[str]:
    """The names in an annotated place: 敖德萨 and 利沃夫州 in 敖德萨附近和利沃夫州西部."""
    parts = (SURROUNDINGS.sub("", part) for part in JOINED.split(fold(words)))
    return [part for part in parts if part]


def sides_of(record: dict[str, Any]) -> set[str]:
    """The codes of a record that are ISO or organisation codes."""
    found = {record.get("attacker"), record.get("target_country")}
    found.update(record.get("donors") or (), record.get("recipients") or ())
    found.update(person["side"] for person in record.get("participants") or ())
    if record["kind"] == "attack_count":
        found.add(record.get("target"))
    return {code for code in found if code and code.isascii()}


def spans_of(reading: Reading, record: dict[str, Any]) -> list[tuple[int, int]]:
    """Where the evidence of a record stands in the whole."""
    found = []
    for quote in record["evidence"]:
        start = reading.whole.find(quote)
        if start >= 0:
            found.append((start, start + len(quote)))
    return found


def is_linked(mention: Mention) -> bool:
    """Whether a mention is a place with country and id, or a country."""
    value = mention.value
    if isinstance(value, Place):
        return value.country is not None and value.geonames_id is not None
    return isinstance(value, Side) and mention.type is MentionType.SIDE


def links(mentions: list[Mention], at: int, end: int) -> bool:
    """Whether the name at these offsets is read as an entry: a linked mention begins in it and covers its start."""
    return any(is_linked(m) and m.start <= at < m.end and m.end >= min(end, at + 2) for m in mentions)


def link_place(
    reading: Reading, mentions: list[Mention], spans: list[tuple[int, int]], name: str
) -> bool | None:
    """Whether a name of the gold is linked where it stands in the evidence, else anywhere; None where it is nowhere.

    Inside a person, an office or a body (敖德萨州官员, 也门胡塞武装) it is linked if the gazetteer, which those are
    composed from, knows it.
    """
    for start, end in [*spans, (0, len(reading.folded))]:
        at = reading.folded.find(name, start, end)
        if at >= 0:
            last = at + len(name)
            if any(m.type in WHOLES and m.start <= at and last <= m.end for m in mentions):
                return links([*find_places(name), *find_sides(name)], 0, len(name))
            return links(mentions, at, last)
    return None


def names_side(words: str, code: str) -> bool:
    """Whether folded words name a side, by the reference's forms alone."""
    countries, _ = reference()
    if any(name in words for name, owner in countries.items() if owner == code):
        return True
    return bool(re.search(LETTERS.get(code) or BODIES.get(code) or "(?!)", words))


def code_of_name(words: str) -> str | None:
    """The code that the reference gives a mention's words by the longest name they begin with."""
    countries, _ = reference()
    known = [name for name in countries if words.startswith(name)]
    if known:
        return countries[max(known, key=len)]
    return next((code for code, pattern in BODIES.items() if re.match(pattern, words)), None)


def measure(articles: list[Article], gold: dict[str, list[dict[str, Any]]]) -> dict[str, Tally]:
    """All figures of one set of articles, read without gates."""
    tallies = {name: Tally() for name in ("country", "unit", "city", "other", "sides_found", "sides_right")}
    reader = Reader()
    for article in articles:
        records = gold.get(article.id, [])
        if not records:
            continue
        reading = reader.read(article, gated=False)
        mentions = [mention for sentence in reading.sentences for mention in sentence.mentions]
        codes = set().union(*(sides_of(record) for record in records))
        for record in records:
            spans = spans_of(reading, record)
            for name in (name for words in places_of(record) for name in single_places(words)):
                linked = link_place(reading, mentions, spans, name)
                if linked is not None and (kind := kind_of_place(name)) != "out":
                    tallies[kind].add(name, right=linked)
            measure_sides(reading, mentions, spans, record, codes, tallies)
    return tallies


def measure_sides(
    reading: Reading,
    mentions: list[Mention],
    spans: list[tuple[int, int]],
    record: dict[str, Any],
    codes: set[str],
    tallies: dict[str, Tally],
) -> None:
    """Sides of a record that its evidence names and we read; sides we read there that are the words' own."""
    said = [m for m in mentions if any(start <= m.start and m.end <= end for start, end in spans)]
    words = "\n".join(reading.folded[start:end] for start, end in spans)
    for code in sorted(sides_of(record)):
        if names_side(words, code):
            tallies["sides_found"].add(f"{code} {words}", right=code in {side_code(m) for m in said})
    for mention in said:
        read = side_code(mention)
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION) and read and read.isascii():
            name = reading.folded[mention.start : mention.end]
            known = code_of_name(name)
            tallies["sides_right"].add(
                f"{name}={read}", right=read == known or (known is None and read in codes)
            )


def figures(tallies: dict[str, Tally]) -> dict[str, float]:
    """The shares that have floors: of places that should be held, of all named places, and of sides."""
    held = [tallies[kind] for kind in ("country", "unit", "city")]
    named = [*held, tallies["other"]]
    return {
        "held": sum(t.right for t in held) / max(1, sum(t.total for t in held)),
        "named": sum(t.right for t in named) / max(1, sum(t.total for t in named)),
        "sides_found": tallies["sides_found"].share,
        "sides_right": tallies["sides_right"].share,
    }


def measured(name: str) -> dict[str, Tally]:
    """The figures of a shared set, `train` or `dev`."""
    folder = SHARED / "gold"
    articles = [a for a in read_inputs([folder / f"{name}.articles.jsonl"]) if isinstance(a, Article)]
    return measure(articles, read_gold(folder / f"{name}.jsonl"))


def report(name: str) -> str:
    """The figures of a shared set as lines of text; for `train` with the words that were missed."""
    tallies = measured(name)
    lines = [f"{figure:12} {share:.4f}" for figure, share in figures(tallies).items()]
    lines += [f"  {kind:12} {tally.right} of {tally.total}" for kind, tally in tallies.items()]
    if name == "train":
        lines += [
            f"  {kind} missed: {json.dumps(t.missed, ensure_ascii=False)}" for kind, t in tallies.items()
        ]
    return "\n".join(lines)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["train", "dev"])
def test_places_and_sides_of_the_shared_gold_are_linked(shared: Path, name: str) -> None:
    assert shared == SHARED
    found = figures(measured(name))
    assert {figure: share for figure, share in found.items() if share < FLOORS[figure]} == {}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("敖德萨附近和利沃夫州西部", ["敖德萨", "利沃夫州"]),
        ("苏梅州边境地区", ["苏梅州"]),
        ("别尔哥罗德、库尔斯克等地", ["别尔哥罗德", "库尔斯克"]),
    ],
)
def test_an_annotated_place_is_taken_apart(words: str, names: list[str]) -> None:
    assert single_places(words) == names


if __name__ == "__main__":
    for chosen in sys.argv[1:] or ["train", "dev"]:
        sys.stdout.write(f"{chosen}\n{report(chosen)}\n")
