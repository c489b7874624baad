"""From the features of an event to the probability that it is right: a logistic regression, fitted on annotated articles.

Ridge regression draws every weight towards none, so that a rule seen a few times counts as much as it has shown
(le Cessie and van Houwelingen, Ridge estimators in logistic regression, 1992). Fitted by Newton's method: small,
exact, and the same on every machine but for the last bits, which the two decimals of a confidence do not show.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

# How strongly weights are drawn to none: chosen by cross-validated log loss (see model/README.md).
RIDGE = 10.0
STEPS = 25
# Under this confidence an event costs more F1 than it earns: the best threshold is half the F1 that is reached, here
# about 0.8 (Lipton, Elkan and Narayanaswamy, Thresholding classifiers to maximize F1 score, 2014).
FLOOR = 0.4


@dataclass(frozen=True)
class Observation:
    """An event found in an annotated article: its features, and whether the annotation has it with its key slots."""

    article_id: str
    kind: str
    features: Mapping[str, float]
    right: bool


@dataclass(frozen=True)
class Calibration:
    """Weights of features, and the confidence under which an event is not worth telling."""

    weights: Mapping[str, float]
    floor: float = 0.0

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability that an event with these features is right; features never seen count nothing."""
        total = self.weights[""] + sum(
            self.weights.get(name, 0.0) * value for name, value in features.items()
        )
        return 1 / (1 + math.exp(-total))

    def save(self, path: Path) -> None:
        """Write the weights, sorted, one a line."""
        weights = {name: round(self.weights[name], 4) for name in sorted(self.weights)}
        content = {"floor": self.floor, "weights": weights}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load_calibration(path: Path) -> Calibration:
    """A saved calibration. Raises FileNotFoundError where there is none."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return Calibration(content["weights"], content["floor"])


def fit(observations: Sequence[Observation], ridge: float = RIDGE) -> Calibration:
    """The weights of greatest likelihood under the ridge, with the usual floor. The weight named `""` is everybody's and is not drawn."""
    names = ["", *sorted({name for each in observations for name in each.features})]
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(observations), len(names)))
    table[:, 0] = 1
    for row, each in enumerate(observations):
        for name, value in each.features.items():
            table[row, column[name]] = value
    weights = _newton(table, np.array([each.right for each in observations], dtype=float), ridge)
    return Calibration(dict(zip(names, weights.tolist(), strict=True)), FLOOR)


def out_of_fold(observations: Sequence[Observation], ridge: float = RIDGE, folds: int = 10) -> list[float]:
    """The probability of each observation by weights fitted without any of its article."""
    articles = sorted({each.article_id for each in observations})
    # by digest: the same article is in the same fold whatever others there are
    fold = {name: int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds for name in articles}
    fitted = {
        number: fit([each for each in observations if fold[each.article_id] != number], ridge)
        for number in sorted(set(fold.values()))
    }
    return [fitted[fold[each.article_id]].probability(each.features) for each in observations]


def _newton(
    table: npt.NDArray[np.float64], right: npt.NDArray[np.float64], ridge: float
) -> npt.NDArray[np.float64]:
    drawn = np.full(table.shape[1], ridge)
    drawn[0] = 1e-6
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        expected = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (expected - right) + drawn * weights
        curvature = (table * (expected * (1 - expected))[:, None]).T @ table + np.diag(drawn)
        weights -= np.linalg.solve(curvature, slope)
    return weights
