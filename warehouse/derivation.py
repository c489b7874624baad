"""Which code derived tables were derived by: a newer Shilu derives them anew instead of mixing two ways of doing so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import duckdb

import schemas

WAREHOUSE = Path(__file__).parent
SCHEMAS = Path(schemas.__file__).parent


@lru_cache
def code_version(*rooms: str) -> str:
    """A digest of the code in these folders of the warehouse, and of the records it works on."""
    content = hashlib.sha256()
    for path in _sources([SCHEMAS, *(WAREHOUSE / room for room in rooms)]):
        content.update(path.name.encode())
        content.update(path.read_bytes().replace(b"\r\n", b"\n"))  # one digest on every platform
    return content.hexdigest()[:16]


def _sources(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        yield from sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix())


def is_derived_by(connection: duckdb.DuckDBPyConnection, name: str, version: str) -> bool:
    """Whether what is called so was derived by this version."""
    return connection.execute("SELECT version FROM derivation WHERE name = ?", [name]).fetchall() == [
        (version,)
    ]


def record_derivation(connection: duckdb.DuckDBPyConnection, name: str, version: str) -> None:
    """Note that it now is."""
    connection.execute("DELETE FROM derivation WHERE name = ?", [name])
    connection.execute("INSERT INTO derivation VALUES (?, ?)", [name, version])
