"""Where the lexicon lies and how its files are read; every file is read once."""

from __future__ import annotations

import csv
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parents[1] / "lexicon"
MODEL = Path(__file__).parents[1] / "model"


@lru_cache(maxsize=16)
def read_toml(name: str) -> dict[str, Any]:
    """A file of the lexicon, such as `countries.toml`. Raises ValueError where the file is not TOML."""
    path = LEXICON / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name} is not valid TOML: {error}; correct the line it names") from error


def read_tsv(path: Path) -> list[dict[str, str]]:
    """Rows of a tab-separated file with a header line.

    Raises ValueError where a row has more or fewer fields than the header.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ValueError(f"{path.name}:{number}: expected the fields of the header line, got {row}")
    return rows
