"""Dates and periods of the Recognizers-Text specifications for Chinese (MIT), read as news would mean them.

Read are `DateExtractor`, `DatePeriodExtractor` (which words), `DateParser`, `DatePeriodParser` and the dates and
periods of `DateTimeModel` (which words, which dates). All other files are on clock times, durations, sets and
holidays. Of these files the following is left out, each by a rule below, never case by case:

* lunar dates (农历, 正月, 八月十五 without 日), eras and years before 1900, decades and centuries: out of scope;
* bare numbers (2018, 12/1, 3-7-2017): in news they are counts, scores or model numbers; 2010-01-29 stays;
* years of two digits without month and day (07年 may be seven years);
* weeks counted within a month or year, and lengths before or after now without 过去 or 未来 (前1周, 后1年);
* periods open on one side (2018年以前) and the wording of database queries (…或之后);
* 最近, which RECORDS calls vague and these specifications call today.

Where the specifications give a past and a future reading the past one is taken: RECORDS §3, the latest such date.
They exclude the end of a period, RECORDS includes it; a period up to now includes the day of reference; and from
one month or year to another (三月到五月) they mean up to the beginning of the last one, RECORDS up to its end.
"""

from __future__ import annotations

import calendar
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.script import fold
from extractors.reading.time_expressions import TimeExpression, find_times
from extractors.reading.time_resolution import resolve

FLOOR = 0.95
FILES = ("DateExtractor", "DatePeriodExtractor", "DateParser", "DatePeriodParser", "DateTimeModel")
SPECS = Path("reference", "recognizers-specs-zh", "Specs", "DateTime", "Chinese")
DAY = datetime.timedelta(days=1)
NO_DATE = "0001-01-01"  # what the specifications give for dates like 2月30日
ISO = re.compile(r"[12][0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}(-[12][0-9]{3}\1[0-9]{1,2}\1[0-9]{1,2})?")
LEFT_OUT = {
    "lunar": re.compile(r"农历|正月|大年|月初?[一二三四五六七八九十]+$"),
    "decade or century": re.compile("年代|世纪"),
    "bare number": re.compile(r"[^年月日号周天]*[0-9零一二][^年月日号周天]*"),
    "two-digit year": re.compile(r"(?<![0-9])(?:[0-9]{2}|零八) ?年(?!.*月)"),
    "week within a period, bare length": re.compile(
        r"第.周|最[后後].*[周週期]|最后一个|[前后上下] ?[0-9]+ ?(?:个?月|[天周週年])|[上下]半周"
    ),
    "open or query": re.compile("或|及|[之以]后|[之以]?前$|之前|以前|截止"),
    "vague": re.compile("最近$"),
}


@dataclass(frozen=True)
class Case:
    """One entity of a specification: where it stands and, if told, which dates it means, both included."""

    text: str
    start: int
    end: int
    reference: datetime.date
    tells_dates: bool
    dates: tuple[datetime.date, datetime.date] | None

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def cases(folder: Path) -> Iterator[Case]:
    for name in FILES:
        for entry in json.loads((folder / f"{name}.json").read_text(encoding="utf-8-sig")):
            moment = entry.get("Context", {}).get("ReferenceDateTime", "2017-03-22")
            reference = datetime.date.fromisoformat(moment[:10])
            for result in entry["Results"]:
                kind = result.get("Type") or result["TypeName"].rpartition(".")[2]
                if kind in ("date", "daterange") and not _is_left_out(result, reference):
                    yield _case(entry["Input"], result, kind, reference)


