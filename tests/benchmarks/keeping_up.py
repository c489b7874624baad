"""How long facts and findings take to be brought up to date: from empty, for a day, for a late article, for nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import warehouse

VERSION = "rules-1"
Batch = list[tuple[Any, list[Any]]]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the wall and of processors; the latter tell more where others use the machine too."""
    wall, processors = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processors


def keep_up(house: warehouse.Warehouse, batches: Mapping[str, Batch]) -> None:
    """Load each batch, resolve and audit, and print how long both take; loading is not counted."""
    print(f"{'':16} {'resolve':>18} {'audit':>18} {'both':>18}   seconds by the wall (of processors)")
    for name, batch in batches.items():
        house.load(batch, run_id="benchmark", extractor_version=VERSION)
        took = [timed(house.resolve), timed(house.audit)]
        took.append((took[0][0] + took[1][0], took[0][1] + took[1][1]))
        facts, findings = (
            house.query(f"SELECT count(*) FROM {view}").rows[0][0] for view in ("facts", "findings")
        )
        told = " ".join(f"{wall:8.2f} ({processors:7.2f})" for wall, processors in took)
        print(f"{name:16} {told}   {facts} facts, {findings} findings", flush=True)
