"""Days, counts, sums and claimants of March 2026, of which the tests of facts make their events."""

from __future__ import annotations

import datetime
import random
from typing import Any

import warehouse
from schemas import Article, Claimant, Count, EventBase, Money, Period

UTC = datetime.UTC
DAY = datetime.date(2026, 3, 4)
Row = dict[str, Any]
Batch = list[tuple[Article, list[EventBase]]]
VERSION = "rules-1"


def at(day: int, hour: int = 9) -> datetime.datetime:
    """A moment of March 2026."""
    return datetime.datetime(2026, 3, day, hour, tzinfo=UTC)


def on(day: int, until: int | None = None, precision: str = "day") -> Period:
    """A window in March 2026."""
    return Period(
        start=datetime.date(2026, 3, day),
        end=datetime.date(2026, 3, until or day),
        precision=precision,  # type: ignore[arg-type]
    )


def exactly(value: int) -> Count:
    return Count(value=value, qualifier="exact")


def dollars(value: int, qualifier: str = "exact") -> Money:
    return Money(value=value, qualifier=qualifier, currency="USD")  # type: ignore[arg-type]


def by(name: str) -> Claimant:
    return Claimant(name=name)


def made_up(wire: Any, chance: random.Random, articles: int) -> Batch:
    """Articles of a week with rival, repeated and approximate figures."""
    batch: Batch = []
    for number in range(articles):
        day = chance.randrange(1, 8)
        article = wire.article(number, published=at(day + 1, chance.randrange(24)))
        claimed_by = chance.choice([None, by("北岸军方"), by("南岸军方")])
        common: Row = {
            "when": chance.choice([on(day), on(day, day + 1, "night"), None]),
            "claimed_by": claimed_by,
        }
        count = Count(value=chance.choice([20, 21, 40]), qualifier=chance.choice(["exact", "about"]))
        events: list[EventBase] = [
            wire.attack(
                article, count=count, places=chance.choice([(), ("河口市",)]), breakdown=(), **common
            ),
            wire.aid(article, amount=chance.choice([None, dollars(5_000_000), dollars(5_050_000)]), **common),
            wire.meeting(article, status=chance.choice(["held", "planned"]), **common),
            wire.strike(article, place=chance.choice(["河口市", "河口", "山城"]), **common),
        ]
        batch.append((article, events))
    return batch


def everything(house: warehouse.Warehouse) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: house.query(f"FROM {name} ORDER BY ALL").rows
        for name in ("fact_history", "fact_members", "facts")
    }
