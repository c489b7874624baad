"""Faults of a whole warehouse: none after any load, and each found where it was put in."""

from __future__ import annotations

import duckdb
import pytest

import warehouse
from warehouse.soundness import UNIQUE, WHOLE

BROKEN = {
    "several current texts of article": "INSERT INTO article SELECT * FROM article WHERE id = 'wire-00001'",
    "several current readings of article": "INSERT INTO reading SELECT * FROM reading WHERE article_id = 'wire-00001'",
    "several current origins of article": "INSERT INTO origin SELECT * FROM origin WHERE article_id = 'wire-00001'",
    "several current events with id": "INSERT INTO event SELECT * REPLACE (99 AS version) FROM event",
    "several rows of one version of event": "INSERT INTO event SELECT * FROM event",
    "several rows of one evidence of event": "INSERT INTO evidence SELECT * FROM evidence",
    "articles without a reader": "DELETE FROM reading",
    "current events of a text that is not current": "UPDATE article SET believed_until = believed_from",
    "events without evidence": "DELETE FROM evidence",
    "evidence of no event": "DELETE FROM event",
    "evidence that its article does not have": 'UPDATE article SET "text" = \'完\' || "text"',
    "claimants that their article does not have": 'UPDATE article SET "text" = \'完\' || "text"',
    "beliefs that end before they begin": "UPDATE event SET believed_until = believed_from - INTERVAL 1 DAY",
    "facts of events that are not there": "DELETE FROM event",
}


def test_every_fault_that_is_looked_for_is_tried():
    assert set(BROKEN) == {f"several {each[0]}" for each in UNIQUE} | set(WHOLE)


def test_a_warehouse_with_a_history_is_sound(house, load, wire):
    assert house.faults() == []
    load(wire.batch(range(5)))
    load(wire.batch(range(3), drones=41))
    load(wire.batch(range(3), drones=41, version="rules-2"), extractor_version="rules-2")
    load([(wire.article(4), [])], extractor_version="rules-2")
    house.resolve()
    assert house.faults() == []


@pytest.mark.parametrize("what", BROKEN)
def test_a_fault_is_found_and_named(database, wire, what):
    with warehouse.open(database) as house:
        house.load(wire.batch(range(8)), run_id="run-1", extractor_version="rules-1")
        house.resolve()
    with duckdb.connect(str(database)) as connection:
        connection.execute(BROKEN[what])
    with warehouse.open(database, read_only=True) as house:
        found = {fault.what: fault for fault in house.faults()}
    assert what in found
    assert found[what].count >= 1 and len(found[what].keys) <= 5
    assert str(found[what]).startswith(f"{what}: ")
