"""Findings brought up to date step by step are those of checking everything."""

from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas import Period, PlacePart
from warehouse.audit import shift_of_shares

BEGIN = datetime.date(2026, 1, 1)
PLACES = ("河口州", "河谷州")


class Desk:
    """Reports by chance, such as give every check something to find; some are corrected, some withdrawn."""

    def __init__(self, news: Any, seed: int) -> None:
        self.news = news
        self.chance = random.Random(seed)
        self.days: dict[int, int] = {}

    def work(self, reports: int, days: range) -> None:
        """Write reports of some days, or write them anew."""
        batch = []
        for number in self.chance.sample(range(1000), reports):
            if self.days and self.chance.random() < 0.3:
                number = self.chance.choice(sorted(self.days))  # noqa: PLW2901 - that report is written again
            day = self.days.setdefault(number, self.chance.choice(days))
            moment = datetime.datetime.combine(BEGIN, datetime.time(self.chance.randrange(24)), datetime.UTC)
            told = self._told(BEGIN + datetime.timedelta(days=day), day)
            kept = [] if self.chance.random() < 0.1 else [each for each in told if self.chance.random() < 0.7]
            batch.append(self.news.article(number, moment + datetime.timedelta(days=day), *kept))
        batch = list({article.id: (article, events) for article, events in batch}.values())
        self.news.house.load(batch, run_id="run-1", extractor_version="rules-1")

    def _told(self, date: datetime.date, day: int) -> list[Any]:
        news, chance = self.news, self.chance
        name = chance.choice(["北岸军方", "北岸军方", "南岸军方", None])
        spoken = {"claimed_by": news.by(name)} if name else {}
        common = {"when": Period(start=date, end=date, precision="day")} | spoken
        launched = chance.choice([40, 60])
        down = chance.choice([20, 30, 50]) if day < 20 else chance.choice([45, 70])
        parts = (
            PlacePart(place=PLACES[0], value=down // 2),
            PlacePart(place=PLACES[1], value=chance.choice([9, 40])),
        )
        month = Period(start=BEGIN, end=date, precision="period")
        since = {"when": Period(start=datetime.date(2025, 1, 1), end=date, precision="period")} | spoken
        package = f"第{day}批援助{chance.choice([3, 5])}亿美元，其中{chance.choice([2, 6])}亿美元是贷款"
        whole, part = package.split("，其中")
        return [
            news.attack(launched, outcome="launched", **common),
            news.attack(down, breakdown=parts, **common),
            news.attack(chance.choice([5, 20]), outcome="suppressed", **common),
            news.attack(chance.choice([50, 400]), **spoken, when=month),
            news.attack(down, modality="denied", **common),
            news.aid(int(whole[whole.index("援助") + 2]), package, **common),
            news.aid(int(part[0]), package, **common),
            news.aid(chance.choice([2, 40, 60]), scope="cumulative", stage="delivered", donors=("US", "DE"), **since),
            news.aid(chance.choice([5, 70]), stage="delivered", donors=("DE", "US")[:: chance.choice([1, -1])], **common),
            news.meeting(chance.choice(["held", "planned"]), **common),
            news.strike(place=chance.choice(PLACES), killed=news.exactly(chance.choice([1, 2, 3])),
                        attacker=chance.choice(["RU", "UA", None]), target="一座油库", **common),
        ]  # fmt: skip


def findings(house: warehouse.Warehouse) -> list[tuple[Any, ...]]:
    return house.query("FROM finding ORDER BY ALL").rows


def from_empty(house: warehouse.Warehouse) -> list[tuple[Any, ...]]:
    """All checked as if it had never been."""
    house._connection.execute("DELETE FROM derivation WHERE name = 'findings'")
    house.audit()
    return findings(house)


@pytest.mark.parametrize("seed", range(4))
def test_step_by_step_finds_what_all_at_once_finds(news, monkeypatch, seed):
    monkeypatch.setattr(shift_of_shares, "CHANCE", 0.6)  # so that a short series shifts
    monkeypatch.setattr(shift_of_shares, "REPORTS", 3)
    desk, found = Desk(news, seed), set()
    desk.work(25, range(40))
    for reports, days in (
        (1, range(40, 41)),
        (3, range(40)),
        (2, range(38, 42)),
        (1, range(5)),
        (8, range(45)),
    ):
        news.house.resolve()
        news.house.audit()
        step_by_step = findings(news.house)
        assert step_by_step == from_empty(news.house)
        found |= {row[1] for row in step_by_step}
        desk.work(reports, days)
    assert len(found) >= 5


def test_every_check_finds_something_by_chance(news, monkeypatch):
    monkeypatch.setattr(shift_of_shares, "CHANCE", 0.6)
    monkeypatch.setattr(shift_of_shares, "REPORTS", 3)
    Desk(news, 1).work(150, range(45))
    news.house.resolve()
    news.house.audit()
    assert {finding.check for finding in news.house.findings()} == set(warehouse.CHECKS)


def test_facts_that_change_before_the_next_audit_change_what_it_finds(news):
    """Statements that are the same may come to belong to another fact."""
    desk = Desk(news, 3)
    desk.work(20, range(10))
    news.house.audit()  # nothing has been resolved yet
    assert {each.one_side[0].fact_id for each in news.house.findings()} == {None}
    news.house.resolve()
    news.house.audit()
    assert findings(news.house) == from_empty(news.house)
    assert None not in {each.one_side[0].fact_id for each in news.house.findings()}


def test_findings_of_groups_in_which_nothing_changed_are_not_written_again(news):
    desk = Desk(news, 4)
    desk.work(60, range(45))
    news.house.resolve()
    news.house.audit()
    before = dict(news.house.query("SELECT id, rowid FROM finding").rows)
    desk.work(1, range(46, 47))
    news.house.resolve()
    news.house.audit()
    now = dict(news.house.query("SELECT id, rowid FROM finding").rows)
    kept = [name for name in before if now.get(name) == before[name]]
    assert len(kept) > len(before) / 2


def test_an_audit_of_an_older_shilu_is_made_anew(database: Path, news):
    Desk(news, 5).work(20, range(10))
    news.house.resolve()
    news.house.audit()
    before = findings(news.house)
    news.house._connection.execute("UPDATE finding SET message = ''; UPDATE derivation SET version = 'older'")
    news.house.audit()
    assert findings(news.house) == before
