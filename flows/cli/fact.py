"""`shilu fact`: one fact with its members, the rival claims, and what was known when."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.cli.options import database_option

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse import FactDetail

# What a claim says of the one who makes it; its other entries are what is claimed.
OF_THE_CLAIMANT = frozenset(
    {"claimant", "side", "modality", "first_said", "last_said", "articles", "event_id", "article_id"}
)


@click.command(
    short_help="Show a fact: who says what, and why it is one.",
    epilog="Example: shilu fact 5b04 (the beginning of an id is enough; shilu sql 'FROM facts' lists them)",
)
@click.argument("fact")
@database_option
def command(fact: str, database: Path | None) -> None:
    """Show FACT: status, best value, each claimant's version, the events in it and why they joined, its history."""
    from rich.console import Console

    import warehouse
    from flows.errors import ShiluError
    from flows.settings import load_settings

    settings = load_settings(database=database)
    with warehouse.open(settings.database, read_only=True, wait_seconds=settings.lock_wait_seconds) as house:
        found = house.fact(fact)
    if found is None:
        remedy = "list ids with: shilu sql 'SELECT fact_id, kind, value FROM facts'"
        raise ShiluError(f"{settings.database}: no fact {fact}; {remedy}")
    _print(Console(soft_wrap=True, highlight=False), found)


def _print(console: Console, found: FactDetail) -> None:
    from rich.text import Text

    from flows.cli.wording import value_in_words

    fact = found.fact
    console.print(Text(f"{fact['kind']} fact {fact['fact_id']}: {fact['status']}", style="bold"))
    if fact["said_until"] is not None:
        console.print(Text(f"  no article says so since {fact['said_until']:%Y-%m-%d %H:%M} UTC"))
    console.print(Text(f"  {'reports':15} {fact['articles']} articles of {fact['origins']} origins"))
    if fact["low"] is not None or fact["high"] is not None:
        console.print(Text(f"  {'value':15} {_number(fact['value'])} {_interval(fact)}"))
    for slot, value in fact["payload"].items():
        if value not in (None, [], False):
            console.print(Text(f"  {slot:15} {value_in_words(value)}"))
    console.print(Text("\nWho says so", style="bold"))
    for claim in fact["claims"]:
        said = "; ".join(
            f"{name} {value_in_words(value)}"
            for name, value in claim.items()
            if name not in OF_THE_CLAIMANT and value is not None
        )
        who = claim["claimant"] or "the article itself"
        console.print(
            Text(
                f"  {who}: {said or claim['modality']} (event {claim['event_id']}, {claim['articles']} articles)"
            )
        )
    _print_members(console, found.members)
    _print_versions(console, found.versions)


def _print_members(console: Console, members: list[dict[str, Any]]) -> None:
    from rich.text import Text

    console.print(Text("\nEvents in it", style="bold"))
    for member in members:
        gone = f", until {member['said_until']:%Y-%m-%d %H:%M}" if member["said_until"] else ""
        console.print(
            Text(
                f"  {member['said_from']:%Y-%m-%d %H:%M} UTC{gone}  {member['source']}  {member['event_id']}"
            )
        )
        console.print(Text(f"    {member['evidence']}"))
        tie = f", tied to {member['tied_to']}" if member["tied_to"] else ""
        reprint = (
            f"; a reprint of {member['origin_id']}" if member["origin_id"] != member["article_id"] else ""
        )
        console.print(Text(f"    {member['reason']}{tie}{reprint}"))


def _print_versions(console: Console, versions: list[dict[str, Any]]) -> None:
    from rich.text import Text

    console.print(Text("\nWhat was known when", style="bold"))
    for version in versions:
        value = f"{_number(version['value'])} {_interval(version)}" if version["low"] is not None else ""
        console.print(
            Text(
                f"  from {version['said_from']:%Y-%m-%d %H:%M} UTC  {version['status']}, "
                f"{version['articles']} articles  {value}".rstrip()
            )
        )


def _number(value: float | None) -> str:
    return "open" if value is None else f"{value:,.10g}"


def _interval(row: dict[str, Any]) -> str:
    unit = f" {row['unit']}" if row["unit"] else ""
    return f"[{_number(row['low'])}, {_number(row['high'])}]{unit}"
