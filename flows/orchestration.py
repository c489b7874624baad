"""Prefect's surroundings. Must be set before Prefect is imported, for it reads its settings on import."""

from __future__ import annotations

import os
from pathlib import Path


def prepare(home: Path) -> None:
    """Keep Prefect's files under `home` and Prefect from phoning home; what the user has set is left
    alone.
    """
    os.environ.setdefault("PREFECT_HOME", str(home.resolve()))
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")  # the run says itself how it goes
