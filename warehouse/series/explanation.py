"""Why a day's number in the analysts' table and ours agree or do not."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from schemas.values import Weapon
from warehouse.facts.attack_likeness import TELLING
from warehouse.facts.statement import Range
from warehouse.facts.windows import DAY
from warehouse.series.analysts_table import Boundary, Counted, TableCount
from warehouse.series.our_counts import OurCount
from warehouse.series.passages import News, Passage

Reason = Literal[
    "agree",
    "rounded",
    "other claimant",
    "other window",
    "extraction error suspected",
    "region only",
    "differs",
    "missing article",
    "not in table",
]
REASONS: tuple[Reason, ...] = get_args(Reason)
# An open number (70 and more) means its neighbourhood, not any number above it.
NEIGHBOURHOOD = 0.25
# News of a day is published on it and on the days after.
NEWS_DAYS = 2
Key = tuple[datetime.date, Weapon, Counted]


@dataclass(frozen=True)
class Difference:
    """One day, weapon and outcome: the table's number, ours, how the two relate, and the evidence.

    `ours` is the number of the fact named by `fact_id`; `evidence` its words, or a sentence that no event was read from.
    """

    day: datetime.date
    weapon: Weapon
    outcome: Counted
    table: int | None
    ours: float | None
    low: float | None
    high: float | None
    reason: Reason
    note: str
    fact_id: str | None = None
    event_id: str | None = None
    article_id: str | None = None
    url: str | None = None
    evidence: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class OurRecord:
    """All that our articles say: facts by their day under one boundary, facts without a day, and the news itself."""

    by_day: Mapping[Key, Sequence[OurCount]]
    undated: Sequence[OurCount]
    news: News
    articles_of_day: Mapping[datetime.date, set[str | None]]

    @classmethod
    def under(cls, boundary: Boundary, counts: Iterable[OurCount], news: News) -> OurRecord:
        """The record with each fact on its day."""
        by_day: dict[Key, list[OurCount]] = defaultdict(list)
        articles: dict[datetime.date, set[str | None]] = defaultdict(set)
        undated = []
        for each in counts:
            day = each.day(boundary)
            if day is None:
                undated.append(each)
            else:
                by_day[day, each.weapon, each.outcome].append(each)
                articles[day].add(each.article_id)
        return cls(by_day, undated, news, articles)


def explain(count: TableCount, record: OurRecord, table: Mapping[Key, TableCount]) -> Difference:
    """The first of the reasons that holds, in the order in which `REASONS` lists them."""
    ours = record.by_day.get((count.day, count.weapon, count.outcome), ())
    wholes = [each for each in ours if each.whole]
    found = (
        _same_number(count, ours, wholes)
        or _in_another_part(count, ours)
        or _on_another_day(count, wholes, record, table)
    )
    if found:
        return found
    passage = _passage(count, record)
    if passage:
        note = f"read as {passage.event}" if passage.event else "no event was read from it"
        return _of_passage(count, note, passage)
    mixed = _of_several_weapons(count, wholes, table)
    if mixed:
        return mixed
    if wholes:
        fact = _largest(wholes)
        return _of_fact(count, "differs", "ours is in words alone" if fact.range.best is None else "", fact)
    if ours:
        return _of_fact(count, "region only", f"regions that we count: {len(ours)}", _largest(ours))
    days = [count.day + step * DAY for step in range(NEWS_DAYS + 1)]
    speaking = record.news.speaking(count.weapon, days)
    note = f"articles of {days[0]} to {days[-1]} on such weapons: {speaking}, none gives this number"
    return _missing(
        count, note if speaking else f"no article of {days[0]} to {days[-1]} speaks of such weapons"
    )


def not_in_table(fact: OurCount, day: datetime.date) -> Difference:
    """A number of ours for which the table has no row."""
    low, best, high = fact.range
    return Difference(
        day, fact.weapon, fact.outcome, None, best, low, high, "not in table", "" if fact.whole else "of a region",
        fact.fact_id, fact.event_id, fact.article_id, fact.url, fact.evidence,
    )  # fmt: skip


def _same_number(
    count: TableCount, ours: Sequence[OurCount], wholes: Sequence[OurCount]
) -> Difference | None:
    """Whether a fact of the day has the table's number: exactly, within its qualifier, or by another claimant."""
    for fact in ours:
        if fact.exact and fact.range.best == count.value:
            return _of_fact(count, "agree", "", fact)
    regions = [each.range.best or 0 for each in ours if not each.whole and each.exact]
    if len(regions) == len(ours) > 1 and sum(regions) == count.value:
        return _of_fact(count, "agree", f"the sum of {len(regions)} regions", _largest(ours))
    for fact in wholes or ours:
        if not fact.exact and near(fact.range, count.value):
            return _of_fact(count, "rounded", "", fact)
    for fact in ours:
        for claimant, said in fact.claims:
            if said != fact.range and near(said, count.value):
                return _of_fact(count, "other claimant", f"{claimant or 'an article'} says so", fact)
    return None


