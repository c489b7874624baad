"""How long facts and their audit take: from empty, for one more day, for an article a year late, with nothing new; then
check by check, over everything.

python tests/benchmarks/audit_facts.py [EVENTS]    100,000 by default, over two years, made up

The events are those of resolve_facts.py's manner, with what the checks look for besides: launched numbers and what
became of them, parts, monthly totals, totals so far and single packages, meetings planned late, tolls that change.
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "warehouse" / "audit")]

from conftest import VERSION, Newsroom, Told  # noqa: E402
from keeping_up import Batch, keep_up, timed  # noqa: E402

import warehouse  # noqa: E402
from schemas import Participant, Period, PlacePart  # noqa: E402
from warehouse.audit.checks import CHECKS  # noqa: E402
from warehouse.audit.current import shown  # noqa: E402

FIRST = datetime.date(2024, 1, 1)
DAYS = 730
SIDES = [("RU", "UA"), ("UA", "RU"), ("IL", "PS"), ("HOUTHI", "IL"), ("IR", "IL"), ("US", "YE")]
DONORS = ["US", "DE", "EU", "GB", "FR", "JP", "NO", "PL", "CA", "KR"]
PLACES = [f"{a}{b}市" for a in "河山桥石白青南北东西" for b in "口湾岭原泉镇堡谷"]
CLAIMANTS = ["国防部", "空军", "州长", "通讯社", None]
PER_ARTICLE = 7


def told(news: Newsroom, day: datetime.date, chance: random.Random) -> Iterator[Told]:
    """Seven statements of one day, on the first of a month eight."""
    attacker, target = chance.choice(SIDES)
    claimant = chance.choice(CLAIMANTS)
    spoken = {"claimed_by": news.by(claimant)} if claimant else {}
    common = {"when": Period(start=day, end=day, precision="day")} | spoken
    sides = {"attacker": attacker, "target": target}
    launched = 60 + day.toordinal() * 37 % 90
    down = round(launched * chance.uniform(0.5, 0.8))
    yield news.attack(launched, outcome="launched", **sides, **common)
    parts = (PlacePart(place=PLACES[0], value=down // 2), PlacePart(place=PLACES[1], value=down - down // 2))
    yield news.attack(down, breakdown=parts, **sides, **common)
    yield news.attack(launched // 5, outcome="suppressed", **sides, **common)
    month = Period(start=day.replace(day=1), end=day, precision="month" if day.day > 27 else "period")
    yield news.attack(launched * day.day, **sides, **spoken, when=month)
    donor = {"donors": (chance.choice(DONORS),)}
    yield news.aid(1 + day.toordinal() * 7919 % 41, stage="delivered", **donor, **common)
    if day.day == 1:  # a month apart, so that each total so far is a fact of its own
        since = Period(start=datetime.date(2022, 2, 24), end=day, precision="period")
        total = round(100 * 1.1 ** ((day - FIRST).days // 30 + chance.choice([0, 0, 0, -2])))
        yield news.aid(total, scope="cumulative", stage="delivered", when=since, **donor, **spoken)
    people = tuple(
        Participant(name=f"{side}{chance.randrange(3)}号", role="外长", side=side) for side in sides.values()
    )
    status = chance.choice(["held", "held", "held", "planned"])
    yield news.meeting(status, participants=people, **common)
    toll = news.exactly(chance.choice([2, 2, 2, 3]))
    yield news.strike(
        attacker=attacker, target_country=target, place=chance.choice(PLACES), killed=toll, **common
    )


def day_of(news: Newsroom, number: int, articles: int, chance: random.Random) -> Batch:
    """The articles of one day."""
    day = FIRST + datetime.timedelta(days=number)
    return [
        news.article(
            number * 1000 + i,
            datetime.datetime.combine(day, datetime.time(chance.randrange(24)), datetime.UTC),
            *told(news, day, chance),
        )
        for i in range(articles)
    ]


def main(events: int) -> None:
    """Print the times."""
    chance = random.Random(5)
    per_day = max(1, round(events / PER_ARTICLE / DAYS))
    with tempfile.TemporaryDirectory() as folder, warehouse.open(Path(folder) / "shilu.duckdb") as house:
        news = Newsroom(house)
        for start in range(0, DAYS, 30):
            numbers = range(start, min(start + 30, DAYS))
            batch = [pair for number in numbers for pair in day_of(news, number, per_day, chance)]
            house.load(batch, run_id="benchmark", extractor_version=VERSION)
        late = day_of(news, DAYS - 365, per_day + 1, chance)[-1:]
        days = {"one more day": day_of(news, DAYS, per_day, chance), "a late article": late}
        keep_up(house, {"from empty": [], **days, "nothing new": []})
        check_by_check(house)


def check_by_check(house: warehouse.Warehouse) -> None:
    """Print how long each check takes over everything that was audited."""
    for name, check in CHECKS.items():
        with shown(house._connection, name, check.groups, whole=True):
            found: list[object] = []
            wall, processors = timed(
                lambda check=check, found=found: found.extend(check.find(house._connection))
            )
        print(f"{name:20} {wall:7.2f} s  ({processors:.2f} of processors)  {len(found)} findings", flush=True)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
