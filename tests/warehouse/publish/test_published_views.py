"""The columns of the Parquet files are a promise: written down, and changed only on purpose."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import duckdb

import warehouse

sys.path.insert(0, str(Path(__file__).parent))

from declare_views import DECLARED, declaration


def test_the_views_have_the_columns_that_are_declared(database, folder):
    warehouse.open(database).close()
    done = warehouse.publish_snapshot(database, folder)
    assert declaration(done.manifest) == json.loads(DECLARED.read_text(encoding="utf-8")), (
        "a published view has changed; tests/warehouse/publish/declare_views.py says what to do"
    )


def test_an_empty_warehouse_is_published_with_all_its_columns(database, folder):
    warehouse.open(database).close()
    version = warehouse.publish_snapshot(database, folder).version
    assert duckdb.sql(f"SELECT count(*) FROM '{version}/facts.parquet'").fetchall() == [(0,)]
    assert "fact_id" in duckdb.sql(f"FROM '{version}/facts.parquet'").columns


def test_files_hold_what_the_views_hold(fill, publish):
    fill(1, 2, 3)
    done = publish()
    with duckdb.connect(str(done.version / "shilu.duckdb"), read_only=True) as connection:
        for view in ("facts", "attack_counts", "strike_facts", "fact_history", "findings"):
            here = connection.execute(f"SELECT * FROM {view} ORDER BY ALL").fetchall()
            there = connection.execute(
                f"SELECT * FROM '{done.version}/{view}.parquet' ORDER BY ALL"
            ).fetchall()
            assert here == there, view
