"""The files scoring reads: articles, gold (one line per article), records (one line per record)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.errors import ShiluError

Record = dict[str, Any]


def read_articles(path: Path) -> dict[str, Record]:
    """Articles by id, with `title` and `text` as they stand in the file. Raises `ShiluError`."""
    return {_field(line, "id", where): line for where, line in _objects(path) if _texts(line, where)}


def read_gold(path: Path) -> dict[str, list[Record]]:
    """Gold records by article id. Raises `ShiluError`."""
    return {_field(line, "id", where): _field(line, "records", where) for where, line in _objects(path)}


def read_records(path: Path) -> dict[str, list[Record]]:
    """Extracted records by the id of their article, in file order. Raises `ShiluError`."""
    found: dict[str, list[Record]] = {}
    for where, line in _objects(path):
        _field(line, "kind", where)
        found.setdefault(_field(line, "article_id", where), []).append(line)
    return found


def _texts(line: Record, where: str) -> bool:
    return bool(_field(line, "title", where) is not None and _field(line, "text", where) is not None)


def _field(line: Record, name: str, where: str) -> Any:
    if name not in line:
        raise ShiluError(f"{where}: {name} is missing; check that the right file is given")
    return line[name]


def _objects(path: Path) -> Iterator[tuple[str, Record]]:
    with path.open(encoding="utf-8") as file:
        try:
            for number, line in enumerate(file, 1):
                if line.strip():
                    where = f"{path}, line {number}"
                    value = json.loads(line)
                    if not isinstance(value, dict):
                        raise ShiluError(f"{where}: must be a JSON object, got {type(value).__name__}")
                    yield where, value
        except json.JSONDecodeError as error:
            raise ShiluError(f"{path}, line {number}: not JSON: {error.msg}") from error
        except UnicodeDecodeError as error:
            raise ShiluError(f"{path}: not UTF-8: {error.reason}; scoring reads plain JSON Lines") from error
