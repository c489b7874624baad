"""The main job: read inputs, extract their events, load them, account for every one."""

from __future__ import annotations

import datetime
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import extractors
import warehouse
from flows import steps
from flows.errors import ShiluError
from flows.extraction import Extraction
from flows.inputs import Inputs, Paths
from flows.intake import Batch, Survey, next_batch
from flows.ledger import Ledger, Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources import Limits
from flows.steps import Begun, Loaded, Read, limits_of
from schemas import Run

if TYPE_CHECKING:
    from flows.gather import Source


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that another orchestrator may wrap."""

    gather: Callable[[Source, Settings, bool], Inputs] = steps.gather
    survey: Callable[[Inputs, Limits], Survey] = steps.survey
    extract: Callable[[Begun], Read] = steps.extract
    load: Callable[[Batch, Read, Settings, str, str], Loaded] = steps.load
    resolve: Callable[[Settings], warehouse.Resolution] = steps.resolve
    publish: Callable[[Settings], warehouse.Publication] = steps.publish


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
    job = _Job(inputs, settings, progress, using or Steps())
    with extraction or Extraction(settings.workers) as running:
        return job.execute(running)


def run_source(
    source: Source,
    settings: Settings,
    progress: Progress,
    *,
    again: bool = False,
    using: Steps | None = None,
    extraction: Extraction | None = None,
) -> Summary:
    """Ask a source for what is new and read it, or with `again` all that is kept of it."""
    using = using or Steps()
    progress.step(f"asking {source.name}")
    inputs = using.gather(source, settings, again)
    return run_ingest(inputs, settings, progress, using=using, extraction=extraction)


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
    inputs = (using or Steps()).gather(source, settings, False)
    if not isinstance(inputs, Documents):
        raise ShiluError(
            f"source {source.name} is of type {source.type}: nothing of it is fetched; "
            f"read it with shilu run --source {source.name}"
        )
    summary = run_ingest(Failures(inputs), settings, progress, using=using)
    return Fetched(summary, inputs.asked, inputs.received, inputs.unread)


class _Job:
    """One run underway."""

    def __init__(self, inputs: Inputs, settings: Settings, progress: Progress, using: Steps) -> None:
        self.inputs = inputs
        self.settings = settings
        self.progress = progress
        self.steps = using
        self.ledger = Ledger()
        self.version = extractors.version()
        started = datetime.datetime.now(datetime.UTC)
        # Sorts by time; the tail keeps apart two runs of one second.
        self.run = Run(
            id=f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
            started=started,
            extractor_version=self.version,
            source=inputs.source,
        )

    def execute(self, extraction: Extraction) -> Summary:
        self._record()
        try:
            survey = self._ingest(extraction)
            self.ledger.check()
        except BaseException:  # an interrupt too: the record must not say "running" for ever
            with suppress(warehouse.WarehouseError):  # what went wrong first is what the user must see
                self._record("failed")
            raise
        self._record("with_issues" if self.ledger.issues else "succeeded")
        self.progress.step("publishing")
        self.steps.publish(self.settings)  # after the record, which the snapshot is to hold
        summary = Summary(self.run, self.ledger, survey.passed_over)
        self.progress.finished(summary)
        return summary

    def _ingest(self, extraction: Extraction) -> Survey:
        limits = limits_of(self.settings)
        self.progress.step("looking through the inputs")
        survey = self.steps.survey(self.inputs, limits)
        self.progress.found(survey.inputs)
        self.progress.step("reading articles")
        items = self.inputs.items(limits, Counter())
        begun: Begun | None = None
        while (batch := next_batch(items, survey, self.settings.batch_size)).inputs:
            # One batch ahead: the workers read it while this process loads the one before.
            ahead = steps.begin(extraction, batch, self.settings, self.version)
            if begun is not None:
                self._finish(begun)
            begun = ahead
        if begun is not None:
            self._finish(begun)
        self.inputs.finished(self.run.id)
        self.progress.step("resolving facts")
        self.ledger.facts = self.steps.resolve(self.settings).facts
        return survey

    def _finish(self, begun: Begun) -> None:
        """Extract and load a batch and account for it."""
        batch = begun.batch
        self.ledger.inputs += batch.inputs
        read = self.steps.extract(begun)
        loaded = self.steps.load(batch, read, self.settings, self.run.id, self.version)
        self._enter(batch, read, loaded)
        self.progress.advance(batch.inputs)

    def _enter(self, batch: Batch, read: Read, loaded: Loaded) -> None:
        ledger = self.ledger
        ledger.duplicates += batch.duplicates
        ledger.refused += read.refused
        ledger.issues += loaded.issues
        ledger.added += loaded.added
        ledger.changed += loaded.changed
        ledger.reread += loaded.reread
        ledger.unchanged += loaded.unchanged + read.unchanged
        ledger.events.update(loaded.events)

    def _record(self, status: str = "running") -> None:
        ledger = self.ledger
        finished = None if status == "running" else datetime.datetime.now(datetime.UTC)
        self.run = Run.model_validate(
            self.run.model_dump()
            | {
                "status": status,
                "finished": finished,
                "inputs": ledger.inputs,
                "added": ledger.added,
                "changed": ledger.changed + ledger.reread,
                "unchanged": ledger.unchanged,
                "duplicates": ledger.duplicates,
                "issues": ledger.issues,
                "events": {kind: count for kind, count in sorted(ledger.events.items()) if count},
            }
        )
        with warehouse.open(self.settings.database, wait_seconds=self.settings.lock_wait_seconds) as house:
            house.record_run(self.run)
