"""Short reports of made-up happenings, and the findings of one check over them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

import warehouse
from schemas import KINDS, Article, Claimant, Count, EventBase, Money, Participant, Period, Span, event_id

VERSION = "rules-1"
PEOPLE = (Participant(name="李河", role="外长", side="FR"), Participant(name="白桥", role="外长", side="DE"))
DEFAULTS: dict[str, dict[str, Any]] = {
    "attack_count": {"attacker": "UA", "target": "RU", "weapon": "drone", "outcome": "intercepted"},
    "aid_announcement": {
        "donors": ("US",),
        "recipients": ("UA",),
        "aid_type": "military",
        "stage": "announced",
    },
    "meeting": {"participants": PEOPLE},
    "strike": {"target_country": "UA", "place": "河口市"},
}


@dataclass(frozen=True)
class Told:
    """One statement of a report: its kind, the words it stands in (else made up), its slots."""

    kind: str
    words: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)


class Newsroom:
    """Loads reports into a warehouse and audits it."""

    def __init__(self, house: warehouse.Warehouse) -> None:
        self.house = house

    def report(self, number: int, published: datetime.datetime, *told: Told) -> list[str]:
        """Load article `number`, which says all this; the ids of its events."""
        article, events = self.article(number, published, *told)
        self.house.load([(article, events)], run_id="run-1", extractor_version=VERSION)
        return [event.id for event in events]

    def article(
        self, number: int, published: datetime.datetime, *told: Told
    ) -> tuple[Article, list[EventBase]]:
        """Article `number` and its events; a statement without words of its own gets a sentence of its own."""
        words = [each.words or f"本台消息第{number}号第{i}条" for i, each in enumerate(told)]
        text = "。".join(dict.fromkeys(words)) + "。"
        article = Article.of(
            source="河岸社",
            title=f"河岸日报第{number}号",
            text=text,
            published=published,
            key=f"wire-{number:05}",
        )
        return article, [
            self._event(article, each, phrase, i)
            for i, (each, phrase) in enumerate(zip(told, words, strict=True))
        ]

    def _event(self, article: Article, told: Told, words: str, ordinal: int) -> EventBase:
        start = article.text.index(words)
        span = Span(start=start, end=start + len(words), text=words)
        envelope = {
            "id": event_id(article.id, told.kind, span, ordinal),
            "article_id": article.id,
            "evidence": (span,),
            "found_by": "a-rule",
            "extractor_version": VERSION,
        }
        return KINDS[told.kind](**envelope | DEFAULTS[told.kind] | told.slots)

    def findings(self, check: str) -> list[warehouse.Finding]:
        """What one check finds now."""
        self.house.resolve()
        self.house.audit()
        return self.house.findings(checks=(check,))

    # Short names of values, so that a test reads as a story.

    @staticmethod
    def at(day: int, hour: int = 9) -> datetime.datetime:
        """A moment of March 2026."""
        return datetime.datetime(2026, 3, day, hour, tzinfo=datetime.UTC)

    @staticmethod
    def on(day: int, until: int | None = None, precision: str = "day") -> Period:
        """A window in March 2026."""
        start, end = (datetime.date(2026, 3, each) for each in (day, until or day))
        return Period(start=start, end=end, precision=precision)  # type: ignore[arg-type]

    @staticmethod
    def since(until: int) -> Period:
        """From the first of January up to a day of March 2026."""
        return Period(start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, until), precision="period")

    @staticmethod
    def exactly(value: int) -> Count:
        """A number as it is."""
        return Count(value=value, qualifier="exact")

    @staticmethod
    def dollars(value: float, qualifier: str = "exact") -> Money:
        """So many hundred millions (亿) of dollars."""
        return Money(value=value * 1e8, qualifier=qualifier, currency="USD")  # type: ignore[arg-type]

    @staticmethod
    def by(name: str) -> Claimant:
        """Who says so."""
        return Claimant(name=name)

    def attack(self, count: int | Count, words: str | None = None, **slots: Any) -> Told:
        """A count of drones shot down, unless said otherwise."""
        number = self.exactly(count) if isinstance(count, int) else count
        return Told("attack_count", words, {"count": number} | slots)

    def aid(self, total: float | Money, words: str | None = None, **slots: Any) -> Told:
        """A package of so many hundred millions of dollars for UA from US."""
        money = total if isinstance(total, Money) else self.dollars(total)
        return Told("aid_announcement", words, {"amount": money} | slots)

    def meeting(self, status: str, words: str | None = None, **slots: Any) -> Told:
        """A meeting of two ministers."""
        modality = {"planned": "planned", "proposed": "possible"}.get(status, "asserted")
        return Told("meeting", words, {"status": status, "modality": modality} | slots)

    def strike(self, **slots: Any) -> Told:
        """Something in one town was hit."""
        return Told("strike", None, slots)


@pytest.fixture
def news(house: warehouse.Warehouse) -> Newsroom:
    """A newsroom over an empty warehouse."""
    return Newsroom(house)


Check = Callable[[], list[warehouse.Finding]]
