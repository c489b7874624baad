"""Reading stored articles again as a Prefect flow, with the tasks of the main job.

Deploy it by its module path, `flows.reprocess.reprocess`.
"""

from __future__ import annotations

from pathlib import Path

import warehouse
from flows.failing import told_as_failed
from flows.ingest import TASKS, started_from_here, table_of
from flows.progress import Silent, watcher
from flows.reread import run_reprocess
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
    log_json: bool | None = None,
) -> Run:
    """Read stored articles again, see `flows.reread.reprocess_plain`; settings as for the command line."""
    settings = load_settings(database=database, workers=workers, log_json=log_json)
    summary = run_reprocess(settings, watcher.get() or Silent(), which=which, using=TASKS)
    create_table_artifact(key=ARTIFACT, table=table_of(summary), description=f"Run {summary.run.id}")
    return summary.run


def reprocess_with_prefect(
    which: warehouse.Which, *, database: Path | None, workers: int | None, log_json: bool | None = None
) -> Run:
    """Run the flow from here; see `flows.ingest.ingest_with_prefect`."""
    with started_from_here():
        return reprocess(which, str(database) if database else None, workers, log_json)
