"""The bench of numbers, quantities and money (tests/benchmarks/mentions/quantities.toml) above its floor."""

from __future__ import annotations

from types import ModuleType

import pytest

FLOOR = 0.98


@pytest.fixture(scope="module")
def bench(benchmark_module) -> ModuleType:
    return benchmark_module("read_quantities")


def test_the_bench_is_large_and_balanced_over_forms(bench):
    phrases = bench.phrases()
    forms = {phrase.form for phrase in phrases}
    assert len(phrases) >= 320
    assert len({phrase.text for phrase in phrases}) == len(phrases)
    assert len(forms) >= 25
    assert max(sum(phrase.form == form for phrase in phrases) for form in forms) < len(phrases) / 8


def test_forty_currencies_are_in_the_bench(bench):
    assert len({p.means.unit for p in bench.phrases() if p.means and p.means.is_money}) >= 40


def test_the_intervals_of_the_bench_contain_their_values(bench):
    for phrase in bench.phrases():
        means = phrase.means
        if means and means.value is not None and means.qualifier != "ordinal":
            low, high = means.interval
            assert (low is None or low <= means.value) and (high is None or means.value <= high), phrase.text


def test_numbers_are_read_exactly_above_the_floor(bench):
    reader, phrases = bench.Reader(), bench.phrases()
    missed = [phrase for phrase in phrases if not bench.is_exact(reader, phrase)]
    share = 1 - len(missed) / len(phrases)
    told = "\n".join(f"  {phrase.text}: {phrase.means}" for phrase in missed)
    assert share >= FLOOR, f"{share:.1%} of {len(phrases)} is below {FLOOR:.0%}\n{told}"
