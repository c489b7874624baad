"""Prefect's surroundings. Must be set before Prefect is imported, for it reads its settings on import."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def prepare(home: Path) -> None:
    """Keep Prefect's files under `home` and Prefect from phoning home; what the user set stays.

    Raises `OSError` where the folder cannot be created.
    """
    if "PREFECT_HOME" not in os.environ:
        home.mkdir(parents=True, exist_ok=True)  # Prefect itself creates the last folder only
        os.environ["PREFECT_HOME"] = str(home.resolve())
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    # Its own server takes seconds to start, on a busy machine many.
    os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")  # the run says itself how it goes


@contextmanager
def errors_told_once() -> Iterator[None]:
    """Keep Prefect from printing, with its traceback, an error that the caller is about to be told of.

    Its server, where there is one, still receives it. Call after Prefect has been imported: it sets up its
    console handler then.
    """
    handlers = [
        handler for handler in logging.getLogger().handlers if type(handler).__module__.startswith("prefect")
    ]
    for handler in handlers:
        handler.addFilter(_is_no_error_of_a_run)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(_is_no_error_of_a_run)


def _is_no_error_of_a_run(record: logging.LogRecord) -> bool:
    return record.levelno < logging.ERROR or not record.name.startswith(
        ("prefect.flow_runs", "prefect.task_runs")
    )
