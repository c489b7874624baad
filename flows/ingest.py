"""The main job as a Prefect flow: thin tasks over the plain steps, a few hundred articles each.

Deploy it by its module path, `flows.ingest.ingest`. Without a server it runs by itself; with
`PREFECT_API_URL` set, its runs, retries and the table of figures show in that server.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows import steps
from flows.days import Days
from flows.errors import ShiluError
from flows.failing import told_as_failed
from flows.gather import Source, source_named
from flows.inputs import Inputs
from flows.intake import Batch, Survey
from flows.ledger import Summary
from flows.orchestration import errors_told_once, prepare
from flows.progress import Silent, watcher
from flows.run import Steps, fetch_source, run_ingest, run_source
from flows.settings import Settings, load_settings
from flows.sources import Limits
from flows.steps import Begun, Loaded, Read
from schemas import Run
from warehouse import Publication, Resolution, WarehouseLocked

prepare(load_settings().prefect_home)

from prefect import flow, task  # noqa: E402 - reads its settings on import, so they come first
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings  # noqa: E402

ARTIFACT = "shilu-ingest"
LOAD_RETRY_SECONDS = [2.0, 10.0, 30.0]


def _worth_retrying(_task: Any, _run: Any, state: Any) -> bool:
    """A held warehouse or a failing disk may recover; a refused batch will not."""
    return isinstance(state.result(raise_on_failure=False), WarehouseLocked | OSError)


@task(
    name="ask source",
    cache_policy=NO_CACHE,
    retries=len(LOAD_RETRY_SECONDS),
    retry_delay_seconds=LOAD_RETRY_SECONDS,
    retry_condition_fn=_worth_retrying,
)
def gather(source: Source, settings: Settings, again: bool, days: Days | None) -> Inputs:
    """What is new at a source, or was published on some days."""
    return steps.gather(source, settings, again, days)


@task(name="survey inputs", cache_policy=NO_CACHE)
def survey(inputs: Inputs, limits: Limits) -> Survey:
    """First pass over the inputs."""
    return steps.survey(inputs, limits)


@task(name="extract batch", cache_policy=NO_CACHE)
def extract(begun: Begun) -> Read:
    """Events of a batch of articles."""
    return steps.extract(begun)


@task(
    name="load batch",
    cache_policy=NO_CACHE,
    retries=len(LOAD_RETRY_SECONDS),
    retry_delay_seconds=LOAD_RETRY_SECONDS,
    retry_condition_fn=_worth_retrying,
)
def load(batch: Batch, read: Read, settings: Settings, run_id: str, version: str) -> Loaded:
    """Into the warehouse, in one transaction."""
    return steps.load(batch, read, settings, run_id, version)


@task(
    name="resolve facts",
    cache_policy=NO_CACHE,
    retries=len(LOAD_RETRY_SECONDS),
    retry_delay_seconds=LOAD_RETRY_SECONDS,
    retry_condition_fn=_worth_retrying,
)
def resolve(settings: Settings) -> Resolution:
    """Events to facts, in one transaction."""
    return steps.resolve(settings)


@task(
    name="publish snapshot",
    cache_policy=NO_CACHE,
    retries=len(LOAD_RETRY_SECONDS),
    retry_delay_seconds=LOAD_RETRY_SECONDS,
    retry_condition_fn=_worth_retrying,
)
def publish(settings: Settings) -> Publication:
    """What readers see, all at once."""
    return steps.publish(settings)


TASKS = Steps(gather=gather, survey=survey, extract=extract, load=load, resolve=resolve, publish=publish)


@flow(name="ingest", validate_parameters=False, on_failure=[told_as_failed], on_crashed=[told_as_failed])
def ingest(
    paths: list[str] | None = None,
    database: str | None = None,
    workers: int | None = None,
    source: str | None = None,
    again: bool = False,
    first: str | None = None,
    last: str | None = None,
    log_json: bool | None = None,
) -> Run:
    """Read the articles under `paths`, or what is new at the `source` of that name, into the warehouse.

    Settings as for the command line; with `again` all that is kept of the source is read, with `first` or `last`
    (local dates as 2024-03-05) what was published on these days. Raises what `flows.run.ingest_plain` raises; the flow
    run then fails.
    """
    settings = load_settings(database=database, workers=workers, log_json=log_json)
    watching = watcher.get() or Silent()
    if source is not None:
        chosen, days = source_named(source, settings), Days.parsed(first, last)
        summary = run_source(chosen, settings, watching, again=again, days=days, using=TASKS)
    else:
        summary = run_ingest([Path(path) for path in paths or ()], settings, watching, using=TASKS)
    create_table_artifact(key=ARTIFACT, table=table_of(summary), description=f"Run {summary.run.id}")
    return summary.run


@flow(name="fetch", validate_parameters=False)
def fetch(source: str, database: str | None = None) -> Run:
    """Ask a source for what is new and keep it unread; the next `ingest` of the source reads it."""
    settings = load_settings(database=database)
    fetched = fetch_source(source_named(source, settings), settings, watcher.get() or Silent(), using=TASKS)
    return fetched.summary.run


def ingest_with_prefect(
    paths: Sequence[Path],
    *,
    database: Path | None,
    workers: int | None,
    source: str | None = None,
    again: bool = False,
    days: Days | None = None,
    log_json: bool | None = None,
) -> Run:
    """Run the flow from here.

    Raises `ShiluError` where Prefect's server does not start or answer, else what the flow raises.
    """
    first, last = (
        day.isoformat() if day else None for day in ((days.first, days.last) if days else (None, None))
    )
    with started_from_here():
        return ingest(
            [str(path) for path in paths],
            str(database) if database else None,
            workers,
            source,
            again,
            first,
            last,
            log_json,
        )


@contextmanager
def started_from_here() -> Iterator[None]:
    """For a flow run in the block: no heartbeat, for joining it costs a second and nobody listens; errors told once.

    Raises `ShiluError` where Prefect's server does not start or answer.
    """
    try:
        with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), errors_told_once():
            yield
    except RuntimeError as error:
        if "Prefect API" not in str(error) and "reach API" not in str(error):
            raise
        raise ShiluError(
            f"Prefect's server does not answer: {error}; try again, correct PREFECT_API_URL where it is set, "
            "or use --no-prefect"
        ) from error


def table_of(summary: Summary) -> list[dict[str, Any]]:
    """The figures of a run, for the page of its artifact."""
    run, ledger = summary.run, summary.ledger
    seconds = run.duration.total_seconds() if run.duration else 0.0
    rows: list[tuple[str, object]] = [
        ("inputs", ledger.inputs),
        ("articles added", ledger.added),
        ("articles changed", ledger.changed),
        ("articles read again", ledger.reread),
        ("articles unchanged", ledger.unchanged),
        ("duplicates", ledger.duplicates),
        ("issues", ledger.issues),
        ("files passed over", summary.passed_over_words),
        *((f"events: {kind}", count) for kind, count in sorted(run.events.items())),
        ("facts in the warehouse", ledger.facts),
        ("seconds", round(seconds, 1)),
    ]
    return [{"figure": name, "value": value} for name, value in rows]
