"""`shilu train`: the extractor's own models from annotated articles."""

# ruff: noqa: PLC0415 - heavy rooms are imported when a command runs, so that short commands stay short

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from extractors import training

file = click.Path(exists=True, dir_okay=False, path_type=Path)
Pairs = tuple[tuple[Path, Path], ...]


@click.command(
    short_help="Train the extractor's own models.",
    epilog="Example: shilu train --learn train.articles.jsonl train.jsonl --measure dev.articles.jsonl dev.jsonl",
)
@click.option(
    "--learn", type=(file, file), multiple=True, metavar="ARTICLES GOLD", help="Sentences to learn from."
)
@click.option("--passages", type=file, multiple=True, help="The same in one file, as in tests/golden.")
@click.option(
    "--sums",
    type=(file, file),
    multiple=True,
    metavar="ARTICLES GOLD",
    help="Articles to learn from which sums of money are help, whose and for whom; the passages are too.",
)
@click.option(
    "--sentences",
    type=(file, file),
    multiple=True,
    metavar="ARTICLES LABELS",
    help="Single sentences to learn from which of them tell of a meeting, who takes part, and what is a mere remark on help.",
)
@click.option(
    "--measure",
    type=(file, file),
    multiple=True,
    metavar="ARTICLES GOLD",
    help="Articles to measure confidence on: none that rules were written on. [default: the events measured last]",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to write to. [default: extractors/model of this installation]",
)
def command(
    learn: Pairs, passages: tuple[Path, ...], sums: Pairs, sentences: Pairs, measure: Pairs, out: Path | None
) -> None:
    """Train the sentence classifier (--learn, --passages), the models that read sums of help (--sums, --passages) and those that read
    meetings and help by their words (--sentences), then measure the confidence of events (--measure).

    Each may be left out. The same input gives the same files.
    """
    from extractors import training

    folder = out or training.MODEL
    if learn or passages:
        from flows.training import annotated, lesson
        from flows.training import passages as read_passages

        lessons = [lesson(*pair) for files in learn for pair in annotated(*files)]
        lessons += [lesson(*pair) for path in passages for pair in read_passages(path)]
        learned = training.train_classifier(lessons, folder / "kinds")
        click.echo(f"classifier: learned {learned} sentences of {len(lessons)} articles and passages")
    if sums:
        _train_sums(sums, passages, folder / "sums.json")
    if sentences:
        _train_on_sentences(sentences, folder)
    table = folder / "observations.tsv"
    if measure:
        from extractors import Extractor
        from flows.training import annotated, observations

        # what was trained just now, else the classifier of this installation
        extractor = Extractor(trained=folder if (folder / "kinds").is_dir() else training.MODEL)
        measured = [each for files in measure for each in observations(extractor, list(annotated(*files)))]
        training.save_observations(measured, table)
    if not table.is_file():
        raise click.UsageError(f"{table} is missing; measure confidence on annotated articles with --measure")
    measured = training.load_observations(table)
    training.fit(measured).save(folder / "confidence.json")
    _print_reliability(measured)


def _train_sums(sums: Pairs, passages: Sequence[Path], path: Path) -> None:
    from extractors import training
    from flows.training import annotated
    from flows.training import passages as read_passages

    lessons = [pair for files in sums for pair in annotated(*files)]
    lessons += [pair for path in passages for pair in read_passages(path)]
    seen = training.train_sums(lessons, path)
    click.echo(f"sums: learned {seen} of {len(lessons)} articles and passages")


def _train_on_sentences(pairs: Pairs, folder: Path) -> None:
    from extractors import training
    from flows.training import sentences

    lessons = [lesson for files in pairs for lesson in sentences(*files)]
    met = training.train_meetings(lessons, folder / "meetings.json")
    helped = training.train_remarks(lessons, folder / "remarks.json")
    click.echo(f"sentences: learned {met} for meetings and {helped} for help, of {len(lessons)} articles")


def _print_reliability(measured: Sequence[training.Observation]) -> None:
    from extractors import training
    from flows.cli.tables import write_rows
    from flows.training import log_loss, reliability

    probabilities = training.out_of_fold(measured)
    share = sum(each.right for each in measured) / len(measured)
    constant = log_loss(measured, [share] * len(measured))
    click.echo(
        f"confidence: {len(measured)} events, {share:.3f} right; log loss {log_loss(measured, probabilities):.4f} "
        f"by cross-validation, {constant:.4f} for one confidence for all"
    )
    rows = [
        (f"{each.low:.2f} to {each.high:.2f}", each.events, f"{each.expected:.3f}", f"{each.right:.3f}")
        for each in reliability(measured, probabilities)
    ]
    write_rows(("confidence", "events", "expected right", "right"), rows, "table")
