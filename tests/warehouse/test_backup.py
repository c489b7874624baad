"""Copies: the same rows, taken among readers, put back whole or not at all."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

import warehouse
from schemas import Run

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("writer.py")
RESTORER = """
import sys
from pathlib import Path
import warehouse
print("ready", flush=True)
sys.stdin.readline()
warehouse.put_back(Path(sys.argv[1]), Path(sys.argv[2]), replace=True, wait_seconds=30)
"""


def process(*arguments):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def fill(path, wire, numbers, **options):
    with warehouse.open(path) as house:
        house.load(wire.batch(numbers, **options), run_id="run-1", extractor_version="rules-1")
        house.resolve()
        return house.rows_hash()


def rows_hash(path):
    with warehouse.open(path, read_only=True) as house:
        return house.rows_hash()


def names(folder):
    return {path.name for path in folder.iterdir()} - {"shilu.duckdb.lock", "shilu.duckdb"}


def test_a_copy_holds_all_rows_and_is_a_warehouse_itself(database, tmp_path, wire):
    rows = fill(database, wire, range(5))
    copy = warehouse.back_up(database, tmp_path / "copies" / "one.duckdb")
    assert copy.rows_hash == rows == rows_hash(copy.path)
    assert copy.size == copy.path.stat().st_size
    assert names(copy.path.parent) == {"one.duckdb"}
    assert names(database.parent) == set()


def test_a_copy_is_taken_while_others_read_and_not_while_one_writes(database, tmp_path, wire):
    rows = fill(database, wire, range(5))
    reader = process(WRITER, database, "read")
    assert reader.stdout.readline() == "open\n"
    assert warehouse.back_up(database, tmp_path / "one", wait_seconds=0).rows_hash == rows
    reader.communicate("\n")
    with warehouse.open(database), pytest.raises(warehouse.WarehouseLocked, match="this very process"):
        warehouse.back_up(database, tmp_path / "two", wait_seconds=0)
    assert not (tmp_path / "two").exists()


def test_what_a_killed_writer_committed_is_in_the_copy(database, tmp_path, wire):
    fill(database, wire, range(2))
    writer = process(WRITER, database, "load")
    for line in ("open\n", "2\n", "3\n"):
        assert writer.stdout.readline() == line
    writer.kill()
    writer.communicate()
    assert database.with_name("shilu.duckdb.wal").exists()
    copy = warehouse.back_up(database, tmp_path / "one")
    assert not (tmp_path / "one.wal").exists()
    with duckdb.connect(str(tmp_path / "one"), read_only=True) as connection:
        versions = connection.execute("SELECT max(version) FROM article").fetchall()[0][0]
    assert versions >= 3
    assert copy.rows_hash == rows_hash(database)


def test_nothing_is_overwritten_unless_asked_for(database, tmp_path, wire):
    rows = fill(database, wire, range(3))
    there = tmp_path / "there"
    there.write_text("mine")
    with pytest.raises(warehouse.CopyRefused, match="--force to replace it"):
        warehouse.back_up(database, there)
    with pytest.raises(warehouse.CopyRefused, match="--force to replace it"):
        warehouse.put_back(there, database)
    with pytest.raises(warehouse.CopyRefused, match="the warehouse itself"):
        warehouse.back_up(database, database, replace=True)
    assert there.read_text() == "mine"
    assert warehouse.back_up(database, there, replace=True).rows_hash == rows


def test_a_copy_put_back_is_the_warehouse_of_that_time(database, tmp_path, wire):
    rows = fill(database, wire, range(3))
    copy = warehouse.back_up(database, tmp_path / "one").path
    assert fill(database, wire, range(9), drones=41) != rows
    assert warehouse.put_back(copy, database, replace=True).rows_hash == rows == rows_hash(database)
    elsewhere = tmp_path / "else" / "where.duckdb"
    assert warehouse.put_back(copy, elsewhere).rows_hash == rows == rows_hash(elsewhere)
    assert fill(database, wire, range(9)) != rows  # and it can be written
    assert rows_hash(copy) == rows


def test_the_log_of_the_old_warehouse_is_not_taken_for_one_of_the_new(database, tmp_path, wire):
    rows = fill(database, wire, range(3))
    copy = warehouse.back_up(database, tmp_path / "one").path
    writer = process(WRITER, database, "load")
    for line in ("open\n", "2\n"):
        assert writer.stdout.readline() == line
    writer.kill()
    writer.communicate()
    assert database.with_name("shilu.duckdb.wal").exists()
    assert warehouse.put_back(copy, database, replace=True).rows_hash == rows == rows_hash(database)
    assert names(database.parent) <= {"shilu.duckdb.holder.json"}


def test_a_copy_is_put_back_over_a_broken_file(database, tmp_path, wire):
    rows = fill(database, wire, range(3))
    copy = warehouse.back_up(database, tmp_path / "one").path
    database.write_bytes(b"broken" * 10_000)
    database.with_name("shilu.duckdb.wal").write_bytes(b"broken")
    assert warehouse.put_back(copy, database, replace=True).rows_hash == rows == rows_hash(database)
    assert database.with_name("shilu.duckdb.wal.set-aside").read_bytes() == b"broken"


@pytest.mark.parametrize("content", [b"", b"no database at all" * 1000])
def test_what_is_no_copy_is_refused_and_the_warehouse_stays(database, tmp_path, wire, content):
    rows = fill(database, wire, range(3))
    (tmp_path / "one").write_bytes(content)
    with pytest.raises(warehouse.WarehouseError):
        warehouse.put_back(tmp_path / "one", database, replace=True)
    assert rows_hash(database) == rows


def test_a_damaged_copy_is_refused_and_the_warehouse_stays(database, tmp_path, wire):
    fill(database, wire, range(200))
    copy = warehouse.back_up(database, tmp_path / "one").path
    rows = fill(database, wire, range(3))
    size = copy.stat().st_size
    with copy.open("r+b") as file:  # blocks of data follow the first three of 4 kB
        for place in range(300_000, size - 300_000, 100_000):
            file.seek(place)
            file.write(b"\xff" * 64)
    with pytest.raises(warehouse.WarehouseError):
        warehouse.put_back(copy, database, replace=True)
    assert rows_hash(database) == rows


def test_a_foreign_database_and_one_of_a_newer_version_are_refused(database, tmp_path, wire):
    rows = fill(database, wire, range(3))
    foreign, newer = tmp_path / "foreign", tmp_path / "newer"
    with duckdb.connect(str(foreign)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    shutil.copy(database, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'of_tomorrow', 'abc', now())")
    with pytest.raises(warehouse.MigrationRefused, match="not a Shilu warehouse"):
        warehouse.put_back(foreign, database, replace=True)
    with pytest.raises(warehouse.MigrationRefused, match="newer Shilu"):
        warehouse.put_back(newer, database, replace=True)
    assert rows_hash(database) == rows


def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new(database, tmp_path, wire):
    old = fill(database, wire, range(30))
    copy = tmp_path / "copy"
    new = fill(copy, wire, range(40), drones=41)
    moments = random.Random(4)
    for _ in range(4):
        restoring = process("-c", RESTORER, copy, database)
        assert restoring.stdout.readline() == "ready\n"
        restoring.stdin.write("\n")
        restoring.stdin.flush()
        time.sleep(moments.uniform(0, 0.5))
        restoring.send_signal(signal.SIGKILL)
        restoring.communicate()
        found = rows_hash(database)
        assert found in (old, new)
        if found == new:
            fill(database.with_name("again"), wire, range(30))
            shutil.copy(database.with_name("again"), database)
            old = rows_hash(database)
            database.with_name("again").unlink()
    assert warehouse.put_back(copy, database, replace=True).rows_hash == new
    assert names(database.parent) <= {"shilu.duckdb.holder.json", "again.lock"}


def test_a_goal_that_cannot_be_written_is_told_with_the_remedy(database, tmp_path, wire):
    fill(database, wire, range(3))
    (tmp_path / "file").write_text("")
    with pytest.raises(warehouse.CopyRefused, match=r"cannot be written: .*choose another folder"):
        warehouse.back_up(database, tmp_path / "file" / "one")


def test_runs_of_killed_processes_are_marked_as_such(database):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    host = warehouse.this_process().partition("@")[2]
    base = Run.model_validate({"id": "a", "started": "2026-03-05T00:00:00Z", "extractor_version": "v"})
    with warehouse.open(database) as house:
        for name, where in {
            "gone": f"{gone.pid}@{host}",
            "elsewhere": f"{gone.pid}@another-host",
            "alive": f"{os.getppid()}@{host}",
            "old": None,
        }.items():
            house.record_run(base.model_copy(update={"id": name, "process": where}))
        assert house.end_killed_runs() == ["gone"]
        assert {run.id: run.status for run in house.runs()} == {
            "gone": "killed",
            "elsewhere": "running",
            "alive": "running",
            "old": "running",
        }
