"""How well extracted records agree with gold records: event F1 and slot F1 per kind.

An event counts as found where its key slots are right and its evidence overlaps the gold's (or nearly all
of its slots agree). Every filled slot is one item, list slots one per element; items of records without a
partner are missed or spurious. Gold records marked optional are neither rewarded nor punished.
"""

from __future__ import annotations

from flows.scoring.figures import Disagreement, KindFigures, Scores, score
from flows.scoring.files import read_articles, read_gold, read_records

__all__ = [
    "Disagreement",
    "KindFigures",
    "Scores",
    "read_articles",
    "read_gold",
    "read_records",
    "score",
]
