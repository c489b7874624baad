"""Opening, waiting, reading safely, and surviving kill -9."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import warehouse
from schemas import Issue, Run

ROOT = Path(__file__).parents[2]
WRITER = Path(__file__).with_name("writer.py")


@contextmanager
def another_process(database, mode):
    """A process that works on the database; ends with the block."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in (str(ROOT), *sys.path) if path)
    }
    process = subprocess.Popen(
        [sys.executable, str(WRITER), str(database), mode],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_a_reader_before_the_first_run_is_told_what_to_do(database):
    with pytest.raises(warehouse.WarehouseMissing, match="run `shilu run PATH` first"):
        warehouse.open(database, read_only=True)
    assert not database.parent.exists()


def test_a_reader_of_a_file_that_was_never_filled_is_told_the_same(tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(warehouse.WarehouseMissing, match="run `shilu run PATH` first"):
        warehouse.open(path, read_only=True)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("这不是数据库。" * 1000)
    with pytest.raises(warehouse.WarehouseError, match=r"notes\.txt: DuckDB .* cannot open it"):
        warehouse.open(path)
    assert path.read_text() == "这不是数据库。" * 1000


def test_a_writer_that_waits_in_vain_says_who_holds_the_file(database):
    with another_process(database, "hold") as holder:
        begin = time.monotonic()
        with pytest.raises(warehouse.WarehouseLocked) as caught:
            warehouse.open(database, wait_seconds=0.5)
        assert 0.4 < time.monotonic() - begin < 5
    words = str(caught.value)
    assert str(database) in words
    assert f"process {holder.pid} (`writer.py {database} hold`) has been writing since 20" in words
    assert "Waited 0.5 s" in words and f"`kill {holder.pid}`" in words


def test_a_reader_that_waits_in_vain_says_who_holds_the_file(database):
    with another_process(database, "hold") as holder, pytest.raises(warehouse.WarehouseLocked) as caught:
        warehouse.open(database, read_only=True, wait_seconds=0.3)
    assert f"process {holder.pid} (" in str(caught.value) and "Waited 0.3 s" in str(caught.value)


@pytest.mark.parametrize("read_only", [False, True])
def test_whoever_waits_long_enough_gets_in(database, read_only):
    with another_process(database, "hold") as holder:
        threading.Timer(0.4, lambda: (holder.stdin.write("\n"), holder.stdin.flush())).start()
        with warehouse.open(database, read_only=read_only, wait_seconds=30) as house:
            assert house.counts()["articles"] == 0


def test_a_writer_held_up_by_a_reader_repeats_what_duckdb_says(database):
    warehouse.open(database).close()
    with another_process(database, "read") as reader:
        with pytest.raises(warehouse.WarehouseLocked, match=rf"DuckDB says: .*PID {reader.pid}"):
            warehouse.open(database, wait_seconds=0.3)
        with warehouse.open(database, read_only=True, wait_seconds=0) as house:
            assert house.counts()["articles"] == 0
    with warehouse.open(database, wait_seconds=1):
        pass


def test_a_second_writer_in_this_process_is_named_as_such(database, house):
    with pytest.raises(warehouse.WarehouseLocked, match=r"this very process .*close that warehouse first"):
        warehouse.open(database, wait_seconds=0)
    with pytest.raises(warehouse.WarehouseLocked, match="this very process"):
        warehouse.open(database, read_only=True, wait_seconds=0)
    house.close()
    warehouse.open(database, wait_seconds=0).close()


def test_closing_leaves_neither_log_nor_note_and_may_be_done_twice(database, house, load, wire):
    load(wire.batch([1]))
    house.close()
    house.close()
    names = {path.name for path in database.parent.iterdir()}
    assert names <= {"shilu.duckdb", "shilu.duckdb.lock"}
    with pytest.raises(warehouse.WarehouseError, match="has been closed"):
        house.counts()
    with pytest.raises(warehouse.WarehouseError, match="has been closed"):
        house.query("SELECT 1")


def test_a_refused_opening_lets_the_next_one_in(tmp_path):
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    for _ in range(2):
        with pytest.raises(warehouse.MigrationRefused):
            warehouse.open(path, wait_seconds=0)


def test_a_negative_wait_is_refused(database):
    with pytest.raises(ValueError, match="wait_seconds"):
        warehouse.open(database, wait_seconds=-1)


@pytest.fixture(scope="module")
def filled(tmp_path_factory, wire):
    path = tmp_path_factory.mktemp("filled") / "shilu.duckdb"
    with warehouse.open(path) as house:
        house.load(wire.batch([1, 2]), run_id="run-1", extractor_version="rules-1")
    return path


@pytest.fixture
def reader(filled):
    with warehouse.open(filled, read_only=True, wait_seconds=0) as opened:
        yield opened


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM 'https://news.example.org/a.parquet'",
        "COPY article TO 'out.csv'",
        "EXPORT DATABASE 'out'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET threads = 64",
        "RESET memory_limit",
        "INSERT INTO run SELECT * FROM run",
        "DELETE FROM article",
        "DROP VIEW meetings",
        "CREATE TABLE t (a INTEGER)",
        "SELEKT 1",
        "SELECT * FROM secret",
    ],
)
def test_a_query_can_do_nothing_but_read_the_database(reader, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    secret = reader  # a Python variable is no table
    before = sorted(path.name for path in tmp_path.rglob("*"))
    with pytest.raises(warehouse.QueryFailed):
        secret.query(sql)
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_a_query_returns_columns_types_and_rows(reader):
    table = reader.query(
        "SELECT article_id, published, count FROM attack_counts WHERE count > ? ORDER BY 1", [5]
    )
    assert table.columns == ["article_id", "published", "count"]
    assert table.types == ["VARCHAR", "TIMESTAMP WITH TIME ZONE", "BIGINT"]
    assert [row[0] for row in table.rows] == ["wire-00001", "wire-00002"]
    assert table.rows[0][1].isoformat() == "2026-03-05T01:30:00+00:00"


def test_times_are_utc_whatever_the_machine_thinks(filled, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        with warehouse.open(filled, read_only=True) as opened:
            rows = opened.query("SELECT published, published::VARCHAR FROM article LIMIT 1").rows
    finally:
        monkeypatch.undo()
        time.tzset()
    assert rows[0][0].isoformat() == "2026-03-05T01:30:00+00:00"
    assert rows[0][1] == "2026-03-05 01:30:00+00"


def test_two_readers_share_the_file(filled, reader):
    with warehouse.open(filled, read_only=True, wait_seconds=0) as second:
        assert second.counts() == reader.counts()
        with pytest.raises(warehouse.QueryFailed):
            second.query("SELECT * FROM read_text('/etc/hostname')")
    assert reader.counts()["articles"] == 2


def test_a_reader_looks_up_but_does_not_write(reader, wire):
    article = wire.article(1)
    assert reader.seen([article], extractor_version="rules-1") == {article.id}
    assert reader.event(wire.meeting(article).id) == (article, wire.meeting(article))
    run = Run(id="run-9", started=article.published, extractor_version="rules-1")
    issue = Issue(path="a.md", code="empty", reason="no text; remove the file")
    for write in (
        lambda: reader.load(wire.batch([3]), run_id="run-9", extractor_version="rules-1"),
        lambda: reader.record_run(run),
        lambda: reader.record_issues("run-9", [issue]),
    ):
        with pytest.raises(warehouse.WarehouseError, match="opened to read only"):
            write()


def test_a_reader_follows_a_symbolic_link(filled, tmp_path):
    link = tmp_path / "latest.duckdb"
    link.symlink_to(filled)
    with warehouse.open(link, read_only=True, wait_seconds=0) as opened:
        assert opened.counts()["articles"] == 2


def test_a_killed_writer_leaves_whole_versions_behind(database):
    chance = random.Random(20260306)
    finished = 0
    for attempt in range(5):
        with another_process(database, "load") as writer:
            for _ in range(attempt % 2):  # some are killed before their first load is done
                finished = int(writer.stdout.readline())
            time.sleep(chance.uniform(0.0, 0.25))
            writer.kill()
            rest = writer.stdout.read().split("\n")
        finished = max([finished, *(int(number) for number in rest[:-1])])
        with warehouse.open(database, read_only=attempt % 2 == 0, wait_seconds=5) as house:
            _is_whole(house, finished)
    assert finished > 1


def _is_whole(house, finished):
    """Every load is there entirely or not at all, and none that was reported is missing."""
    versions = house.query(
        "SELECT version, count(*), count(DISTINCT run_id), count(*) FILTER (believed_until IS NULL) "
        "FROM article GROUP BY version ORDER BY version"
    ).rows
    newest = len(versions)
    assert finished <= newest <= finished + 1
    expected = [(number, 300, 1, 300 if number == newest else 0) for number in range(1, newest + 1)]
    assert versions == expected
    assert house.query("SELECT count(*) FROM event").rows == [(4 * 300 * newest,)]
    assert house.query("SELECT count(*) FROM evidence").rows == [(5 * 300 * newest,)]
    counts = house.counts()
    assert (counts["articles"], counts["meeting"]) == ((300, 300) if newest else (0, 0))
