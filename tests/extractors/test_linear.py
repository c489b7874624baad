"""Linear models: what they learn, what they forget, and that the same cases give the same file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.linear import LinearModel, fit, load, save

CASES = [
    *(({"援", f"地 {n % 5}"}, True) for n in range(20)),
    *(({"售", f"地 {n % 5}"}, False) for n in range(20)),
]


def test_signs_of_right_and_wrong_cases_are_told_apart() -> None:
    model = fit(CASES)
    assert model.probability({"援"}) > 0.8
    assert model.probability({"售"}) < 0.2
    assert 0.2 < model.probability({"地 1"}) < 0.8


def test_a_sign_of_one_or_two_cases_is_not_learned() -> None:
    model = fit([*CASES, ({"援", "偶然"}, True), ({"援", "偶然"}, True)])
    assert "偶然" not in model.weights


@given(st.sets(st.sampled_from(["援", "售", "地 1", "未见"])))
def test_the_order_of_features_does_not_matter(features: set[str]) -> None:
    model = LinearModel({"": -0.5, "援": 1.25, "售": -2.0, "地 1": 0.125})
    assert 0 < model.probability(features) < 1
    assert model.probability(features) == model.probability(sorted(features, reverse=True))


def test_the_same_cases_give_the_same_file_and_it_is_read_back(tmp_path: Path) -> None:
    for name in ("a", "b"):
        save({"help": fit(CASES), "donor": fit(CASES[10:30])}, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    models = load(tmp_path / "a", ["donor", "help"])
    assert models["help"] == fit(CASES)


def test_a_file_without_a_model_that_is_needed_is_refused_with_the_remedy(tmp_path: Path) -> None:
    save({"help": fit(CASES)}, tmp_path / "a")
    with pytest.raises(ValueError, match="has no model donor; make the file anew with `shilu train`"):
        load(tmp_path / "a", ["donor", "help"])
