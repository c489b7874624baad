"""What a page is asked for: filters and choices in its address, and addresses made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import quote, urlencode

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from warehouse.feed.asked import AskedFacts, AskedFindings, Words
from warehouse.feed.conditions import Condition
from warehouse.series.analysts_table import Boundary

ROWS = 25  # of a list: about a screenful
FILTERS = ("kind", "status", "side", "also", "place", "claimant", "source", "from", "until", "text")
CHOICES = ("step", "boundary", "currency", "scale", "region", "severity", "check")
# On the page of facts: those behind one number.
NUMBER = ("series", "boundary", "slot", "donor", "not_donor", "at", "named")
SEVERAL = {
    "slot",
    "donor",
    "not_donor",
    "kind",
    "status",
    "side",
    "also",
    "place",
    "claimant",
    "source",
    "severity",
    "check",
}
Values = str | Iterable[str] | None


class PageFacts(AskedFacts):
    """Which facts; `also` asks for a further side that must take part as well.

    `at` is a place on the map as `latitude,longitude`, or `none` for those that are not on it; `named` all places as written.
    """

    also: list[Words] = Field(default_factory=list, max_length=3)
    at: Annotated[str, Field(pattern=r"^(none|-?\d{1,3}(\.\d{1,12})?,-?\d{1,3}(\.\d{1,12})?)$")] | None = None
    named: Words | None = None

    @property
    def spot(self) -> tuple[float, float]:
        """Latitude and longitude of `at`."""
        latitude, longitude = (self.at or "").split(",")
        return float(latitude), float(longitude)

    def conditions(self) -> list[Condition]:
        found = [*super().conditions()]
        found += [each for side in self.also for each in AskedFacts(side=[side]).conditions()]
        if self.at == "none":
            found.append(("latitude IS NULL", []))
        elif self.at is not None:
            found.append(("latitude = ? AND longitude = ?", list(self.spot)))
        if self.named is not None:
            found.append(("places = ?", [self.named]))
        return found


class Choices(BaseModel):
    """How a page shows what it shows. A `step` of none fits the time that the series spans."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    step: Literal["day", "week", "month"] | None = None
    boundary: Boundary = "end"
    currency: Literal["usd", "eur"] = "usd"
    scale: Literal["linear", "log"] = "linear"
    region: Literal["auto", "ua", "me", "world"] = "auto"


@dataclass(frozen=True)
class Wanted:
    """The question that an address puts. `given` are its parameters without the empty ones that forms send."""

    path: str
    given: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, request: Request) -> Wanted:
        """What the request asks for."""
        given: dict[str, tuple[str, ...]] = {}
        for name, value in request.query_params.multi_items():
            if value.strip():
                given[name] = (*given.get(name, ()), value.strip())
        return cls(request.url.path, given)

    def facts(self, *, kind: str | None = None, order: str = "last_reported", limit: int = ROWS) -> PageFacts:
        """Which facts are asked for. Raises pydantic.ValidationError for a filter that cannot be."""
        fixed: dict[str, object] = {"order": order, "limit": limit} | ({"kind": [kind]} if kind else {})
        return PageFacts.model_validate(self._values((*self._filters, "cursor")) | fixed)

    @property
    def _filters(self) -> tuple[str, ...]:
        return FILTERS + NUMBER if self.path == "/facts" else FILTERS

    def findings(self) -> AskedFindings:
        """Which findings are asked for. Raises pydantic.ValidationError for a filter that cannot be."""
        names = ("kind", "severity", "check", "from", "until", "text", "cursor")
        return AskedFindings.model_validate(self._values(names) | {"limit": ROWS})

    def choices(self) -> Choices:
        """How to show it. Raises pydantic.ValidationError for a choice that there is not."""
        return Choices.model_validate(self._values(("step", "boundary", "currency", "scale", "region")))

    def _values(self, names: Iterable[str]) -> dict[str, object]:
        """The parameters of these names; of one that may be given once only, the last."""
        return {
            name: list(self.given[name]) if name in SEVERAL else self.given[name][-1]
            for name in names
            if name in self.given
        }

    def first(self, name: str) -> str:
        """The value of a parameter, the first of several; empty where it is not given."""
        return self.given.get(name, ("",))[0]

    @property
    def filtered(self) -> list[tuple[str, str]]:
        """The filters in use."""
        names = (*self._filters, "severity", "check")
        return [(name, value) for name in names if name != "boundary" for value in self.given.get(name, ())]

    @property
    def behind_a_number(self) -> bool:
        """Whether it is the facts behind one number that are asked for."""
        return self.path == "/facts" and any(name in self.given for name in ("series", "at", "named"))

    def carried(self, path: str) -> dict[str, tuple[str, ...]]:
        """What goes along to another page: the filters; to the same page the choices too."""
        names = (*self._filters, *CHOICES) if path == self.path else FILTERS
        return {name: self.given[name] for name in names if name in self.given}

    def link(self, path: str | None = None, **changes: Values) -> str:
        """The address of a page with the filters of this one and some changed; `None` takes one away."""
        target = self.path if path is None else path
        return address(
            target, self.carried(target) | {name.rstrip("_"): value for name, value in changes.items()}
        )


def address(path: str, parameters: Mapping[str, Values]) -> str:
    """An address with its parameters; those without a value are left out."""
    pairs = [
        (name, value)
        for name, values in parameters.items()
        for value in ((values,) if isinstance(values, str) else values or ())
    ]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def address_of(section: str, identity: str) -> str:
    """The page of a fact or an article."""
    return f"/{section}/{quote(identity, safe='')}"
