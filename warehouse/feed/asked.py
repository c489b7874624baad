"""What can be asked of each list: the parameters of its address, checked, and as conditions in SQL."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from schemas import KINDS
from schemas.values import Modality
from warehouse.audit.checks import CHECKS
from warehouse.audit.finding import Severity
from warehouse.facts.summary import Status
from warehouse.feed.conditions import (
    Condition,
    all_entries,
    all_slots,
    any_entry,
    any_like,
    none_of,
    one_of,
    within,
)
from warehouse.publish.filters import MARK, folded
from warehouse.series.analysts_table import Boundary
from warehouse.series.attack_series import DEFAULT_BOUNDARY

DEFAULT_LIMIT = 100
LONGEST_PAGE = 1_000  # records of JSON
LONGEST_TABLE = 50_000  # rows of CSV, JSON Lines, Parquet or GeoJSON
MOST_VALUES = 20
LONGEST_WORDS = 200


def _is_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"no kind; kinds are {', '.join(KINDS)}")
    return kind


def _is_check(check: str) -> str:
    if check not in CHECKS:
        raise ValueError(f"no check; checks are {', '.join(CHECKS)}")
    return check


Kind = Annotated[str, AfterValidator(_is_kind), Field(json_schema_extra={"enum": list(KINDS)})]
Check = Annotated[str, AfterValidator(_is_check), Field(json_schema_extra={"enum": list(CHECKS)})]
Words = Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS, pattern=rf"^[^\x00{MARK}]+$")]


Slot = Annotated[str, Field(pattern=r"^[a-z_]{1,40}:[^\x00\x1f]{1,200}$")]
# What counts facts by day, as the view `series_facts` has it.
Counting = Literal["attacks", "aid", "meetings"]
UNKNOWN = "unknown"


def several(description: str, example: str) -> Any:
    """A parameter that may be given again: any of its values will do."""
    return Field(default_factory=list, max_length=MOST_VALUES, description=description, examples=[[example]])


SLOTS: Any = Field(
    default_factory=list,
    max_length=MOST_VALUES,
    description="`slot:value`, or `slot:value|value` for any of them; all that are given must hold.",
    examples=[["outcome:intercepted"]],
)


class Asked(BaseModel):
    """What every list can be asked. An unknown parameter is refused: silently left out, it would change the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    limit: Annotated[
        int,
        Field(
            ge=1,
            le=LONGEST_TABLE,
            description=f"Rows of a page; of JSON at most {LONGEST_PAGE}.",
        ),
    ] = DEFAULT_LIMIT
    cursor: Annotated[
        str | None,
        Field(min_length=1, max_length=400, description="Where to go on: `next` of the page before."),
    ] = None
    text: Annotated[
        Words | None,
        Field(description="Words that all must stand in it, in either script.", examples=["无人机"]),
    ] = None

    def conditions(self) -> list[Condition]:
        """The conditions that rows must meet, all of them."""
        return [("contains(search, ?)", [word]) for word in folded(self.text or "").split()]


class AskedTime(Asked):
    """A list whose rows have dates."""

    first: Annotated[
        datetime.date | None,
        Field(alias="from", description="What touches this day or a later one.", examples=["2025-01-01"]),
    ] = None
    until: Annotated[
        datetime.date | None,
        Field(description="What touches this day or an earlier one.", examples=["2026-12-31"]),
    ] = None

    def days(self, begins: str, ends: str) -> list[Condition]:
        """Conditions on rows that reach from the date `begins` to the date `ends`."""
        found: list[Condition] = []
        if self.first is not None:
            found.append((f"{ends} >= ?", [self.first]))
        if self.until is not None:
            found.append((f"{begins} <= ?", [self.until]))
        return found


