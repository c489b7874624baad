"""From a source in sources.toml to inputs of a run: one file per type of source, one list of types."""

from __future__ import annotations

from flows.gather.catalogue import load_sources, source_named, sources_file
from flows.gather.desk import Desk
from flows.gather.inputs import Documents, Failures, WatchedPaths
from flows.gather.source import Source
from flows.gather.types import TYPES, SourceType, gather
from flows.inputs import Inputs

__all__ = [
    "TYPES",
    "Desk",
    "Documents",
    "Failures",
    "Inputs",
    "Source",
    "SourceType",
    "WatchedPaths",
    "gather",
    "load_sources",
    "source_named",
    "sources_file",
]
