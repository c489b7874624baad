"""The analysts' table of attacks: a row for each report, window and model, as they keep it in CSV."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from schemas import Period
from schemas.values import Weapon
from warehouse.errors import TableRefused
from warehouse.facts.attack_likeness import TOTAL_PLACES
from warehouse.facts.windows import DAY, is_short

Boundary = Literal["start", "end", "night"]
Counted = Literal["launched", "intercepted"]

# Columns that we read; the table has more.
OUTCOMES: dict[str, Counted] = {"launched": "launched", "destroyed": "intercepted"}
COLUMNS = ("time_start", "time_end", "model", "target", *OUTCOMES, "source")
MOMENT = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?\s*")
# Words of a model's name, in lower case, and the weapon it is. From the makers' and NATO's names of models in use
# since 2022; what several words fit is looked up in this order.
MODELS: dict[Weapon, tuple[str, ...]] = {
    "drone": (
        "uav", "drone", "shahed", "geran", "gerbera", "orlan", "supercam", "zala", "lancet", "молн", "molniya",
        "merlin", "orion", "mohajer", "kub", "forpost", "фенікс", "eleron", "картограф", "привет", "granat",
    ),
    "missile": (
        "missile", "iskander", "kn-23", "x-", "kh-", "c-300", "c-400", "s-300", "s-400", "kalibr", "kinzhal",
        "zircon", "oniks", "banderol", "tochka",
    ),
    "guided_bomb": ("gbu", "bomb", "kab"),
    "rocket": ("rocket", "mlrs", "tornado", "smerch", "uragan", "grad"),
}  # fmt: skip
# Who reports for the whole country, whatever places its post names; by the first part of `source`.
NATIONAL = {"kpszsu", "GeneralStaff.ua", "CinCAFU"}
COUNTRIES = {"ukraine", "russia"}


class Report(NamedTuple):
    """One row of the table for one outcome."""

    window: Period
    weapon: Weapon
    outcome: Counted
    value: int
    whole: bool
    model: str
    source: str


@dataclass(frozen=True)
class TableCount:
    """What the table gives for a day, a weapon and an outcome: of the whole country where it has that, else of regions."""

    day: datetime.date
    weapon: Weapon
    outcome: Counted
    reports: tuple[Report, ...]

    @property
    def counted(self) -> tuple[Report, ...]:
        """The reports that make up the value: those of the whole country, else all."""
        return tuple(each for each in self.reports if each.whole) or self.reports

    @property
    def value(self) -> int:
        """The day's number: whole countries before regions, never both."""
        return sum(each.value for each in self.counted)

    @property
    def others(self) -> dict[int, str]:
        """Other numbers that the table gives for the day, and what they are."""
        found: dict[int, str] = {}
        for each in self.reports:
            found.setdefault(each.value, f"its report of {each.model} alone")
        windows: Counter[Period] = Counter()
        for each in self.counted:
            windows[each.window] += each.value
        for window, value in windows.items():
            found.setdefault(value, f"its window {window.start} to {window.end} alone")
        found.setdefault(sum(each.value for each in self.reports), "its sum with the regions")
        found.pop(self.value, None)
        return found


@dataclass(frozen=True)
class AnalystsTable:
    """The reports of a table, and how many rows were left out, by reason."""

    reports: tuple[Report, ...]
    left_out: Mapping[str, int]

    def counts(self, boundary: Boundary) -> list[TableCount]:
        """The day's counts under a boundary, in order."""
        grouped: dict[tuple[datetime.date, Weapon, Counted], list[Report]] = defaultdict(list)
        for each in self.reports:
            grouped[day_of(each.window, boundary), each.weapon, each.outcome].append(each)
        return [TableCount(*key, tuple(reports)) for key, reports in sorted(grouped.items())]


def day_of(window: Period, boundary: Boundary) -> datetime.date:
    """The day to which a window belongs: its first, its last, or of a night the day on which that begins."""
    begins = boundary == "start" or (boundary == "night" and window.precision == "night")
    return window.start if begins else window.end


def read_table(path: Path) -> AnalystsTable:
    """Read a table; rows that cannot be compared are left out and counted.

    Raises TableRefused where the file is no CSV in UTF-8 or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise TableRefused(
                    f"{path}: lacks the columns {', '.join(missing)}; the table must have {', '.join(COLUMNS)}"
                )
            left_out: Counter[str] = Counter()
            reports = tuple(_reports(reader, left_out))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableRefused(f"{path}: cannot be read as CSV in UTF-8: {error}; save it so again") from error
    return AnalystsTable(reports, dict(sorted(left_out.items())))


def _reports(rows: Iterable[Mapping[str, str | None]], left_out: Counter[str]) -> Iterator[Report]:
    for row in rows:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        window = window_of(cells["time_start"], cells["time_end"])
        weapon = weapon_of(cells["model"])
        if window is None:
            left_out["no window"] += 1
        elif not is_short(window):
            left_out["a window of more than a day and a night"] += 1
        elif weapon is None:
            left_out[f"unknown model {cells['model'] or '(none)'}"] += 1
        else:
            whole = is_whole(cells["target"], cells["source"])
            numbers = {outcome: number_of(cells[column]) for column, outcome in OUTCOMES.items()}
            for outcome, number in numbers.items():
                if number is not None:
                    yield Report(window, weapon, outcome, number, whole, cells["model"], cells["source"])
            if set(numbers.values()) == {None}:
                left_out["no number"] += 1


def window_of(start: str, end: str) -> Period | None:
    """The local dates from and to which a row counts; `None` where they are no dates or the wrong way round."""
    matches = MOMENT.fullmatch(start), MOMENT.fullmatch(end)
    if matches[0] is None or matches[1] is None:
        return None
    try:
        first, last = (datetime.date.fromisoformat(match[1]) for match in matches if match)
    except ValueError:
        return None
    if first > last:
        return None
    return Period(start=first, end=last, precision="night" if last - first == DAY else "day")


def weapon_of(model: str) -> Weapon | None:
    """The weapon that a model is, or all models of a list joined by “and” are; `None` where unknown or mixed."""
    found = {_weapon_of_one(part) for part in model.lower().split(" and ")}
    return found.pop() if len(found) == 1 else None


def _weapon_of_one(model: str) -> Weapon | None:
    for weapon, words in MODELS.items():
        if any(word in model for word in words):
            return weapon
    return None


def is_whole(target: str, source: str) -> bool:
    """Whether a row is of the whole country: it says so, lists many places, or is by who reports for all of it."""
    if target.lower() in COUNTRIES or len(target.split(" and ")) >= TOTAL_PLACES:
        return True
    return source.partition("/")[0] in NATIONAL


def number_of(words: str) -> int | None:
    """A whole number, written with or without .0; `None` where there is none."""
    try:
        number = float(words)
    except ValueError:
        return None
    return int(number) if number >= 0 and number.is_integer() else None
