"""Numbers, amounts and measures of the Recognizers-Text specifications for Chinese (MIT), as far as news has them.

Read are `NumberModel` (numerals), `OrdinalModel`, `NumberRangeModel` (ranges and qualified numbers), `CurrencyModel`,
`DimensionModel` (numbers with a unit of measure) and `PercentModel`, whose entities are not to be counts or money.
Ages and temperatures are left out whole. Of the others is left out, each by a rule below, never case by case:

* signed numbers, fractions, powers, exponents, 40k, .5 and dozens (打): no numbers that news counts with;
* numerals with blanks between Chinese characters (三百 五 十 二): segmented text;
* numbers of dates, of clock times and in shares (百分之五十五), which other files specify; 2222.2222.22;
* the wording of database queries: two bounds at once (大于10小于20), ≥, 等于, 比170低, a range of ranks;
* money in coins (五元三毛, 三块), without a number, and Bitcoin, which has no code;
* information, frequencies, heat, taels, and measures in halves (一吨半);
* what every implementation of the specifications is declared not to support.

Where the specifications tell open from closed ends of a range, only the ends are compared: ours are all closed. They
say neither whether a sum is exact nor what a number counts, so neither is compared.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.mention import Mention, MentionType
from extractors.reading.money import find_money
from extractors.reading.numbers import Number, find_numbers
from extractors.reading.qualifiers import trailing_qualifier
from extractors.reading.quantities import find_quantities
from extractors.reading.script import fold
from extractors.reading.units import UNIT, UNIT_KINDS
from schemas import Money
from schemas.values import Quantity

FLOOR = 0.95
SPECS = Path("reference", "recognizers-specs-zh", "Specs")
FILES = {
    "NumberModel": "Number",
    "OrdinalModel": "Number",
    "NumberRangeModel": "Number",
    "PercentModel": "Number",
    "CurrencyModel": "NumberWithUnit",
    "DimensionModel": "NumberWithUnit",
}
EVERY_PLATFORM = {"dotnet", "java", "javascript", "python"}
NOT_IN_NEWS = r"^[-负]|分 *之|/|\^|[0-9.] *[ekm]|打|^\."
# By file, on the words of an entity (folded, in lower case).
LEFT_OUT = {
    "NumberModel": rf"{NOT_IN_NEWS}|[零一-十百千万亿点余多几又两] |[0-9] ?[余多千百].* |  |^半百",
    "NumberRangeModel": rf"{NOT_IN_NEWS}|[<≥=第]|等于|比|于.*于|以上.*以下|最多.*最少",
    "CurrencyModel": "[毛角分銭块]|比特币",
    "DimensionModel": "^[-负]|比特|字节|赫兹|千卡|两$|半$",
}
# What stands before and after a number of another file: a share, a date, a clock time; or 2222.2222.22 as a whole.
ELSEWHERE = (
    re.compile(r"分 *之 *$|[0-9]\.$"),
    re.compile(r" *个? *百 *分 *点| *分之|[年月日点](?!元)|\.[0-9]"),
)


@dataclass(frozen=True)
class Case:
    """An entity of a specification with its resolution; `None` where a text holds none."""

    text: str  # folded
    start: int
    end: int
    resolution: dict[str, Any] | None

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def cases(folder: Path, name: str) -> list[Case]:
    file = folder / FILES[name] / "Chinese" / f"{name}.json"
    return [case for case in _all(file) if not _is_left_out(name, case)]


def _all(file: Path) -> Iterator[Case]:
    for entry in json.loads(file.read_text(encoding="utf-8-sig")):
        unsupported = set(re.findall("[a-z]+", entry.get("NotSupported", "")))
        if unsupported >= EVERY_PLATFORM or entry.get("IgnoreResolution"):
            continue
        text = fold(entry["Input"])
        for result in entry["Results"]:
            yield Case(text, result["Start"], result["End"] + 1, result["Resolution"])
        if not entry["Results"]:
            yield Case(text, 0, len(text), None)


def _is_left_out(name: str, case: Case) -> bool:
    if case.resolution is None:
        return name == "PercentModel"
    if name == "CurrencyModel" and case.resolution["value"] is None:
        return True
    if name == "NumberModel":
        before, after = ELSEWHERE
        if before.search(case.text[: case.start]) or after.match(case.text, case.end):
            return True
    return name in LEFT_OUT and re.search(LEFT_OUT[name], case.words.lower()) is not None


def is_met(name: str, case: Case) -> bool:
    """Whether a case is read as its specification says."""
    if case.resolution is None:
        return not _of_its_kind(name, case.text)
    match name:
        case "PercentModel":
            found = [*counts(case.text), *find_money(case.text)]
            return not any(m.start < case.end and case.start < m.end for m in found)
        case "CurrencyModel":
            return any(_is_amount(mention, case) for mention in find_money(case.text))
        case "NumberRangeModel":
            return any(_has_ends(number, case) for number in find_numbers(case.text))
        case "DimensionModel":
            return any(_is_measure(number, case) for number in find_numbers(case.text))
        case _:
            ordinal = name == "OrdinalModel"
            return any(_is_number(number, case, ordinal=ordinal) for number in find_numbers(case.text))


def _of_its_kind(name: str, text: str) -> list[Mention]:
    """The mentions that a text without entities must not hold: amounts, measures, counts."""
    if name == "CurrencyModel":
        return find_money(text)
    if name == "DimensionModel":
        return [m for m in counts(text) if UNIT_KINDS.get(m.value.unit or "") == "measure"]  # type: ignore[attr-defined]
    return counts(text)


def counts(text: str) -> list[Mention]:
    return [mention for mention in find_quantities(text) if mention.type is MentionType.COUNT]


def is_same(told: object, read: object) -> bool:
    return read is not None and math.isclose(float(str(told)), float(str(read)), rel_tol=1e-12)


def _is_number(number: Number, case: Case, *, ordinal: bool) -> bool:
    start = number.start if ordinal else number.core
    return (start, number.end) == (case.start, case.end) and is_same(case.resolution["value"], number.value)


def _is_measure(number: Number, case: Case) -> bool:
    unit = UNIT.match(case.text, number.end)
    is_there = (number.core, unit and unit.end()) == (case.start, case.end)
    return is_there and is_same(case.resolution["value"], number.value)


def _is_amount(mention: Mention, case: Case) -> bool:
    assert isinstance(mention.value, Money)
    code = case.resolution.get("isoCurrency", mention.value.currency)  # $ alone has none
    return (
        (mention.end, mention.value.currency) == (case.end, code)
        and mention.start <= case.start
        and is_same(case.resolution["value"], mention.value.value)
    )


def _has_ends(number: Number, case: Case) -> bool:
    """Whether a number has the ends of a range such as `[20,30)` or `(80,)`; its words may reach beyond."""
    if number.value is None or not (number.start < case.end and case.start < number.end):
        return False
    unit = UNIT.match(case.text, number.end)
    _, suffix = trailing_qualifier(case.text, unit.end() if unit else number.end)
    qualifier = suffix if suffix and number.qualifier == "exact" else number.qualifier
    high = None if number.high is None else float(number.high)
    interval = Quantity(value=float(number.value), high=high, qualifier=qualifier).interval
    told = case.resolution["value"].strip("[]()").split(",")
    return all(
        read is None if not wanted else is_same(wanted, read)
        for wanted, read in zip(told, (interval.low, interval.high), strict=True)
    )


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    if not (shared / SPECS).is_dir():
        pytest.skip("needs ../shared/reference/recognizers-specs-zh")
    return shared / SPECS


@pytest.mark.shared
def test_enough_of_the_specifications_is_read(folder):
    sizes = {name: len(cases(folder, name)) for name in FILES}
    least = {"NumberModel": 180, "OrdinalModel": 9, "NumberRangeModel": 25, "PercentModel": 120}
    least |= {"CurrencyModel": 25, "DimensionModel": 15}
    assert all(sizes[name] >= least[name] for name in FILES), sizes


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_a_specification_is_met_above_the_floor(folder, name):
    chosen = cases(folder, name)
    missed = [case for case in chosen if not is_met(name, case)]
    share = 1 - len(missed) / len(chosen)
    told = "\n".join(f"  {case.words} in {case.text}: {case.resolution}" for case in missed)
    assert share >= FLOOR, f"{share:.1%} of {len(chosen)} is below {FLOOR:.0%}\n{told}"
