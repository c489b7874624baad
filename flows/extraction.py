"""Articles to events, in this process or in several, always in the order given.

Whatever an article does to the extractor – an error, endless reading, too much memory, the end of the process – costs
that article's events and no others.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from flows.guard import Alarm, Bounds, OutOfTime, memory_bound
from schemas import Article, EventBase

if TYPE_CHECKING:
    from flows.workers import Workers
    from schemas import IssueCode

# What to do about an article that could not be read, by the code of the issue.
REMEDIES: dict[IssueCode, str] = {
    "extraction_failed": "please report it with its text",
    "extraction_timeout": "please report it with its text; where the machine was merely slow, raise the setting "
    "max_article_seconds and run `shilu reprocess --failed`",
    "extraction_memory": "please report it with its text, or raise the setting max_article_memory_megabytes and run "
    "`shilu reprocess --failed`",
    "extraction_crash": "please report it with its text; where the machine was short of memory, run "
    "`shilu reprocess --failed` with fewer workers",
}


# What makes an extractor load all that it ever loads.
SAYS_SOMETHING = (
    "乌克兰空军5日说，防空部队当天夜间击落了3架俄罗斯无人机。美国总统拜登宣布向乌克兰提供3亿美元的军事援助。"
    "两国外长在北京举行会谈。导弹击中一栋居民楼，造成3人死亡。"
)


class Extracts(Protocol):
    """What is asked of an extractor; `extractors.Extractor` is one."""

    def extract(self, article: Article) -> list[EventBase]:
        """The events of one article."""

    def extract_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventBase]]]:
        """The same for many, in their order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An article with its events, or with none and, in words and as the code of an issue, what went wrong instead."""

    article: Article
    events: tuple[EventBase, ...] = ()
    failure: str | None = None
    code: IssueCode = "extraction_failed"


class Extraction:
    """Extracts batches of articles; a context manager, since it may hold worker processes.

    Models are loaded at the first batch: a run that finds nothing new to read never loads them. `bounds` is what an
    article may cost. `extractor` replaces the real one in this process, for tests.
    """

    def __init__(
        self, workers: int = 1, extractor: Extracts | None = None, bounds: Bounds | None = None
    ) -> None:
        self._count = workers
        self._extractor = extractor
        self._bounds = bounds or Bounds()
        self._workers: Workers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._workers is not None:
            self._workers.close(wait=kind is None)
            self._workers = None

    def outcomes(self, articles: Sequence[Article]) -> list[Outcome]:
        """One outcome per article, in order. Raises `ShiluError` where worker processes die before they read."""
        return self.begin(articles)()

    def begin(self, articles: Sequence[Article]) -> Callable[[], list[Outcome]]:
        """Hand articles to the worker processes, where there are any, and go on; call the result for the outcomes."""
        if not articles:
            return list
        # Reading can be interrupted in the main thread alone; from another it is left to a process.
        in_main_thread = threading.current_thread() is threading.main_thread()
        if self._extractor is not None or (self._count == 1 and in_main_thread):
            return lambda: self._extract_here(articles)
        if self._workers is None:
            from flows.workers import Workers  # noqa: PLC0415 - most runs read in their own process

            self._workers = Workers(self._count, self._bounds)
        return self._workers.begin(articles)

    def _extract_here(self, articles: Sequence[Article]) -> list[Outcome]:
        self._extractor = self._extractor or load_extractor()
        return extract_each(self._extractor, articles, self._bounds)


def extract_each(
    extractor: Extracts,
    articles: Sequence[Article],
    bounds: Bounds,
    tick: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """One outcome per article, in order; `tick` is called before each article."""
    done: list[Outcome] = []
    if len(articles) > 1:
        # Any error of a rule or model is a result here: the rest is then read one by one, to find out whose it is.
        with suppress(Exception, OutOfTime), memory_bound(bounds.megabytes), Alarm(bounds.seconds) as alarm:
            alarm.wind()
            for article, events in extractor.extract_many(articles):
                done.append(_within(article, events, bounds))
                tick()
                alarm.wind()
    for article in articles[len(done) :]:
        tick()
        done.append(_extract_one(extractor, article, bounds))
    return done


def _extract_one(extractor: Extracts, article: Article, bounds: Bounds) -> Outcome:
    try:
        with memory_bound(bounds.megabytes), Alarm(bounds.seconds) as alarm:
            alarm.wind()
            return _within(article, extractor.extract(article), bounds)
    except OutOfTime:
        return out_of_time(article, bounds)
    except MemoryError:
        words = f"reading it takes more than {bounds.megabytes:g} MB of memory beyond the models"
        return Outcome(article, failure=words, code="extraction_memory")
    except Exception as error:  # noqa: BLE001 - becomes an issue row with the words of the error
        return Outcome(article, failure=f"{type(error).__name__}: {error}")


def out_of_time(article: Article, bounds: Bounds) -> Outcome:
    """The outcome of an article that takes too long."""
    words = f"reading it takes more than {bounds.seconds:g} s"
    return Outcome(article, failure=words, code="extraction_timeout")


def _within(article: Article, events: Sequence[EventBase], bounds: Bounds) -> Outcome:
    if len(events) > bounds.events:
        words = (
            f"{len(events)} events were found in it, more than {bounds.events}: a list or table misread; where they "
            "are right, raise the setting max_article_events and run `shilu reprocess --failed`"
        )
        return Outcome(article, failure=words)
    return Outcome(article, tuple(events))


def load_extractor() -> Extracts:
    """The extractor with its models loaded; raises what loading them raises."""
    import extractors  # noqa: PLC0415 - loads spaCy; only who extracts pays

    extractor: Extracts = extractors.Extractor()
    # Models load with the first article that says something; neither their time and memory nor a failure to load are
    # that article's, and an alarm in the midst of it would leave modules behind that are never whole.
    moment = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
    extractor.extract(Article.of(source="none", title=SAYS_SOMETHING, text=SAYS_SOMETHING, published=moment))
    return extractor
