"""Time grows with the text and no faster, whatever the text looks like: a long one must not stop the whole archive.

Twice the text may take three times as long, for machines that tests share are uneven. The benchmark that these shapes
come from, `tests/benchmarks/read_long_texts.py`, measures texts of a million characters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from types import ModuleType

import pytest

from extractors import Extractor
from extractors.kinds import rules_of
from extractors.kinds.aid_announcement import told_by_rules
from extractors.kinds.aid_sums import with_sums
from extractors.kinds.meeting_by_words import told_by_words
from extractors.kinds.meeting_merging import Telling
from extractors.layers.context import Context
from extractors.reading.name_tagger import NameSpan
from extractors.reading.reader import Reader
from schemas import Article

MOST = 3.0  # 4 is quadratic
ATTEMPTS = 12
TOO_SHORT = 0.01  # seconds that tell nothing
SHAPES = [
    "news", "facts", "sums", "short lines", "without punctuation", "random characters", "repeated 国", "repeated 一",
    "repeated 自", "repeated 、", "repeated 9", "repeated （", "repeated “", "repeated newline", "repeated space",
    "repeated 1、", "repeated 、国", "repeated 十亿", "repeated 3月", "repeated 1,", "repeated 张三·",
]  # fmt: skip


class NoNames:
    """A tagger that finds no names. Tagging takes most of the time of reading and would hide the rest."""

    def tag(self, sentences: Sequence[str]) -> list[list[NameSpan]]:
        return [[] for _ in sentences]


@pytest.fixture(scope="module")
def bench(benchmark_module) -> ModuleType:
    return benchmark_module("read_long_texts")


def check_growth(bench: ModuleType, read: Callable[[Article], object], shape: str, size: int) -> None:
    """The best of several attempts at both sizes: other work on the machine only ever adds time."""
    text = bench.SHAPES[shape](2 * size)
    bench.seconds(read, text[:1000])  # fills caches
    hold_growth(lambda: bench.seconds(read, text[:size]), lambda: bench.seconds(read, text), size)


def hold_growth(half_of_it: Callable[[], float], all_of_it: Callable[[], float], size: int) -> None:
    """The same for what takes so many seconds for `size` characters, and for twice as many."""
    half = whole = float("inf")
    for _ in range(ATTEMPTS):
        half, whole = min(half, half_of_it()), min(whole, all_of_it())
        if whole < max(MOST * half, TOO_SHORT):
            return
    pytest.fail(f"{size} characters took {half:.3f} s, twice as many {whole:.3f} s")


def test_every_shape_of_the_benchmark_is_tested(bench):
    assert set(bench.SHAPES) == set(SHAPES)


@pytest.mark.parametrize("shape", SHAPES)
def test_numbers_times_and_lexicons_are_read_in_linear_time(bench, monkeypatch, shape):
    reader = Reader()
    monkeypatch.setitem(reader.__dict__, "_tagger", NoNames())
    check_growth(bench, partial(reader.read, gated=False), shape, 15_000)


@pytest.mark.parametrize("shape", ["news", "without punctuation", "random characters"])
def test_names_are_read_in_linear_time(bench, reader, shape):
    check_growth(bench, partial(reader.read, gated=False), shape, 5_000)


@pytest.mark.parametrize("shape", ["news", "facts", "sums", "short lines", "without punctuation"])
def test_events_are_found_in_linear_time(bench, extractor: Extractor, shape):
    check_growth(bench, extractor.extract, shape, 8_000)


def test_meetings_by_their_words_are_told_in_linear_time(article, monkeypatch):
    """Alone, for the same reason as sums: among many tellings, and many sentences in which rules see none."""
    reader, size = Reader(), 300
    monkeypatch.setitem(reader.__dict__, "_tagger", NoNames())

    def seconds(text: str) -> Callable[[], float]:
        context = Context(reader.read(article(text), gated=False))
        told = [
            Telling(
                rule="", people=(), format="phone", status="held", modality="asserted", place=None, event=None,
                when=None, dated=False, claimed_by=None, evidence=(sentence.start, sentence.end),
            )
            for sentence in context.reading.sentences[::2]
        ]  # fmt: skip

        def taken() -> float:
            begun = time.process_time()
            assert len(list(told_by_words(context, told))) <= 1
            return time.process_time() - begun

        return taken

    text = "法国外长5日在巴黎会见智利外长。挪威首相5日在奥斯陆会见斐济总理。" * 2 * size
    hold_growth(seconds(text[: len(text) // 2]), seconds(text), size)


def test_sums_of_help_are_rated_in_linear_time(bench, article, monkeypatch):
    """Alone: beside the rest of reading, what grows too fast would show only in texts that no test has time for."""
    reader, size = Reader(), 12_000
    monkeypatch.setitem(reader.__dict__, "_tagger", NoNames())

    def seconds(text: str) -> Callable[[], float]:
        context = Context(reader.read(article(text), gated=False))
        drafts = told_by_rules(context, rules_of("aid_announcement"))

        def taken() -> float:
            begun = time.process_time()
            assert len(with_sums(context, drafts)) == len(drafts)
            return time.process_time() - begun

        return taken

    text = bench.SHAPES["sums"](2 * size)
    hold_growth(seconds(text[:size]), seconds(text), size)
