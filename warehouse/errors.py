"""What can go wrong in the warehouse. Every message says where, what, and what to do next."""

from __future__ import annotations


class WarehouseError(Exception):
    """The base of all errors of this room; also raised itself where no narrower class fits."""


class WarehouseLocked(WarehouseError):
    """Another process holds the database and did not let go within the waiting time."""


class WarehouseMissing(WarehouseError):
    """A reader asked for a database that has not been written yet."""


class MigrationRefused(WarehouseError):
    """The database and the numbered migrations of this version do not fit together."""


class LoadRefused(WarehouseError, ValueError):
    """A batch would have made the warehouse wrong; nothing of it was written."""


class QueryFailed(WarehouseError):
    """DuckDB refused or could not answer an SQL query; the message is DuckDB's own."""


class AmbiguousEvent(WarehouseError, LookupError):
    """A shortened event id is too short or fits several events."""


class AmbiguousFact(WarehouseError, LookupError):
    """A shortened fact id is too short or fits several facts."""


class TableRefused(WarehouseError):
    """A CSV file of rates or counts that the user gave is not what it should be; nothing of it was used."""


class PublishRefused(WarehouseError):
    """A snapshot cannot be published: another publishes, or the folder cannot be used. The old one stays."""


class NothingPublished(WarehouseError):
    """A reader asked for a snapshot before one was published."""


class SnapshotBroken(WarehouseError):
    """A published snapshot is not as its manifest says."""


class CopyRefused(WarehouseError):
    """A copy of the warehouse could not be made or put back; what was there before is as it was."""
