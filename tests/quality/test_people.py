"""How many participants of the shared gold our reading has as a mention, with the right name, role and side.

Counted are participants whose name, or office where they have none, stands in the evidence, and bare sides. One counts
as read where a mention inside the evidence has its name and side, and its role where gold has one; of names and roles
one may be the other's end (泽连斯基 of 弗拉基米尔·泽连斯基, 总干事 of 国际原子能机构总干事). A bare side counts as read
where any mention stands for it.

    python tests/quality/test_people.py [train|dev]     prints the figures; for train also what is missing
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from extractors.reading.document import Reading
from extractors.reading.leaders import split_name
from extractors.reading.mention import Mention, Person, side_code
from extractors.reading.reader import Reader
from extractors.reading.script import fold
from flows.scoring import read_gold
from flows.sources import read_inputs
from schemas import Article

SHARED = Path(__file__).parents[2].parent / "shared"
# Least share of the participants read, by what gold says of them. Many offices without a name and bare sides stand for
# several parties at once (中俄元首, 两国官员): the rules of the kind make them of one mention.
FLOORS = {"named": 0.92, "titled": 0.30, "sides": 0.80}


@dataclass
class Figures:
    """Participants of a gold set by kind (named, titled, sides), those read, and what is missing."""

    all: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    def share(self, kind: str) -> float:
        """The share of the participants of a kind that were read."""
        return self.read[kind] / max(self.all[kind], 1)


def measure(name: str) -> Figures:
    """Reads all articles of a gold set that have meetings."""
    gold = read_gold(SHARED / "gold" / f"{name}.jsonl")
    figures, reader = Figures(), Reader()
    for article in read_inputs([SHARED / "gold" / f"{name}.articles.jsonl"]):
        records = [r for r in gold.get(getattr(article, "id", ""), []) if r["kind"] == "meeting"]
        if not records or not isinstance(article, Article):
            continue
        reading = reader.read(article, gated=False)
        for record in records:
            mentions = list(within(reading, record["evidence"]))
            for participant in record["participants"]:
                count(figures, participant, mentions, record["evidence"])
    return figures


def within(reading: Reading, quotes: list[str]) -> Iterator[Mention]:
    """The mentions inside any of the quotes, wherever they stand."""
    mentions = [mention for sentence in reading.sentences for mention in sentence.mentions]
    for quote in quotes:
        start = reading.whole.find(quote)
        while start >= 0:
            yield from (m for m in mentions if start <= m.start and m.end <= start + len(quote))
            start = reading.whole.find(quote, start + 1)


def count(figures: Figures, wanted: dict[str, Any], mentions: list[Mention], quotes: list[str]) -> None:
    """Adds one participant to the figures, unless the evidence does not say it."""
    kind = "named" if wanted["name"] else "titled" if wanted["role"] else "sides"
    said = wanted["name"] or wanted["role"] or ""
    if not any(said in quote or (wanted["name"] and split_name(said)[-1] in quote) for quote in quotes):
        return
    figures.all[kind] += 1
    if any(is_meant(wanted, mention) for mention in mentions):
        figures.read[kind] += 1
    else:
        told = [m.value if isinstance(m.value, Person) else m.words for m in mentions]
        figures.missing.append(f"{kind} {json.dumps(wanted, ensure_ascii=False)} {quotes}\n    {told}")


def is_meant(wanted: dict[str, Any], mention: Mention) -> bool:
    """Whether a mention has the name, the role where there is one, and the side of a participant."""
    if side_code(mention) != wanted["side"]:
        return False
    if not wanted["name"] and not wanted["role"]:
        return True
    person = mention.value
    if not isinstance(person, Person):
        return False
    return agree(wanted["name"], person.name) and agree(wanted["role"], person.role)


def agree(wanted: str | None, found: str | None) -> bool:
    """Whether a name or role is the wanted one or its end; what gold leaves out agrees with anything."""
    if not wanted or not found:
        return not wanted
    return fold(wanted).endswith(found) or found.endswith(fold(wanted))


@pytest.fixture(scope="module")
def dev(shared: Path) -> Figures:
    return measure("dev")


@pytest.mark.shared
@pytest.mark.parametrize("kind", FLOORS)
def test_participants_of_the_shared_gold_are_read(dev: Figures, kind: str) -> None:
    assert dev.share(kind) >= FLOORS[kind], dict(dev.read)


def main(name: str = "dev") -> None:
    """Prints the figures of a gold set; what is missing only of train, which may be read."""
    figures = measure(name)
    for kind in FLOORS:
        print(f"{kind:8} {figures.read[kind]:4}/{figures.all[kind]:<4} {figures.share(kind):.3f}")
    if name == "train":
        print(*figures.missing, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
