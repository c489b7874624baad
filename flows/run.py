"""The main job: read inputs, extract their events, load them, account for every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import extractors
from flows.extraction import Extraction
from flows.intake import Batch, Survey, next_batch
from flows.job import Job, Steps
from flows.ledger import Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources import read_items
from flows.sources.item import shown
from flows.steps import bounds_of, limits_of
from schemas import Issue, Run

__all__ = ["Steps", "ingest_plain", "run_ingest"]


def ingest_plain(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Run:
    """Run the main job without orchestration and return its record.

    Raises `InputNotFoundError` before anything happens where a path does not exist, `WarehouseError` where
    the warehouse cannot be used. A run that fails or is interrupted is recorded as failed; what it loaded
    stays.
    """
    return run_ingest(paths, settings, progress or Silent()).run


def run_ingest(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress,
    *,
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """The same, with the steps and the extraction to use; returns all figures of the run."""
    chosen = list(paths)
    read_items(
        chosen, limits=limits_of(settings), passed_over=Counter()
    )  # raises where a path does not exist
    job = Job("ingest", settings, progress, using, extractors.version())
    with extraction or Extraction(settings.workers, bounds=bounds_of(settings)) as running:
        return job.execute(lambda: _ingest(job, chosen, running))


def _ingest(job: Job, paths: Sequence[Path], extraction: Extraction) -> None:
    job.progress.step("looking through the inputs")
    with job.timed("survey") as figures:
        survey = job.steps.survey(paths, limits_of(job.settings))
        figures["inputs"] = survey.inputs
    job.passed_over = survey.passed_over
    job.progress.found(survey.inputs)
    job.progress.step("reading articles")
    job.read(_batches(paths, survey, job.settings), extraction)
    job.resolve()


def _batches(paths: Sequence[Path], survey: Survey, settings: Settings) -> Iterator[Batch]:
    items = read_items(paths, limits=limits_of(settings), passed_over=Counter())
    inputs = 0
    while (batch := next_batch(items, survey, settings.batch_size)).inputs:
        inputs += batch.inputs
        yield batch
    if inputs < survey.inputs:
        yield _vanished(paths, survey.inputs - inputs)


def _vanished(paths: Sequence[Path], count: int) -> Batch:
    """The issue that stands for inputs that the first pass found and the second did not."""
    batch = Batch()
    reason = (
        f"{count} inputs were there at the start of the run and gone when they were to be read; "
        "see that nothing moves or deletes them during a run, and run again"
    )
    batch.issues.append(Issue(path=", ".join(map(shown, paths)), code="vanished", reason=reason))
    return batch
