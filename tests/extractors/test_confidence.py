"""Confidence: what it is computed from, how it is fitted, and that it is a probability that was measured."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.confidence.calibration import Calibration, Observation, fit, load_calibration, out_of_fold
from extractors.confidence.confidence import Confidence
from extractors.confidence.kind_classifier import KindClassifier
from extractors.confidence.symbols import LONGEST, symbols
from extractors.kinds import FINDERS, rules_of
from schemas import KINDS

DOWNED = "乌克兰空军3日说，防空部队击落了52架俄罗斯无人机。"


def observed(right_of: dict[str, tuple[int, int]]) -> list[Observation]:
    """Events of several rules: how many of how many are right, each in an article of its own."""
    return [
        Observation(f"{rule}-{number}", "strike", {f"rule {rule}": 1.0}, number < right)
        for rule, (right, total) in right_of.items()
        for number in range(total)
    ]


def symbols_of(read, text: str) -> str:
    return "".join(symbols(read(text).reading.sentences[0]))


def test_names_and_figures_are_no_symbols_of_their_own(read) -> None:
    told = symbols_of(read, "法国总统马克龙4日宣布，法国将向乌克兰提供2亿欧元军事援助。")
    assert told == symbols_of(read, "德国总理朔尔茨9日宣布，德国将向苏丹提供35亿美元军事援助。")
    assert "马克龙" not in told and "2" not in told


def test_units_and_weapons_tell_kinds_apart(read) -> None:
    told = symbols_of(read, "击落了52架无人机和一枚导弹。")
    assert "〈count:架〉" in told and "〈weapon:drone〉" in told and "〈weapon:missile〉" in told


def test_a_sentence_without_an_end_is_cut(read) -> None:
    assert len(symbols(read("无" * 3 * LONGEST).reading.sentences[0])) <= LONGEST


def test_a_sentence_that_tells_of_drones_shot_down_is_told_from_one_that_tells_of_talks(read) -> None:
    classifier = KindClassifier()
    sentences = read(DOWNED + "中国外交部长王毅3日在北京同法国外长巴罗举行会谈。").reading.sentences
    downed, talks = classifier.scores(sentences)
    assert set(downed) == set(KINDS)
    assert downed["attack_count"] > talks["attack_count"]
    assert talks["meeting"] > downed["meeting"]


def test_a_sentence_is_scored_by_itself(read) -> None:
    classifier = KindClassifier()
    sentences = read(DOWNED + "双方举行会谈。" + "两国宣布复交。").reading.sentences
    assert [classifier.scores([each])[0] for each in sentences] == classifier.scores(sentences)


def test_a_missing_classifier_is_named_with_its_remedy(tmp_path: Path, read) -> None:
    with pytest.raises(FileNotFoundError, match=r"model is missing; `shilu train` makes it"):
        KindClassifier(tmp_path).scores(read(DOWNED).reading.sentences)


def test_rules_that_were_right_more_often_give_more_confidence() -> None:
    fitted = fit(observed({"good": (58, 60), "poor": (20, 60)}), ridge=1)
    assert fitted.probability({"rule good": 1.0}) == pytest.approx(58 / 60, abs=0.03)
    assert fitted.probability({"rule poor": 1.0}) == pytest.approx(20 / 60, abs=0.03)


def test_a_rule_seen_once_counts_little() -> None:
    seen = observed({"often": (45, 60), "once": (0, 1)})
    fitted = fit(seen)
    assert fitted.probability({"rule once": 1.0}) > 0.5
    assert fitted.probability({}) == fitted.probability({"rule never seen": 1.0})


def test_the_mean_probability_is_the_share_that_is_right() -> None:
    seen = observed({"a": (30, 40), "b": (10, 40), "c": (5, 9)})
    fitted = fit(seen)
    mean = sum(fitted.probability(each.features) for each in seen) / len(seen)
    assert mean == pytest.approx(45 / 89, abs=0.001)


def test_a_fit_does_not_depend_on_the_order_of_the_events() -> None:
    seen = observed({"a": (30, 40), "b": (10, 40)})
    shuffled = random.Random(3).sample(seen, len(seen))
    assert fit(shuffled).weights == pytest.approx(fit(seen).weights)


def test_no_event_is_rated_by_its_own_article() -> None:
    lone = Observation("lone", "strike", {"rule lone": 1.0}, right=False)
    rest = observed({"a": (30, 40)})
    without = out_of_fold([*rest, lone])[-1]
    assert without == out_of_fold([*rest, Observation("lone", "strike", {"rule lone": 1.0}, right=True)])[-1]


@given(st.dictionaries(st.text(max_size=5), st.floats(-50, 50), max_size=6))
def test_a_probability_is_one_whatever_the_features(features: dict[str, float]) -> None:
    calibration = Calibration({"": 1.0, **dict.fromkeys(features, 2.0)})
    assert 0 <= calibration.probability(features) <= 1


def test_a_saved_calibration_is_read_back(tmp_path: Path) -> None:
    fitted = fit(observed({"a": (30, 40), "b": (10, 40)}))
    fitted.save(tmp_path / "confidence.json")
    loaded = load_calibration(tmp_path / "confidence.json")
    assert loaded.weights == pytest.approx(fitted.weights, abs=1e-4)


def test_events_carry_their_confidence_to_two_decimals(extract) -> None:
    (event,) = extract(DOWNED)
    assert 0.5 < event.confidence <= 1
    assert event.confidence == round(event.confidence, 2)


def test_an_event_below_the_floor_is_not_told(extract, extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Confidence, "floor", 1.01)
    assert extract(DOWNED) == []


def test_what_confidence_is_computed_from_names_the_rule_and_what_is_left_open(read) -> None:
    context = read("击落了52架无人机。")
    drafts = FINDERS["attack_count"](context, rules_of("attack_count"))
    (features,) = Confidence().features(context, drafts)
    assert {f"rule {drafts[0].found_by}", "attack_count without attacker"} <= set(features)
