"""Numbered SQL migrations, forward only, each in one transaction and recorded in the database."""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.errors import MigrationRefused
from warehouse.transaction import transaction

DIRECTORY = Path(__file__).parent / "migrations"
FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
RECORD_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER NOT NULL, name VARCHAR NOT NULL, checksum VARCHAR NOT NULL, applied TIMESTAMPTZ NOT NULL
)
"""


@dataclass(frozen=True)
class Migration:
    """One numbered SQL file."""

    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the file's text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.number:04}_{self.name}"


def known_migrations(directory: Path = DIRECTORY) -> list[Migration]:
    """The migrations in `directory`, by number.

    Raises MigrationRefused where a file is misnamed or the numbers do not run 1, 2, 3, …
    """
    found = []
    for path in sorted(directory.glob("*.sql")):
        match = FILE_NAME.fullmatch(path.name)
        if match is None:
            raise MigrationRefused(f"{path}: a migration must be named like 0001_first_tables.sql; rename it")
        sql = path.read_bytes().decode("utf-8").replace("\r\n", "\n")  # one checksum on every platform
        found.append(Migration(int(match[1]), match[2], sql))
    numbers = [migration.number for migration in found]
    if not found or numbers != list(range(1, len(found) + 1)):
        raise MigrationRefused(
            f"{directory}: migrations must be numbered 1, 2, 3, … once each, got {numbers}"
        )
    return found


def has_migrations(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the database has been migrated at all; a file whose first writer was killed has not."""
    if "migration" not in _tables(connection):
        return False
    return bool(connection.execute("SELECT count(*) > 0 FROM migration").fetchall()[0][0])


def pending_migrations(
    connection: duckdb.DuckDBPyConnection, path: Path, known: list[Migration]
) -> list[Migration]:
    """The migrations that `path` still lacks.

    Raises MigrationRefused for a foreign database, one written by a newer version, and one whose recorded
    migrations differ from the files.
    """
    tables = _tables(connection)
    if "migration" not in tables:
        if tables:
            raise MigrationRefused(
                f"{path}: a DuckDB database, but not a Shilu warehouse "
                f"(it has the tables {', '.join(sorted(tables))}); give another path"
            )
        return known
    recorded = connection.execute("SELECT number, name, checksum FROM migration ORDER BY number").fetchall()
    for position, (number, name, checksum) in enumerate(recorded):
        if position >= len(known):
            raise MigrationRefused(
                f"{path}: written by a newer Shilu (it has migration {number:04}_{name}, "
                f"this one knows up to {known[-1]}); upgrade Shilu to open it"
            )
        ours = known[position]
        if (number, name, checksum) != (ours.number, ours.name, ours.checksum):
            raise MigrationRefused(
                f"{path}: migration {number:04}_{name} was applied with checksum {checksum[:12]}…, but "
                f"the file {ours}.sql has {ours.checksum[:12]}…; an applied migration must not change: "
                "restore the file and put the change into a new migration, or build a new database"
            )
    return known[len(recorded) :]


def apply_migrations(
    connection: duckdb.DuckDBPyConnection, path: Path, known: list[Migration] | None = None
) -> list[Migration]:
    """Bring the database at `path` up to date; returns what was applied.

    Raises MigrationRefused as `pending_migrations` does, and where a migration fails: it is then rolled back
    and the database stands at the migration before it.
    """
    pending = pending_migrations(connection, path, known_migrations() if known is None else known)
    for migration in pending:
        try:
            with transaction(connection):
                connection.execute(RECORD_TABLE)
                connection.execute(migration.sql)
                connection.execute(
                    "INSERT INTO migration VALUES (?, ?, ?, ?)",
                    [
                        migration.number,
                        migration.name,
                        migration.checksum,
                        datetime.datetime.now(datetime.UTC),
                    ],
                )
        except duckdb.Error as error:
            raise MigrationRefused(
                f"{path}: migration {migration} failed and was rolled back: {error}; correct the migration"
            ) from error
    return pending


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
    return {name for (name,) in rows}
