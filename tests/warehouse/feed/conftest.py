"""A small newsroom, what is published of it, and a reader of the feed."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas import Article, Claimant, Count, Participant, Period, Span
from warehouse.feed.application import create_app
from warehouse.publish.records import Location

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have another client
    from fastapi.testclient import TestClient

HOSTILE = '<script>alert(1)</script> \u202egnp.exe =HYPERLINK("x") ' + "长" * 300
ODESA = Location("敖德萨", "UA", 698740, 46.48, 30.73)


def locate(words: str, countries: tuple[str, ...]) -> Location | None:
    """The one place of these tests that is on the map."""
    return ODESA if "敖德萨" in words and "UA" in countries else None


def newsroom(wire: Any) -> list[tuple[Article, list[Any]]]:
    """Articles of twelve days: drones with rival claims, aid, meetings, strikes, and a hostile one."""
    batch: list[tuple[Article, list[Any]]] = []
    for number in range(12):
        day = datetime.date(2026, 2, 20) + datetime.timedelta(days=number)
        when = Period(start=day, end=day, precision="day")
        moment = datetime.datetime.combine(day, datetime.time(9, number), datetime.UTC)
        article = wire.article(number, published=moment, drones=40 + number)
        raid = {"attacker": "RU", "target": "UA", "places": (), "breakdown": (), "when": when}
        count = Count(value=40 + number, qualifier="exact")
        people = (Participant(name="甲", side="CN"), Participant(role="外长", side=("FR", "DE")[number % 2]))
        events = [
            wire.attack(article, count=count, **raid),
            wire.aid(article, when=when, donors=(("US", "DE", "JP")[number % 3],)),
            wire.meeting(article, when=when, participants=people),
            wire.strike(
                article,
                when=when,
                attacker="RU",
                target_country="UA",
                place="敖德萨市" if number % 2 else "河口市",
            ),
        ]
        batch.append((article, events))
        if number % 4 == 0:  # another claimant says otherwise, elsewhere
            rival = wire.article(100 + number, published=moment, drones=90 + number, source="other-wire")
            claimant = Claimant(
                name="河岸日报", span=Span(part="title", start=0, end=4, text=rival.title[:4])
            )
            other = Count(value=90 + number, qualifier="exact")
            batch.append((rival, [wire.attack(rival, count=other, claimed_by=claimant, **raid)]))
    text = f"{HOSTILE}\n夜间击落了7架无人机"
    hostile = Article.of(
        source="<b>wire</b>", title=HOSTILE, text=text, key="hostile", url="javascript://x/%0aalert(1)",
        published=datetime.datetime(2026, 3, 9, tzinfo=datetime.UTC),
    )  # fmt: skip
    words = "夜间击落了7架无人机"
    event = wire.attack(
        wire.article(1), count=Count(value=7, qualifier="exact"), attacker="RU", target="UA", breakdown=(),
        places=(HOSTILE[:60],), claimed_by=Claimant(name=HOSTILE[:70]), when=None,
    ).model_copy(
        update={"id": "feedfacefeedface", "article_id": "hostile", "evidence": (wire.span(hostile, words),)}
    )  # fmt: skip
    batch.append((hostile, [event]))
    return batch


@pytest.fixture(scope="session")
def published(wire: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the newsroom is published."""
    database = tmp_path_factory.mktemp("newsroom") / "shilu.duckdb"
    with warehouse.open(database) as house:
        house.load(newsroom(wire), run_id="run-1", extractor_version="rules-1")
    folder = warehouse.published_folder(database)
    warehouse.publish_snapshot(database, folder, locate=locate)
    return folder


@pytest.fixture(scope="session")
def client(published: Path) -> Iterator[TestClient]:
    """A reader of the feed."""
    with TestClient(create_app(published, hosts=("testserver",)), raise_server_exceptions=False) as reader:
        yield reader


@pytest.fixture
def reader_of() -> Iterator[Callable[[Path], TestClient]]:
    """Makes readers of other folders."""
    made: list[TestClient] = []

    def make(folder: Path, **options: Any) -> TestClient:
        reader = TestClient(
            create_app(folder, hosts=("testserver",), **options), raise_server_exceptions=False
        )
        reader.__enter__()
        made.append(reader)
        return reader

    yield make
    for reader in made:
        reader.__exit__(None, None, None)
