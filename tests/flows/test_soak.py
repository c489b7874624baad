"""The judge of the soak sees what is lost, doubled or wrong, and memory that grows; its publisher misbehaves in every way."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import httpx
import pytest


@pytest.fixture(scope="module")
def soak(benchmark_module: Callable[[str], ModuleType]) -> Any:
    return benchmark_module("soak")


@pytest.fixture
def publisher(soak: Any) -> Any:
    """Three articles told of and sent, the third broken."""
    made = soak.Publisher(soak.POISONED, break_one_in=12)
    for _ in range(3):
        told = made.write("atom")
        told.announced = told.sent = True
    assert [bool(told.broken) for told in made.articles.values()] == [False, False, True]
    return made


def judged(soak: Any, publisher: Any, *, texts: Any = None, issues: Any = None, counts: Any = None) -> Any:
    first, second, broken = publisher.articles.values()
    good = [(told.address, "\n".join(told.paragraphs())) for told in (first, second, broken)]
    return soak.Account.of(
        publisher.articles,
        good if texts is None else texts(good),
        [(broken.address, "extraction_timeout")] if issues is None else issues,
        [(told.address, told.number) for told in (first, second)] if counts is None else counts,
        [],
        (0,),
    )


def test_all_that_is_there_once_with_its_event_or_issue_is_accounted_for(soak: Any, publisher: Any) -> None:
    account = judged(soak, publisher)
    assert (account.articles, account.without_events, account.missing, account.wrong) == (3, 1, [], [])


def test_what_is_lost_doubled_or_wrong_is_told(soak: Any, publisher: Any) -> None:
    addresses = list(publisher.articles)
    assert addresses[0] in judged(soak, publisher, texts=lambda good: good[1:]).missing[0]
    assert "twice" in judged(soak, publisher, texts=lambda good: [*good, good[0]]).wrong[0]
    assert (
        "has the text"
        in judged(soak, publisher, texts=lambda good: [(good[0][0], "别的"), *good[1:]]).wrong[0]
    )
    strange = judged(soak, publisher, texts=lambda good: [*good, ("http://else", "别的")])
    assert "never published" in strange.wrong[0]
    assert "has events []" in judged(soak, publisher, counts=[(addresses[1], 11)]).wrong[0]
    assert (
        "has events [10, 10]"
        in judged(soak, publisher, counts=[(addresses[0], 10)] * 2 + [(addresses[1], 11)]).wrong[0]
    )
    assert "has no issue" in judged(soak, publisher, issues=[]).wrong[0]


@pytest.mark.parametrize(("last", "flat"), [(205.0, True), (300.0, False)])
def test_memory_that_grows_is_told(soak: Any, last: float, flat: bool) -> None:
    memory = soak.Memory()
    memory.staying["reader"] = [(float(n), 200.0 if n < 20 else last) for n in range(30)]
    assert memory.show() == flat
    peaks = soak.Memory()
    peaks.peaks = {n: (float(n), 200.0 if n < 20 else last) for n in range(30)}
    assert peaks.show() == flat


@pytest.fixture
def server(soak: Any) -> Iterator[Any]:
    made = soak.Server(soak.Publisher(soak.POISONED, break_one_in=1000), seed=1, slow_seconds=0.2)
    yield made
    made.close()


def test_the_publisher_answers_well_when_it_is_calm_and_ill_in_every_way_else(soak: Any, server: Any) -> None:
    told = server.publisher.write("rss")
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", trust_env=False) as client:
        server.calm = True
        feed = client.get("/rss")
        again = client.get("/rss", headers={"If-None-Match": feed.headers["etag"]})
        page = client.get(told.address).content.decode("gb18030" if told.number % 2 else "utf-8")
        client.get("/rss")  # on the same connection: what was answered before has been noted by now
    assert told.address in feed.text and f"击落了{told.number}架" in page
    assert (again.status_code, told.announced, told.sent) == (304, True, True)
    server.calm = False
    server._chance = random.Random(0)
    misbehaving = import_module("misbehaving")
    for _ in range(2000):
        if set(server.deeds) >= set(misbehaving.DEEDS):
            break
        server._drawn(1.0)
    assert set(server.deeds) >= set(misbehaving.DEEDS)
    assert len(gzip.decompress(misbehaving.BOMB)) == 100_000_000
