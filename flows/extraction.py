"""Articles to events, in this process or in several, always in the order given."""

from __future__ import annotations

import datetime
import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from flows.errors import ShiluError
from schemas import Article, EventBase

CHUNK = (
    20  # articles sent to a worker at a time: small enough to share out evenly, large enough to pay the way
)


class Extracts(Protocol):
    """What is asked of an extractor; `extractors.Extractor` is one."""

    def extract(self, article: Article) -> list[EventBase]:
        """The events of one article."""

    def extract_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventBase]]]:
        """The same for many, in their order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article with its events, or with none and the words of the error that came up instead."""

    article: Article
    events: tuple[EventBase, ...] = ()
    failure: str | None = None


class Extraction:
    """Extracts batches of articles; a context manager, since it may hold worker processes.

    Models are loaded at the first batch: a run that finds nothing new to read never loads them. `extractor`
    replaces the real one in this process, for tests.
    """

    def __init__(self, workers: int = 1, extractor: Extracts | None = None) -> None:
        self._workers = workers
        self._extractor = extractor
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None

    def outcomes(self, articles: Sequence[Article]) -> list[Outcome]:
        """One outcome per article, in order. Raises `ShiluError` where a worker process dies."""
        return self.begin(articles)()

    def begin(self, articles: Sequence[Article]) -> Callable[[], list[Outcome]]:
        """Hand articles to the worker processes, where there are any, and go on; call the result for the outcomes."""
        if not articles:
            return list
        if self._workers == 1 or self._extractor is not None:
            return lambda: self._extract_here(articles)
        chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
        with self._blaming_workers():
            working = self._started_pool().map(_work, chunks)

        def finish() -> list[Outcome]:
            with self._blaming_workers():
                return [outcome for chunk in working for outcome in chunk]

        return finish

    def _extract_here(self, articles: Sequence[Article]) -> list[Outcome]:
        self._extractor = self._extractor or _load()
        return extract_each(self._extractor, articles)

    @contextmanager
    def _blaming_workers(self) -> Iterator[None]:
        try:
            yield
        except BrokenProcessPool as error:
            raise ShiluError(
                "an extraction process died, for want of memory perhaps; run again with fewer workers than "
                f"{self._workers} (what is loaded stays loaded)"
            ) from error

    def _started_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: the parent has threads of its own (Prefect, DuckDB).
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker
            )
        return self._pool


def extract_each(extractor: Extracts, articles: Sequence[Article]) -> list[Outcome]:
    """One outcome per article; an article that breaks the extractor costs its own events only."""
    try:
        return [Outcome(article, tuple(events)) for article, events in extractor.extract_many(articles)]
    except Exception:  # noqa: BLE001 - any error of a rule or model is a result here: find out whose it is
        return [_extract_one(extractor, article) for article in articles]


def _extract_one(extractor: Extracts, article: Article) -> Outcome:
    try:
        return Outcome(article, tuple(extractor.extract(article)))
    except Exception as error:  # noqa: BLE001 - becomes an issue row with the words of the error
        return Outcome(article, failure=f"{type(error).__name__}: {error}")


def _load() -> Extracts:
    import extractors  # noqa: PLC0415 - loads spaCy; only who extracts pays

    extractor: Extracts = extractors.Extractor()
    # Models load with the first article; a failure to load is no fault of an article and must not look so.
    moment = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    extractor.extract(Article.of(source="none", title="", text="试。", published=moment))
    return extractor


_worker_extractor: Extracts | None = None  # of this process, where this process is a worker


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and decides


def _work(articles: Sequence[Article]) -> list[Outcome]:
    global _worker_extractor  # noqa: PLW0603 - a worker keeps its models from one chunk to the next
    if _worker_extractor is None:  # not on start: an error there would reach the parent without its words
        _worker_extractor = _load()
    return extract_each(_worker_extractor, articles)
