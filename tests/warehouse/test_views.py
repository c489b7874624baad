"""The typed views and how they follow the kinds."""

from __future__ import annotations

import datetime
from typing import Any, Literal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from schemas import KINDS, Count, EventBase, Money, Quantity
from schemas.values import QUALIFIERS, WORD_INTERVALS
from warehouse import views
from warehouse.slots import interval_end, payload_structure, structure

ENVELOPE_COLUMNS = {
    "event_id": "VARCHAR",
    "article_id": "VARCHAR",
    "source": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "published": "TIMESTAMP WITH TIME ZONE",
    "claimed_by": "VARCHAR",
    "claimant_side": "VARCHAR",
    "modality": "VARCHAR",
    "when_start": "DATE",
    "when_end": "DATE",
    "when_precision": "VARCHAR",
    "evidence": "VARCHAR",
    "found_by": "VARCHAR",
    "confidence": "DOUBLE",
    "extractor_version": "VARCHAR",
}


def _count_columns(slot, number="BIGINT"):
    ends = {f"{slot}_{end}": "DOUBLE" for end in ("low", "best", "high")}
    return {slot: number, f"{slot}_qualifier": "VARCHAR"} | ends


SLOT_COLUMNS = {
    "attack_counts": {
        "attacker": "VARCHAR",
        "target": "VARCHAR",
        "weapon": "VARCHAR",
        "outcome": "VARCHAR",
        **_count_columns("count"),
        "places": "VARCHAR[]",
        "breakdown": 'STRUCT(place VARCHAR, "value" BIGINT, weapon VARCHAR)[]',
        "comparison": "STRUCT(to VARCHAR, difference STRUCT(value BIGINT, high BIGINT, qualifier VARCHAR), "
        "direction VARCHAR)",
        "record_high": "BOOLEAN",
    },
    "aid_announcements": {
        "donors": "VARCHAR[]",
        "recipients": "VARCHAR[]",
        "aid_type": "VARCHAR",
        "stage": "VARCHAR",
        **_count_columns("amount", "DOUBLE"),
        "amount_currency": "VARCHAR",
        "scope": "VARCHAR",
        "package_number": "BIGINT",
        "items": "VARCHAR[]",
    },
    "meetings": {
        "participants": 'STRUCT("name" VARCHAR, "role" VARCHAR, side VARCHAR)[]',
        "format": "VARCHAR",
        "status": "VARCHAR",
        "place": "VARCHAR",
        "event": "VARCHAR",
    },
    "strikes": {
        "attacker": "VARCHAR",
        "target_country": "VARCHAR",
        "weapon": "VARCHAR",
        "target": "VARCHAR",
        "place": "VARCHAR",
        **_count_columns("killed"),
        **_count_columns("injured"),
    },
}


@pytest.mark.parametrize("view", SLOT_COLUMNS)
def test_each_view_has_the_columns_an_analyst_expects(house, view):
    table = house.query(f"SELECT * FROM {view}")
    found = dict(zip(table.columns, (kind.replace('"', "") for kind in table.types), strict=True))
    expected = ENVELOPE_COLUMNS | SLOT_COLUMNS[view]
    assert found == {name: kind.replace('"', "") for name, kind in expected.items()}


def test_every_kind_has_a_view(house):
    for kind in KINDS:
        assert house.query(f"SELECT count(*) FROM {views.view_name(kind)}").rows == [(0,)]


@pytest.mark.parametrize(
    ("kind", "view"),
    [("meeting", "meetings"), ("treaty", "treaties"), ("crash", "crashes"), ("holiday", "holidays")],
)
def test_a_view_is_named_in_the_plural(kind, view):
    assert views.view_name(kind) == view


def _row(house, sql) -> dict[str, Any]:
    table = house.query(sql)
    (row,) = table.rows
    return dict(zip(table.columns, row, strict=True))


def test_a_row_shows_envelope_and_slots(house, load, wire):
    load(wire.batch([1]))
    row = _row(house, "SELECT * FROM attack_counts")
    assert row["published"] == datetime.datetime(2026, 3, 5, 1, 30, tzinfo=datetime.UTC)
    assert (row["claimed_by"], row["claimant_side"]) == ("北岸军方", "RU")
    assert (row["when_start"], row["when_end"]) == (datetime.date(2026, 3, 4), datetime.date(2026, 3, 5))
    assert row["evidence"] == "北岸军方说，夜间击落了约40架无人机"
    assert (row["count"], row["count_low"], row["count_best"], row["count_high"]) == (40, 36.0, 40.0, 44.0)
    assert row["count_qualifier"] == "about"
    assert row["places"] == ["河口市", "河谷州"]
    assert row["breakdown"] == [
        {"place": "河口市", "value": 30, "weapon": None},
        {"place": None, "value": 10, "weapon": "渡鸦"},
    ]
    assert row["comparison"]["difference"] == {"value": 7, "high": None, "qualifier": "nearly"}
    aid = _row(house, "SELECT * FROM aid_announcements")
    assert (aid["amount"], aid["amount_currency"], aid["amount_high"]) == (350_000_000.0, "USD", None)
    strike = _row(house, "SELECT * FROM strikes")
    assert (strike["killed"], strike["killed_low"], strike["killed_qualifier"]) == (None, None, None)
    assert (strike["injured"], strike["injured_low"], strike["injured_high"]) == (None, 2.0, 9.0)


def test_drone_attack_counts_are_those_with_drones(house, load, wire):
    first, second = wire.article(1), wire.article(2)
    load([(first, [wire.attack(first)]), (second, [wire.attack(second, weapon="missile")])])
    assert house.query("SELECT article_id FROM drone_attack_counts").rows == [("wire-00001",)]
    assert house.query("SELECT count(*) FROM attack_counts").rows == [(2,)]


