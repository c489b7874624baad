"""The quality gate: event F1 and slot F1 of every kind stay above their floors, and floors only rise."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from flows.scoring import Scores
from schemas import KINDS

HERE = Path(__file__).parent


def load(name: str) -> ModuleType:
    """A module beside this file, which is in no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


sets, floors_of = load("scored_sets"), load("set_floors")
FLOORS = tomllib.loads(sets.FLOORS_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def golden(extractor) -> dict[str, Scores]:
    return sets.golden(extractor)


@pytest.fixture(scope="module")
def examples(extractor) -> Scores:
    return sets.examples(extractor)


@pytest.fixture(scope="module")
def independent(extractor) -> Scores:
    return sets.independent(extractor)


@pytest.fixture(scope="module")
def essays(extractor) -> Scores:
    return sets.essays(extractor)


@pytest.fixture(scope="module")
def dev(shared, extractor) -> Scores:
    return sets.shared_dev(extractor)


def hold(scores: Scores, kind: str, floors: list[float]) -> None:
    event, slot = sets.figures(scores, kind)
    worst = [d for d in scores.disagreements if d.kind == kind][:8]
    told = "\n".join(f"  {d.article_id} {d.group}: {d.quote}" for d in worst)
    assert event >= floors[0], f"{kind}: event F1 {event} is below its floor {floors[0]}\n{told}"
    assert slot >= floors[1], f"{kind}: slot F1 {slot} is below its floor {floors[1]}\n{told}"


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_passages_are_read_above_their_floors(golden, kind):
    hold(golden[kind], kind, FLOORS["golden"][kind])


@pytest.mark.parametrize("kind", KINDS)
def test_passages_written_without_sight_of_the_rules_are_read_above_their_floors(independent, kind):
    hold(independent, kind, FLOORS["independent"][kind])


@pytest.mark.parametrize("kind", KINDS)
def test_whole_articles_written_without_sight_of_the_rules_are_read_above_their_floors(essays, kind):
    hold(essays, kind, FLOORS["essays"][kind])


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_examples_are_read_above_their_floors(examples, kind):
    hold(examples, kind, FLOORS["examples"][kind])


@pytest.mark.shared
@pytest.mark.parametrize("kind", KINDS)
def test_the_shared_gold_is_read_above_its_floors(dev, kind):
    hold(dev, kind, FLOORS["dev"][kind])


def test_every_kind_has_its_floors():
    assert all(
        set(FLOORS[name]) == set(KINDS) for name in ("golden", "independent", "essays", "examples", "dev")
    )


def test_our_own_passages_are_many_of_every_kind_and_in_both_scripts():
    for kind in KINDS:
        texts = [line["text"] for line in sets.lines(sets.GOLDEN / f"{kind}.jsonl")]
        assert len(texts) >= 30
        assert any("國" in text or "烏" in text or "會" in text for text in texts)


def test_floors_rise_with_the_figures_and_never_fall_by_themselves():
    old = {"dev": {"strike": [0.8, 0.7]}}
    measured = {"dev": {"strike": [0.9, 0.6]}}
    assert floors_of.new_floors(old, measured, may_fall=False) == {"dev": {"strike": [0.885, 0.7]}}


def test_floors_fall_only_where_a_figure_has_fallen_and_a_reason_is_given():
    old = {"dev": {"strike": [0.8, 0.7], "meeting": [0.8, 0.8]}}
    measured = {"dev": {"strike": [0.79, 0.705], "meeting": [0.81, 0.805]}}
    lowered = floors_of.new_floors(old, measured, may_fall=True)
    assert lowered == {"dev": {"strike": [0.775, 0.7], "meeting": [0.8, 0.8]}}


def test_the_file_of_floors_is_read_back_with_its_reasons():
    text = floors_of.written({"dev": {"strike": [0.8, 0.7]}}, ["2026-01-02: fewer, but right"])
    assert tomllib.loads(text) == {"dev": {"strike": [0.8, 0.7]}, "lowered": ["2026-01-02: fewer, but right"]}
