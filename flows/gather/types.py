"""The list of types of sources: a new one is a file beside this and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.gather import feed, folder, pages
from flows.gather.desk import Desk
from flows.gather.source import Source
from flows.inputs import Inputs


@dataclass(frozen=True, slots=True)
class SourceType:
    """What a source of this type says of itself, and how its inputs are gathered: `gather(source, desk, again=…)`."""

    name: str
    model: type[Source]
    gather: Callable[..., Inputs]


TYPES: dict[str, SourceType] = {
    each.name: each
    for each in (
        SourceType("folder", folder.FolderSource, folder.gather),
        SourceType("feed", feed.FeedSource, feed.gather),
        SourceType("pages", pages.PagesSource, pages.gather),
    )
}


def gather(source: Source, desk: Desk, *, again: bool = False) -> Inputs:
    """Ask a source for what is new, and give what a run is to read: that, or with `again` all that is kept."""
    how: Any = TYPES[source.type].gather
    inputs: Inputs = how(source, desk, again=again)
    desk.save()
    return inputs
