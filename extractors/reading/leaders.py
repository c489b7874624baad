"""Well-known people: the side a name stands for, and who held an office when.

`leaders.toml` has names and sides; `holders.toml` has the holders of offices with their terms and Wikidata items.
Where a name stood for several sides in turn (吕特: NL, then NATO) the day decides.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.reading.lexicon_files import read_toml
from extractors.reading.name_index import NameIndex

# Marks between the parts of a name; the full stop is a careless middle dot.
JOINTS = "·•.-"
PARTS = re.compile(f"[{JOINTS}]")


@dataclass(frozen=True, slots=True)
class Holder:
    """A term of office: `first` to `last` are the days on which the person surely held it, `last` exclusive.

    `qid` is the person's Wikidata item, `None` where none is verified.
    """

    office: str
    side: str
    names: tuple[str, ...]
    first: datetime.date
    last: datetime.date
    qid: str | None


def find_leaders(folded: str) -> list[tuple[int, str]]:
    """Where well-known people are named in folded text, each with the side the name stands for."""
    sides = _sides()
    return [(start, sides[folded[start:end]]) for start, end in leader_spans(folded)]


def leader_spans(folded: str) -> Iterator[tuple[int, int]]:
    """Where names of well-known people stand that are no ordinary words."""
    return ((start, end) for start, end, sought in leader_names().find(folded) if sought)


def split_name(name: str) -> list[str]:
    """The parts of a name: 弗拉基米尔 and 泽连斯基 of 弗拉基米尔·泽连斯基."""
    return PARTS.split(name)


def leader_side(name: str, day: datetime.date | None = None) -> str | None:
    """The side a well-known name stands for, on a day where one is given: 泽连斯基, 弗拉基米尔·泽连斯基 for UA."""
    known = _known_name(name)
    if known is None:
        return None
    terms = _terms().get(known, ())
    return _nearest(terms, day).side if terms and day else _sides()[known]


def leader_item(name: str, side: str | None, day: datetime.date | None = None) -> str | None:
    """The Wikidata item of a well-known person who speaks for a side; `None` for namesakes and unknown ones."""
    known = _known_name(name)
    terms = [term for term in _terms().get(known or "", ()) if term.side == side]
    if not terms:
        return None
    return _nearest(terms, day).qid if day else terms[-1].qid


def holder_of(office: str, side: str, day: datetime.date) -> Holder | None:
    """Who surely held an office of `holders.toml` on a day."""
    terms = _by_office().get((office, side), ())
    return next((term for term in terms if term.first <= day < term.last), None)


def holders() -> tuple[Holder, ...]:
    """All terms of `holders.toml`. Raises ValueError where a date is neither a day nor a year."""
    return tuple(term for terms in _by_office().values() for term in terms)


@lru_cache(maxsize=1)
def leader_names() -> NameIndex[bool]:
    """All names of well-known people; false for those that are also words and are not looked for."""
    apart = set(read_toml("leaders.toml")["only_as_names"]["words"])
    return NameIndex({name: name not in apart for name in _sides()})


def _known_name(name: str) -> str | None:
    """The name as the lexicon has it: whole, its last parts, or the last alone where the first names do not differ."""
    ends = [0, *(joint.end() for joint in PARTS.finditer(name))]
    known = next((name[end:] for end in ends if name[end:] in _sides()), None)
    if known is None or known == name or PARTS.search(known):
        return known
    listed = {full[:1] for full in _full_names().get(known, ())}
    return known if not listed or name[:1] in listed else None  # 迈克·约翰逊 is not 鲍里斯·约翰逊


def _nearest(terms: tuple[Holder, ...] | list[Holder], day: datetime.date | None) -> Holder:
    """The term on a day, else the last one begun before it, else the first."""
    begun = [term for term in terms if day is None or term.first <= day]
    return begun[-1] if begun else terms[0]


@lru_cache(maxsize=1)
def _sides() -> dict[str, str]:
    """Names with the side they stand for last."""
    names = {name: code for code, names in read_toml("leaders.toml")["names"].items() for name in names}
    return names | {name: terms[-1].side for name, terms in _terms().items()}


@lru_cache(maxsize=1)
def _full_names() -> dict[str, list[str]]:
    """Full names by their last part."""
    found: dict[str, list[str]] = {}
    for name in _sides():
        if PARTS.search(name):
            found.setdefault(split_name(name)[-1], []).append(name)
    return found


@lru_cache(maxsize=1)
def _terms() -> dict[str, tuple[Holder, ...]]:
    """The terms of everybody who bears a name, by their beginning."""
    found: dict[str, list[Holder]] = {}
    for term in sorted(holders(), key=lambda term: (term.first, term.office, term.side)):
        for name in term.names:
            found.setdefault(name, []).append(term)
    return {name: tuple(terms) for name, terms in found.items()}


@lru_cache(maxsize=1)
def _by_office() -> dict[tuple[str, str], tuple[Holder, ...]]:
    data = read_toml("holders.toml")
    horizons = {
        office: datetime.date.fromisoformat(data["horizon"][group])
        for group, offices in data["offices"].items()
        for office in offices
    }
    return {
        (office, side): tuple(
            Holder(
                office,
                side,
                tuple(entry["names"]),
                _day(entry["from"], since=True),
                _day(entry["until"], since=False) if "until" in entry else horizons[office],
                entry.get("qid"),
            )
            for entry in entries
        )
        for office, sides in data["holders"].items()
        for side, entries in sides.items()
    }


def _day(written: str, *, since: bool) -> datetime.date:
    """A day of the lexicon; of a year alone the side of it on which the term is sure."""
    if re.fullmatch("[0-9]{4}", written):
        return datetime.date(int(written) + 1 if since else int(written), 1, 1)
    return datetime.date.fromisoformat(written)