class AskedFacts(AskedTime):
    """Which facts."""

    kind: list[Kind] = several("Kind.", "strike")
    status: list[Status] = several("How the claims stand to each other.", "contested")
    side: list[Words] = several("State or organisation that takes part, as its code.", "UA")
    place: list[Words] = several("Words of a place that is named.", "敖德萨")
    claimant: list[Words] = several("Words of the name of somebody who says so.", "空军")
    source: list[Words] = several("Source of an article that tells of it.", "news.example.org")
    slot: list[Slot] = SLOTS
    boundary: Annotated[
        Boundary | None,
        Field(description="`from` and `until` mean the one day to which a fact belongs under this boundary."),
    ] = None
    series: Annotated[
        Counting | None,
        Field(
            description="Only what this series counts. `from` and `until` are then the days for which it does, of attacks under "
            "`boundary` (its end where not given)."
        ),
    ] = None
    donor: list[Words] = several(
        "With `series=aid`: donors as the series has them, `US`, `DK+NL` for a joint package, `unknown` for none.",
        "US",
    )
    not_donor: list[Words] = several("With `series=aid`: none of these.", "US")
    order: Annotated[
        Literal["first_reported", "last_reported", "when", "value", "origins"],
        Field(description="Newest or largest first. Only `first_reported` never changes for a fact."),
    ] = "first_reported"

    @model_validator(mode="after")
    def _has_donors_of_aid_alone(self) -> Self:
        if (self.donor or self.not_donor) and self.series != "aid":
            raise ValueError("donor and not_donor are for series=aid; else ask with slot=donors:…")
        return self

    def conditions(self) -> list[Condition]:
        begins, ends = self._window()
        period = (
            [within("fact_id", "feed.series_facts", self.counting())]
            if self.series
            else self.days(begins, ends)
        )
        return [
            *super().conditions(),
            *one_of("kind", self.kind),
            *one_of("status", self.status),
            *any_entry("side", self.side),
            *any_like("places", self.place),
            *any_like("claimants", self.claimant),
            *any_entry("source", self.source),
            *all_slots(self.slot),
            *period,
        ]

    def counting(self) -> list[Condition]:
        """The conditions that rows of `feed.series_facts` must meet."""
        conditions: list[Condition] = [("series = ?", [self.series]), *self.days("day", "day")]
        if self.series == "attacks":
            conditions.append(("boundary = ?", [self.boundary or DEFAULT_BOUNDARY]))
        conditions += one_of("donor", [_donor(each) for each in self.donor])
        return conditions + none_of("donor", [_donor(each) for each in self.not_donor])

    def _window(self) -> tuple[str, str]:
        if self.boundary is None:
            said = "first_reported::DATE"
            return f"coalesce(when_start, {said})", f"coalesce(when_end, {said})"
        night = "CASE when_precision WHEN 'night' THEN when_start ELSE when_end END"
        day = {"start": "when_start", "end": "when_end", "night": night}[self.boundary]
        return day, day


class AskedEvents(AskedTime):
    """Which events."""

    kind: list[Kind] = several("Kind.", "strike")
    modality: list[Modality] = several("How firmly it is said.", "asserted")
    side: list[Words] = several("State or organisation that takes part, as its code.", "UA")
    place: list[Words] = several("Words of a place that is named.", "敖德萨")
    claimant: list[Words] = several("Words of the name of who says so.", "空军")
    source: list[Words] = several("Source of the article.", "news.example.org")
    slot: list[Slot] = SLOTS
    article: Annotated[Words | None, Field(description="Id of the article.")] = None
    fact: Annotated[Words | None, Field(description="Id of the fact that it belongs to.")] = None
    confidence: Annotated[float | None, Field(ge=0, le=1, description="At least so probable.")] = None

    def conditions(self) -> list[Condition]:
        said = "published::DATE"
        found: list[Condition] = [
            *super().conditions(),
            *one_of("kind", self.kind),
            *one_of("modality", self.modality),
            *any_entry("side", self.side),
            *any_like("places", self.place),
            *any_like("claimed_by", self.claimant),
            *one_of("source", self.source),
            *all_slots(self.slot),
            *self.days(f"coalesce(when_start, {said})", f"coalesce(when_end, {said})"),
        ]
        if self.article is not None:
            found.append(("article_id = ?", [self.article]))
        if self.fact is not None:
            found.append(("fact_id = ?", [self.fact]))
        if self.confidence is not None:
            found.append(("confidence >= ?", [self.confidence]))
        return found


class AskedArticles(AskedTime):
    """Which articles."""

    source: list[Words] = several("Source.", "news.example.org")
    reprint: Annotated[bool | None, Field(description="Whether it is a reprint of another.")] = None

    def conditions(self) -> list[Condition]:
        found: list[Condition] = [
            *super().conditions(),
            *one_of("source", self.source),
            *self.days("published::DATE", "published::DATE"),
        ]
        if self.reprint is not None:
            found.append(("is_reprint = ?", [self.reprint]))
        return found


class AskedFindings(AskedTime):
    """Which findings of the audit."""

    check: list[Check] = several("The check that found it.", "parts_of_count")
    severity: list[Severity] = several("How grave it is.", "error")
    kind: list[Kind] = several("Kind of its events.", "attack_count")
    fact: Annotated[Words | None, Field(description="Id of a fact that it is about.")] = None

    def conditions(self) -> list[Condition]:
        said = "first_said::DATE"
        found: list[Condition] = [
            *super().conditions(),
            *one_of("check_name", self.check),
            *one_of("severity", self.severity),
            *one_of("kind", self.kind),
            *self.days(f"coalesce(when_start, {said})", f"coalesce(when_end, {said})"),
        ]
        if self.fact is not None:
            found += all_entries("fact", [self.fact])
        return found


class AskedChanges(BaseModel):
    """Which changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=100,
            description="`next` of the page before; without it, from the beginning.",
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE, description="Changes of a page.")] = DEFAULT_LIMIT


def _donor(name: str) -> str:
    return "" if name == UNKNOWN else name
