"""Words of an article with the evidence in them marked."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

# A paragraph longer than this is shown around its evidence only, with so many characters before and after.
LONGEST_PARAGRAPH = 480
CONTEXT = 140


class Piece(NamedTuple):
    """A stretch of text and the events whose evidence it is."""

    text: str
    events: tuple[str, ...]


def pieces(text: str, spans: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """The text cut where a span (start, end, event) begins or ends. Spans may overlap."""
    inside = [(max(0, start), min(len(text), end), event) for start, end, event in spans]
    cuts = sorted({0, len(text), *(cut for start, end, _ in inside for cut in (start, end) if start < end)})
    found = []
    for start, end in itertools.pairwise(cuts):
        events = tuple(dict.fromkeys(event for a, b, event in inside if a <= start and end <= b))
        found.append(Piece(text[start:end], events))
    return found


def quotations(spans: Sequence[Mapping[str, Any]]) -> list[list[Piece]]:
    """Each paragraph in which evidence stands, once, with all of it marked; a long one cut down to what is around."""
    paragraphs: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for span in spans:
        paragraphs.setdefault((span["part"], span["paragraph"]["start"]), []).append(span)
    return [_quotation(together) for together in paragraphs.values()]


def _quotation(spans: Sequence[Mapping[str, Any]]) -> list[Piece]:
    paragraph = spans[0]["paragraph"]
    text, offset = paragraph["text"], paragraph["start"]
    marked = [(span["start"] - offset, span["end"] - offset, "evidence") for span in spans]
    begin, end = 0, len(text)
    if len(text) > LONGEST_PARAGRAPH:
        begin = max(0, min(start for start, _, _ in marked) - CONTEXT)
        end = min(len(text), max(end for _, end, _ in marked) + CONTEXT)
    shown = pieces(text[begin:end], [(a - begin, b - begin, event) for a, b, event in marked])
    before = [Piece("… ", ())] if begin else []
    after = [Piece(" …", ())] if end < len(text) else []
    return before + shown + after


def paragraphs(text: str, spans: Sequence[tuple[int, int, str]]) -> list[list[Piece]]:
    """A whole text by its lines, each with the evidence of events marked."""
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [(a - start, b - start, event) for a, b, event in spans if a < end and b > start]
        if line.strip():
            found.append(pieces(line, here))
        start = end + 1
    return found
