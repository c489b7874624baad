"""Processes that extract. One that dies or hangs is replaced, and the article that ended it is found."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from flows.errors import ShiluError
from flows.extraction import Extracts, Outcome, extract_each, load_extractor, out_of_time
from flows.guard import Bounds
from schemas import Article

CHUNK = (
    20  # articles sent to a worker at a time: small enough to share out evenly, large enough to pay the way
)
PATIENCE = 2.0  # of an article's time, after which a worker that the alarm does not reach ends itself
GRACE_SECONDS = 5.0
TRIES = 2  # an article is to blame that ends a process of its own twice: one end may be the machine's doing


class Workers:
    """A pool of worker processes that outlives them.

    Where a worker dies, all articles that were not read yet are read in order, one at a time, in a process of their
    own: the article that ends this one as well is to blame. That costs seconds, and is rare.
    """

    def __init__(self, count: int, bounds: Bounds) -> None:
        self._count = count
        self._bounds = bounds
        self._pool: ProcessPoolExecutor | None = None
        self._cell: ProcessPoolExecutor | None = None  # for one article at a time

    def close(self, *, wait: bool) -> None:
        """End the processes, at once or after what they are at."""
        for pool in (self._pool, self._cell):
            if pool is not None:
                pool.shutdown(wait=wait, cancel_futures=True)
        self._pool = self._cell = None

    def begin(self, articles: Sequence[Article]) -> Callable[[], list[Outcome]]:
        """Begin to read; call the result for one outcome per article, in order.

        The call raises `ShiluError` where processes die before they have read anything.
        """
        chunks = [articles[start : start + CHUNK] for start in range(0, len(articles), CHUNK)]
        begun = [(chunk, *self._submit(chunk)) for chunk in chunks]

        def finish() -> list[Outcome]:
            outcomes = [outcome for each in begun for outcome in self._outcomes(*each)]
            self._release_cell()
            return outcomes

        return finish

    def _submit(self, chunk: Sequence[Article]) -> tuple[ProcessPoolExecutor, Future[list[Outcome]]]:
        pool = self._pool = self._pool or _started(self._count)
        try:
            return pool, pool.submit(_work, chunk, self._bounds)
        except BrokenProcessPool:
            self._replace(pool)
            return self._submit(chunk)

    def _replace(self, broken: ProcessPoolExecutor) -> None:
        if self._pool is broken:
            self._pool = None
        broken.shutdown(wait=False, cancel_futures=True)

    def _outcomes(
        self, chunk: Sequence[Article], pool: ProcessPoolExecutor, future: Future[list[Outcome]]
    ) -> list[Outcome]:
        try:
            return future.result()
        except BrokenProcessPool:
            self._replace(pool)
            return [self._alone(article) for article in chunk]

    def _alone(self, article: Article) -> Outcome:
        """The outcome of one article, read in a process that does nothing else."""
        for _ in range(TRIES):
            cell = self._ready_cell()
            begin = time.monotonic()
            try:
                (outcome,) = cell.submit(_work, [article], self._bounds).result()
                return outcome
            except BrokenProcessPool:
                self._release_cell()
                if time.monotonic() - begin > self._bounds.seconds:
                    return out_of_time(article, self._bounds)
        words = "reading it ends the process that reads: a fault in native code, or no memory left on this machine"
        return Outcome(article, failure=words, code="extraction_crash")

    def _ready_cell(self) -> ProcessPoolExecutor:
        """A process that has proved able to read, so that its end is the doing of the article it reads."""
        if self._cell is None:
            cell = _started(1)
            try:
                cell.submit(_work, [], self._bounds).result()
            except BrokenProcessPool as error:
                raise ShiluError(
                    "an extraction process died before it read anything, for want of memory perhaps; run again with "
                    f"fewer workers than {self._count} (what is loaded stays loaded)"
                ) from error
            self._cell = cell
        return self._cell

    def _release_cell(self) -> None:
        if self._cell is not None:
            self._cell.shutdown(wait=False, cancel_futures=True)
            self._cell = None


def _started(count: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the parent has threads of its own (Prefect, DuckDB).
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_start)


# --- in the worker process --------------------------------------------------------------------------------

_extractor: Extracts | None = None
_nowhere: int | None = None  # where tracebacks go that nobody reads


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted too, and decides
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever, and hold its memory."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(articles: Sequence[Article], bounds: Bounds) -> list[Outcome]:
    global _extractor  # noqa: PLW0603 - a worker keeps its models from one chunk to the next
    if _extractor is None:  # not on start: an error there would reach the parent without its words
        _extractor = load_extractor()
    watch = _Watch(bounds)
    try:
        return extract_each(_extractor, articles, bounds, watch)
    finally:
        faulthandler.cancel_dump_traceback_later()


class _Watch:
    """Ends this process where no article is finished for too long, even from within native code."""

    def __init__(self, bounds: Bounds) -> None:
        self._soon = bounds.seconds / 2
        self._late = bounds.seconds * PATIENCE + GRACE_SECONDS
        self._set()

    def __call__(self) -> None:
        if time.monotonic() - self._since > self._soon:  # setting it starts a thread: not for each article
            self._set()

    def _set(self) -> None:
        global _nowhere  # noqa: PLW0603 - one open file for all of this process's watches
        if _nowhere is None:
            _nowhere = os.open(os.devnull, os.O_WRONLY)
        self._since = time.monotonic()
        # Of the standard library this alone acts without the interpreter's lock, which native code may hold.
        faulthandler.dump_traceback_later(self._late, exit=True, file=_nowhere)
