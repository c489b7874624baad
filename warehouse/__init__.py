"""Where the record is kept: articles, events and their history in DuckDB, with one typed view per kind.

with warehouse.open(Path("data/shilu.duckdb")) as house:
    house.load([(article, events)], run_id="…", extractor_version="…")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.audit.checks import CHECKS
from warehouse.audit.finding import SEVERITIES, AuditCount, Finding
from warehouse.backup import Copy, back_up, put_back
from warehouse.errors import (
    AmbiguousEvent,
    AmbiguousFact,
    CopyRefused,
    LoadRefused,
    MigrationRefused,
    NothingPublished,
    PublishRefused,
    QueryFailed,
    SnapshotBroken,
    TableRefused,
    WarehouseError,
    WarehouseLocked,
    WarehouseMissing,
)
from warehouse.examination import Symptom, examine
from warehouse.expectations import Checked, Expectation
from warehouse.facts.lookup import FactDetail
from warehouse.facts.resolve import Resolution
from warehouse.journal import this_process
from warehouse.load import LoadResult
from warehouse.opening import open_warehouse
from warehouse.rereading import Selection, Which
from warehouse.series.comparison import Comparison
from warehouse.series.explanation import Difference
from warehouse.soundness import Fault
from warehouse.standing import Standing
from warehouse.store import Table, Warehouse

if TYPE_CHECKING:
    from warehouse.publish.publish import Publication
    from warehouse.publish.records import Location


def open(path: Path, *, read_only: bool = False, wait_seconds: float = 30.0) -> Warehouse:
    """Open the warehouse in the DuckDB file `path`; a context manager.

    A writer creates the file and its folder where missing and brings tables and views up to date; there is
    one writer at a time, and none while there are readers. Waits up to `wait_seconds` for others to finish.
    Raises WarehouseLocked where they do not, saying who holds the file; WarehouseMissing where a reader finds
    no warehouse; MigrationRefused for a database of a newer version or with altered migrations;
    WarehouseError for a file that is no database.
    """
    return open_warehouse(path, read_only=read_only, wait_seconds=wait_seconds)


def published_folder(database: Path) -> Path:
    """Where the snapshots of the warehouse in `database` are published unless told otherwise: beside it."""
    from warehouse.publish.folder import beside  # noqa: PLC0415

    return beside(database)


def publish_snapshot(
    database: Path,
    folder: Path,
    *,
    keep: int = 3,
    wait_seconds: float = 30.0,
    locate: Callable[[str, tuple[str, ...]], Location | None] | None = None,
) -> Publication:
    """Publish the warehouse in `database` as a snapshot in `folder`, its facts and findings brought up to date first.

    Readers keep the snapshot they opened; the newest `keep` stay, and those that are read. Where nothing has changed
    since the last snapshot, that one stays. `locate` says where a place of a text on some countries is. Raises
    PublishRefused where the folder cannot be used; what `open` raises where the warehouse cannot.
    """
    from warehouse.publish.publish import publish  # noqa: PLC0415

    return publish(database, folder, keep=keep, wait_seconds=wait_seconds, locate=locate)


def is_published(folder: Path) -> bool:
    """Whether `folder` has a snapshot that this version of Shilu can serve."""
    from warehouse.publish.folder import current_version  # noqa: PLC0415
    from warehouse.publish.manifest import layout_digest, read_manifest  # noqa: PLC0415

    try:
        return read_manifest(current_version(folder)).layout == layout_digest()
    except (NothingPublished, SnapshotBroken):
        return False


def export_view(folder: Path, view: str, form: str) -> Iterator[bytes]:
    """The bytes of a view of the snapshot published in `folder`, as parquet, csv, jsonl, geojson or atom.

    Raises NothingPublished where there is no snapshot, WarehouseError for a view or form that there is not.
    """
    from warehouse.publish.export import export  # noqa: PLC0415

    return export(folder, view, form)


def feed_application(
    folder: Path, *, hosts: Sequence[str] | None = None, seconds: float = 10.0
) -> Callable[..., Any]:
    """The web application (ASGI) that serves the snapshots published in `folder`, and follows newer ones.

    Requests must be for one of `hosts` (loopback unless given, "*" for any). A question that takes the database longer
    than `seconds` is given up.
    """
    from warehouse.feed.application import LOOPBACK, create_app  # noqa: PLC0415

    return create_app(folder, hosts=LOOPBACK if hosts is None else hosts, seconds=seconds)


def __getattr__(name: str) -> object:
    # Loaded on first use: opening a warehouse must not cost what only publishing needs.
    if name in ("Publication", "Location"):
        from warehouse.publish.publish import Publication  # noqa: PLC0415
        from warehouse.publish.records import Location  # noqa: PLC0415

        return Publication if name == "Publication" else Location
    raise AttributeError(f"module 'warehouse' has no attribute {name!r}")


__all__ = [
    "CHECKS",
    "SEVERITIES",
    "AmbiguousEvent",
    "AmbiguousFact",
    "AuditCount",
    "Checked",
    "Comparison",
    "Copy",
    "CopyRefused",
    "Difference",
    "Expectation",
    "FactDetail",
    "Fault",
    "Finding",
    "LoadRefused",
    "LoadResult",
    "Location",
    "MigrationRefused",
    "NothingPublished",
    "Publication",
    "PublishRefused",
    "QueryFailed",
    "Resolution",
    "Selection",
    "SnapshotBroken",
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
    "export_view",
    "feed_application",
    "is_published",
    "open",
    "publish_snapshot",
    "published_folder",
    "put_back",
    "this_process",
]