def _in_another_part(count: TableCount, ours: Sequence[OurCount]) -> Difference | None:
    """Whether ours is another number that the table has for the day: of one window or model, or with the regions."""
    others = count.others
    for fact in ours:
        best = fact.range.best
        if fact.exact and best is not None and best >= TELLING and best in others:
            return _of_fact(count, "other window", f"the table has it as {others[int(best)]}", fact)
    return None


def _on_another_day(
    count: TableCount, wholes: Sequence[OurCount], record: OurRecord, table: Mapping[Key, TableCount]
) -> Difference | None:
    """Whether the numbers agree when one of them is moved by a day, or ours is undated in the news of those days.

    Small numbers are the same on two days by chance.
    """
    for step in (-1, 1):
        beside = count.day + step * DAY, count.weapon, count.outcome
        theirs = table.get(beside)
        for fact in wholes:
            if theirs and fact.exact and fact.range.best == theirs.value >= TELLING:
                return _of_fact(count, "other window", f"the table has it on {theirs.day}", fact)
        taken = theirs is not None and theirs.value == count.value
        for fact in () if taken else record.by_day.get(beside, ()):
            if fact.exact and fact.range.best == count.value >= TELLING:
                return _of_fact(count, "other window", f"ours is of {beside[0]}", fact)
    for fact in record.undated:
        same = (fact.weapon, fact.outcome) == (count.weapon, count.outcome) and fact.exact
        soon = 0 <= (fact.reported - count.day).days <= NEWS_DAYS
        if same and soon and fact.range.best == count.value >= TELLING:
            return _of_fact(count, "other window", f"ours is undated, in the news of {fact.reported}", fact)
    return None


def _passage(count: TableCount, record: OurRecord) -> Passage | None:
    """A sentence in the news of those days with the table's number, from which no event of these sides was read.

    An event of other sides is a suspect only in an article that we know to speak of that day: else it is another
    matter with the same number.
    """
    if count.value < TELLING:
        return None
    of_day = record.articles_of_day.get(count.day, set())
    found = [
        each
        for each in record.news.passages.get((count.weapon, count.value), ())
        if 0 <= (each.published - count.day).days <= NEWS_DAYS
        and not each.of_these_sides
        and (each.event_id is None or each.article_id in of_day)
    ]
    return min(
        found, key=lambda each: (each.event_id is not None, each.published, each.article_id), default=None
    )


def _of_several_weapons(
    count: TableCount, wholes: Sequence[OurCount], table: Mapping[Key, TableCount]
) -> Difference | None:
    """Whether ours is the table's number for all weapons together, taken for one weapon's."""
    keys = {(count.day, weapon, count.outcome) for weapon in get_args(Weapon)}
    together = sum(table[key].value for key in keys if key in table)
    for fact in wholes:
        if fact.exact and fact.range.best == together >= TELLING:
            note = "the table has it for all weapons together"
            return _of_fact(count, "extraction error suspected", note, fact)
    return None


def near(said: Range, value: float) -> bool:
    """Whether a number lies in what is said, and near to where that is open."""
    low, best, high = said
    if low is None:
        low = (best or 0) * (1 - NEIGHBOURHOOD)
    if high is None:
        high = (best or 0) * (1 + NEIGHBOURHOOD)
    return low <= value <= high


def _largest(facts: Sequence[OurCount]) -> OurCount:
    return max(facts, key=lambda each: (each.range.best or each.range.low or 0, each.fact_id))


def _of_fact(count: TableCount, reason: Reason, note: str, fact: OurCount) -> Difference:
    low, best, high = fact.range
    place = "" if fact.whole or reason in ("agree", "region only") else "of a region"
    return Difference(
        count.day, count.weapon, count.outcome, count.value, best, low, high, reason,
        "; ".join(filter(None, (note, place))),
        fact.fact_id, fact.event_id, fact.article_id, fact.url, fact.evidence, count.counted[0].source,
    )  # fmt: skip


def _of_passage(count: TableCount, note: str, passage: Passage) -> Difference:
    return Difference(
        count.day, count.weapon, count.outcome, count.value, None, None, None, "extraction error suspected", note,
        None, passage.event_id, passage.article_id, passage.url, passage.sentence, count.counted[0].source,
    )  # fmt: skip


def _missing(count: TableCount, note: str) -> Difference:
    return Difference(
        count.day, count.weapon, count.outcome, count.value, None, None, None, "missing article", note,
        source=count.counted[0].source,
    )  # fmt: skip
