"""Every query in docs/series.md runs and finds something."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest

import warehouse
from schemas import Count, Money, Participant, Period
from warehouse.series.explanation import REASONS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "series.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.S)
VERSION = "rules-1"


@pytest.fixture(scope="module")
def filled(wire, tmp_path_factory):
    """A warehouse with a raid, a month's total, aid in three scopes and a meeting."""
    day = Period(start=datetime.date(2024, 3, 5), end=datetime.date(2024, 3, 5), precision="day")
    month = Period(start=datetime.date(2024, 3, 1), end=datetime.date(2024, 3, 31), precision="month")
    raid = {"attacker": "RU", "target": "UA", "places": (), "breakdown": ()}
    events = [
        ("attack", {"when": day, **raid}),
        ("attack", {"when": month, "count": Count(value=900, qualifier="exact"), **raid}),
        ("aid", {"when": day, "donors": ("US",)}),
        ("aid", {"when": day, "donors": ("US",), "scope": "cumulative"}),
        (
            "aid",
            {"when": day, "donors": ("GB",), "amount": Money(value=9, qualifier="exact", currency="GBP")},
        ),
        ("meeting", {"when": day, "participants": (Participant(side="CN"), Participant(side="US"))}),
    ]
    with warehouse.open(tmp_path_factory.mktemp("series") / "shilu.duckdb") as house:
        for number, (kind, slots) in enumerate(events):
            article = wire.article(number, published=datetime.datetime(2024, 4, 1, tzinfo=datetime.UTC))
            event = getattr(wire, kind)(article, **slots)
            house.load([(article, [event])], run_id="r", extractor_version=VERSION)
        house.resolve()
        yield house


def test_the_document_has_queries():
    assert len(QUERIES) >= 6


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_a_query_of_the_document_finds_something(filled, query):
    assert filled.query(query).rows


def test_the_document_explains_every_reason():
    for reason in REASONS:
        assert f"| `{reason}` |" in DOCUMENT
