"""Published folders to look at: the shipped examples, articles that mean harm, and nothing at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

import warehouse
from flows.publishing import publish_warehouse
from flows.settings import load_settings
from flows.sources import read_inputs
from schemas import Article, Claimant, Money, Participant, Period

if TYPE_CHECKING:
    import extractors

TOP = Path(__file__).parents[3]
SCRIPT = "<script>window.harmed=1</script><img src=x onerror=window.harmed=2>"
TURNED = "\u202e\u2066反过来\u202d"
LONG = "极" * 400 + "W" * 2000


@pytest.fixture(scope="session")
def examples(extractor: extractors.Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published snapshot of the articles in examples/."""
    folder = tmp_path_factory.mktemp("examples")
    articles = [each for each in read_inputs([TOP / "examples"]) if isinstance(each, Article)]
    with warehouse.open(folder / "shilu.duckdb") as house:
        batch = [(article, list(extractor.extract(article))) for article in articles]
        house.load(batch, run_id="examples", extractor_version=extractor.version)
    publish_warehouse(load_settings(database=folder / "shilu.duckdb", published=folder / "published"))
    return folder / "published"


@pytest.fixture(scope="session")
def hostile(wire, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """A published snapshot in which titles, texts, names and addresses are made to harm."""
    folder = tmp_path_factory.mktemp("hostile")
    batch = []
    for number, harm in enumerate((SCRIPT, TURNED, LONG), 1):
        article = wire.article(
            number,
            title=f"北岸军方{harm}",
            url="javascript://news.example.org/%0Awindow.harmed=3",
            source=f"wire{harm[:60]}",
            captions=(harm,),
            published=datetime.datetime(2026, 3, number, 9, tzinfo=datetime.UTC),
        )
        said = Claimant(name=harm[:300])
        people = (Participant(name=harm, side=harm[:80]), Participant(name="李河", side="RU"))
        events = [
            wire.attack(article, attacker=harm[:80], claimed_by=said, places=(harm,)),
            wire.meeting(article, participants=people, place=harm, event=harm),
            wire.strike(article, place=harm, target=harm, attacker=harm[:80], claimed_by=said),
            wire.aid(article, donors=(harm[:80],), items=(harm,)),
        ]
        batch.append((article, events))
    with warehouse.open(folder / "shilu.duckdb") as house:
        house.load(batch, run_id="hostile", extractor_version="rules-1")
    warehouse.publish_snapshot(folder / "shilu.duckdb", folder / "published")
    return folder / "published"


@pytest.fixture(scope="session")
def generous(wire, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """A published snapshot of aid by more donors than a chart has lines: joint, unnamed, without an amount, in several currencies."""
    folder = tmp_path_factory.mktemp("generous")
    donors = [
        ("US",),
        ("DE",),
        ("GB",),
        ("JP",),
        ("NO",),
        ("PL",),
        ("CA",),
        ("FR",),
        ("KR",),
        ("DK", "NL"),
        (),
    ]
    batch = []
    for number in range(44):
        day = datetime.date(2025, 1, 20) + datetime.timedelta(days=3 * number)
        article = wire.article(
            number, published=datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
        )
        giver = donors[number % len(donors)]
        money = Money(
            value=10.0 ** (4 + number % len(donors) // 2) + number,
            qualifier="exact",
            currency=("USD", "EUR", "JPY")[number % 3],
        )
        when = Period(start=day, end=day, precision="day")
        told = {"donors": giver, "when": when, "recipients": ("UA",) if number % 2 else ("IL",)}
        batch.append((article, [wire.aid(article, amount=None if number % 13 == 5 else money, **told)]))
    with warehouse.open(folder / "shilu.duckdb") as house:
        house.load(batch, run_id="generous", extractor_version="rules-1")
    warehouse.publish_snapshot(folder / "shilu.duckdb", folder / "published")
    return folder / "published"


@pytest.fixture
def visitor_of_aid(generous: Path) -> Iterator[TestClient]:
    """Asks for pages of aid by many donors."""
    with TestClient(warehouse.feed_application(generous), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def visitor(examples: Path) -> Iterator[TestClient]:
    """Asks for pages of the examples."""
    with TestClient(warehouse.feed_application(examples), base_url="http://localhost") as client:
        yield client
