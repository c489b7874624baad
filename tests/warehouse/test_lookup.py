"""Events and articles come back as they went in."""

from __future__ import annotations

import datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import warehouse
from schemas import Article
from warehouse.restore import article_from_row
from warehouse.rows import article_table


def test_every_kind_comes_back_as_it_was_loaded(house, load, wire):
    article = wire.article(1)
    load([(article, wire.events(article))])
    for event in wire.events(article):
        assert house.event(event.id) == (article, event)


def test_a_reread_event_names_the_version_that_read_it_last(house, load, wire):
    article = wire.article(1)
    load(wire.batch([1]))
    load(wire.batch([1], version="rules-2"), extractor_version="rules-2")
    event = wire.meeting(article, "rules-2")
    assert house.event(event.id) == (article, event)


def test_only_the_current_version_is_found(house, load, wire):
    load(wire.batch([1], drones=5))
    load(wire.batch([1], drones=6))
    article = wire.article(1, drones=6)
    found = house.event(wire.strike(article).id)
    assert found == (article, wire.strike(article))
    load([(wire.article(1, drones=7), [])])
    assert house.event(wire.strike(article).id) is None


def test_the_beginning_of_an_id_will_do(house, load, wire):
    first, second = wire.article(1), wire.article(2)
    one = wire.meeting(first, id="abcd1111")
    two = wire.meeting(second, id="abcd2222")
    load([(first, [one]), (second, [two])])
    assert house.event("abcd1") == (first, one)
    assert house.event("abcd2222") == (second, two)
    assert house.event("efgh") is None
    with pytest.raises(LookupError, match="fits several events: abcd1111, abcd2222;") as caught:
        house.event("abcd")
    assert isinstance(caught.value, warehouse.AmbiguousEvent)
    with pytest.raises(LookupError, match="at least 4 characters"):
        house.event("abc")


def test_a_whole_id_wins_over_longer_ones_that_begin_so(house, load, wire):
    first, second = wire.article(1), wire.article(2)
    load([(first, [wire.meeting(first, id="ab")]), (second, [wire.meeting(second, id="abcd")])])
    found = house.event("ab")
    assert found is not None and found[1].id == "ab"


def test_an_event_that_the_kinds_no_longer_read_says_what_to_do(house, load, wire):
    load(wire.batch([1]))
    house.query("""UPDATE event SET payload = '{"lost": 1}' WHERE kind = 'meeting'""")
    with pytest.raises(
        warehouse.WarehouseError, match=r"reads kind 'meeting' differently(.|\n)*run `shilu run`"
    ):
        house.event(wire.meeting(wire.article(1)).id)


OFFSETS = st.integers(min_value=-14 * 60, max_value=14 * 60).map(
    lambda minutes: datetime.timezone(datetime.timedelta(minutes=minutes))
)
WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1
).filter(str.strip)


@settings(deadline=None, max_examples=60)
@given(
    published=st.datetimes(
        min_value=datetime.datetime(1900, 1, 1), max_value=datetime.datetime(2200, 1, 1), timezones=OFFSETS
    ),
    title=WORDS,
    text=WORDS,
    captions=st.lists(WORDS, max_size=3).map(tuple),
)
def test_an_article_comes_back_with_its_own_offset(published, title, text, captions):
    article = Article.of(source="河岸", title=title, text=text, published=published, captions=captions)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'America/Caracas'")  # whatever the session thinks
        connection.register("incoming", article_table([article]))
        cursor = connection.execute("SELECT * FROM incoming")
        names = [column[0] for column in cursor.description or ()]
        (row,) = cursor.fetchall()
    found = article_from_row(dict(zip(names, row, strict=True)))
    assert found == article
    assert found.published.utcoffset() == published.utcoffset()
    assert found.local_date == article.local_date