NUMBERS = st.integers(min_value=0, max_value=2**52)
AMOUNTS = NUMBERS | st.floats(min_value=0, max_value=1e15)


@settings(deadline=None, max_examples=10)
@given(
    counts=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20),
    amounts=st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=20),
)
@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_the_interval_in_sql_is_that_of_the_python_property(memory, qualifier, counts, amounts):
    whole = [Count(**_parts(qualifier, pair)) for pair in counts]
    money = [Money(currency="USD", **_parts(qualifier, pair)) for pair in amounts]
    assert _intervals(memory, whole, "BIGINT") == [_ends(quantity) for quantity in whole]
    assert _intervals(memory, money, "DOUBLE") == [_ends(quantity) for quantity in money]


@pytest.fixture(scope="module")
def memory():
    with duckdb.connect() as connection:
        yield connection


def _ends(quantity):
    return quantity.interval.low, quantity.interval.best, quantity.interval.high


def _intervals(connection, quantities, number):
    ends = ", ".join(interval_end(end, "quantity") for end in ("low", "best", "high"))
    shape = f'{{"value":"{number}","high":"{number}","qualifier":"VARCHAR"}}'
    words = [quantity.model_dump_json() for quantity in quantities]
    return connection.execute(
        f"SELECT {ends} FROM (SELECT from_json(unnest(?::JSON[]), '{shape}') AS quantity)", [words]
    ).fetchall()


def _parts(qualifier, pair):
    if qualifier in WORD_INTERVALS:
        return {"qualifier": qualifier}
    if qualifier == "range":
        return {"qualifier": qualifier, "value": min(pair), "high": max(pair)}
    return {"qualifier": qualifier, "value": pair[0]}


@pytest.mark.parametrize("qualifier", QUALIFIERS)
def test_the_columns_of_a_loaded_count_are_its_interval(house, load, wire, qualifier):
    count = Count(**_parts(qualifier, (3, 17)))
    article = wire.article(1)
    load([(article, [wire.attack(article, count=count)])])
    row = _row(house, "SELECT * FROM attack_counts")
    interval = count.interval
    assert row["count"] == count.value
    assert (row["count_low"], row["count_best"], row["count_high"]) == (
        interval.low,
        interval.best,
        interval.high,
    )


class Treaty(EventBase):
    """A kind of tomorrow."""

    kind: Literal["treaty"] = "treaty"
    signed: datetime.date
    parties: tuple[str, ...] = ()
    cost: Quantity | None = None


def test_views_follow_the_kinds(database, monkeypatch):
    warehouse.open(database).close()
    monkeypatch.setitem(KINDS, "treaty", Treaty)
    with warehouse.open(database) as house:
        table = house.query("SELECT signed, parties, cost, cost_best FROM treaties")
        assert table.types == ["DATE", "VARCHAR[]", "DOUBLE", "DOUBLE"]
    monkeypatch.delitem(KINDS, "treaty")
    with warehouse.open(database) as house:
        with pytest.raises(warehouse.QueryFailed, match="treaties"):
            house.query("SELECT * FROM treaties")
        assert house.query("SELECT count(*) FROM drone_attack_counts").rows == [(0,)]


def test_a_reader_after_an_upgrade_sees_the_new_views_without_writing(database, monkeypatch):
    warehouse.open(database).close()
    before = database.read_bytes()
    monkeypatch.setitem(KINDS, "treaty", Treaty)
    with warehouse.open(database, read_only=True) as house:
        assert house.query("SELECT count(*) FROM treaties").rows == [(0,)]
    assert database.read_bytes() == before


def test_unchanged_kinds_leave_the_views_alone(database):
    warehouse.open(database).close()
    with duckdb.connect(str(database)) as connection:
        assert not views.refresh_views(connection, read_only=False)
        connection.execute("UPDATE typed_view SET checksum = 'of an older version'")
        assert views.refresh_views(connection, read_only=False)
        assert not views.refresh_views(connection, read_only=False)


def test_events_stored_before_a_slot_existed_show_null_in_it(house, load, wire, monkeypatch):
    load(wire.batch([1]))

    class Meeting(KINDS["meeting"]):  # type: ignore[name-defined, misc]
        """A meeting with a slot that old payloads lack."""

        hosts: tuple[str, ...] = ()

    select = views.view_definitions({"meeting": Meeting})["meetings"]
    assert house.query(f"SELECT hosts, place FROM ({select})").rows == [(None, "河口市")]


def test_a_slot_named_like_an_envelope_column_is_refused():
    class Clash(EventBase):
        """Its slot would hide the article's title."""

        kind: Literal["clash"] = "clash"
        title: str

    with pytest.raises(TypeError, match=r"Clash: two columns would be called title"):
        views.view_definitions({"clash": Clash})


def test_a_type_without_a_column_is_refused_by_name():
    class Odd(EventBase):
        """A mapping has no column type."""

        kind: Literal["odd"] = "odd"
        parts: dict[str, int]

    with pytest.raises(TypeError, match=r"Odd\.parts: no column type"):
        payload_structure(Odd)


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (int | None, "BIGINT"),
        (int | float | None, "DOUBLE"),
        (Literal[1, 2], "BIGINT"),
        (tuple[tuple[datetime.date, ...], ...], [["DATE"]]),
        (list[bool], ["BOOLEAN"]),
    ],
)
def test_python_types_have_sql_types(annotation, expected):
    assert structure(annotation, "here") == expected


@pytest.mark.parametrize("annotation", [tuple[int, str], str | int, bytes, Count | str])
def test_types_that_would_lose_something_are_refused(annotation):
    with pytest.raises(TypeError, match="here: "):
        structure(annotation, "here")
