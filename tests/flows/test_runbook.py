"""The runbook and the code say the same: its messages exist, and no message of operation lacks an entry."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest
from click.testing import CliRunner

import warehouse
from flows.cli import cli
from schemas import IssueCode

TOP = Path(__file__).parents[2]
RUNBOOK = (TOP / "docs" / "runbook.md").read_text(encoding="utf-8")
ENTRIES = re.findall(r"^### `(.+)`$", RUNBOOK, re.M)
# What an operator meets; other messages are of wrong usage, of tables of one's own, or of code that calls wrongly.
OPERATION = (
    "warehouse/backup.py",
    "warehouse/connect.py",
    "warehouse/migrate.py",
    "warehouse/opening.py",
    "warehouse/restore.py",
    "warehouse/store.py",
    "flows/settings.py",
    "flows/workers.py",
    "flows/ingest.py",
    "flows/ledger.py",
    "flows/loopback.py",
    "flows/sources/walk.py",
    "flows/cli/watching.py",
)
ERRORS = ("Error", "Refused", "Locked", "Missing", "Exception")
OF_DEVELOPERS = (
    "wait_seconds must be",
    "now must say its UTC offset",
    "this warehouse has been closed",
    "it was opened to read only",
    "the query is empty",
    "migrations must be numbered",
    "a migration must be named",
)


def words(node: ast.AST) -> str | None:
    """The text of a string, `…` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def texts() -> Iterator[str]:
    """All texts in the code of the rooms."""
    for room in ("schemas", "extractors", "warehouse", "flows"):
        for path in (TOP / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if text := words(node):
                    yield text


def messages() -> Iterator[str]:
    """The messages of errors that an operator may meet."""
    for name in OPERATION:
        for node in ast.walk(ast.parse((TOP / name).read_text(encoding="utf-8"))):
            made = (
                node.exc
                if isinstance(node, ast.Raise)
                else node.value
                if isinstance(node, ast.Return)
                else None
            )
            if isinstance(made, ast.Call) and made.args:
                called = getattr(made.func, "id", getattr(made.func, "attr", ""))
                text = words(made.args[0])
                if called.endswith(ERRORS) and text and not any(each in text for each in OF_DEVELOPERS):
                    yield text


def test_every_message_in_the_runbook_exists_in_the_code() -> None:
    assert len(ENTRIES) > 30
    known = list(texts())
    assert [entry for entry in ENTRIES if not any(entry in text for text in known)] == []


def test_every_message_of_operation_has_an_entry() -> None:
    found = set(messages())
    assert len(found) > 25
    assert sorted(text for text in found if not any(entry in text for entry in ENTRIES)) == []


def test_every_code_of_an_issue_is_explained() -> None:
    assert [code for code in get_args(IssueCode) if f"| `{code}` |" not in RUNBOOK] == []


def test_every_setting_named_exists() -> None:
    from flows.settings import Settings  # noqa: PLC0415

    named = {name.lower() for name in re.findall(r"SHILU_([A-Z_]+)", RUNBOOK)}
    assert named - {"config", ""} <= set(Settings.model_fields)


def test_the_queries_run(tmp_path: Path) -> None:
    warehouse.open(tmp_path / "w.duckdb").close()
    queries = re.findall(r'^shilu sql "(.+)"$', RUNBOOK, re.M)
    assert len(queries) == 2
    with warehouse.open(tmp_path / "w.duckdb", read_only=True) as house:
        for query in queries:
            house.query(query)


def _foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")


def _newer(path: Path) -> None:
    warehouse.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (99, 'of_tomorrow', 'abc', now())")


def _older(path: Path) -> None:
    warehouse.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM migration WHERE number > 3")


SYMPTOMS: list[tuple[str, Callable[[Path], Any], list[str]]] = [
    ("there is no warehouse yet; run ", lambda path: None, ["status"]),
    ("DuckDB … cannot open it: ", lambda path: path.write_bytes(b"no database " * 1000), ["status"]),
    (
        "DuckDB … cannot open it: ",
        lambda path: path.write_bytes(b"no database " * 1000),
        ["run", "in", "--no-prefect"],
    ),
    ("a DuckDB database, but not a Shilu warehouse ", _foreign, ["status"]),
    ("written by a newer Shilu (it has migration …_…", _newer, ["run", "in", "--no-prefect"]),
    ("written by an older Shilu (it lacks migration …); run ", _older, ["issues"]),
    (
        "this is the warehouse itself; give ",
        lambda path: warehouse.open(path).close(),
        ["backup", "data/shilu.duckdb"],
    ),
    ("there is a file already; give another name, or --force to replace it", _newer, ["restore", "in/a.md"]),
    (
        "an empty database, no Shilu warehouse; give another path",
        lambda path: duckdb.connect(str(path)).close(),
        ["backup", "copy"],
    ),
]


@pytest.mark.parametrize(
    ("entry", "make", "arguments"), SYMPTOMS, ids=[f"{e[0][:30]}-{e[2][0]}" for e in SYMPTOMS]
)
def test_the_message_is_what_a_user_sees(
    archive_file: Callable[..., Path],
    stub: Any,
    entry: str,
    make: Callable[[Path], Any],
    arguments: list[str],
) -> None:
    archive_file("in/a.md")
    Path("data").mkdir()
    make(Path("data/shilu.duckdb"))
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 1, result.output
    assert entry in ENTRIES
    assert re.search(".+".join(map(re.escape, entry.split("…"))), result.stderr), result.stderr
    assert result.stderr.startswith("Error: ") and "Traceback" not in result.stderr


def test_a_setting_misspelt_is_told_as_in_the_runbook() -> None:
    environment = os.environ | {"SHILU_WORKRES": "2", "PYTHONPATH": str(TOP)}
    done = subprocess.run(
        [sys.executable, "-m", "flows", "status"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "environment: SHILU_WORKRES is no setting" in done.stderr
