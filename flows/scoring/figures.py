"""Precision, recall and F1 of events and slots, and what went wrong where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.errors import ShiluError
from flows.scoring.items import READERS, Record, ScoredItem, items_of, same
from flows.scoring.pairing import agreeing, pair_up

KIND_ORDER = tuple(READERS)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A gold record that is missed or answered wrongly, or a record that answers none."""

    article_id: str
    kind: str
    what: Literal["missed", "spurious", "wrong key", "differs"]
    quote: str
    expected: tuple[ScoredItem, ...]
    got: tuple[ScoredItem, ...]

    @property
    def group(self) -> str:
        """The class of error: `missed`, `spurious`, or what differs, by slot."""
        if self.what in ("missed", "spurious"):
            return self.what
        slots = sorted({slot for slot, _ in (*self.expected, *self.got)})
        return f"{self.what}: {', '.join(slots)}"


@dataclass(slots=True)
class KindFigures:
    """Counts of one kind; `slots` maps a slot to its counts of `gold`, `got` and `hit` items."""

    gold: int = 0
    got: int = 0
    found: int = 0
    perfect: int = 0
    slots: dict[str, Counter[str]] = field(default_factory=dict)

    def count(self, items: Sequence[ScoredItem], what: Literal["gold", "got"]) -> None:
        """Enter items that have, or may have, a counterpart."""
        for slot, _ in items:
            self.slots.setdefault(slot, Counter())[what] += 1

    def report(self) -> dict[str, Any]:
        """The figures as published: [precision, recall, F1] of events and of slot items, F1 of each slot."""
        total = sum(self.slots.values(), Counter())
        return {
            "gold": self.gold,
            "predicted": self.got,
            "event": [round(figure, 4) for figure in precision_recall_f1(self.found, self.got, self.gold)],
            "slot": [
                round(figure, 4) for figure in precision_recall_f1(total["hit"], total["got"], total["gold"])
            ],
            "perfect": round(self.perfect / self.gold, 4) if self.gold else None,
            "slots": {
                slot: round(precision_recall_f1(counts["hit"], counts["got"], counts["gold"])[2], 3)
                for slot, counts in sorted(self.slots.items())
            },
        }


@dataclass(slots=True)
class Scores:
    """Figures per kind and every disagreement, in the order of the gold."""

    kinds: dict[str, KindFigures] = field(
        default_factory=lambda: {kind: KindFigures() for kind in KIND_ORDER}
    )
    disagreements: list[Disagreement] = field(default_factory=list)

    def report(self) -> dict[str, dict[str, Any]]:
        """All figures, ready for JSON."""
        return {kind: figures.report() for kind, figures in self.kinds.items()}


def score(
    articles: Mapping[str, Record],
    gold: Mapping[str, Sequence[Record]],
    predicted: Mapping[str, Sequence[Record]],
) -> Scores:
    """Score records against gold, both by article id. Raises `ShiluError` for gold of a missing article."""
    scores = Scores()
    for article_id, records in gold.items():
        if article_id not in articles:
            raise ShiluError(
                f"gold names article {article_id}, which is not among the articles; give its file"
            )
        _score_article(scores, articles[article_id], list(records), list(predicted.get(article_id, ())))
    return scores


def precision_recall_f1(hits: int, got: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where undefined."""
    precision, recall = hits / got if got else 0.0, hits / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _score_article(scores: Scores, article: Record, gold: list[Record], got: list[Record]) -> None:
    pairs = pair_up(gold, got, article)
    for pair in pairs:
        if not gold[pair.gold].get("optional"):
            _score_pair(scores, article["id"], gold[pair.gold], got[pair.got], found=pair.found)
    answered, used = {pair.gold for pair in pairs}, {pair.got for pair in pairs}
    for record in (r for i, r in enumerate(gold) if i not in answered and not r.get("optional")):
        figures, items = scores.kinds[record["kind"]], items_of(record)
        figures.gold += 1
        figures.count(items, "gold")
        scores.disagreements.append(
            Disagreement(article["id"], record["kind"], "missed", _quote(record), tuple(items), ())
        )
    for record in (r for i, r in enumerate(got) if i not in used and r["kind"] in scores.kinds):
        figures, items = scores.kinds[record["kind"]], items_of(record)
        figures.got += 1
        figures.count(items, "got")
        scores.disagreements.append(
            Disagreement(article["id"], record["kind"], "spurious", _quote(record), (), tuple(items))
        )


def _score_pair(scores: Scores, article_id: str, gold: Record, got: Record, *, found: bool) -> None:
    figures = scores.kinds[gold["kind"]]
    gold_items, got_items = items_of(gold), items_of(got)
    hits = agreeing(gold_items, got_items)
    figures.gold += 1
    figures.got += 1
    figures.found += found
    figures.count(gold_items, "gold")
    figures.count(got_items, "got")
    for slot, number in hits.items():
        figures.slots[slot]["hit"] += number
    perfect = Counter(slot for slot, _ in gold_items) == hits == Counter(slot for slot, _ in got_items)
    figures.perfect += perfect
    if not (found and perfect):
        scores.disagreements.append(
            Disagreement(
                article_id,
                gold["kind"],
                "differs" if found else "wrong key",
                _quote(gold),
                tuple(_without_counterpart(gold_items, got_items)),
                tuple(_without_counterpart(got_items, gold_items)),
            )
        )


def _without_counterpart(items: list[ScoredItem], others: list[ScoredItem]) -> Iterator[ScoredItem]:
    for slot, value in items:
        if not any(slot == other and same(slot, value, found) for other, found in others):
            yield slot, value


def _quote(record: Record) -> str:
    first = (record.get("evidence") or [""])[0]
    return str(first.get("text", "")) if isinstance(first, dict) else str(first)
