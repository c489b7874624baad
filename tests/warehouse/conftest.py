"""Articles in the wire-news manner with events that quote them, and open warehouses."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas import (
    AidAnnouncement,
    Article,
    AttackCount,
    Claimant,
    Comparison,
    Count,
    EventBase,
    Meeting,
    Money,
    Participant,
    Period,
    PlacePart,
    Span,
    Strike,
    WeaponPart,
    event_id,
)

Batch = list[tuple[Article, list[EventBase]]]
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.date(2026, 3, 4)
VERSION = "rules-1"

CLAIMANT = "北岸军方"
ATTACK = "北岸军方说，夜间击落了约40架无人机"
AID = "南岸政府宣布提供至少3.5亿美元援助"
MEETING = "两国外长在河口市会晤"
STRIKE = "一座油库起火，数人受伤"


class Wire:
    """Makes articles and the events that a reader would find in them."""

    def article(self, number: int = 1, *, drones: int = 40, **fields: Any) -> Article:
        """Article `number`; `drones` changes its text, other fields override `Article.of`'s."""
        text = f"本台消息第{number}号。{ATTACK}，另有{drones}架失踪。\n{AID}。\n{MEETING}。\n{STRIKE}。"
        defaults: dict[str, Any] = {
            "source": "river-wire",
            "title": f"河岸日报第{number}号：{CLAIMANT}通报",
            "text": text,
            "published": datetime.datetime(2026, 3, 5, 9, 30, tzinfo=BEIJING),
            "url": f"https://news.example.org/{number}",
            "key": f"wire-{number:05}",
            "captions": ("河口市的油库",),
        }
        return Article.of(**defaults | fields)

    def span(self, article: Article, words: str) -> Span:
        """Where `words` stand in the article's text."""
        start = article.text.index(words)
        return Span(start=start, end=start + len(words), text=words)

    def envelope(self, article: Article, kind: str, words: str, version: str = VERSION) -> dict[str, Any]:
        """The envelope of an event whose evidence is `words`."""
        span = self.span(article, words)
        return {
            "id": event_id(article.id, kind, span, 0),
            "article_id": article.id,
            "evidence": (span,),
            "found_by": f"{kind}-rule",
            "extractor_version": version,
        }

    def attack(self, article: Article, version: str = VERSION, **slots: Any) -> AttackCount:
        """An attack_count with every slot filled."""
        claimant = self.span(article, CLAIMANT)
        title = Span(part="title", start=0, end=4, text=article.title[:4])
        envelope = self.envelope(article, "attack_count", ATTACK, version)
        defaults: dict[str, Any] = envelope | {
            "evidence": (*envelope["evidence"], title),
            "claimed_by": Claimant(name=CLAIMANT, side="RU", span=claimant),
            "when": Period(start=DAY, end=DAY + datetime.timedelta(days=1), precision="night"),
            "attacker": "UA",
            "target": "RU",
            "weapon": "drone",
            "outcome": "intercepted",
            "count": Count(value=40, qualifier="about"),
            "places": ("河口市", "河谷州"),
            "breakdown": (PlacePart(place="河口市", value=30), WeaponPart(weapon="渡鸦", value=10)),
            "comparison": Comparison(
                to="2026-02", difference=Count(value=7, qualifier="nearly"), direction="more"
            ),
        }
        return AttackCount(**defaults | slots)

    def aid(self, article: Article, version: str = VERSION, **slots: Any) -> AidAnnouncement:
        """An aid_announcement with an amount."""
        defaults: dict[str, Any] = self.envelope(article, "aid_announcement", AID, version) | {
            "donors": ("US", "DE"),
            "recipients": ("UA",),
            "aid_type": "military",
            "stage": "announced",
            "amount": Money(value=350_000_000, qualifier="at_least", currency="USD"),
            "items": ("防空拦截器",),
            "when": Period(start=DAY, end=DAY, precision="day"),
        }
        return AidAnnouncement(**defaults | slots)

    def meeting(self, article: Article, version: str = VERSION, **slots: Any) -> Meeting:
        """A meeting of two."""
        defaults: dict[str, Any] = self.envelope(article, "meeting", MEETING, version) | {
            "participants": (Participant(role="外长", side="KP"), Participant(name="李河", side="RU")),
            "format": "in_person",
            "place": "河口市",
        }
        return Meeting(**defaults | slots)

    def strike(self, article: Article, version: str = VERSION, **slots: Any) -> Strike:
        """A strike with some injured, the dead unmentioned."""
        defaults: dict[str, Any] = self.envelope(article, "strike", STRIKE, version) | {
            "weapon": "drone",
            "target": "一座油库",
            "injured": Count(qualifier="several"),
        }
        return Strike(**defaults | slots)

    def events(self, article: Article, version: str = VERSION) -> list[EventBase]:
        """One event of each kind."""
        return [make(article, version) for make in (self.attack, self.aid, self.meeting, self.strike)]

    def batch(self, numbers: Sequence[int], *, version: str = VERSION, **fields: Any) -> Batch:
        """Several articles with all their events."""
        articles = [self.article(number, **fields) for number in numbers]
        return [(article, self.events(article, version)) for article in articles]


@pytest.fixture(scope="session")
def wire() -> Wire:
    """The maker of articles and events."""
    return Wire()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a warehouse will be."""
    return tmp_path / "data" / "shilu.duckdb"


@pytest.fixture
def house(database: Path) -> Iterator[warehouse.Warehouse]:
    """A new warehouse, open for writing."""
    with warehouse.open(database, wait_seconds=0) as opened:
        yield opened


@pytest.fixture
def load(house: warehouse.Warehouse) -> Callable[..., warehouse.LoadResult]:
    """Loads a batch into `house`, of rules-1 in run-1 unless said otherwise."""

    def load_batch(batch: Batch, **options: Any) -> warehouse.LoadResult:
        return house.load(batch, **{"run_id": "run-1", "extractor_version": VERSION} | options)

    return load_batch


@pytest.fixture
def dump() -> Callable[[warehouse.Warehouse], dict[str, list[tuple[Any, ...]]]]:
    """Every row of every table, in one order."""

    def dump_tables(opened: warehouse.Warehouse) -> dict[str, list[tuple[Any, ...]]]:
        tables = opened.query("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1").rows
        return {name: opened.query(f'SELECT * FROM "{name}" ORDER BY ALL').rows for (name,) in tables}

    return dump_tables
