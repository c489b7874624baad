"""How many time phrases of our own bench are read exactly, by form, beside the public tools for Chinese dates.

python tests/benchmarks/read_times.py [--wrong] [--baselines PYTHON]
                  --wrong: also prints every phrase that is not exact
                  --baselines: an interpreter in which recognizers-text-date-time, jionlp or dateparser is installed;
                  those that are there are asked too. They get the marked words alone, need not find them in a
                  clause, and are asked for the start and the end only.

Exact means: the words marked are one mention, and its start, end and precision are as given in mentions/times.toml.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from extractors.reading.mention import MentionType  # noqa: E402
from extractors.reading.reader import Reader  # noqa: E402
from extractors.reading.time_expressions import TimeExpression  # noqa: E402
from extractors.reading.time_resolution import resolve  # noqa: E402
from schemas import Article, Period  # noqa: E402

PHRASES = Path(__file__).parent / "mentions" / "times.toml"
BASELINES = Path(__file__).parent / "time_baselines.py"
UNRESOLVED = "unresolved"  # a mention without value
NOTHING = "nothing"  # no value, with or without a mention


@dataclass(frozen=True)
class Phrase:
    """A clause of the bench: `start` and `end` delimit the marked words, the whole clause where none are marked."""

    form: str
    text: str
    start: int
    end: int
    published: datetime.datetime
    passage: Period | None
    planned: bool
    means: str

    @property
    def words(self) -> str:
        """The marked words."""
        return self.text[self.start : self.end]


def phrases() -> list[Phrase]:
    """All phrases of the bench."""
    entries = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["phrase"]
    return [_phrase(entry) for entry in entries]


def _phrase(entry: dict[str, Any]) -> Phrase:
    before, opened, rest = entry["text"].partition("{")
    marked, _, after = rest.partition("}") if opened else (before, "", "")
    start = len(before) if opened else 0
    text = before + marked + after if opened else before
    passage = period_of(entry["passage"]) if "passage" in entry else None
    return Phrase(
        form=entry["form"],
        text=text,
        start=start,
        end=start + len(marked),
        published=entry["published"],
        passage=passage,
        planned=entry.get("planned", False),
        means=entry["means"],
    )


def period_of(written: str) -> Period:
    """`2024-11-03..2024-11-04 night` or `2024-11-03 day` as a period."""
    dates, precision = written.split()
    start, _, end = dates.partition("..")
    return Period.model_validate({"start": start, "end": end or start, "precision": precision})


def told(period: Period | None) -> str:
    """A period as the bench writes it."""
    if period is None:
        return UNRESOLVED
    start, end = period.start.isoformat(), period.end.isoformat()
    return f"{start if start == end else f'{start}..{end}'} {period.precision}"


def read(reader: Reader, phrase: Phrase) -> str:
    """What our reader makes of a phrase: as `Phrase.means`, or the mentions that are there instead."""
    article = Article.of(source="bench", title="", text=phrase.text, published=phrase.published)
    shift = 1  # the reader's text begins with the title and a newline
    found: list[tuple[int, int, str, str]] = []
    for sentence in reader.read(article, gated=False).sentences:
        for mention in sentence.mentions:
            if mention.type is MentionType.TIME and isinstance(mention.value, TimeExpression):
                meaning = resolve(mention.value, article.local_date, phrase.passage, future=phrase.planned)
                start, end = mention.start - shift, mention.end - shift
                if start < phrase.end and phrase.start < end:
                    found.append((start, end, mention.words, told(meaning)))
    if phrase.means == NOTHING and all(meaning == UNRESOLVED for *_, meaning in found):
        return NOTHING
    if [(start, end) for start, end, *_ in found] == [(phrase.start, phrase.end)]:
        return found[0][3]
    return " + ".join(f"{words}: {meaning}" for *_, words, meaning in found) or "no mention"


def ask(python: str, asked: Iterable[Phrase]) -> dict[str, list[list[list[str]]]]:
    """For each baseline, the pairs of start and end that it may mean by the marked words of every phrase."""
    questions = [
        {
            "words": phrase.words,
            "reference": (phrase.passage.end if phrase.passage else phrase.published.date()).isoformat(),
            "planned": phrase.planned,
        }
        for phrase in asked
    ]
    answer = subprocess.run(
        [python, str(BASELINES)], input=json.dumps(questions), capture_output=True, text=True, check=True
    )
    print(answer.stderr, file=sys.stderr, end="")
    found: dict[str, list[list[list[str]]]] = json.loads(answer.stdout)
    return found


def is_right(phrase: Phrase, pairs: list[list[str]]) -> bool:
    """Whether a baseline may mean the right start and end; it must mean none where there is none."""
    if phrase.means in (UNRESOLVED, NOTHING):
        return not pairs
    period = period_of(phrase.means)
    return [period.start.isoformat(), period.end.isoformat()] in pairs


def table(asked: list[Phrase], right: dict[str, list[bool]]) -> None:
    """Print the share of right phrases by form, a column for each reader."""
    print(f"{'form':34}{'phrases':>8}" + "".join(f"{name:>18}" for name in right))
    forms = list(dict.fromkeys(phrase.form for phrase in asked))
    for form in [*forms, "all"]:
        chosen = [i for i, phrase in enumerate(asked) if form in (phrase.form, "all")]
        shares = [sum(marks[i] for i in chosen) / len(chosen) for marks in right.values()]
        print(f"{form:34}{len(chosen):8}" + "".join(f"{share:18.1%}" for share in shares))


def main() -> None:
    """Read the bench and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--baselines", metavar="PYTHON")
    options = parser.parse_args()
    asked, reader = phrases(), Reader()
    ours = [read(reader, phrase) for phrase in asked]
    right = {"shilu, exact": [phrase.means == told for phrase, told in zip(asked, ours, strict=True)]}
    if options.baselines:
        for tool, answers in ask(options.baselines, asked).items():
            right[tool] = [is_right(phrase, answer) for phrase, answer in zip(asked, answers, strict=True)]
    table(asked, right)
    if options.wrong:
        for phrase, found in zip(asked, ours, strict=True):
            if found != phrase.means:
                print(f"{phrase.form}: {phrase.text} ({phrase.words})\n  is {phrase.means}, read as {found}")


if __name__ == "__main__":
    main()
