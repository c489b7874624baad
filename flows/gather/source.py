"""What every source says of itself, whatever its type."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from flows.cron import checked_cron
from flows.sources.item import Marks, Outlet

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


class Strict(BaseModel):
    """A table of sources.toml: unknown keys are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceLimits(Strict):
    """How much is asked of a source, and how fast."""

    articles_per_run: Annotated[int, Field(ge=1, le=100_000)] = 200
    body_megabytes: Annotated[float, Field(gt=0, le=1000)] = 10.0
    answer_seconds: Annotated[float, Field(gt=0, le=3600)] = 60.0
    connect_seconds: Annotated[float, Field(gt=0, le=300)] = 10.0
    seconds_between_requests: Annotated[float, Field(ge=0, le=3600)] = 1.0
    requests_at_once: Annotated[int, Field(ge=1, le=16)] = 2
    attempts: Annotated[int, Field(ge=1, le=10)] = 3


class Expectations(Strict):
    """Floors and ceilings that monitoring holds a source against; what is not given is not watched."""

    least_articles_per_day: Annotated[int, Field(ge=0)] | None = None
    most_articles_per_day: Annotated[int, Field(ge=1)] | None = None
    most_issues_per_day: Annotated[int, Field(ge=0)] | None = None
    kinds_within_days: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    on_breach: Literal["warn", "fail"] = "warn"

    @field_validator("kinds_within_days")
    @classmethod
    def _kinds_exist(cls, value: dict[str, int]) -> dict[str, int]:
        from schemas import KINDS  # noqa: PLC0415 - only who names a kind pays for the list

        for kind in value:
            if kind not in KINDS:
                raise ValueError(f"{kind} is no kind of event{suggestion(kind, KINDS)}")
        return value


class PageMarks(Strict):
    """Where pages keep their parts, as XPath; see `flows.sources.item.Marks`."""

    body: str = ""
    title: str = ""
    published: str = ""
    byline: str = ""
    drop: str = ""

    @field_validator("*")
    @classmethod
    def _is_a_path(cls, value: str) -> str:
        if value:
            from lxml import etree  # noqa: PLC0415 - only who gives marks pays for it

            try:
                etree.XPath(value)
            except etree.XPathError as error:
                raise ValueError(f"{value!r} is no XPath: {error}") from error
        return value


class Source(Strict):
    """One source. `trust` are notes for people on how far it is to be trusted; `schedule` is cron in its time zone."""

    name: Text
    type: str
    outlet: Text
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    time_zone: str
    trust: Text
    schedule: str | None = None
    allow_private: bool = False
    limits: SourceLimits = SourceLimits()
    expect: Expectations = Expectations()
    page: PageMarks = PageMarks()

    @field_validator("name")
    @classmethod
    def _is_a_name(cls, value: str) -> str:
        if not NAME.fullmatch(value):
            raise ValueError("a name has small letters, digits, - and _, at most 40")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        zones = zoneinfo.available_timezones()
        if value not in zones:
            raise ValueError(f"{value!r} is no time zone{suggestion(value, zones)}")
        return value

    @field_validator("schedule")
    @classmethod
    def _is_cron(cls, value: str | None) -> str | None:
        return None if value is None else checked_cron(value)

    @property
    def said_of_articles(self) -> Outlet:
        """What the source says of all its articles, for the readers of formats."""
        return Outlet(self.outlet, ZoneInfo(self.time_zone), self.language, Marks(**self.page.model_dump()))

    @property
    def asks_network(self) -> bool:
        """Whether reading it goes over the network."""
        return True

    def would_ask(self) -> list[str]:
        """The addresses or paths that a run begins with."""
        raise NotImplementedError


def suggestion(word: str, known: object) -> str:
    """What may have been meant: "; did you mean zh?", else nothing or the whole list where it is short."""
    words = sorted(map(str, known))  # type: ignore[call-overload]
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; known are {', '.join(words)}" if len(words) <= 20 else ""
