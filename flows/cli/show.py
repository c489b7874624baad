"""`shilu show`: one event with the words it was read from."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli.options import database_option

if TYPE_CHECKING:
    from rich.text import Text

    from schemas import Article, EventBase, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """How a span is set off: by a style on a terminal, by brackets elsewhere."""

    style: str
    opening: str
    closing: str


EVIDENCE = Mark("black on yellow", "【", "】")
CLAIMANT = Mark("bold underline", "〔", "〕")


@click.command(
    short_help="Show an event in its article.",
    epilog="Example: shilu show 3f9a (the beginning of an id is enough)",
)
@click.argument("event")
@database_option
def command(event: str, database: Path | None) -> None:
    """Show EVENT, its slots, and its evidence【…】and claimant〔…〕in the article."""
    import warehouse
    from flows.errors import ShiluError
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        found = house.event(event)
    if found is None:
        remedy = "list ids with: shilu sql 'SELECT event_id, evidence FROM meetings'"
        raise ShiluError(f"{settings.database}: no event {event}; {remedy}")
    _print(*found)


def _print(article: Article, event: EventBase) -> None:
    from rich.console import Console
    from rich.text import Text

    from flows.cli.wording import ENVELOPE, value_in_words
    from schemas import to_record

    record = to_record(event)
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(f"{record['kind']} {event.id}", style="bold"))
    for slot, value in record.items():
        if slot not in ENVELOPE and value not in (None, []):
            console.print(Text(f"  {slot:15} {value_in_words(value)}"))
    console.print(Text(f"  {'found by':15} {event.found_by}, version {event.extractor_version}"))
    if event.confidence is not None:
        console.print(Text(f"  {'confidence':15} {event.confidence:.2f}"))
    console.print(Text(f"\n{article.title}\n{article.source}, {article.published.isoformat()}"))
    if article.url:
        console.print(Text(article.url))
    for paragraph in passages(article, event, styled=console.is_terminal):
        console.print()
        console.print(paragraph)


def passages(article: Article, event: EventBase, *, styled: bool) -> Iterable[Text]:
    """The paragraphs that hold evidence or claimant, marked, in the order of the article; the title first."""
    marks = [(span, EVIDENCE) for span in event.evidence]
    if event.claimed_by and event.claimed_by.span:
        marks.append((event.claimed_by.span, CLAIMANT))
    paragraphs: dict[tuple[int, int, int], list[tuple[Span, Mark]]] = {}
    for span, mark in marks:
        whole = article.title if span.part == "title" else article.text
        start = whole.rfind("\n", 0, span.start) + 1
        end = whole.find("\n", span.end)
        key = (int(span.part == "text"), start, len(whole) if end < 0 else end)
        paragraphs.setdefault(key, []).append((span, mark))
    for (in_text, start, end), placed in sorted(paragraphs.items(), key=lambda entry: entry[0]):
        whole = article.text if in_text else article.title
        yield _marked(whole[start:end], start, placed, styled=styled)


def _marked(paragraph: str, offset: int, placed: list[tuple[Span, Mark]], *, styled: bool) -> Text:
    from rich.text import Text

    if styled:
        text = Text(paragraph)
        for span, mark in placed:
            text.stylize(mark.style, span.start - offset, span.end - offset)
        return text
    # Brackets from the end backwards, so that earlier offsets stay right; at one place, what closes comes
    # first.
    brackets = [(span.start - offset, 1, mark.opening) for span, mark in placed]
    brackets += [(span.end - offset, 0, mark.closing) for span, mark in placed]
    for at, _, bracket in sorted(brackets, reverse=True):
        paragraph = paragraph[:at] + bracket + paragraph[at:]
    return Text(paragraph)
