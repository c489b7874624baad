"""Training the models that read sums of help (`extractors.kinds.aid_sums`) on annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors import linear
from extractors.kinds import FINDERS, rules_of
from extractors.kinds.aid_announcement import told_by_rules
from extractors.kinds.aid_sum_parties import Told, candidates
from extractors.kinds.aid_sum_words import Sum, features_of_claim, features_of_sum, sums_in
from extractors.layers.context import Context
from extractors.reading.reader import Reader
from schemas import Article

KIND = "aid_announcement"
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Labelled:
    """A sum with the gold record whose amount it is, `None` where it is no help."""

    sum: Sum
    told: Told
    record: Record | None
    stated_here: bool

    @property
    def is_sure(self) -> bool:
        """False where readers may differ, or where the record is told in another sentence."""
        return self.record is None or (self.stated_here and not self.record.get("optional"))


def train_sums(lessons: Sequence[tuple[Article, Sequence[Record]]], path: Path) -> int:
    """Train the models on articles with their gold records and write them to a file; how many sums they saw."""
    labelled = [each for lesson in _readings(lessons) for each in _labelled(*lesson)]
    told = [each for each in labelled if each.record is not None]
    cases: dict[str, list[linear.Case]] = {
        "help": [(features_of_sum(e.sum, len(e.told)), e.record is not None) for e in labelled if e.is_sure],
        "claimed": [case for each in told for case in _claims(each)],
        "donor": [case for each in told for case in _roles(each, "donors")],
        "recipient": [case for each in told for case in _roles(each, "recipients")],
    }
    linear.save({name: linear.fit(each) for name, each in cases.items()}, path)
    return len(labelled)


def _readings(
    lessons: Sequence[tuple[Article, Sequence[Record]]],
) -> Iterator[tuple[Context, Sequence[Record]]]:
    reader = Reader({kind: rules_of(kind).gate for kind in FINDERS})
    readings = reader.read_many([article for article, _ in lessons])
    for reading, (_, records) in zip(readings, lessons, strict=True):
        yield Context(reading), [record for record in records if record["kind"] == KIND]


def _labelled(context: Context, records: Sequence[Record]) -> Iterator[Labelled]:
    told = Told(told_by_rules(context, rules_of(KIND)))
    for sentence in context.reading.sentences:
        for sum_ in sums_in(context, sentence):
            matching = [record for record in records if _is_amount(sum_, record)]
            here = [record for record in matching if _is_stated(sum_, record)]
            yield Labelled(sum_, told, next(iter(here or matching), None), bool(here))


def _is_amount(sum_: Sum, record: Record) -> bool:
    amount = record["amount"]
    return (
        amount is not None
        and amount["value"] == sum_.money.value
        and amount["currency"] == sum_.money.currency
    )


def _is_stated(sum_: Sum, record: Record) -> bool:
    """Whether one of the record's quotes stands in the sentence of the sum."""
    whole, sentence = sum_.context.reading.whole, sum_.sentence
    for quote in record["evidence"]:
        at = whole.find(quote)
        while at >= 0:
            if at < sentence.end and sentence.start < at + len(quote):
                return True
            at = whole.find(quote, at + 1)
    return False


def _claims(each: Labelled) -> Iterator[linear.Case]:
    assert each.record is not None
    speaker = each.sum.context.claimant(each.sum.sentence, each.sum.mention.start)
    if speaker is None:
        return
    by_donor = speaker.side is not None and speaker.side in each.record["donors"]
    named = each.record["claimed_by"] or ""
    right = bool(named) and (named in speaker.name or speaker.name in named)
    yield features_of_claim(each.sum, each.record["stage"], by_donor=by_donor), right


def _roles(each: Labelled, slot: str) -> Iterator[linear.Case]:
    assert each.record is not None
    named = each.record[slot]
    for code, features in sorted(candidates(each.sum, each.told).items()):
        yield (
            features,
            any(code == name or (len(code) > 2 and (code in name or name in code)) for name in named),
        )
