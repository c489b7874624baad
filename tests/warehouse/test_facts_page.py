"""The queries in docs/facts.md run on the shipped examples and find something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import warehouse
from flows.run import ingest_plain
from flows.settings import Settings

TOP = Path(__file__).parents[2]
QUERIES = re.findall(r"```sql\n(.*?)```", (TOP / "docs" / "facts.md").read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of the shipped examples."""
    database = tmp_path_factory.mktemp("facts") / "shilu.duckdb"
    ingest_plain([TOP / "examples"], Settings(database=database))
    return database


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_finds_rows(examples: Path, query: str) -> None:
    with warehouse.open(examples, read_only=True) as house:
        assert house.query(query).rows


def test_the_examples_show_every_status(examples: Path) -> None:
    with warehouse.open(examples, read_only=True) as house:
        found = {status for (status,) in house.query("SELECT DISTINCT status FROM facts").rows}
    assert found == {"single", "corroborated", "revised", "contested"}
