"""What was asked of sources: replaced by address, and all that came is remembered."""

from __future__ import annotations

import datetime

from schemas import Ask
from warehouse import Warehouse

NOON = datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC)
FEED = Ask(
    source="a",
    address="https://example.org/feed",
    role="index",
    asked=NOON,
    status=200,
    digest="d1",
    etag='"1"',
)


def test_the_last_ask_of_an_address_is_what_is_known_of_it(house: Warehouse) -> None:
    house.record_asks([FEED, FEED.model_copy(update={"source": "b"})])
    later = FEED.model_copy(update={"status": 304, "read_by": "run-1", "not_before": NOON})
    house.record_asks([FEED, later])
    assert house.asks("a") == [later]
    assert [ask.status for ask in house.asks("b")] == [200]
    assert house.asks("c") == []


def test_asks_come_by_address(house: Warehouse) -> None:
    made = [
        FEED.model_copy(update={"address": f"https://example.org/{n}", "role": "article"}) for n in (2, 1, 3)
    ]
    house.record_asks(made)
    assert [ask.address[-1] for ask in house.asks("a")] == ["1", "2", "3"]
    house.record_asks([])
    assert len(house.asks("a")) == 3


def test_every_text_of_bytes_that_came_is_kept_once(house: Warehouse) -> None:
    for digest in ("d1", "d1", "d2", "d1"):
        house.record_asks([FEED.model_copy(update={"digest": digest})])
    house.record_asks([FEED.model_copy(update={"address": "https://example.org/x", "digest": None})])
    rows = house.query("SELECT address, digest, received FROM document ORDER BY digest").rows
    assert rows == [(FEED.address, "d1", NOON), (FEED.address, "d2", NOON)]


def test_the_table_has_every_field_of_an_ask(house: Warehouse) -> None:
    assert house.query("SELECT * FROM ask").columns == list(Ask.model_fields)
