"""What a snapshot says of itself: its files with hashes and rows, its place in the row of snapshots, its counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from schemas import digest
from warehouse.errors import SnapshotBroken
from warehouse.publish.folder import MANIFEST

# Raised when a column of a published view or a field of a record is renamed, retyped or taken away; not when one is added.
SCHEMA_VERSION = 1
ID_LENGTH = 16
# The modules that say what the tables of the feed hold.
LAYOUT = (
    "changes.py", "event_rows.py", "fact_rows.py", "filters.py", "macros.py", "records.py", "series_tables.py",
    "shapes.py", "tables.py", "views.py",
)  # fmt: skip


@dataclass(frozen=True)
class PublishedFile:
    """A file of a snapshot. `columns` are names and DuckDB types of a Parquet file, in order."""

    name: str
    bytes: int
    sha256: str
    rows: int | None = None
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """The manifest of a snapshot.

    `id` names the snapshot and all before it: the same content published after the same snapshots has the same id.
    `previous` is the one before (`None`: the first). `layout` tells with which code the tables of the feed were made,
    `content` is the hash over all that the snapshot says. `newest_article` is when the newest article was published
    (ISO 8601, UTC): there is no clock in a manifest. `view_hashes` are the hashes over all facts, events, articles and
    findings that docs/feed.md explains, `last_sequences` the numbers of their last changes; `facts_hash` and `last_sequence`
    are those of facts.
    """

    id: str
    number: int
    previous: str | None
    schema_version: int
    layout: str
    content: str
    newest_article: str | None
    extractor_versions: list[str]
    facts_hash: str
    view_hashes: dict[str, str]
    last_sequence: int
    last_sequences: dict[str, int]
    counts: dict[str, int]
    files: list[PublishedFile]

    def write(self, version: Path) -> None:
        """Write the manifest into the folder of its snapshot."""
        words = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (version / MANIFEST).write_text(words + "\n", encoding="utf-8")

    def public(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return asdict(self)


def read_manifest(version: Path) -> Manifest:
    """The manifest of a snapshot. Raises SnapshotBroken where it is missing or none of ours."""
    try:
        content: dict[str, Any] = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
        files = [PublishedFile(**each) for each in content.pop("files")]
        return Manifest(files=files, **content)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotBroken(
            f"{version / MANIFEST}: no manifest of a snapshot ({error}); run `shilu publish` to make a new one"
        ) from error


def snapshot_id(previous: str | None, content: str) -> str:
    """The id of a snapshot with this content after the snapshot `previous`."""
    return digest("snapshot", previous or "", content)[:ID_LENGTH]


def content_hash(files: Mapping[str, str]) -> str:
    """The hash over what a snapshot says: names and hashes of its Parquet files, and how its tables are laid out."""
    return digest("content", layout_digest(), *(f"{name} {files[name]}" for name in sorted(files)))


@lru_cache(maxsize=1)
def layout_digest() -> str:
    """A digest of the code that lays out a snapshot's tables: the feed reads only those of its own making."""
    found = hashlib.sha256(str(SCHEMA_VERSION).encode())
    for name in LAYOUT:
        found.update(Path(__file__).with_name(name).read_bytes())
    return found.hexdigest()[:ID_LENGTH]


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify(version: Path, *names: str) -> Manifest:
    """The manifest of a snapshot whose files, or those named, are as it says.

    Raises SnapshotBroken naming the first that is not.
    """
    manifest = read_manifest(version)
    for each in manifest.files:
        path = version / each.name
        if names and each.name not in names:
            continue
        if not path.is_file() or path.stat().st_size != each.bytes or file_hash(path) != each.sha256:
            raise SnapshotBroken(
                f"{path}: missing or not as the manifest says; run `shilu publish` to make a new snapshot"
            )
    return manifest
