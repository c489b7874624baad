"""The main job: read inputs, extract their events, load them, account for every one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import extractors
from flows.errors import ShiluError
from flows.expecting import hold
from flows.extraction import Extraction
from flows.inputs import Inputs, Paths
from flows.intake import Batch, Survey, next_batch
from flows.job import Job, Steps
from flows.ledger import Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources.item import shown
from flows.steps import bounds_of, limits_of
from schemas import Issue, Run

if TYPE_CHECKING:
    from flows.days import Days
    from flows.gather import Source

__all__ = ["Fetched", "Steps", "fetch_source", "ingest_plain", "run_ingest", "run_source"]


def ingest_plain(paths: Sequence[Path], settings: Settings, progress: Progress | None = None) -> Run:
    """Run the main job without orchestration and return its record.

    Raises `InputNotFoundError` before anything happens where a path does not exist, `WarehouseError` where
    the warehouse cannot be used. A run that fails or is interrupted is recorded as failed; what it loaded
    stays.
    """
    return run_ingest(paths, settings, progress or Silent()).run


def run_ingest(
    paths: Sequence[Path] | Inputs,
    settings: Settings,
    progress: Progress,
    *,
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """The same, with the steps and the extraction to use; returns all figures of the run."""
    inputs: Inputs
    if isinstance(paths, Sequence):
        inputs = Paths(paths)
        inputs.items(limits_of(settings), Counter())  # raises where a path does not exist
    else:
        inputs = paths
    job = Job("ingest", settings, progress, using, extractors.version(), inputs.source)
    with extraction or Extraction(settings.workers, bounds=bounds_of(settings)) as running:
        return job.execute(lambda: _ingest(job, inputs, running))


def run_source(
    source: Source,
    settings: Settings,
    progress: Progress,
    *,
    again: bool = False,
    days: Days | None = None,
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """Ask a source for what is new and read it, or with `again` all that is kept of it; then check its expectations.

    With `days` all that is kept is read as far as it was published on them, see `flows.steps.gather`. Raises
    `ExpectationBrokenError` after all is done where one is broken that is to fail the run.
    """
    using = using or Steps()
    progress.step(f"asking {source.name}")
    inputs = using.gather(source, settings, again, days)
    summary = run_ingest(inputs, settings, progress, using=using, extraction=extraction)
    hold(source, settings, progress, summary.run.id)
    return summary


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking a source gave: addresses asked, new documents received, documents that wait to be read."""

    summary: Summary
    asked: int
    received: int
    unread: int


def fetch_source(
    source: Source, settings: Settings, progress: Progress, *, using: Steps | None = None
) -> Fetched:
    """Ask a source for what is new and keep it unread; asks that failed are the inputs of this run, as issues.

    The next `run_source` reads what was kept. Raises `ShiluError` for a source that is not asked over the network.
    """
    from flows.gather import Documents, Failures  # noqa: PLC0415 - runs over paths need no network

    progress.step(f"asking {source.name}")
    inputs = (using or Steps()).gather(source, settings, False, None)
    if not isinstance(inputs, Documents):
        raise ShiluError(
            f"source {source.name} is of type {source.type}: nothing of it is fetched; "
            f"read it with shilu run --source {source.name}"
        )
    summary = run_ingest(Failures(inputs), settings, progress, using=using)
    return Fetched(summary, inputs.asked, inputs.received, inputs.unread)


def _ingest(job: Job, inputs: Inputs, extraction: Extraction) -> None:
    job.progress.step("looking through the inputs")
    with job.timed("survey") as figures:
        survey = job.steps.survey(inputs, limits_of(job.settings))
        figures["inputs"] = survey.inputs
    job.passed_over = survey.passed_over
    job.progress.found(survey.inputs)
    job.progress.step("reading articles")
    job.read(_batches(inputs, survey, job.settings), extraction)
    inputs.finished(job.run.id)
    job.resolve()


def _batches(inputs: Inputs, survey: Survey, settings: Settings) -> Iterator[Batch]:
    items = inputs.items(limits_of(settings), Counter())
    count = 0
    while (batch := next_batch(items, survey, settings.batch_size)).inputs:
        count += batch.inputs
        yield batch
    if count < survey.inputs:
        yield _vanished(inputs, survey.inputs - count)


def _vanished(inputs: Inputs, count: int) -> Batch:
    """The issue that stands for inputs that the first pass found and the second did not."""
    batch = Batch()
    reason = (
        f"{count} inputs were there at the start of the run and gone when they were to be read; "
        "see that nothing moves or deletes them during a run, and run again"
    )
    named = ", ".join(map(shown, inputs.paths)) if isinstance(inputs, Paths) else f"source {inputs.source}"
    batch.issues.append(Issue(path=named, code="vanished", reason=reason))
    return batch
