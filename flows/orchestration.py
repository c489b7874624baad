"""Prefect's surroundings. Must be set before Prefect is imported, for it reads its settings on import."""

from __future__ import annotations

import os
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
