"""Which stored articles are read again: of a sort, of a source, of some days."""

from __future__ import annotations

import datetime

import pytest

import warehouse
from schemas import Run

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
ALL = {"extractor_version": "rules-1", "limit": 10}


@pytest.fixture
def sent(house, wire):
    """Article 1 by source a, 2 by source b, 3 first by a and corrected by b; all near midnight in Beijing."""
    for number, source in enumerate("aba", 1):
        _run(house, f"r{number}", source)
        house.load([(_article(wire, number), [])], run_id=f"r{number}", extractor_version="rules-1")
    _run(house, "r4", "b")
    house.load([(_article(wire, 3, drones=41), [])], run_id="r4", extractor_version="rules-1")
    return house


def _run(house, name, source):
    now = datetime.datetime(2026, 3, 9, tzinfo=datetime.UTC)
    house.record_run(Run(id=name, started=now, extractor_version="rules-1", job="ingest", source=source))


def _article(wire, number, **fields):
    published = datetime.datetime(2026, 3, number, 0, 30, tzinfo=BEIJING)  # the day before in UTC
    return wire.article(number, published=published, **fields)


def chosen(house, **fields):
    selection = warehouse.Selection("all", **fields)
    found = house.to_reread(selection, **ALL)
    assert house.count_to_reread(selection, extractor_version="rules-1") == len(found)
    return [article.published.day for article in found]


def test_without_a_source_or_days_all_are_chosen(sent):
    assert chosen(sent) == [1, 2, 3]


def test_an_article_belongs_to_every_source_that_sent_a_version_of_it(sent):
    assert chosen(sent, source="a") == [1, 3]
    assert chosen(sent, source="b") == [2, 3]
    assert chosen(sent, source="c") == []


def test_days_are_those_of_the_place_of_publication_both_ends_included(sent):
    second, third = datetime.date(2026, 3, 2), datetime.date(2026, 3, 3)
    assert chosen(sent, first=second) == [2, 3]
    assert chosen(sent, last=second) == [1, 2]
    assert chosen(sent, first=second, last=third, source="a") == [3]


def test_those_that_this_version_read_are_left_out_where_older_ones_are_asked_for(sent):
    older = warehouse.Selection(first=datetime.date(2026, 3, 2))
    assert sent.to_reread(older, **ALL) == []
    assert len(sent.to_reread(older, extractor_version="rules-2", limit=10)) == 2
