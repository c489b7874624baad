"""Where the record is kept: articles, events and their history in DuckDB, with one typed view per kind.

with warehouse.open(Path("data/shilu.duckdb")) as house:
    house.load([(article, events)], run_id="…", extractor_version="…")
"""

from __future__ import annotations

from pathlib import Path

from warehouse.audit.checks import CHECKS
from warehouse.audit.finding import SEVERITIES, AuditCount, Finding
from warehouse.backup import Copy, back_up, put_back
from warehouse.errors import (
    AmbiguousEvent,
    AmbiguousFact,
    CopyRefused,
    LoadRefused,
    MigrationRefused,
    QueryFailed,
    TableRefused,
    WarehouseError,
    WarehouseLocked,
    WarehouseMissing,
)
from warehouse.examination import Symptom, examine
from warehouse.facts.lookup import FactDetail
from warehouse.facts.resolve import Resolution
from warehouse.journal import this_process
from warehouse.load import LoadResult
from warehouse.opening import open_warehouse
from warehouse.rereading import Which
from warehouse.series.comparison import Comparison
from warehouse.series.explanation import Difference
from warehouse.soundness import Fault
from warehouse.standing import Standing
from warehouse.store import Table, Warehouse


def open(path: Path, *, read_only: bool = False, wait_seconds: float = 30.0) -> Warehouse:
    """Open the warehouse in the DuckDB file `path`; a context manager.

    A writer creates the file and its folder where missing and brings tables and views up to date; there is
    one writer at a time, and none while there are readers. Waits up to `wait_seconds` for others to finish.
    Raises WarehouseLocked where they do not, saying who holds the file; WarehouseMissing where a reader finds
    no warehouse; MigrationRefused for a database of a newer version or with altered migrations;
    WarehouseError for a file that is no database.
    """
    return open_warehouse(path, read_only=read_only, wait_seconds=wait_seconds)


__all__ = [
    "CHECKS",
    "SEVERITIES",
    "AmbiguousEvent",
    "AmbiguousFact",
    "AuditCount",
    "Comparison",
    "Copy",
    "CopyRefused",
    "Difference",
    "FactDetail",
    "Fault",
    "Finding",
    "LoadRefused",
    "LoadResult",
    "MigrationRefused",
    "QueryFailed",
    "Resolution",
    "Standing",
    "Symptom",
    "Table",
    "TableRefused",
    "Warehouse",
    "WarehouseError",
    "WarehouseLocked",
    "WarehouseMissing",
    "Which",
    "back_up",
    "examine",
    "open",
    "put_back",
    "this_process",
]
