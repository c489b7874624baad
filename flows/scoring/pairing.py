"""Which extracted record answers which gold record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flows.scoring.items import READERS, Record, ScoredItem, items_of, same

NEARLY_ALL = 0.8  # share of agreeing items that makes a pair even where the evidence lies elsewhere


@dataclass(frozen=True, slots=True)
class Pair:
    """Indexes of a gold record and its answer, and whether the answer has the key slots right."""

    gold: int
    got: int
    found: bool


def agreeing(gold: list[ScoredItem], got: list[ScoredItem]) -> Counter[str]:
    """How many items agree, by slot; each item answers one other at most."""
    left = list(got)
    hits: Counter[str] = Counter()
    for slot, value in gold:
        match = next(
            (i for i, (other, found) in enumerate(left) if other == slot and same(slot, value, found)), None
        )
        if match is not None:
            hits[slot] += 1
            del left[match]
    return hits


def pair_up(gold: list[Record], got: list[Record], article: Record) -> list[Pair]:
    """One-to-one pairs, the best first: key slots right, evidence overlapping, share of agreeing items."""
    whole = f"{article['title']}\n{article['text']}"
    gold_items, got_items = (
        [items_of(r) for r in gold],
        [items_of(r) if r["kind"] in READERS else [] for r in got],
    )
    gold_places, got_places = [_places(r, whole) for r in gold], [_places(r, whole) for r in got]
    candidates: list[tuple[bool, bool, float, int, int]] = []
    for i, record in enumerate(gold):
        for j, other in enumerate(got):
            if record["kind"] != other["kind"]:
                continue
            hits = agreeing(gold_items[i], got_items[j])
            size = max(len(gold_items[i]), 1)
            touching = any(a < d and c < b for a, b in gold_places[i] for c, d in got_places[j])
            if (touching and hits) or hits.total() >= NEARLY_ALL * size:
                keys = _keys_right(record["kind"], hits, gold_items[i], got_items[j])
                candidates.append((not keys, not touching, -hits.total() / size, i, j))
    return _chosen(candidates)


def _chosen(candidates: list[tuple[bool, bool, float, int, int]]) -> list[Pair]:
    pairs: list[Pair] = []
    gold_taken: set[int] = set()
    got_taken: set[int] = set()
    for wrong, _, _, i, j in sorted(candidates):
        if i not in gold_taken and j not in got_taken:
            gold_taken.add(i)
            got_taken.add(j)
            pairs.append(Pair(i, j, not wrong))
    return pairs


def _keys_right(kind: str, hits: Counter[str], gold: list[ScoredItem], got: list[ScoredItem]) -> bool:
    """The slots without which a record is about something else; a slot the gold leaves empty is no key."""
    gold_slots = Counter(slot for slot, _ in gold)
    match kind:
        case "attack_count":
            return all(hits[slot] for slot in ("weapon", "outcome", "count"))
        case "aid_announcement":
            sides = all(hits[slot] for slot in ("donor", "recipient") if gold_slots[slot])
            has_amount = gold_slots["amount"] or any(slot == "amount" for slot, _ in got)
            return sides and (bool(hits["amount"]) or not has_amount)
        case "meeting":
            return hits["participant"] >= max(2, (gold_slots["participant"] + 1) // 2)
        case _:
            return bool(hits["place_one"] or hits["object"])


def _places(record: Record, whole: str) -> list[tuple[int, int]]:
    """Everywhere the evidence stands in title and text: a quote may occur more than once."""
    found = []
    for evidence in record.get("evidence") or []:
        quote: Any = evidence.get("text", "") if isinstance(evidence, dict) else evidence
        at = whole.find(quote) if quote else -1
        while at >= 0:
            found.append((at, at + len(quote)))
            at = whole.find(quote, at + 1)
    return found
