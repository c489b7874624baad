"""Sources of type `folder`: watched files and folders of any format of ours, read again only when they change."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from flows.gather.desk import Desk
from flows.gather.inputs import WatchedPaths
from flows.gather.source import Source
from flows.inputs import Inputs


class FolderSource(Source):
    """Archive files, JSON Lines, saved pages and WARC files, in folders or named one by one."""

    type: Literal["folder"] = "folder"
    paths: Annotated[tuple[Path, ...], Field(min_length=1)]

    @property
    def asks_network(self) -> bool:
        return False

    def would_ask(self) -> list[str]:
        return [str(path) for path in self.paths]


def gather(source: FolderSource, desk: Desk, *, again: bool) -> Inputs:
    """The files that have changed since they were read, or all."""
    return WatchedPaths(source.paths, desk, again=again)
