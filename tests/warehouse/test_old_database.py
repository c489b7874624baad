"""A file that an early Shilu wrote: refused to readers with the remedy, brought up to date by a writer, whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import warehouse

KEPT = Path(__file__).with_name("old_database.duckdb.gz")


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.duckdb"
    path.write_bytes(gzip.decompress(KEPT.read_bytes()))
    return path


def test_a_reader_is_told_how_to_bring_it_up_to_date(old):
    with pytest.raises(
        warehouse.MigrationRefused, match=r"lacks migration 0002_confidence.*run `shilu run PATH` once"
    ):
        warehouse.open(old, read_only=True)
    symptoms = {each.looked_at: each for each in warehouse.examine(old)}
    assert symptoms["migrations"].state == "warning"
    assert (
        "0002_confidence" in symptoms["migrations"].words and "shilu backup" in symptoms["migrations"].remedy
    )


def test_it_can_be_copied_before_it_is_brought_up_to_date(old, tmp_path):
    copy = warehouse.back_up(old, tmp_path / "copy")
    assert warehouse.put_back(copy.path, tmp_path / "back").rows_hash == copy.rows_hash


def test_a_writer_brings_it_up_to_date_and_loses_nothing(old):
    with warehouse.open(old) as house:
        house.resolve()
        assert house.counts() | {"runs": 1} == house.counts()
        assert house.counts()["articles"] == 2 and house.counts()["attack_count"] == 1
        assert house.query("SELECT count, evidence, confidence FROM attack_counts").rows == [
            (13, "击落了13架无人机。", None)
        ]
        assert house.query(
            "SELECT version, believed_until IS NULL FROM article WHERE id = 'old-1' ORDER BY 1"
        ).rows == [
            (1, False),
            (2, True),
        ]
        (run,) = house.runs()
        assert (run.status, run.job, run.process, run.seconds) == ("with_issues", "ingest", None, {})
        assert [issue["code"] for issue in house.issues()] == ["empty"]
    with warehouse.open(old, read_only=True) as house:
        assert len(house.to_reread(warehouse.Selection(), extractor_version="0.1.0+new", limit=10)) == 2
        (attack,) = house.to_reread(warehouse.Selection(), extractor_version="0.1.0+new", limit=1)
    assert attack.published.isoformat() == "2024-03-05T16:00:00+08:00"


def test_its_articles_are_read_again_and_its_evidence_holds(old):
    with warehouse.open(old) as house:
        articles = house.to_reread(warehouse.Selection(), extractor_version="0.1.0+new", limit=10)
        result = house.load(
            [(article, []) for article in articles], run_id="r", extractor_version="0.1.0+new", again=True
        )
        assert (result.reread, result.changed, result.added) == (2, 0, 0)
        assert [fault for fault in house.faults() if "origin" not in fault.what] == []
