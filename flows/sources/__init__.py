"""Inputs to articles: one file per format, one list of formats, and a walk that loses nothing silently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.sources.item import Item, Limits, Refusal
from flows.sources.walk import FORMATS, Format, format_of, read_items
from schemas import Article, Issue


def read_inputs(
    paths: Iterable[Path], *, limits: Limits | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Article | Issue]:
    """Every article under `paths`, or the issue that stands for an input that is none, in a fixed order.

    Streams in constant memory. `passed_over` counts, by extension, files in folders that are of no format
    of ours. Raises `InputNotFoundError` at once where a path does not exist.
    """
    items = read_items(
        paths, limits=limits or Limits(), passed_over=passed_over if passed_over is not None else Counter()
    )
    return (item.outcome for item in items)


__all__ = ["FORMATS", "Format", "Item", "Limits", "Refusal", "format_of", "read_inputs", "read_items"]
