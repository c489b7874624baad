"""The series as the feed has them: added up when a snapshot is published, filtered when they are asked for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Literal, get_args

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict, Field

from schemas.values import Weapon
from warehouse.feed.answering import Stream, answered
from warehouse.feed.asked import LONGEST_TABLE, Words
from warehouse.feed.conditions import Condition, one_of
from warehouse.feed.formats import Form, form_wanted, table_answer
from warehouse.feed.problems import refusal
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.records import as_record
from warehouse.series.analysts_table import Boundary
from warehouse.series.attack_series import DEFAULT_BOUNDARY

DEFAULT_ROWS = 10_000
FORMS: tuple[Form, ...] = ("json", "csv", "jsonl", "parquet")


@dataclass(frozen=True)
class Series:
    """A series: its table, the column of its days, the columns it can be filtered by, and what it is."""

    table: str
    day: str
    filters: tuple[str, ...]
    about: str
    stepped: bool = False
    condition: str = "true"


SERIES: dict[str, Series] = {
    "attacks": Series(
        "feed.attack_series",
        "day",
        ("attacker", "target", "weapon", "outcome"),
        "Weapons launched, intercepted and so on, by day, week or month under a boundary of the day.",
        stepped=True,
    ),
    "drones": Series(
        "feed.attack_series",
        "day",
        ("attacker", "target", "outcome"),
        "The same of drones alone.",
        stepped=True,
        condition="weapon = 'drone'",
    ),
    "attack-totals": Series(
        "feed.attack_totals",
        "when_end",
        ("attacker", "target", "weapon", "outcome"),
        "What is told of weeks, months and wars; not part of the series.",
    ),
    "aid": Series(
        "feed.aid_series",
        "month",
        ("donor", "recipient", "aid_type", "stage", "currency"),
        "Packages of aid by month, donor, recipient, type, stage and currency, in dollars and euros too.",
    ),
    "aid-cumulative": Series(
        "feed.aid_cumulative",
        "month",
        ("donor",),
        "The sum of all packages announced, approved or delivered so far, by month and donor.",
    ),
    "aid-amounts": Series(
        "feed.aid_amounts",
        "day",
        ("donor", "recipient", "aid_type", "stage", "currency"),
        "Each amount of aid with its fact.",
    ),
    "aid-totals": Series(
        "feed.aid_totals",
        "day",
        ("donor", "recipient", "aid_type", "stage", "currency"),
        "Totals so far and programmes; they contain packages and are never added up.",
    ),
    "meetings": Series(
        "feed.meeting_series",
        "month",
        ("side", "status", "format"),
        "Meetings by month and pair of sides.",
    ),
}
SeriesName = Literal[
    "attacks", "drones", "attack-totals", "aid", "aid-cumulative", "aid-amounts", "aid-totals", "meetings"
]
assert set(get_args(SeriesName)) == set(SERIES)


class AskedSeries(BaseModel):
    """What a series can be asked; which filters it has depends on the series."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: Annotated[datetime.date | None, Field(alias="from", description="From this day on.")] = None
    until: Annotated[datetime.date | None, Field(description="Up to this day.")] = None
    boundary: Annotated[
        Boundary | None,
        Field(description="attacks, drones: the day to which a window belongs. Its end where not given."),
    ] = None
    step: Annotated[
        Literal["day", "week", "month"] | None, Field(description="attacks, drones: `day` where not given.")
    ] = None
    attacker: list[Words] = Field(default_factory=list, max_length=20, examples=[["RU"]])
    target: list[Words] = Field(default_factory=list, max_length=20, examples=[["UA"]])
    weapon: list[Weapon] = Field(default_factory=list, max_length=20)
    outcome: list[Words] = Field(default_factory=list, max_length=20, examples=[["intercepted"]])
    donor: list[Words] = Field(default_factory=list, max_length=20, examples=[["US"]])
    recipient: list[Words] = Field(default_factory=list, max_length=20, examples=[["UA"]])
    aid_type: list[Words] = Field(default_factory=list, max_length=20)
    stage: list[Words] = Field(default_factory=list, max_length=20)
    currency: list[Words] = Field(default_factory=list, max_length=20)
    side: list[Words] = Field(default_factory=list, max_length=20, description="meetings: one of the two.")
    status: list[Words] = Field(default_factory=list, max_length=20)
    format: list[Words] = Field(default_factory=list, max_length=20)
    limit: Annotated[int, Field(ge=1, le=LONGEST_TABLE, description="Most rows.")] = DEFAULT_ROWS


FILTERS = (
    "attacker", "target", "weapon", "outcome", "donor", "recipient", "aid_type", "stage", "currency", "side", "status",
    "format",
)  # fmt: skip


async def series_response(
    request: Request, name: SeriesName, asked: AskedSeries, suffix: Form | None
) -> Response:
    """The response with the rows of a series. Raises HTTPException 422 for a filter that it does not have."""
    series = SERIES[name]
    conditions = _conditions(name, series, asked)
    form = form_wanted(request.headers.get("accept"), suffix, FORMS)
    return await answered(
        request, lambda question: _answer(question, name, series, conditions, asked.limit, form), form=form
    )


def _conditions(name: str, series: Series, asked: AskedSeries) -> list[Condition]:
    given = [each for each in FILTERS if getattr(asked, each)]
    if not series.stepped:
        given += [each for each in ("boundary", "step") if getattr(asked, each) is not None]
    foreign = [each for each in given if each not in series.filters]
    if foreign:
        raise refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"{foreign[0]}: the series {name} has no such filter; it has {', '.join(series.filters)}",
        )
    conditions: list[Condition] = [(series.condition, [])]
    if series.stepped:
        conditions.append(
            ("boundary = ? AND step = ?", [asked.boundary or DEFAULT_BOUNDARY, asked.step or "day"])
        )
    for each in series.filters:
        values: list[Any] = getattr(asked, each)
        if each == "side" and values:
            marks = ", ".join("?" * len(values))
            conditions.append((f"(side IN ({marks}) OR other_side IN ({marks}))", [*values, *values]))
        else:
            conditions += one_of(each, values)
    if asked.first is not None:
        conditions.append((f"{series.day} >= ?", [asked.first]))
    if asked.until is not None:
        conditions.append((f"{series.day} <= ?", [asked.until]))
    return conditions


def _answer(
    question: Question, name: str, series: Series, conditions: list[Condition], limit: int, form: Form
) -> Answer | Stream:
    where = " AND ".join(condition for condition, _ in conditions)
    values = [value for _, each in conditions for value in each]
    hidden = "* EXCLUDE (boundary, step)" if series.stepped else "*"
    select = f"SELECT {hidden} FROM {series.table} WHERE {where} ORDER BY ALL"
    if form != "json":
        told = f"SELECT *, to_json(row)::VARCHAR AS record FROM ({select} LIMIT {limit}) AS row"
        if form == "parquet":
            told = f"{select} LIMIT {limit}"
        return table_answer(question, form, told, values)
    columns = question.columns(select, values)
    lines = [
        line
        for (line,) in question.tuples(
            f"SELECT to_json(row)::VARCHAR FROM ({select} LIMIT {limit + 1}) AS row", values
        )
    ]
    head = as_record(
        {
            "snapshot": question.snapshot.manifest.id,
            "series": name,
            "columns": columns,
            "truncated": len(lines) > limit,
        }
    )
    return Answer(f'{head[:-1]},"data":[{",".join(lines[:limit])}]}}'.encode(), "application/json")
