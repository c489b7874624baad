"""What every job does: record its run, read and load batch after batch, account for every input, resolve facts."""

from __future__ import annotations

import datetime
import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import warehouse
from flows import steps
from flows.extraction import Extraction
from flows.inputs import Inputs
from flows.intake import Batch, Survey
from flows.ledger import Ledger, Summary
from flows.logs import tell, told_as_json
from flows.progress import Progress
from flows.settings import Settings
from flows.sources import Limits
from flows.steps import Begun, Loaded, Read
from schemas import Run

if TYPE_CHECKING:
    from flows.days import Days
    from flows.gather import Source


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that another orchestrator may wrap."""

    gather: Callable[[Source, Settings, bool, Days | None], Inputs] = steps.gather
    survey: Callable[[Inputs, Limits], Survey] = steps.survey
    extract: Callable[[Begun], Read] = steps.extract
    load: Callable[[Batch, Read, Settings, str, str], Loaded] = steps.load
    resolve: Callable[[Settings], warehouse.Resolution] = steps.resolve
    publish: Callable[[Settings], warehouse.Publication] = steps.publish


class Job:
    """One run underway."""

    def __init__(
        self,
        name: Literal["ingest", "reprocess"],
        settings: Settings,
        progress: Progress,
        using: Steps | None,
        version: str,
        source: str | None = None,
    ) -> None:
        self.settings = settings
        self.progress = progress
        self.steps = using or Steps()
        self.version = version
        self.ledger = Ledger()
        self.passed_over: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}
        self._begin = time.monotonic()
        started = datetime.datetime.now(datetime.UTC)
        # Sorts by time; the tail keeps apart two runs of one second.
        self.run = Run(
            id=f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
            started=started,
            extractor_version=version,
            job=name,
            process=warehouse.this_process(),
            source=source,
        )

    def execute(self, work: Callable[[], None]) -> Summary:
        """Do the work as a recorded run; raises what it raises, and `UnaccountedError` where an input is missing."""
        with told_as_json(wanted=self.settings.log_json):
            self._record()
            self._tell("run started", job=self.run.job, extractor_version=self.version)
            try:
                work()
                self.ledger.check()
            except BaseException as error:  # an interrupt too: the record must not say "running" for ever
                with suppress(warehouse.WarehouseError):  # what went wrong first is what the user must see
                    self._record("failed")
                self._tell("run failed", level=logging.ERROR, error=f"{type(error).__name__}: {error}")
                raise
            self._record("with_issues" if self.ledger.issues else "succeeded")
            self._tell_figures()
            self.progress.step("publishing")
            with self.timed("publish") as figures:  # after the record, which the snapshot is to hold
                figures["snapshot"] = self.steps.publish(self.settings).version.name
        summary = Summary(self.run, self.ledger, self.passed_over)
        self.progress.finished(summary)
        return summary

    def read(self, batches: Iterable[Batch], extraction: Extraction) -> None:
        """Extract and load batches: the workers read the next one while this process loads the one before."""
        begun: Begun | None = None
        for batch in batches:
            with self.timed("extract"):
                ahead = steps.begin(extraction, batch, self.settings, self.version)
            if begun is not None:
                self._finish(begun)
            begun = ahead
        if begun is not None:
            self._finish(begun)

    def resolve(self) -> None:
        """Bring the facts up to date."""
        self.progress.step("resolving facts")
        with self.timed("resolve") as figures:
            self.ledger.facts = self.steps.resolve(self.settings).facts
            figures["facts"] = self.ledger.facts

    @contextmanager
    def timed(self, step: str) -> Iterator[dict[str, Any]]:
        """Add the time of the block to a step, and tell of it with the figures that the block puts down."""
        figures: dict[str, Any] = {}
        begin = time.monotonic()
        try:
            yield figures
        finally:
            took = time.monotonic() - begin
            self._seconds[step] = self._seconds.get(step, 0.0) + took
        if figures:
            self._tell("step done", step=step, seconds=round(took, 3), **figures)

    def _finish(self, begun: Begun) -> None:
        batch = begun.batch
        self.ledger.inputs += batch.inputs
        with self.timed("extract") as figures:
            read = self.steps.extract(begun)
            figures |= {"articles": len(read.outcomes), "unchanged": read.unchanged}
        with self.timed("load") as figures:
            loaded = self.steps.load(batch, read, self.settings, self.run.id, self.version)
            figures |= {"added": loaded.added, "changed": loaded.changed, "reread": loaded.reread}
            figures |= {"issues": loaded.issues, "inputs": batch.inputs}
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
        # By the clock that nobody sets: one put back during the run must not end it before it began.
        took = datetime.timedelta(seconds=time.monotonic() - self._begin)
        self.run = Run.model_validate(
            self.run.model_dump()
            | {
                "status": status,
                "finished": None if status == "running" else self.run.started + took,
                "inputs": ledger.inputs,
                "added": ledger.added,
                "changed": ledger.changed + ledger.reread,
                "unchanged": ledger.unchanged,
                "duplicates": ledger.duplicates,
                "issues": ledger.issues,
                "events": {kind: count for kind, count in sorted(ledger.events.items()) if count},
                "seconds": {step: round(seconds, 3) for step, seconds in sorted(self._seconds.items())},
            }
        )
        with warehouse.open(self.settings.database, wait_seconds=self.settings.lock_wait_seconds) as house:
            if status == "running":
                house.end_killed_runs()
            house.record_run(self.run)

    def _tell_figures(self) -> None:
        run, seconds = self.run, (self.run.duration or datetime.timedelta()).total_seconds()
        self._tell(
            "run finished",
            status=run.status,
            seconds=round(seconds, 3),
            seconds_by_step=run.seconds,
            inputs=run.inputs,
            added=run.added,
            changed=run.changed,
            unchanged=run.unchanged,
            duplicates=run.duplicates,
            issues=run.issues,
            articles_per_second=round((run.added + run.changed) / seconds, 1) if seconds else None,
        )

    def _tell(self, event: str, /, level: int = logging.INFO, **fields: Any) -> None:
        tell(event, level=level, run=self.run.id, **fields)
