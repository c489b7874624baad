"""Reading stored articles again as a Prefect flow, with the tasks of the main job.

Deploy it by its module path, `flows.reprocess.reprocess`.
"""

from __future__ import annotations

from pathlib import Path

import warehouse
from flows.days import Days
from flows.failing import told_as_failed
from flows.ingest import TASKS, started_from_here, table_of
from flows.progress import Silent, watcher
from flows.reread import run_reprocess, selected
from flows.settings import load_settings
from schemas import Run

from prefect import flow  # isort: skip - flows.ingest has prepared its surroundings
from prefect.artifacts import create_table_artifact  # isort: skip

ARTIFACT = "shilu-reprocess"


@flow(name="reprocess", validate_parameters=False, on_failure=[told_as_failed], on_crashed=[told_as_failed])
def reprocess(
    which: warehouse.Which = "older",
    database: str | None = None,
    workers: int | None = None,
    source: str | None = None,
    first: str | None = None,
    last: str | None = None,
    log_json: bool | None = None,
) -> Run:
    """Read stored articles again, see `flows.reread.reprocess_plain`; settings as for the command line.

    `first` and `last` are local dates of publication, as 2024-03-05.
    """
    settings = load_settings(database=database, workers=workers, log_json=log_json)
    selection = selected(which, source, Days.parsed(first, last))
    summary = run_reprocess(settings, watcher.get() or Silent(), selection=selection, using=TASKS)
    create_table_artifact(key=ARTIFACT, table=table_of(summary), description=f"Run {summary.run.id}")
    return summary.run


def reprocess_with_prefect(
    selection: warehouse.Selection,
    *,
    database: Path | None,
    workers: int | None,
    log_json: bool | None = None,
) -> Run:
    """Run the flow from here; see `flows.ingest.ingest_with_prefect`."""
    first, last = (day.isoformat() if day else None for day in (selection.first, selection.last))
    with started_from_here():
        return reprocess(
            selection.which,
            str(database) if database else None,
            workers,
            selection.source,
            first,
            last,
            log_json,
        )
