"""How long facts and their audit take: from empty, for one more day, for an article a year late, with nothing new.

python tests/benchmarks/resolve_facts.py [EVENTS]    100,000 by default, over two years, made up

Every day has happenings of its own, each told by a few articles with figures that mostly agree; sides repeat as in
the news: half of everything is of one war.
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "warehouse")]

from conftest import VERSION, Batch, Wire  # noqa: E402
from keeping_up import keep_up  # noqa: E402

import warehouse  # noqa: E402
from schemas import Claimant, Count, EventBase, Money, Participant, Period  # noqa: E402

FIRST = datetime.date(2024, 1, 1)
DAYS = 730
SIDES = [("RU", "UA"), ("UA", "RU")] * 3 + [
    ("IL", "PS"),
    ("IL", "LB"),
    ("HOUTHI", "IL"),
    ("SD", "SD"),
    ("IR", "IL"),
    ("US", "YE"),
]
PLACES = [f"{a}{b}{c}市" for a in "河山桥石白青" for b in "口湾岭原泉" for c in "东西南北镇堡"]
CLAIMANTS = ["国防部", "空军", "州长", "通讯社", None]


def day_of(wire: Wire, number: int, events: int, chance: random.Random) -> Batch:
    """The articles of one day: four events each."""
    day = FIRST + datetime.timedelta(days=number)
    batch: Batch = []
    for article_number in range(events // 4):
        moment = datetime.datetime.combine(
            day, datetime.time(chance.randrange(24), chance.randrange(60)), datetime.UTC
        )
        article = wire.article(number * 10_000 + article_number, published=moment)
        batch.append((article, list(_events(wire, article, day, chance))))
    return batch


def _events(wire: Wire, article: object, day: datetime.date, chance: random.Random) -> Iterator[EventBase]:
    attacker, target = chance.choice(SIDES)
    when = Period(start=day, end=day, precision="day")
    claimant = chance.choice(CLAIMANTS)
    said_by = Claimant(name=claimant) if claimant else None
    count = Count(value=30 + day.toordinal() % 90 + chance.choice([0, 0, 0, 0, 3]), qualifier="exact")
    places = (chance.choice(PLACES),) if chance.random() < 0.5 else ()
    common = {"when": when, "claimed_by": said_by}
    yield wire.attack(
        article, attacker=attacker, target=target, count=count, places=places, breakdown=(), **common
    )
    donor = chance.choice(["US", "DE", "EU", "GB", "FR", "JP", "NO", "PL", "CA", "KR"])
    value = 1_000_000 * (1 + day.toordinal() * 7919 % 4001)
    yield wire.aid(
        article, donors=(donor,), amount=Money(value=value, qualifier="exact", currency="USD"), **common
    )
    people = tuple(
        Participant(name=f"{side}{chance.randrange(3)}号人物", role="外长", side=side)
        for side in (attacker, target)
    )
    yield wire.meeting(article, participants=people, **common)
    yield wire.strike(
        article, attacker=attacker, target_country=target, place=chance.choice(PLACES), **common
    )


def fill(house: warehouse.Warehouse, events: int) -> Batch:
    """Load so many events, a month at a time; the batch of one day more, not loaded."""
    wire, chance = Wire(), random.Random(5)
    per_day = max(4, events // DAYS // 4 * 4)
    batches = [day_of(wire, number, per_day, chance) for number in range(DAYS + 1)]
    for start in range(0, DAYS, 30):
        batch = [pair for part in batches[start : min(start + 30, DAYS)] for pair in part]
        house.load(batch, run_id="benchmark", extractor_version=VERSION)
    return batches[DAYS]


def main(events: int) -> None:
    """Print the times."""
    with tempfile.TemporaryDirectory() as folder, warehouse.open(Path(folder) / "shilu.duckdb") as house:
        one_more = fill(house, events)
        late = late_article(Wire(), DAYS - 365, random.Random(6))
        batches = {"from empty": [], "one more day": one_more, "a late article": late, "nothing new": []}
        keep_up(house, batches)


def late_article(wire: Wire, number: int, chance: random.Random) -> Batch:
    """One more article of a day long past."""
    day = FIRST + datetime.timedelta(days=number)
    article = wire.article(
        number * 10_000 + 9_999, published=datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    )
    return [(article, list(_events(wire, article, day, chance)))]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