def _values(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The readings of an entity, as `DateTimeModel` or as the parsers have them."""
    if "Resolution" in result:
        return list(result["Resolution"]["values"])
    value = result.get("Value")
    return [{"timex": value["Timex"], **value["PastResolution"]}] if value else []


def _is_left_out(result: dict[str, Any], reference: datetime.date) -> bool:
    words, values = result["Text"].replace(" ", ""), _values(result)
    if any(_is_open(value, reference) for value in values):
        return True
    if any(re.match(r"\(?(?:0|1[0-8])[0-9]{2,3}-?", value.get("timex", "")) for value in values):
        return True
    for reason, pattern in LEFT_OUT.items():
        found = pattern.fullmatch(words) if reason == "bare number" else pattern.search(words)
        if found and not ISO.fullmatch(words):
            return True
    return bool(re.match("神龙|康熙|雍正", words)) or bool(
        re.match(r"(?:1[0-8]|[0-9])[0-9]{2}\D|三六七", words)
    )


def _is_open(value: dict[str, Any], reference: datetime.date) -> bool:
    """Whether a period has one end only: since then is closed by the day of reference if it lies behind."""
    since = value.get("Mod") == "since" and value["start"] <= reference.isoformat()
    return "Mod" in value and not since


def _case(text: str, result: dict[str, Any], kind: str, reference: datetime.date) -> Case:
    start = result["Start"] if "Start" in result else text.index(result["Text"])
    end = start + (result["Length"] if "Length" in result else len(result["Text"]))
    values = _values(result)
    season = values and re.search("-(?:SP|SU|FA|WI)$", values[0].get("timex", ""))
    tells = bool(values) and not season
    dates = _dates(values[0], kind, text[start:end], reference) if tells else None
    return Case(text, start, end, reference, tells, dates)


def _dates(
    value: dict[str, Any], kind: str, words: str, reference: datetime.date
) -> tuple[datetime.date, datetime.date] | None:
    told = [value.get(key) for key in ("date", "value", "startDate", "start", "endDate", "end")]
    dates = [datetime.date.fromisoformat(date) for date in told if date and re.match("[0-9]", date)]
    if not dates or dates[0].isoformat() == NO_DATE:
        return None
    if value.get("Mod") == "since":
        return dates[0], reference
    if kind == "date":
        return dates[0], dates[0]
    start, end = dates
    if end == reference:
        return start, end
    if not re.search("[至到与和间–-]", words):
        return start, end - DAY
    if "日" in words or "号" in words or ISO.fullmatch(words):
        return start, end
    if "月" in words:
        return start, end.replace(day=calendar.monthrange(end.year, end.month)[1])
    return start, end.replace(month=12, day=31)


def plain(words: str) -> str:
    """Words without blanks and the prepositions that are no part of a time."""
    return re.sub(r"^[在从自]+", "", words.replace(" ", "").replace(",", "，"))


def is_read(case: Case) -> bool:
    """Whether the words of the case are one mention, with the dates it tells."""
    for mention in find_times(fold(case.text)):
        if mention.start < case.end and case.start < mention.end:
            if plain(mention.words) != plain(fold(case.words)):
                return False
            assert isinstance(mention.value, TimeExpression)
            meaning = resolve(mention.value, case.reference, None)
            found = (meaning.start, meaning.end) if meaning else None
            return not case.tells_dates or found == case.dates
    return False


@pytest.fixture(scope="module")
def chosen(shared: Path) -> list[Case]:
    folder = shared / SPECS
    if not folder.is_dir():
        pytest.skip("needs ../shared/reference/recognizers-specs-zh")
    return list(cases(folder))


@pytest.mark.shared
def test_enough_of_the_specifications_is_read(chosen):
    assert len(chosen) >= 200
    assert sum(case.tells_dates for case in chosen) >= 120


@pytest.mark.shared
def test_the_specifications_are_met_above_the_floor(chosen):
    missed = [case for case in chosen if not is_read(case)]
    share = 1 - len(missed) / len(chosen)
    told = "\n".join(f"  {case.words} in {case.text} ({case.reference}): {case.dates}" for case in missed)
    assert share >= FLOOR, f"{share:.1%} of {len(chosen)} is below {FLOOR:.0%}\n{told}"
