"""Linear models over named features: few enough weights to read, fast enough for every sum of an archive.

Logistic regression under a ridge, fitted by AdaGrad (Duchi, Hazan and Singer, Adaptive subgradient methods for online
learning and stochastic optimization, 2011). A case with many features counts as much as one with few: their sum is
divided by the square root of their number.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

RIDGE, EPOCHS, RATE, SEED = 1.0, 30, 0.1, 0
# A feature of fewer cases than this says more about them than about others.
LEAST_CASES = 3
# Weights below this move no probability by more than the last digit shown.
NEGLIGIBLE = 0.02
SURE = 30.0

Case = tuple[Collection[str], bool]


@dataclass(frozen=True)
class LinearModel:
    """Weights of features, and the bias under the empty name."""

    weights: Mapping[str, float]

    def probability(self, features: Collection[str]) -> float:
        """The probability of a case with these features, each counted once; features never seen count nothing."""
        weights = self.weights
        known = [weights[name] for name in features if name in weights]
        # rounded once, so that the order of a set says nothing
        total = weights[""] + math.fsum(known) / math.sqrt(len(known) + 1)
        return 1 / (1 + math.exp(-max(-SURE, min(SURE, total))))


def fit(cases: Sequence[Case]) -> LinearModel:
    """The weights that tell right cases from wrong ones. The same cases in the same order give the same weights."""
    count = Counter(name for features, _ in cases for name in features)
    names = sorted(name for name, number in count.items() if number >= LEAST_CASES)
    column = {name: number for number, name in enumerate(names)}
    rows = [
        np.array(sorted(column[n] for n in features if n in column), dtype=np.int64) for features, _ in cases
    ]
    weights, squares = np.zeros(len(names)), np.full(len(names), 1e-2)
    bias, bias_squares = 0.0, 1e-2
    order, shuffled = list(range(len(cases))), random.Random(SEED)
    for _ in range(EPOCHS):
        shuffled.shuffle(order)
        for number in order:
            row, scale = rows[number], 1 / math.sqrt(len(rows[number]) + 1)
            total = bias + float(weights[row].sum()) * scale
            error = 1 / (1 + math.exp(-max(-SURE, min(SURE, total)))) - cases[number][1]
            slope = error * scale + RIDGE / len(cases) * weights[row]
            squares[row] += slope * slope
            weights[row] -= RATE * slope / np.sqrt(squares[row])
            bias_squares += error * error
            bias -= RATE * error / math.sqrt(bias_squares)
    kept = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return LinearModel({"": round(bias, 3)} | {name: w for name, w in kept.items() if abs(w) >= NEGLIGIBLE})


def save(models: Mapping[str, LinearModel], path: Path) -> None:
    """Write models by name, one weight a line, sorted."""
    content = {name: dict(sorted(model.weights.items())) for name, model in sorted(models.items())}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def load(path: Path, names: Iterable[str]) -> dict[str, LinearModel]:
    """The models of a file. Raises FileNotFoundError where there is none, ValueError where it lacks one of `names`."""
    models = {
        name: LinearModel(weights) for name, weights in json.loads(path.read_text(encoding="utf-8")).items()
    }
    lacking = sorted(set(names) - set(models))
    if lacking:
        raise ValueError(f"{path} has no model {', '.join(lacking)}; make the file anew with `shilu train`")
    return models
