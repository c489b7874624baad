"""The bench of time phrases (tests/benchmarks/mentions/times.toml) above its floor."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

import pytest

FLOOR = 0.98


@pytest.fixture(scope="module")
def bench(benchmark_module) -> ModuleType:
    return benchmark_module("read_times")


def test_the_bench_is_large_and_balanced_over_forms(bench):
    phrases = bench.phrases()
    sizes = Counter(phrase.form for phrase in phrases)
    assert len(phrases) >= 480
    assert len(sizes) >= 20
    assert max(sizes.values()) < len(phrases) / 8
    assert min(sizes.values()) >= 5


def test_no_phrase_is_in_the_bench_twice(bench):
    asked = [(p.text, p.published, p.passage, p.planned) for p in bench.phrases()]
    assert len(set(asked)) == len(asked)


def test_the_bench_says_what_every_phrase_means(bench):
    for phrase in bench.phrases():
        if phrase.means not in (bench.UNRESOLVED, bench.NOTHING):
            assert bench.told(bench.period_of(phrase.means)) == phrase.means, phrase.text
        assert phrase.words, phrase.text


def test_phrases_of_all_precisions_and_without_value_are_in_the_bench(bench):
    last_words = Counter(phrase.means.split()[-1] for phrase in bench.phrases())
    precisions = {"day", "night", "week", "month", "quarter", "year", "period"}
    assert set(last_words) == precisions | {bench.UNRESOLVED, bench.NOTHING}
    assert min(last_words.values()) >= 10, last_words


def test_times_are_read_exactly_above_the_floor(bench):
    reader, phrases = bench.Reader(), bench.phrases()
    found = [bench.read(reader, phrase) for phrase in phrases]
    missed = [(phrase, read) for phrase, read in zip(phrases, found, strict=True) if read != phrase.means]
    share = 1 - len(missed) / len(phrases)
    told = "\n".join(f"  {p.words} in {p.text}: {p.means}, read as {read}" for p, read in missed)
    assert share >= FLOOR, f"{share:.1%} of {len(phrases)} is below {FLOOR:.0%}\n{told}"
