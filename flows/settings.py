"""Settings: from the environment (`SHILU_*`) and one optional TOML file, checked; defaults just work.

The file is the one named by `SHILU_CONFIG`, else `shilu.toml` in the working directory. The environment
wins over the file. A name that is none of ours is refused, for a misspelt setting silently left alone costs
a day.
"""

from __future__ import annotations

import difflib
import os
import tomllib
import zoneinfo
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from flows.cron import checked_cron
from flows.errors import SettingsError

PREFIX = "SHILU_"
CONFIG = "SHILU_CONFIG"  # path of the settings file
DEBUG = "SHILU_DEBUG"  # 1 shows tracebacks
DEFAULT_FILE = Path("shilu.toml")


def _checked_schedule(words: str) -> str:
    return checked_cron(words) if words.strip() else ""


def _checked_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        near = difflib.get_close_matches(name, zoneinfo.available_timezones(), n=1)
        raise ValueError(f"is no time zone{f'; did you mean {near[0]}?' if near else ''}")
    return name


Cron = Annotated[str, AfterValidator(_checked_schedule)]


class Settings(BaseSettings):
    """All settings; each field is `SHILU_<NAME>` in the environment and `<name>` in the file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    database: Annotated[Path, Field(description="the warehouse file")] = Path("data/shilu.duckdb")
    published: Annotated[
        Path | None,
        Field(description="folder of published snapshots; beside the warehouse where not given"),
    ] = None
    keep_snapshots: Annotated[int, Field(ge=1, le=1000, description="published snapshots that are kept")] = 3
    prefect_home: Annotated[Path, Field(description="where Prefect keeps its own database")] = Path(
        "data/prefect"
    )
    sources: Annotated[
        Path | None, Field(description="the file of sources; default sources.toml, else the example")
    ] = None
    raw: Annotated[
        Path | None, Field(description="folder of raw bytes as fetched; default `raw` beside the warehouse")
    ] = None
    contact: Annotated[
        str,
        Field(
            max_length=200,
            pattern=r"^[\x20-\x7e]*$",
            description="whom publishers may turn to: an address or e-mail",
        ),
    ] = ""
    batch_size: Annotated[int, Field(ge=1, le=10_000, description="articles per load")] = 300
    workers: Annotated[
        int, Field(ge=1, le=64, description="processes that extract; each holds the models")
    ] = 1
    lock_wait_seconds: Annotated[
        float, Field(ge=0, le=3600, description="how long to wait for another writer of the warehouse")
    ] = 30.0
    log_json: Annotated[bool, Field(description="tell each step of a run on stderr, as one line of JSON")] = (
        False
    )
    reprocess_schedule: Annotated[
        Cron, Field(description="cron of reading again what an older version read; empty: by hand")
    ] = "15 3 * * *"
    expect_schedule: Annotated[
        Cron, Field(description="cron of holding sources against their expectations; empty: by hand")
    ] = "5 * * * *"
    audit_schedule: Annotated[Cron, Field(description="cron of the audit; empty: by hand")] = "15 4 * * *"
    publish_schedule: Annotated[Cron, Field(description="cron of publishing; empty: by hand")] = "45 4 * * *"
    schedule_time_zone: Annotated[
        str, AfterValidator(_checked_zone), Field(description="time zone of these four")
    ] = "UTC"
    runs_at_once: Annotated[
        int, Field(ge=1, le=64, description="runs that `shilu schedule` does at once; they write in turns")
    ] = 1
    max_article_megabytes: Annotated[
        float, Field(gt=0, le=1000, description="largest file of one article")
    ] = 20.0
    max_article_characters: Annotated[
        int, Field(gt=0, le=10_000_000, description="longest text of one article")
    ] = 100_000
    max_article_seconds: Annotated[
        float, Field(gt=0, le=86_400, description="longest time that reading one article may take")
    ] = 60.0
    max_article_memory_megabytes: Annotated[
        float,
        Field(ge=10, le=1_000_000, description="most memory for reading one article, beyond the models"),
    ] = 1000.0
    max_article_events: Annotated[int, Field(ge=1, description="most events found in one article")] = 1000
    max_line_megabytes: Annotated[float, Field(gt=0, le=1000, description="longest line of JSON Lines")] = 2.0

    @property
    def raw_folder(self) -> Path:
        """Where raw bytes are kept."""
        return self.raw or self.database.parent / "raw"


def load_settings(**overrides: Any) -> Settings:
    """The settings in force: `overrides` that are not `None`, else environment, else file, else defaults.

    Raises `SettingsError` naming the variable or file and what is wrong with it.
    """
    variables = {name.upper(): name for name in os.environ if name.upper().startswith(PREFIX)}
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {CONFIG, DEBUG}
    for variable in sorted(variables):
        if variable not in known:
            raise SettingsError(
                f"environment: {variables[variable]} is no setting{_suggestion(variable, known)}"
            )
    path, content = _file()
    for name in content:
        if name not in Settings.model_fields:
            raise SettingsError(f"{path}: {name} is no setting{_suggestion(name, Settings.model_fields)}")
    chosen = {name: value for name, value in overrides.items() if value is not None}
    # Pydantic ranks what it is given above the environment, so of the file only the rest is given.
    rest = {name: value for name, value in content.items() if PREFIX + name.upper() not in variables}
    try:
        return Settings(**rest | chosen)
    except ValidationError as error:
        raise SettingsError(_explained(error, chosen, rest, path)) from error


def _file() -> tuple[Path, dict[str, Any]]:
    named = os.environ.get(CONFIG)
    path = Path(named) if named else DEFAULT_FILE
    if not named and not path.is_file():
        return path, {}
    try:
        return path, tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read ({error.strerror}); correct {CONFIG} or the file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: no valid TOML: {error}") from error


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else f"; known are {', '.join(sorted(known))}"


def _explained(error: ValidationError, chosen: dict[str, Any], rest: dict[str, Any], path: Path) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else "settings"
    if name in chosen:
        where = f"option {name}"
    elif name in rest:
        where = f"{path}: {name}"
    else:
        where = f"environment: {PREFIX}{name.upper()}"
    return f"{where} = {first['input']!r}: {first['msg']}"
