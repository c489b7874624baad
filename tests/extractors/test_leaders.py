"""Well-known people and the holders of offices: the data hold together, and the day decides."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest

from extractors.reading.leaders import Holder, holder_of, holders, leader_item, leader_side
from extractors.reading.lexicon_files import read_toml
from extractors.reading.offices import office_pattern
from extractors.reading.script import fold

ITEM = re.compile("Q[1-9][0-9]+")
WRITTEN = re.compile("[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def terms() -> dict[tuple[str, str], list[Holder]]:
    """The terms of each office and side, by their beginning."""
    found: dict[tuple[str, str], list[Holder]] = {}
    for term in sorted(holders(), key=lambda term: (term.first, term.last)):
        found.setdefault((term.office, term.side), []).append(term)
    return found


def entries() -> list[dict[str, str]]:
    sides = read_toml("holders.toml")["holders"].values()
    return [entry for side in sides for found in side.values() for entry in found]


def test_dates_of_office_are_days_or_years() -> None:
    written = [entry[key] for entry in entries() for key in ("from", "until") if key in entry]
    assert [date for date in written if not WRITTEN.fullmatch(date)] == []
    assert all(datetime.date.fromisoformat(date) for date in written if len(date) > 4)


def test_no_two_people_hold_one_office_at_once() -> None:
    clashes = [
        (before, after)
        for found in terms().values()
        for before, after in pairwise([term for term in found if term.first < term.last])
        if after.first < before.last
    ]
    assert clashes == []


def test_no_term_ends_in_a_year_before_it_begins() -> None:
    assert [entry for entry in entries() if entry.get("until", "9999")[:4] < entry["from"][:4]] == []


def test_items_are_wikidata_items_of_one_person_each() -> None:
    items = [term for term in holders() if term.qid]
    assert [term for term in items if not ITEM.fullmatch(term.qid or "")] == []
    bearers: dict[str | None, set[str]] = {}
    for term in items:
        bearers.setdefault(term.qid, set()).add(term.names[0])
    assert {item: names for item, names in bearers.items() if len(names) > 1} == {}


def test_names_of_holders_are_folded_and_stand_nowhere_else() -> None:
    names = {name for term in holders() for name in term.names}
    listed = [name for found in read_toml("leaders.toml")["names"].values() for name in found]
    assert [name for name in names if fold(name) != name] == []
    assert sorted(names & set(listed)) == []


def test_every_office_of_the_holders_has_its_horizon_and_its_words() -> None:
    data = read_toml("holders.toml")
    assert sorted(data["holders"]) == sorted(office for group in data["offices"].values() for office in group)
    unnamed = set(data["holders"]) - set(read_toml("offices.toml")["posts"])
    assert unnamed == {"council_chair"}  # known by their names alone


def test_words_for_dated_offices_are_offices_and_mean_one_each() -> None:
    posts = read_toml("offices.toml")["posts"]
    words = [word for found in posts.values() for word in found]
    assert len(words) == len(set(words))
    assert [word for word in words if not office_pattern().search(word)] == []


@pytest.mark.parametrize(
    ("office", "side", "date", "name"),
    [
        ("defence_minister", "US", "2024-11-30", "奥斯汀"),
        ("president", "US", "2025-01-19", "拜登"),
        ("president", "US", "2025-01-20", "特朗普"),
        ("foreign_minister", "CN", "2023-05-01", "秦刚"),
        ("foreign_minister", "CN", "2024-05-01", "王毅"),
        ("prime_minister", "DE", "2023-01-01", "朔尔茨"),
        ("chief", "NATO", "2024-10-02", "吕特"),
        ("prime_minister", "GB", "2026-05-01", None),  # changes hands in that year: nobody for sure
        ("defence_minister", "US", "2030-01-01", None),  # beyond what the lexicon knows
    ],
)
def test_the_day_decides_who_holds_an_office(office, side, date, name):
    holder = holder_of(office, side, day(date))
    assert (holder.names[0] if holder else None) == name


@pytest.mark.parametrize(
    ("name", "date", "side"),
    [
        ("吕特", "2023-05-01", "NL"),
        ("吕特", "2025-05-01", "NATO"),
        ("卡拉斯", "2024-01-01", "EE"),
        ("卡拉斯", "2025-01-01", "EU"),
        ("佩斯科夫", "2025-01-01", "RU"),
        ("无名氏", "2025-01-01", None),
    ],
)
def test_a_name_stands_for_the_side_of_the_day(name, date, side):
    assert leader_side(name, day(date)) == side


@pytest.mark.parametrize(
    ("name", "side", "item"),
    [
        ("约翰逊", "GB", "Q180589"),
        ("鲍里斯-约翰逊", "GB", "Q180589"),
        ("迈克·约翰逊", "US", None),  # a namesake with another side
        ("约纳斯·加尔·斯特勒", "NO", "Q467948"),
        ("川普", "US", "Q22686"),
        ("蒲亭", "RU", "Q7747"),
        ("哲连斯基", "UA", "Q3874799"),
        ("赫格塞思", "US", None),  # known, but without a verified item
    ],
)
def test_a_name_has_the_item_of_its_bearer(name, side, item):
    assert leader_item(name, side, day("2025-05-01")) == item


def test_a_namesake_with_another_first_name_has_no_side():
    assert leader_side("迈克·约翰逊") is None
