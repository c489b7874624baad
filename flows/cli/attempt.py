"""`shilu try`: what the rules see in one sentence, for whoever writes rules."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

import datetime

import click

from flows.cli.options import KIND


@click.command(
    short_help="Show what the rules see in one sentence.",
    name="try",
    epilog="Example: shilu try attack_count '防空部队5日击落了12架无人机。' --published 2024-03-05",
)
@click.argument("kind", type=KIND)
@click.argument("sentence")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The article's date, from which relative dates count. [default: today]",
)
@click.pass_context
def command(ctx: click.Context, kind: str, sentence: str, published: datetime.datetime | None) -> None:
    """Show which rules of KIND match SENTENCE, what fills their slots, and the events that come of it."""
    if not sentence.strip():
        raise click.UsageError("the sentence is empty; give it in quotes")
    import extractors
    from flows.cli.wording import slots_in_words
    from schemas import to_record

    day = published.date() if published else datetime.datetime.now(datetime.UTC).date()
    explanations = extractors.Extractor().explain(kind, sentence, day)
    for explanation in explanations:
        click.echo(": ".join(part for part in (explanation.rule, explanation.template) if part))
        for slot, words in explanation.slots.items():
            click.echo(f"    {slot} = {words}")
        if explanation.note:
            click.echo(f"    {explanation.note}")
        if explanation.event is not None:
            click.echo("    event: " + "; ".join(slots_in_words(to_record(explanation.event))))
    if not any(explanation.event for explanation in explanations):
        click.echo(f"no event of kind {kind}")
        ctx.exit(1)
