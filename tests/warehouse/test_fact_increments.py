"""What is resolved step by step is, row by row, what resolving everything from the beginning gives, and a plain replay too."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas import Article, Claimant, Count, EventBase, Money, Participant, Period
from warehouse.facts.kinds import LIKENESS
from warehouse.facts.statement import COLUMNS, Statement, statement_from_row

Rows = list[tuple[Any, ...]]
TABLES = ("statement", "fact", "fact_member")
BEGIN = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
LIMIT = 45  # articles of one archive


class Archive:
    """A warehouse that grows by chance: new and late articles, corrections, withdrawals, readings that find other things."""

    def __init__(self, wire: Any, house: warehouse.Warehouse, seed: int) -> None:
        self.wire, self.house = wire, house
        self.chance = random.Random(seed)
        self.written: dict[int, Article] = {}
        self.readings = 0

    def grow(self, size: int) -> None:
        """Load some articles in one batch."""
        chance, batch = self.chance, []
        self.readings += 1
        version = f"rules-{self.readings if chance.random() < 0.3 else 1}"
        for number in chance.sample(range(LIMIT), size):
            before = self.written.get(number)
            article = self._again(number, before) if before else self._new(number)
            withdrawn = before and chance.random() < 0.25
            self.written[number] = article
            batch.append((article, [] if withdrawn else self._events(article, version)))
        self.house.load(batch, run_id="run-1", extractor_version=version)

    def _new(self, number: int) -> Article:
        moment = BEGIN + datetime.timedelta(hours=self.chance.choice([6, 12, 24]) * self.chance.randrange(40))
        return self.wire.article(number, published=moment, drones=self.chance.randrange(100, 1000))

    def _again(self, number: int, before: Article) -> Article:
        hours = self.chance.choice([0, 0, 1, 24, 24 * 9, -24])
        moment = before.published + datetime.timedelta(hours=hours)
        if self.chance.random() < 0.3:
            return before  # read by other rules alone
        return self.wire.article(number, published=moment, drones=self.chance.randrange(100, 1000))

    def _events(self, article: Article, version: str) -> list[EventBase]:
        chance = self.chance
        day = article.published.date() + datetime.timedelta(days=chance.choice([-1, 0, 0, 0, 1, 20]))
        name = chance.choice([None, "北岸军方", "南岸军方"])
        common = {"claimed_by": Claimant(name=name) if name else None, "version": version}
        windows = [None, self._window(day, 0), self._window(day, 1, "night"), self._window(day, 0)]
        made = [
            self.wire.attack(article, when=chance.choice(windows), **self._attack(), **common),
            self.wire.aid(article, when=chance.choice(windows), **self._aid(), **common),
            self.wire.meeting(
                article,
                when=chance.choice([*windows, self._window(day, 40, "period")]),
                **self._meeting(),
                **common,
            ),
            self.wire.strike(article, when=chance.choice(windows), **self._strike(), **common),
        ]
        return [event for event in made if chance.random() < 0.85]

    @staticmethod
    def _window(day: datetime.date, days: int, precision: str = "day") -> Period:
        start = day - datetime.timedelta(days=days)
        return Period(start=start, end=day, precision=precision)  # type: ignore[arg-type]

    def _attack(self) -> dict[str, Any]:
        count = Count(
            value=self.chance.choice([20, 21, 40]), qualifier=self.chance.choice(["exact", "about"])
        )
        return {"count": count, "places": self.chance.choice([(), ("河口市",), ("河口",)]), "breakdown": ()}

    def _aid(self) -> dict[str, Any]:
        chance = self.chance
        value, qualifier = (
            chance.choice([50, 50.5, 70]) * 1e5,
            chance.choice(["exact", "exact", "about", "at_least"]),
        )
        money = Money(value=value, qualifier=qualifier, currency="USD")  # type: ignore[arg-type]
        return {
            "amount": chance.choice([None, money, money]),
            "items": chance.choice([(), ("防空导弹",), ("防空系统", "炮弹")]),
            "package_number": chance.choice([None, None, None, 7]),
            "scope": chance.choice(["package", "package", "cumulative"]),
            "stage": chance.choice(["announced", "delivered"]),
        }

    def _meeting(self) -> dict[str, Any]:
        names = self.chance.choice([("李河", None), (None, None), ("李河", "白桥"), ("石岭", "白桥")])
        people = tuple(
            Participant(name=name, role=None if name else "外长", side=side)
            for name, side in zip(names, ("FR", "DE"), strict=True)
        )
        status = self.chance.choice(["held", "planned", "proposed"])
        modality = {"planned": "planned", "proposed": "possible"}.get(status, "asserted")
        return {"participants": people, "status": status, "modality": modality}

    def _strike(self) -> dict[str, Any]:
        return {
            "place": self.chance.choice(["河口市", "河口", "山城", "河谷州"]),
            "target": self.chance.choice(["一座油库", "油库", "一所学校"]),
            "attacker": self.chance.choice([None, "RU", "UA"]),
            "killed": self.chance.choice(
                [None, Count(value=self.chance.choice([2, 3, 4]), qualifier="exact")]
            ),
        }


def stored(house: warehouse.Warehouse) -> dict[str, Rows]:
    return {table: house.query(f"FROM {table} ORDER BY ALL").rows for table in TABLES}


def from_empty(house: warehouse.Warehouse) -> dict[str, Rows]:
    """All resolved as if it had never been."""
    house._connection.execute("DELETE FROM derivation")
    house.resolve()
    return stored(house)


@pytest.mark.parametrize("seed", range(6))
def test_step_by_step_gives_the_rows_of_all_at_once(wire, tmp_path: Path, seed: int):
    with warehouse.open(tmp_path / "shilu.duckdb") as house:
        archive = Archive(wire, house, seed)
        archive.grow(archive.chance.choice([1, 12]))
        house.resolve()
        for _ in range(6):
            archive.grow(archive.chance.choice([1, 1, 2, 8]))
            house.resolve()
            assert house.resolve().changed == 0
            step_by_step = stored(house)
            assert step_by_step == from_empty(house)
        assert step_by_step["fact"]


@pytest.mark.parametrize("seed", range(100, 102))
def test_many_small_steps_do_not_drift(wire, tmp_path: Path, seed: int):
    with warehouse.open(tmp_path / "shilu.duckdb") as house:
        archive = Archive(wire, house, seed)
        for _ in range(15):
            archive.grow(archive.chance.choice([1, 2, 3]))
            house.resolve()
        assert stored(house) == from_empty(house)


@pytest.mark.parametrize("seed", range(200, 202))
def test_rows_that_did_not_change_are_not_written_again(wire, tmp_path: Path, seed: int):
    with warehouse.open(tmp_path / "shilu.duckdb") as house:
        archive = Archive(wire, house, seed)
        archive.grow(30)
        house.resolve()
        before = {table: _with_row_numbers(house, table) for table in TABLES}
        archive.grow(2)
        house.resolve()
        for table in TABLES:
            now = _with_row_numbers(house, table)
            assert {row: number for row, number in now.items() if row in before[table]} == {
                row: number for row, number in before[table].items() if row in now
            }
            assert len(set(now) & set(before[table])) > len(now) / 2


def _with_row_numbers(house: warehouse.Warehouse, table: str) -> dict[tuple[Any, ...], int]:
    return {row[1:]: row[0] for row in house.query(f"SELECT rowid, * FROM {table}").rows}


def replayed(house: warehouse.Warehouse) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
    """Versions of facts as (founder's event, members, from, until) and ties as (event, version, to), by a plain replay.

    Everything that is said in a moment lies in one list, and every statement is held against all of it.
    """
    rows = house.query(f"SELECT {', '.join(COLUMNS)} FROM event_said").rows
    statements = [each for each in map(statement_from_row, rows) if each.was_said]
    steps = [(each.said_from, 1, each.turn, each) for each in statements]
    steps += [(each.said_until, 0, each.turn, each) for each in statements if each.said_until]
    present: list[Statement] = []
    fact_of: dict[tuple[str, int], tuple[str, int]] = {}
    ties, versions, since = set(), set(), {}
    before: dict[tuple[str, int], frozenset[tuple[str, int]]] = {}
    for moment, group in groupby(sorted(steps, key=lambda step: step[:3]), key=lambda step: step[0]):
        for _, joins, _, each in group:
            if not joins:
                present.remove(each)
                continue
            tie = _strongest(each, present)
            ties.add((*each.key, tie and tie.key))
            fact_of[each.key] = fact_of[tie.key] if tie else each.key
            present.append(each)
        now: dict[tuple[str, int], set[tuple[str, int]]] = {}
        for each in present:
            now.setdefault(fact_of[each.key], set()).add(each.key)
        for fact in before.keys() | now.keys():
            members = frozenset(now.get(fact, ()))
            if before.get(fact, frozenset()) != members:
                if before.get(fact):
                    versions.add((fact, before[fact], since[fact], moment))
                before[fact], since[fact] = members, moment
    versions |= {(fact, members, since[fact], None) for fact, members in before.items() if members}
    return versions, ties


def _strongest(statement: Statement, present: list[Statement]) -> Statement | None:
    likeness = LIKENESS[statement.kind]
    sought = set(likeness.sought(statement))
    found = []
    for other in present:
        if other.kind == statement.kind and likeness.block(other) == likeness.block(statement):
            bond = likeness.bond(other, statement) if sought & set(likeness.shelves(other)) else None
            if bond:
                found.append((-bond[0], other.turn, other))
    return min(found, key=lambda each: each[:2])[2] if found else None


@pytest.mark.parametrize("seed", range(300, 303))
def test_facts_are_those_of_a_plain_replay(wire, tmp_path: Path, seed: int):
    with warehouse.open(tmp_path / "shilu.duckdb") as house:
        archive = Archive(wire, house, seed)
        for _ in range(6):
            archive.grow(10)
            house.resolve()
        versions, ties = replayed(house)
        assert {
            (event, version, to and (to, to_version))
            for event, version, to, to_version in house.query(
                "SELECT event_id, event_version, tied_to, tied_version FROM fact_member"
            ).rows
        } == ties
        assert set(_versions(house)) == {(members, begin, end) for _, members, begin, end in versions}


def _versions(house: warehouse.Warehouse) -> Iterator[tuple[Any, ...]]:
    for fact, begin, end in house.query("SELECT id, said_from, said_until FROM fact").rows:
        members = house.query(
            "SELECT event_id, event_version FROM fact_member "
            "WHERE fact_id = ? AND said_from <= ? AND (said_until IS NULL OR said_until > ?)",
            [fact, begin, begin],
        ).rows
        yield frozenset(members), begin, end


@pytest.mark.parametrize("seed", range(400, 402))
def test_whoever_may_be_compared_lies_within_reach_of_the_other(wire, tmp_path: Path, seed: int):
    with warehouse.open(tmp_path / "shilu.duckdb") as house:
        archive = Archive(wire, house, seed)
        archive.grow(LIMIT)
        rows = house.query(f"SELECT {', '.join(COLUMNS)} FROM event_said").rows
    statements = [statement_from_row(row) for row in rows]
    bound = 0
    for one in statements:
        likeness = LIKENESS[one.kind]
        sought = set(likeness.sought(one))
        for other in statements:
            if other.kind != one.kind or likeness.block(other) != likeness.block(one):
                continue
            if sought & set(likeness.shelves(other)) and likeness.bond(other, one):
                bound += 1
                assert _reaches(one, other) and _reaches(other, one)
    assert bound > 50


def _reaches(one: Statement, other: Statement) -> bool:
    return any(
        span.is_dated == (other.when is not None) and span.first <= other.day <= span.last
        for span in LIKENESS[one.kind].reach(one)
    )


def test_a_fact_that_lives_on_keeps_its_id_from_a_later_version_of_its_founder(house, wire, load):
    def tell(
        number: int, hour: int, count: int, drones: int, version: str = "rules-1", found: bool = True
    ) -> None:
        article = wire.article(number, published=BEGIN + datetime.timedelta(hours=hour), drones=drones)
        exactly = Count(value=count, qualifier="exact")
        day = Archive._window(BEGIN.date() + datetime.timedelta(days=count // 100), 0)
        event = wire.attack(article, version, count=exactly, when=day, places=(), breakdown=())
        load([(article, [event] if found else [])], extractor_version=version)
        house.resolve()

    tell(1, 1, 140, 1)  # opens a fact, which the second joins
    tell(2, 2, 140, 2)
    tell(3, 3, 240, 3)
    tell(1, 4, 240, 4)  # corrected, it is tied to the third
    assert len(house.query("FROM facts").rows) == 2
    tell(3, 3, 240, 3, version="rules-2", found=False)  # which better rules do not find
    assert [row[:1] for row in house.query("SELECT articles FROM facts").rows] == [(1,), (1,)]
    assert len(set(house.query("SELECT fact_id FROM facts").rows)) == 2
    assert stored(house) == from_empty(house)


def test_facts_of_an_older_shilu_are_resolved_anew(house, wire, load, monkeypatch):
    load(wire.batch(range(5)))
    house.resolve()
    before = stored(house)
    house._connection.execute("UPDATE fact SET value = 1; UPDATE derivation SET version = 'older'")
    assert house.resolve().decided == 20
    assert stored(house) == before


def test_a_moment_that_takes_an_article_back_at_once_leaves_no_fact(house, wire, load):
    load(wire.batch([1]))
    same = wire.article(1, drones=99)
    load([(same, [])], now=same.published)
    house.resolve()
    said = house.query("SELECT count(*) FROM event_said WHERE said_until <= said_from").rows[0][0]
    assert house.query("SELECT count(*) FROM fact").rows[0][0] == (0 if said else 4)
