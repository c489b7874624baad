"""What public tools make of Chinese time phrases: run by `read_times.py --baselines PYTHON` in another interpreter.

    python3 -m venv ../baselines && ../baselines/bin/pip install --upgrade pip
    ../baselines/bin/pip install --group baselines
    .venv/bin/python tests/benchmarks/read_times.py --baselines ../baselines/bin/python

Reads a JSON list of `{"words", "reference", "planned"}` from stdin and writes `{tool: answers}`, an answer being the
list of `[start, end]` pairs the tool may be taken to mean (ISO dates, both included), empty where it knows none.
Tools that are not installed are named on stderr. Imports nothing of ours, and is read generously: of rival values the
past or the planned one is taken as the clause demands, either end of a period may be meant included or excluded, a
period around the day of reference may be meant up to it or from it, and one open on one side is closed with it.
"""

from __future__ import annotations

import calendar
import datetime
import importlib
import json
import logging
import sys
from collections.abc import Callable
from typing import Any

Date = datetime.date
Pairs = list[list[str]]
Tool = Callable[[str, Date, bool], Pairs]
DAY = datetime.timedelta(days=1)


def pair(start: Date, end: Date) -> list[str]:
    """Two dates as an answer has them."""
    return [start.isoformat(), end.isoformat()]


def meant(start: Date, end: Date, reference: Date) -> Pairs:
    """What a period may mean: with both ends or without one, and up to the day of reference or from it."""
    pairs = [pair(start, end), pair(start, end - DAY), pair(start + DAY, end)]
    return [*pairs, pair(start, reference), pair(reference, end)] if start <= reference <= end else pairs


def date_of(moment: str) -> Date:
    """The date of `2024-11-04` or `2024-11-04 08:00:00`. Raises ValueError for anything else."""
    return datetime.date.fromisoformat(moment[:10])


def recognizers() -> Tool:
    """Recognizers-Text: of its values the first lies behind, the last ahead; ends of periods are excluded."""
    tool = importlib.import_module("recognizers_date_time")

    def ask(words: str, reference: Date, planned: bool) -> Pairs:
        noon = datetime.datetime.combine(reference, datetime.time(12))
        found = tool.recognize_datetime(words, tool.Culture.Chinese, reference=noon)
        if not found:
            return []
        longest = max(found, key=lambda entity: len(entity.text))
        values = (longest.resolution or {}).get("values") or [{}]
        value = values[-1 if planned else 0]
        if "value" in value and value.get("type") in ("date", "datetime"):
            return [pair(date_of(value["value"]), date_of(value["value"]))]
        if value.get("type") not in ("daterange", "datetimerange"):
            return []
        start = date_of(value["start"]) if "start" in value else None
        end = date_of(value["end"]) if "end" in value else None
        if start and end:
            excluded = meant(start, end - DAY, reference) if start < end else []
            return [*meant(start, end, reference), *excluded]
        if start:
            return [pair(start, reference), pair(start, start)]
        return [pair(reference, end), pair(reference, end - DAY), pair(end, end)] if end else []

    return ask


def jionlp() -> Tool:
    """JioNLP: a point is given by its first and last moment, too; lengths of time have no dates.

    What is planned is asked for twice, for it has a switch for the next 周五.
    """
    tool = importlib.import_module("jionlp")

    def ask(words: str, reference: Date, planned: bool) -> Pairs:
        noon = datetime.datetime.combine(reference, datetime.time(12))  # without a time it counts no hours
        pairs: Pairs = []
        for ahead in (False, True) if planned else (False,):
            found = tool.parse_time(words, time_base=noon, ret_future=ahead)
            if found["type"] in ("time_point", "time_span"):
                first, last = found["time"]
                start = reference if first == "inf" else date_of(first)
                end = reference if last == "inf" else date_of(last)
                pairs += [pair(start, end)] if found["type"] == "time_point" else meant(start, end, reference)
        return pairs

    return ask


def dateparser() -> Tool:
    """dateparser: one moment and how long it lasts, widened to the whole month or year."""
    tool = importlib.import_module("dateparser.date")

    def ask(words: str, reference: Date, planned: bool) -> Pairs:
        settings = {
            "RELATIVE_BASE": datetime.datetime.combine(reference, datetime.time(12)),
            "PREFER_DATES_FROM": "future" if planned else "past",
        }
        parser = tool.DateDataParser(languages=["zh", "zh-Hant"], settings=settings)
        found = parser.get_date_data(words)
        if found.date_obj is None:
            return []
        date = found.date_obj.date()
        if found.period == "month":
            last = calendar.monthrange(date.year, date.month)[1]
            return [pair(date.replace(day=1), date.replace(day=last))]
        if found.period == "year":
            return [pair(Date(date.year, 1, 1), Date(date.year, 12, 31))]
        return [pair(date, date)]

    return ask


TOOLS: dict[str, Callable[[], Tool]] = {
    "Recognizers-Text": recognizers,
    "JioNLP": jionlp,
    "dateparser": dateparser,
}


def answers(tool: Tool, questions: list[dict[str, Any]]) -> list[Pairs]:
    """A tool's answer to every question; what it raises on, it does not know."""
    found: list[Pairs] = []
    for question in questions:
        try:
            found.append(tool(question["words"], date_of(question["reference"]), question["planned"]))
        except Exception:  # noqa: BLE001 - these tools raise errors of all types on words they do not know
            found.append([])
    return found


def main() -> None:
    """Answer the questions on stdin."""
    questions = json.load(sys.stdin)
    told: dict[str, list[Pairs]] = {}
    logging.disable(logging.CRITICAL)  # JioNLP logs every phrase that it does not know
    out, sys.stdout = sys.stdout, sys.stderr  # some print a greeting when imported
    for name, opened in TOOLS.items():
        try:
            tool = opened()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        told[name] = answers(tool, questions)
    json.dump(told, out)


if __name__ == "__main__":
    main()
