"""Today's extractor over the articles that the warehouse holds already."""

from __future__ import annotations

from collections.abc import Iterator

import extractors
import warehouse
from flows.extraction import Extraction
from flows.intake import Batch
from flows.job import Job, Steps
from flows.ledger import Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources import Item
from flows.steps import bounds_of
from schemas import Run


def reprocess_plain(
    settings: Settings, progress: Progress | None = None, *, which: warehouse.Which = "older"
) -> Run:
    """Read stored articles again without orchestration and return the record of the run.

    `which` are those that another version of the extractor read (`older`), those whose last reading failed (`failed`),
    or `all`. Of the first sort those that were read are none afterwards: a run cut short goes on where it was. Raises
    `WarehouseMissing` where there is no warehouse, else as `ingest_plain`.
    """
    return run_reprocess(settings, progress or Silent(), which=which).run


def run_reprocess(
    settings: Settings,
    progress: Progress,
    *,
    which: warehouse.Which = "older",
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """The same, with the steps and the extraction to use; returns all figures of the run."""
    version = extractors.version()
    with _reader(settings) as house:  # raises where there is no warehouse, before a writer would make one
        count = house.count_to_reread(which=which, extractor_version=version)
    job = Job("reprocess", settings, progress, using, version)
    with extraction or Extraction(settings.workers, bounds=bounds_of(settings)) as running:
        return job.execute(lambda: _reread(job, which, count, running))


def _reread(job: Job, which: warehouse.Which, count: int, extraction: Extraction) -> None:
    job.progress.found(count)
    job.progress.step("reading articles again")
    job.read(_batches(job, which), extraction)
    job.resolve()


def _batches(job: Job, which: warehouse.Which) -> Iterator[Batch]:
    after = ""
    while True:
        with job.timed("survey"), _reader(job.settings) as house:
            articles = house.to_reread(
                which=which, extractor_version=job.version, after=after, limit=job.settings.batch_size
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
