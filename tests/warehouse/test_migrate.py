"""Migrations: in order, once, unchanged, or not at all."""

from __future__ import annotations

import duckdb
import pytest

import warehouse
from warehouse import opening
from warehouse.migrate import Migration, apply_migrations, known_migrations

FIRST = Migration(1, "first", "CREATE TABLE one (a INTEGER);")
SECOND = Migration(2, "second", "CREATE TABLE two (a INTEGER); INSERT INTO one VALUES (1);")


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


def test_migrations_are_applied_once_in_order_and_recorded(connection, tmp_path):
    assert apply_migrations(connection, tmp_path, [FIRST]) == [FIRST]
    assert apply_migrations(connection, tmp_path, [FIRST, SECOND]) == [SECOND]
    assert apply_migrations(connection, tmp_path, [FIRST, SECOND]) == []
    rows = connection.execute("SELECT number, name, checksum FROM migration ORDER BY number").fetchall()
    assert rows == [(1, "first", FIRST.checksum), (2, "second", SECOND.checksum)]
    assert connection.execute("SELECT * FROM one").fetchall() == [(1,)]


def test_a_changed_migration_is_refused(connection, tmp_path):
    apply_migrations(connection, tmp_path, [FIRST])
    edited = Migration(1, "first", "CREATE TABLE one (a BIGINT);")
    with pytest.raises(warehouse.MigrationRefused, match="0001_first was applied with checksum"):
        apply_migrations(connection, tmp_path, [edited, SECOND])
    assert connection.execute("SELECT count(*) FROM migration").fetchall() == [(1,)]


def test_a_database_of_a_newer_version_is_refused(connection, tmp_path):
    apply_migrations(connection, tmp_path, [FIRST, SECOND])
    with pytest.raises(warehouse.MigrationRefused, match=r"newer Shilu .*0002_second.*upgrade Shilu"):
        apply_migrations(connection, tmp_path, [FIRST])


def test_a_failing_migration_leaves_nothing_behind(connection, tmp_path):
    broken = Migration(2, "broken", "CREATE TABLE two (a INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(warehouse.MigrationRefused, match=r"0002_broken failed and was rolled back.*nowhere"):
        apply_migrations(connection, tmp_path, [FIRST, broken])
    assert connection.execute("SELECT number FROM migration").fetchall() == [(1,)]
    tables = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert tables == [("migration",), ("one",)]
    assert apply_migrations(connection, tmp_path, [FIRST, SECOND]) == [SECOND]


def test_our_migrations_are_numbered_without_gaps():
    migrations = known_migrations()
    assert [migration.number for migration in migrations] == list(range(1, len(migrations) + 1))
    assert str(migrations[0]) == "0001_first_tables"


@pytest.mark.parametrize("names", [["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"], ["a.sql"], []])
def test_gaps_doubles_and_odd_names_are_refused(tmp_path, names):
    for name in names:
        (tmp_path / name).write_text("SELECT 1;")
    with pytest.raises(warehouse.MigrationRefused, match="must be n"):
        known_migrations(tmp_path)


def test_line_ends_do_not_change_a_checksum(tmp_path):
    (tmp_path / "unix").mkdir()
    (tmp_path / "dos").mkdir()
    (tmp_path / "unix" / "0001_a.sql").write_bytes(b"SELECT 1;\nSELECT 2;\n")
    (tmp_path / "dos" / "0001_a.sql").write_bytes(b"SELECT 1;\r\nSELECT 2;\r\n")
    assert known_migrations(tmp_path / "unix") == known_migrations(tmp_path / "dos")


@pytest.mark.parametrize("read_only", [False, True])
def test_opening_refuses_an_altered_or_newer_database(database, read_only):
    warehouse.open(database).close()
    with duckdb.connect(str(database)) as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'of_tomorrow', 'abc', now())")
    with pytest.raises(warehouse.MigrationRefused, match="newer Shilu"):
        warehouse.open(database, read_only=read_only, wait_seconds=0)
    with duckdb.connect(str(database)) as connection:
        connection.execute("DELETE FROM migration WHERE number = 99")
        connection.execute("UPDATE migration SET checksum = 'abc'")
    with pytest.raises(warehouse.MigrationRefused, match="must not change"):
        warehouse.open(database, read_only=read_only, wait_seconds=0)


def test_a_reader_does_not_migrate(database, monkeypatch):
    warehouse.open(database).close()
    later = [*known_migrations(), Migration(len(known_migrations()) + 1, "later", "SELECT 1")]
    monkeypatch.setattr(opening, "known_migrations", lambda: later)
    with pytest.raises(warehouse.MigrationRefused, match=r"older Shilu .*run `shilu run PATH` once"):
        warehouse.open(database, read_only=True)


def test_a_foreign_database_is_left_alone(tmp_path):
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    with pytest.raises(warehouse.MigrationRefused, match=r"not a Shilu warehouse .*sales"):
        warehouse.open(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("sales",)]
