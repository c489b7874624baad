"""The parts of a sum of aid, as one text names them after 其中 or 包括, against the sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Suspicion
from warehouse.audit.wording import interval

INCLUDING = re.compile(r"其中|包括|包含|當中|当中")
SENTENCE_END = re.compile(r"[。！？!?\n]")
# Larger units first: a sum is looked for in the writing with the fewest digits.
UNITS = {"千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "": 1.0}
SIMPLIFIED = str.maketrans("億萬", "亿万")

GROUPS = {"aid_announcement": "hash(origin_id)"}
# Sums of one text between the same parties in one currency. Reprints of a text count once.
SUMS = """
SELECT event_id, origin_id, amount, amount_low AS low, amount_high AS high, amount_currency AS currency,
    scope, part, "start", "end", CASE part WHEN 'title' THEN article.title ELSE article."text" END AS whole
FROM current_aid_announcement JOIN article ON article.id = article_id AND article.believed_until IS NULL
WHERE amount IS NOT NULL AND regexp_matches(whole, '其中|包括|包含|當中|当中')
QUALIFY count(*) OVER (PARTITION BY article_id, part, donors, recipients, currency) > 1
    AND article_id = min(article_id) OVER (PARTITION BY origin_id)
ORDER BY article_id, part, donors, recipients, currency, "start", event_id
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money, where it stands in the text, and what it leaves possible (`None`: open).

    `so_far` where it adds up what was given before, so that it is no part of a package.
    """

    at: int
    low: float | None
    high: float | None
    event: str
    so_far: bool = False


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Parts that one text gives of a sum and that add up to more than the sum."""
    told = rows(connection, SUMS)
    names = ("origin_id", "part", "currency", "whole")
    for (*_, currency, whole), group in groupby(told, lambda row: tuple(row[name] for name in names)):
        yield from exceeding(whole, [each for each in map(_placed, group) if each], currency)


def exceeding(text: str, sums: Sequence[Sum], currency: str) -> Iterator[Suspicion]:
    """Where the sums between 其中 and the end of its sentence are more than the sum before it."""
    seen: set[str] = set()
    for match in INCLUDING.finditer(text):
        before = [each for each in sums if _begin(text, match.start()) <= each.at < match.start()]
        ending = SENTENCE_END.search(text, match.end())
        end = ending.start() if ending else len(text)
        parts = [each for each in sums if match.end() <= each.at < end and not each.so_far]
        if not before or not parts:
            continue
        total = max(before, key=lambda each: each.at)
        least = sum(each.low or 0 for each in parts)
        if total.high is not None and least > total.high and total.event not in seen:
            seen.add(total.event)
            figures: dict[str, Any] = {
                "parts": [interval(each.low, each.high) for each in parts],
                "currency": currency,
                "total": interval(total.low, total.high, currency),
            }
            code = "part_of_aid_exceeds"
            if len(parts) > 1:
                code, figures = "parts_of_aid_exceed", figures | {"sum": least}
            yield Suspicion("error", code, figures, (total.event,), tuple(each.event for each in parts))


def _begin(text: str, at: int) -> int:
    """Where the sentence begins that a word for parts refers to: its own, or the one before where it opens its own."""
    ends = [match.end() for match in SENTENCE_END.finditer(text, 0, at)]
    opens = bool(ends) and not text[ends[-1] : at].strip()
    return ([0, *ends][-2] if len(ends) > 1 or opens else 0) if opens else ([0, *ends][-1])


def _placed(row: dict[str, Any]) -> Sum | None:
    """The sum at the place of its digits within its evidence; `None` where it is not written in digits."""
    text = row["whole"][row["start"] : row["end"]].translate(SIMPLIFIED)
    for pattern in _writings(row["amount"]):
        if match := re.search(pattern, text):
            so_far = row["scope"] == "cumulative"
            return Sum(row["start"] + match.start(), row["low"], row["high"], row["event_id"], so_far)
    return None


def _writings(value: float) -> Iterator[str]:
    """Patterns of the ways to write a sum: 3.5亿, 3亿5000万, 35000万."""
    for unit, size in UNITS.items():
        if value >= size:
            yield rf"(?<![\d.,]){re.escape(f'{value / size:.10g}')}\s*{unit}(?![\d.,])"
    whole, rest = divmod(value, UNITS["亿"])
    if whole and rest:
        tens_of_thousands = re.escape(f"{rest / UNITS['万']:.10g}")
        yield rf"(?<![\d.,]){whole:.0f}\s*亿\s*{tens_of_thousands}\s*万"
