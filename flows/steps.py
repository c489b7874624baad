"""The steps of a run as plain functions; the Prefect flow wraps these same functions in tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import warehouse
from flows.extraction import REMEDIES, Extraction, Outcome
from flows.guard import Bounds
from flows.inputs import OfDays
from flows.intake import Batch, Survey
from flows.publishing import publish_warehouse
from flows.settings import Settings
from flows.sources import Limits
from flows.sources.item import MEGABYTE
from schemas import Article, EventBase, Issue, IssueCode

if TYPE_CHECKING:
    from flows.days import Days
    from flows.gather import Source
    from flows.inputs import Inputs


class Read:
    """A batch after extraction: what to load, what was skipped as known already, what went wrong.

    A plain class for the same reason as `Batch`.
    """

    __slots__ = ("issues", "outcomes", "refused", "unchanged")

    def __init__(self, outcomes: list[Outcome], issues: list[Issue], refused: int, unchanged: int) -> None:
        self.outcomes = outcomes
        self.issues = issues
        self.refused = refused  # of the issues, those that stand for an input
        self.unchanged = unchanged  # articles not extracted since the warehouse has them


class Begun:
    """A batch handed to the extraction: which articles the warehouse has already, and the call for the others' outcomes.

    A plain class for the same reason as `Batch`.
    """

    __slots__ = ("batch", "outcomes", "unchanged")

    def __init__(self, batch: Batch, unchanged: int, outcomes: Callable[[], list[Outcome]]) -> None:
        self.batch = batch
        self.unchanged = unchanged
        self.outcomes = outcomes


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a batch did, in counts."""

    added: int
    changed: int
    reread: int
    unchanged: int
    issues: int
    events: dict[str, int]


def limits_of(settings: Settings) -> Limits:
    """The limits on inputs that the settings ask for."""
    return Limits(
        article_bytes=int(settings.max_article_megabytes * MEGABYTE),
        line_bytes=int(settings.max_line_megabytes * MEGABYTE),
        article_characters=settings.max_article_characters,
    )


def bounds_of(settings: Settings) -> Bounds:
    """What reading one article may cost, as the settings ask for."""
    return Bounds(
        seconds=settings.max_article_seconds,
        megabytes=settings.max_article_memory_megabytes,
        events=settings.max_article_events,
    )


def gather(source: Source, settings: Settings, again: bool, days: Days | None = None) -> Inputs:
    """Ask a source for what is new, over the network where that is its type; what a run is to read of it.

    With `days` that is all that is kept and was published on these days, and lists kept by the day are asked for
    theirs. Raises `WarehouseError` where what was asked before cannot be read or written.
    """
    from flows import gather as room  # noqa: PLC0415 - runs over paths need no network

    desk = room.Desk(source, settings, days=days)
    try:
        inputs = room.gather(source, desk, again=again or days is not None)
        return OfDays(inputs, days) if days is not None else inputs
    finally:
        desk.close()


def survey(inputs: Inputs, limits: Limits) -> Survey:
    """First pass over the inputs: how many there are, and which article wins where ids collide."""
    found = Survey()
    for item in inputs.items(limits, found.passed_over):
        found.add(item)
    return found


def begin(extraction: Extraction, batch: Batch, settings: Settings, version: str) -> Begun:
    """Begin to extract a batch's articles, but for those that the warehouse has in the same version.

    Raises `ShiluError` where a worker process has died and `WarehouseError` where the warehouse cannot be read.
    """
    if batch.again:
        return Begun(batch, 0, extraction.begin(batch.articles))
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        seen = house.seen(batch.articles, extractor_version=version)
    fresh = [article for article in batch.articles if article.id not in seen]
    return Begun(batch, len(seen), extraction.begin(fresh))


def extract(begun: Begun) -> Read:
    """The events of a batch begun. Raises `ShiluError` where a worker process dies."""
    batch, outcomes = begun.batch, begun.outcomes()
    failures = [
        _failed(batch, outcome.article, outcome.failure, outcome.code)
        for outcome in outcomes
        if outcome.failure is not None
    ]
    return Read(outcomes, batch.issues + failures, refused=len(batch.issues), unchanged=begun.unchanged)


def load(batch: Batch, read: Read, settings: Settings, run_id: str, version: str) -> Loaded:
    """Load a batch and record its issues. Loading the same batch twice changes nothing.

    Raises `WarehouseLocked` where another process keeps the warehouse for longer than the settings allow.
    """
    pairs = [(outcome.article, outcome.events) for outcome in read.outcomes]
    issues = list(read.issues)
    with warehouse.open(settings.database, wait_seconds=settings.lock_wait_seconds) as house:

        def put(part: Sequence[tuple[Article, Sequence[EventBase]]]) -> warehouse.LoadResult:
            return house.load(part, run_id=run_id, extractor_version=version, again=batch.again)

        def tell(more: Sequence[Issue]) -> None:
            house.record_issues(run_id, more)

        # Issues before articles: a run that is killed in between tells of them twice. The other way round nobody
        # would, for the next run finds the articles unchanged.
        tell(issues)
        try:
            results = [put(pairs)]
        except warehouse.LoadRefused:
            # One article's events contradict it: find out whose, load all others, keep that article without
            # events.
            results = []
            for article, events in pairs:
                results.append(_load_alone(put, tell, article, events, issues, batch))
    return Loaded(
        added=sum(result.added for result in results),
        changed=sum(result.changed for result in results),
        reread=sum(result.reread for result in results),
        unchanged=sum(result.unchanged for result in results),
        issues=len(issues),
        events=dict(sum((Counter(result.events) for result in results), Counter())),
    )


def resolve(settings: Settings) -> warehouse.Resolution:
    """Bring facts up to date with the events loaded so far. Doing it twice changes nothing.

    Raises `WarehouseLocked` where another process keeps the warehouse for longer than the settings allow.
    """
    with warehouse.open(settings.database, wait_seconds=settings.lock_wait_seconds) as house:
        return house.resolve()


def publish(settings: Settings) -> warehouse.Publication:
    """Publish a snapshot of the warehouse. Where nothing has changed, the published one stays.

    Raises `WarehouseLocked` where another process keeps the warehouse for longer than the settings allow, and
    `PublishRefused` where the folder of snapshots cannot be used.
    """
    return publish_warehouse(settings)


def _load_alone(
    put: Callable[[Sequence[tuple[Article, Sequence[EventBase]]]], warehouse.LoadResult],
    tell: Callable[[Sequence[Issue]], None],
    article: Article,
    events: Sequence[EventBase],
    issues: list[Issue],
    batch: Batch,
) -> warehouse.LoadResult:
    try:
        return put([(article, events)])
    except warehouse.LoadRefused as error:
        issue = _failed(batch, article, str(error))
        issues.append(issue)
        tell([issue])
        return put([(article, ())])


def _failed(batch: Batch, article: Article, words: str, code: IssueCode = "extraction_failed") -> Issue:
    place = batch.places[article.id]
    return Issue(
        path=place.path,
        line=place.line,
        code=code,
        article_id=article.id,
        reason=f"{words}; the article was loaded without events, {REMEDIES[code]}",
    )
