"""The main job: read inputs, extract their events, load them, account for every one."""

from __future__ import annotations

import datetime
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import extractors
import warehouse
from flows import steps
from flows.extraction import Extraction
from flows.intake import Batch, Survey, next_batch
from flows.ledger import Ledger, Summary
from flows.progress import Progress, Silent
from flows.settings import Settings
from flows.sources import Limits, read_items
from flows.steps import Begun, Loaded, Read, bounds_of, limits_of
from schemas import Run


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that another orchestrator may wrap."""

    survey: Callable[[Sequence[Path], Limits], Survey] = steps.survey
    extract: Callable[[Begun], Read] = steps.extract
    load: Callable[[Batch, Read, Settings, str, str], Loaded] = steps.load
    resolve: Callable[[Settings], warehouse.Resolution] = steps.resolve


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
    read_items(paths, limits=limits_of(settings), passed_over=Counter())  # raises where a path does not exist
    job = _Job(paths, settings, progress, using or Steps())
    with extraction or Extraction(settings.workers, bounds=bounds_of(settings)) as running:
        return job.execute(running)


class _Job:
    """One run underway."""

    def __init__(self, paths: Sequence[Path], settings: Settings, progress: Progress, using: Steps) -> None:
        self.paths = list(paths)
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
        summary = Summary(self.run, self.ledger, survey.passed_over)
        self.progress.finished(summary)
        return summary

    def _ingest(self, extraction: Extraction) -> Survey:
        limits = limits_of(self.settings)
        self.progress.step("looking through the inputs")
        survey = self.steps.survey(self.paths, limits)
        self.progress.found(survey.inputs)
        self.progress.step("reading articles")
        items = read_items(self.paths, limits=limits, passed_over=Counter())
        begun: Begun | None = None
        while (batch := next_batch(items, survey, self.settings.batch_size)).inputs:
            # One batch ahead: the workers read it while this process loads the one before.
            ahead = steps.begin(extraction, batch, self.settings, self.version)
            if begun is not None:
                self._finish(begun)
            begun = ahead
        if begun is not None:
            self._finish(begun)
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
