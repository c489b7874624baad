"""Today's extractor over the articles that the warehouse holds already."""

from __future__ import annotations

from collections.abc import Iterator

import extractors
import warehouse
from flows.days import Days
from flows.extraction import Extraction
from flows.intake import Batch
from flows.job import Job, Steps
from flows.ledger import Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources import Item
from flows.steps import bounds_of
from schemas import Run

NEEDED = warehouse.Selection()


def reprocess_plain(
    settings: Settings,
    progress: Progress | None = None,
    *,
    selection: warehouse.Selection = NEEDED,
) -> Run:
    """Read stored articles again without orchestration and return the record of the run.

    Without a selection those that another version of the extractor read: once read they are none, so that a run cut
    short goes on where it was. Raises `WarehouseMissing` where there is no warehouse, else as `ingest_plain`.
    """
    return run_reprocess(settings, progress or Silent(), selection=selection).run


def selected(which: warehouse.Which, source: str | None, days: Days | None) -> warehouse.Selection:
    """Stored articles of a sort, of a source or of all, published on some days or on any."""
    return warehouse.Selection(which, source, days.first if days else None, days.last if days else None)


def run_reprocess(
    settings: Settings,
    progress: Progress,
    *,
    selection: warehouse.Selection = NEEDED,
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """The same, with the steps and the extraction to use; returns all figures of the run."""
    version = extractors.version()
    with _reader(settings) as house:  # raises where there is no warehouse, before a writer would make one
        count = house.count_to_reread(selection, extractor_version=version)
    job = Job("reprocess", settings, progress, using, version)
    with extraction or Extraction(settings.workers, bounds=bounds_of(settings)) as running:
        return job.execute(lambda: _reread(job, selection, count, running))


def _reread(job: Job, selection: warehouse.Selection, count: int, extraction: Extraction) -> None:
    job.progress.found(count)
    job.progress.step("reading articles again")
    job.read(_batches(job, selection), extraction)
    job.resolve()


def _batches(job: Job, selection: warehouse.Selection) -> Iterator[Batch]:
    after = ""
    while True:
        with job.timed("survey"), _reader(job.settings) as house:
            articles = house.to_reread(
                selection, extractor_version=job.version, after=after, limit=job.settings.batch_size
            )
        if not articles:
            return
        batch = Batch(again=True)
        for article in articles:
            batch.articles.append(article)
            batch.places[article.id] = Item(article.url or f"article {article.id}", None, article)
        yield batch
        after = articles[-1].id


def _reader(settings: Settings) -> warehouse.Warehouse:
    return warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds)
