"""What tells how far an event can be trusted: its rule, the sentence classifier's score, and what it leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from extractors.layers.context import Draft
from extractors.reading.document import Sentence

Features = Mapping[str, float]
# A classifier's certainty beyond this (as log-odds) says no more.
SURE = 5.0
# Slots whose absence says nothing about whether the rest is right.
ADDITIONS = frozenset(
    {"comparison", "record_high", "breakdown", "package_number", "event", "killed", "injured"}
)


def features_of(
    draft: Draft, sentence: Sentence, scores: Mapping[str, float], neighbours: int
) -> dict[str, float]:
    """The features of an event found in a sentence; `neighbours`: events of its kind in the same sentence."""
    return dict(_features(draft, sentence, scores, neighbours))


def _features(
    draft: Draft, sentence: Sentence, scores: Mapping[str, float], neighbours: int
) -> Iterator[tuple[str, float]]:
    kind = draft.kind
    yield f"kind {kind}", 1.0
    yield f"rule {draft.found_by}", 1.0
    yield f"score {kind}", _log_odds(scores[kind])
    yield "neighbours", math.log(neighbours)
    if draft.likelihood is not None:
        yield f"{kind} likelihood", _log_odds(draft.likelihood)
    if sentence.heading:
        yield "heading", 1.0
    if draft.modality != "asserted":
        yield f"{kind} {draft.modality}", 1.0
    if draft.when is None:
        yield f"{kind} undated", 1.0
    if draft.claimed_by is not None:
        yield f"{kind} claimed", 1.0
    for slot, value in draft.slots.items():
        if slot not in ADDITIONS and (value is None or value == ()):
            yield f"{kind} without {slot}", 1.0
    if kind == "meeting":
        yield from _participants(draft)


def _participants(draft: Draft) -> Iterator[tuple[str, float]]:
    people = draft.slots["participants"]
    if any(person.name is None and person.role is None for person in people):
        yield "meeting of a delegation", 1.0
    if len(people) > 2:
        yield "meeting of more than two", 1.0


def _log_odds(probability: float) -> float:
    odds = math.log(max(probability, 1e-9)) - math.log(max(1 - probability, 1e-9))
    return max(-SURE, min(SURE, odds))
