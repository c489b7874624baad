"""The shipped confidence against the events it was measured on."""

from __future__ import annotations

import pytest

from extractors.training import MODEL, fit, load_observations, out_of_fold
from flows.training import log_loss, reliability

# Mean distance of confidence and share right over the table, each band weighed by its events.
LARGEST_GAP = 0.06


@pytest.fixture(scope="module")
def observed():
    return load_observations(MODEL / "observations.tsv")


def test_enough_events_were_measured_and_of_every_kind(observed):
    counts = {kind: sum(each.kind == kind for each in observed) for kind in {each.kind for each in observed}}
    assert len(counts) == 4 and min(counts.values()) >= 30, counts


def test_the_shipped_weights_are_those_of_the_shipped_observations(observed, tmp_path):
    fit(observed).save(tmp_path / "confidence.json")
    assert (tmp_path / "confidence.json").read_text() == (MODEL / "confidence.json").read_text()


def test_confidence_is_as_high_as_events_are_right(observed):
    bands = reliability(observed, out_of_fold(observed))
    gap = sum(abs(band.expected - band.right) * band.events for band in bands) / len(observed)
    assert gap <= LARGEST_GAP, bands


def test_confidence_tells_more_than_one_figure_for_all(observed):
    share = sum(each.right for each in observed) / len(observed)
    assert log_loss(observed, out_of_fold(observed)) < log_loss(observed, [share] * len(observed))


def test_the_sentence_classifier_makes_confidence_better(observed):
    without = [
        type(each)(
            each.article_id,
            each.kind,
            {n: v for n, v in each.features.items() if not n.startswith("score")},
            each.right,
        )
        for each in observed
    ]
    assert log_loss(observed, out_of_fold(observed)) < log_loss(observed, out_of_fold(without))
