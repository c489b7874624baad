"""sources.toml: read, checked, and explained where it is wrong."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from flows.errors import SettingsError
from flows.gather.source import Source, suggestion
from flows.gather.types import TYPES
from flows.settings import Settings

DEFAULT_FILE = Path("sources.toml")
SHIPPED_FILE = Path(__file__).with_name("sources.toml")


def sources_file(settings: Settings) -> Path:
    """The file in force: that of the setting, else sources.toml in the working directory, else the shipped example."""
    if settings.sources is not None:
        return settings.sources
    return DEFAULT_FILE if DEFAULT_FILE.is_file() else SHIPPED_FILE


def load_sources(path: Path) -> dict[str, Source]:
    """The sources of a file by name, in its order. Raises `SettingsError` that tells all that is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror}); correct SHILU_SOURCES or the file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: no valid TOML: {error}") from error
    faults: list[str] = []
    for key in content:
        if key != "source":
            faults.append(f"{key} is no table of this file{suggestion(key, ['source'])}")
    tables = content.get("source", {})
    if not isinstance(tables, dict):
        raise SettingsError(f"{path}: source must be tables such as [source.my-feed]")
    sources = {}
    for name, table in tables.items():
        try:
            sources[name] = _source(name, table)
        except (ValidationError, ValueError) as error:
            faults += [f"source.{name}: {words}" for words in _explained(error, table)]
    if faults:
        raise SettingsError("; ".join(f"{path}: {fault}" for fault in faults))
    return sources


def source_named(name: str, settings: Settings) -> Source:
    """The source of this name. Raises `SettingsError` that suggests the nearest."""
    path = sources_file(settings)
    sources = load_sources(path)
    if name not in sources:
        raise SettingsError(f"{path}: has no source {name}{suggestion(name, sources)}")
    return sources[name]


def _source(name: str, table: Any) -> Source:
    if not isinstance(table, dict):
        raise ValueError(f"must be a table, got {table!r}")
    kind = table.get("type")
    if kind is None:
        raise ValueError(f"type is missing; write one of {', '.join(TYPES)}")
    if kind not in TYPES:
        raise ValueError(f"type {kind!r} is none{suggestion(str(kind), TYPES)}")
    if "name" in table:
        raise ValueError("name is the word after source. in the brackets; take the key out")
    return TYPES[kind].model.model_validate({"name": name, **table})


def _explained(error: ValidationError | ValueError, table: Any) -> list[str]:
    if not isinstance(error, ValidationError):
        return [str(error)]
    model = TYPES[table["type"]].model
    return [_fault(model, fault) for fault in error.errors(include_url=False)]


def _fault(model: type[BaseModel], fault: Any) -> str:
    path = [str(part) for part in fault["loc"]]
    where = ".".join(path)
    if fault["type"] == "extra_forbidden":
        for part in path[:-1]:
            model = _table_model(model, part)
        return f"{where} is no key{suggestion(path[-1], [name for name in model.model_fields if name != 'name'])}"
    if fault["type"] == "missing":
        return f"{where} is missing; every source of type {model.model_fields['type'].default} names it"
    words = str(fault["msg"]).removeprefix("Value error, ")
    return f"{where} = {fault['input']!r}: {words}" if where else words


def _table_model(model: type[BaseModel], field: str) -> type[BaseModel]:
    annotation = model.model_fields[field].annotation
    for candidate in (annotation, *get_args(annotation)):
        if isinstance(candidate, type) and issubclass(candidate, BaseModel):
            return candidate
    return model
