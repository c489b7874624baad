"""How many numbers, quantities and amounts of our own bench are read exactly, by form, beside public tools.

python tests/benchmarks/read_quantities.py [--wrong] [--baselines PYTHON]
                  --wrong: also prints every phrase that is not exact
                  --baselines: an interpreter in which recognizers-text-suite, cn2an or jionlp is installed; those
                  that are there are asked too, but only for the numbers: they get the marked words alone, need
                  not find them, nor know what is no count. They are scored twice: for the value (of a range both
                  ends, of money the currency too), and for value and qualifier. 数十 has no value: there, none or a
                  range is the right one.

Exact means: the words marked are the one number of the clause, and its value, qualifier, interval and unit or
currency are as given in mentions/quantities.toml; where none are marked, no mention is a number.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from extractors.reading.mention import Counted, Mention, MentionType  # noqa: E402
from extractors.reading.reader import Reader  # noqa: E402
from extractors.reading.script import fold  # noqa: E402
from schemas import Article, Money  # noqa: E402
from schemas.values import Quantity  # noqa: E402

PHRASES = Path(__file__).parent / "mentions" / "quantities.toml"
BASELINES = Path(__file__).parent / "quantity_baselines.py"
NOTHING = "nothing"
ANY_CURRENCY = "any"  # of a tool that knows none
Answer = dict[str, Any]  # of a baseline: value, high, qualifiers, currency
PUBLISHED = datetime.datetime(2025, 3, 14, 2, tzinfo=datetime.UTC)
NUMBERS = (MentionType.COUNT, MentionType.MONEY, MentionType.ORDINAL)
QUANTITY = re.compile(
    r"(?:(?P<value>[\d.]+?)(?:\.\.(?P<high>[\d.]+))? )?(?P<qualifier>[a-z_]+) \[(?P<interval>.*?)\](?: (?P<unit>\S+))?"
)


@dataclass(frozen=True)
class Meaning:
    """What a number means. `qualifier` is `ordinal` for 第69批; `unit` is a classifier or a currency."""

    value: float | None
    qualifier: str
    high: float | None = None
    interval: tuple[float | None, float | None] = (None, None)
    unit: str | None = None

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit is not None and re.fullmatch("[A-Z]{3}", self.unit) is not None

    def agrees(self, other: Meaning) -> bool:
        """Whether both mean the same, but for what is lost in floating point."""
        mine = (self.value, self.high, *self.interval)
        theirs = (other.value, other.high, *other.interval)
        same = (self.qualifier, self.unit) == (other.qualifier, other.unit)
        return same and all(_is_close(a, b) for a, b in zip(mine, theirs, strict=True))


def _is_close(one: float | None, other: float | None) -> bool:
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9)


@dataclass(frozen=True)
class Phrase:
    """A clause of the bench: `start` and `end` delimit the marked words, the whole clause where none are marked."""

    form: str
    text: str
    start: int
    end: int
    means: Meaning | None

    @property
    def words(self) -> str:
        """The marked words."""
        return self.text[self.start : self.end]


def phrases() -> list[Phrase]:
    """All phrases of the bench. Raises ValueError where one cannot be understood."""
    entries = tomllib.loads(PHRASES.read_text(encoding="utf-8"))["phrase"]
    return [_phrase(entry) for entry in entries]


def _phrase(entry: dict[str, Any]) -> Phrase:
    before, opened, rest = entry["text"].partition("{")
    marked, _, after = rest.partition("}")
    means = _meaning(entry["means"])
    if bool(opened) == (means is None):
        raise ValueError(f"{entry['text']}: words must be marked if and only if they mean a number")
    if not opened:
        return Phrase(entry["form"], before, 0, len(before), None)
    start = len(before)
    return Phrase(entry["form"], before + marked + after, start, start + len(marked), means)


def _meaning(written: str) -> Meaning | None:
    """What `2..3 range [2, 3] 架` or `ordinal 69` means; `None` for `nothing`."""
    if written == NOTHING:
        return None
    if written.startswith("ordinal "):
        return Meaning(float(written.split()[1]), "ordinal")
    match = QUANTITY.fullmatch(written)
    if match is None:
        raise ValueError(f"no meaning of a number: {written!r}")
    low, high = (None if end == "open" else float(end) for end in match["interval"].split(", "))
    value, upper = (float(number) if number else None for number in (match["value"], match["high"]))
    return Meaning(value, match["qualifier"], upper, (low, high), match["unit"])


def meaning_of(mention: Mention) -> Meaning:
    """What a mention of a number means."""
    value = mention.value
    if isinstance(value, Counted):
        return _quantity(value.count, value.unit)
    if isinstance(value, Money):
        return _quantity(value, value.currency)
    assert isinstance(value, int)
    return Meaning(value, "ordinal")


def _quantity(quantity: Quantity, unit: str | None) -> Meaning:
    interval = (quantity.interval.low, quantity.interval.high)
    return Meaning(quantity.value, quantity.qualifier, quantity.high, interval, unit)


def numbers(reader: Reader, phrase: Phrase) -> list[tuple[int, int, str, Meaning]]:
    """The numbers that our reader finds in a clause: where, in which words, and what they mean."""
    article = Article.of(source="bench", title="", text=phrase.text, published=PUBLISHED)
    shift = 1  # the reader's text begins with the title and a newline
    return [
        (mention.start - shift, mention.end - shift, mention.words, meaning_of(mention))
        for sentence in reader.read(article, gated=False).sentences
        for mention in sentence.mentions
        if mention.type in NUMBERS
    ]


def is_exact(reader: Reader, phrase: Phrase) -> bool:
    """Whether our reader reads a phrase as the bench means it."""
    found = numbers(reader, phrase)
    if phrase.means is None:
        return not found
    if [(start, end) for start, end, *_ in found] != [(phrase.start, phrase.end)]:
        return False
    return found[0][3].agrees(phrase.means)


def ask(python: str, asked: Iterable[Phrase]) -> dict[str, list[list[Answer]]]:
    """For each baseline, what it may mean by the marked words of every phrase; most often one thing or none."""
    questions = [_question(phrase) for phrase in asked if phrase.means]
    answer = subprocess.run(
        [python, str(BASELINES)], input=json.dumps(questions), capture_output=True, text=True, check=True
    )
    print(answer.stderr, file=sys.stderr, end="")
    found: dict[str, list[list[Answer]]] = json.loads(answer.stdout)
    return found


def _question(phrase: Phrase) -> dict[str, str | None]:
    """The marked words, and what a baseline is told of them: that they are money, an ordinal or have a unit."""
    means = phrase.means
    assert means is not None  # only numbers are asked for
    kind = "ordinal" if means.qualifier == "ordinal" else "money" if means.is_money else "number"
    at = -1 if means.is_money or means.unit is None else fold(phrase.words).find(means.unit)
    unit = phrase.words[at : at + len(means.unit or "")] if at >= 0 else None  # in the script of the words
    return {"words": phrase.words, "kind": kind, "unit": unit}


def is_right(means: Meaning, answers: list[Answer], *, qualified: bool) -> bool:
    """Whether a baseline may mean the right value (of money the currency too), and the qualifier if `qualified`."""
    if means.value is None and not qualified:
        return not any(answer["high"] is None for answer in answers)
    return any(
        _is_close(means.value, answer["value"])
        and (means.high is None or _is_close(means.high, answer["high"]))
        and (not means.is_money or answer["currency"] in (means.unit, ANY_CURRENCY))
        and (not qualified or means.qualifier in ("ordinal", *answer["qualifiers"]))
        for answer in answers
    )


def table(asked: list[Phrase], right: dict[str, list[bool | None]]) -> None:
    """Print the share of right phrases by form, a column for each reader; `None` is what it was not asked."""
    print(f"{'form':42}{'phrases':>8}" + "".join(f"{name:>34}" for name in right))
    forms = list(dict.fromkeys(phrase.form for phrase in asked))
    rows = {form: [i for i, phrase in enumerate(asked) if phrase.form == form] for form in forms}
    rows["all that are numbers"] = [i for i, phrase in enumerate(asked) if phrase.means]
    rows["all"] = list(range(len(asked)))
    for name, chosen in rows.items():
        shares = [_share([marks[i] for i in chosen], whole=name == "all") for marks in right.values()]
        print(f"{name:42}{len(chosen):8}" + "".join(f"{share:>34}" for share in shares))


def _share(marks: list[bool | None], *, whole: bool) -> str:
    """The share of the right among those asked; nothing where none was, or not all of a whole."""
    given = [mark for mark in marks if mark is not None]
    return "–" if not given or (whole and len(given) < len(marks)) else f"{sum(given) / len(given):.1%}"


def main() -> None:
    """Read the bench and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--baselines", metavar="PYTHON")
    options = parser.parse_args()
    asked, reader = phrases(), Reader()
    right: dict[str, list[bool | None]] = {"Shilu, exact": [is_exact(reader, phrase) for phrase in asked]}
    if options.baselines:
        for tool, answers in ask(options.baselines, asked).items():
            for name, qualified in (("value", False), ("and qualifier", True)):
                given = iter(answers)
                right[f"{tool}, {name}"] = [
                    is_right(phrase.means, next(given), qualified=qualified) if phrase.means else None
                    for phrase in asked
                ]
    table(asked, right)
    if options.wrong:
        for phrase, exact in zip(asked, right["Shilu, exact"], strict=True):
            if not exact:
                print(f"{phrase.form}: {phrase.text}\n  {phrase.words} is {phrase.means}")
                for _, _, words, meaning in numbers(reader, phrase):
                    print(f"  read: {words} {meaning}")


if __name__ == "__main__":
    main()
