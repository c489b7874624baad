"""Hashes: the same for the same content, another for anything else."""

from __future__ import annotations

import datetime
import random

import duckdb
import pytest

import warehouse
from schemas import Issue
from warehouse.fingerprint import BELIEF, CONTENT, columns_by_table

EARLIER = datetime.datetime(2026, 3, 6, tzinfo=datetime.UTC)


def loaded(path, batches, **options):
    """A warehouse of these batches, one run each, resolved."""
    house = warehouse.open(path)
    for number, batch in enumerate(batches):
        house.load(batch, **{"run_id": f"run-{number}", "extractor_version": "rules-1"} | options)
    house.resolve()
    return house


def test_the_way_to_a_content_does_not_change_its_hash(tmp_path, wire):
    batch = wire.batch(range(12))
    shuffled = random.Random(7).sample(batch, len(batch))
    with loaded(tmp_path / "a", [batch]) as at_once:
        once = at_once.content_hash()
        assert len(once) == 64
        assert at_once.content_hash() == once
        rows = at_once.rows_hash()
    with loaded(tmp_path / "b", [shuffled[:5], shuffled[2:], batch], now=EARLIER) as by_and_by:
        assert by_and_by.content_hash() == once
        assert by_and_by.rows_hash() != rows


def test_a_correction_taken_back_leaves_the_content_and_not_the_rows(tmp_path, wire):
    with loaded(tmp_path / "a", [wire.batch([1])]) as house:
        content, rows = house.content_hash(), house.rows_hash()
        house.load(wire.batch([1], drones=41), run_id="r", extractor_version="rules-1")
        house.resolve()
        assert house.content_hash() != content
        house.load(wire.batch([1]), run_id="r", extractor_version="rules-1")
        house.resolve()
        with warehouse.open(tmp_path / "other") as other:
            assert other.content_hash() != content
        assert house.rows_hash() != rows


def test_an_issue_told_by_two_runs_counts_once(tmp_path, wire):
    issue = Issue(path="in/a.md", code="empty", reason="the file is empty")
    hashes = set()
    for times in (1, 2):
        with loaded(tmp_path / str(times), [wire.batch([1])]) as house:
            without = house.content_hash()
            for run in range(times):
                house.record_issues(f"run-{run}", [issue])
            hashes.add(house.content_hash())
            assert house.content_hash() != without
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE article SET \"text\" = \"text\" || '。' WHERE id = 'wire-00002'",
        "UPDATE article SET url = NULL WHERE id = 'wire-00002'",
        "UPDATE article SET captions = [] WHERE id = 'wire-00002'",
        "UPDATE event SET confidence = 0.5 WHERE kind = 'meeting' AND article_id = 'wire-00002'",
        'UPDATE evidence SET "end" = "end" + 1 WHERE ordinal = 2',
        "UPDATE reading SET extractor_version = 'rules-2' WHERE article_id = 'wire-00002'",
        "UPDATE fact SET status = 'contested'",
        "INSERT INTO event SELECT * FROM event",
        "DELETE FROM origin WHERE article_id = 'wire-00002'",
    ],
)
def test_whatever_is_changed_in_the_file_changes_both_hashes(tmp_path, wire, change):
    path = tmp_path / "w.duckdb"
    with loaded(path, [wire.batch(range(4))]) as house:
        before = house.content_hash(), house.rows_hash()
    with duckdb.connect(str(path)) as connection:
        connection.execute(change)
    with warehouse.open(path, read_only=True) as house:
        after = house.content_hash(), house.rows_hash()
    assert after[0] != before[0] and after[1] != before[1]


def test_the_tables_and_columns_named_exist(database):
    warehouse.open(database).close()
    with duckdb.connect(str(database)) as connection:
        present = columns_by_table(connection)
    for table, (_, incidental) in CONTENT.items():
        assert set(incidental) - set(BELIEF) <= set(present[table]), table
        assert set(present[table]) - set(incidental), table
