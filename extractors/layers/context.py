"""Everything a kind needs to know of an article: its reading and the layers over it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extractors.layers.claims import Claim, Claims, claimant
from extractors.layers.dates import Dates
from extractors.layers.modality import modality_of
from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Person, Place, side_code
from schemas import Claimant, Period
from schemas.values import Modality


@dataclass(frozen=True)
class Draft:
    """An event before it has an id: its slots, and the offsets of its evidence, the stating clause first.

    `likelihood` is the probability that a model of its kind gives it, where there is one.
    """

    kind: str
    found_by: str
    evidence: tuple[tuple[int, int], ...]
    slots: dict[str, Any]
    claimed_by: Claimant | None = None
    modality: Modality = "asserted"
    when: Period | None = None
    likelihood: float | None = None


SPOUSE = re.compile("夫人|丈夫")


def in_heading(context: Context, draft: Draft) -> bool:
    """Whether a draft stands in the title or in a heading of a digest."""
    sentence = context.reading.sentence_at(draft.evidence[0][0])
    return sentence is not None and sentence.heading


@dataclass
class Context:
    """A reading with its layers, built once per article and shared by all kinds."""

    reading: Reading
    claims: Claims = field(init=False)
    dates: Dates = field(init=False)

    def __post_init__(self) -> None:
        self.claims = Claims(self.reading)
        self.dates = Dates(self.reading, self.claims)

    @cached_property
    def parties(self) -> Counter[str]:
        """How often the article names each party, by code; places count for their country."""
        mentions = (mention for sentence in self.reading.sentences for mention in sentence.mentions)
        return Counter(code for mention in mentions if (code := side_code(mention)))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The codes of the countries and forces the article names as such, by people or organs, not by their places."""
        mentions = (mention for sentence in self.reading.sentences for mention in sentence.mentions)
        named = (mention for mention in mentions if not isinstance(mention.value, Place))
        return frozenset(code for mention in named if (code := side_code(mention)))

    @cached_property
    def first_named(self) -> dict[int, dict[str, int]]:
        """By passage: the codes of the parties it names, each with the index of the sentence that names it first."""
        first: dict[int, dict[str, int]] = {}
        for sentence in self.reading.sentences:
            named = first.setdefault(sentence.passage, {})
            for mention in sentence.mentions:
                if code := side_code(mention):
                    named.setdefault(code, sentence.index)
        return first

    @cached_property
    def spouses(self) -> tuple[int, ...]:
        """Where a wife or husband may be named: the offsets behind 夫人 and 丈夫."""
        return tuple(found.end() for found in SPOUSE.finditer(self.reading.folded))

    @cached_property
    def full_names(self) -> dict[str, str]:
        """Names of several parts that the article gives people, the longest for each last part."""
        names: dict[str, str] = {}
        for sentence in self.reading.sentences:
            for mention in sentence.mentions:
                name = mention.value.name if isinstance(mention.value, Person) else None
                if name and "·" in name:
                    last = name.rpartition("·")[2]
                    names[last] = max(names.get(last, ""), name, key=len)
        return names

    @cached_property
    def surnames(self) -> dict[str, Person]:
        """The people of a known side whom the article names, by their names and the last parts of these."""
        found: dict[str, Person] = {}
        for sentence in self.reading.sentences:
            for mention in sentence.mentions:
                person = mention.value
                if isinstance(person, Person) and person.name and person.side and person.side.isascii():
                    for name in (person.name, *person.name.split("·")):
                        found.setdefault(name, person)
        return found

    def claim(self, sentence: Sentence, offset: int) -> Claim | None:
        """The innermost claim over an offset."""
        return self.claims.at(sentence, offset)

    def claimant(self, sentence: Sentence, offset: int) -> Claimant | None:
        """Who says what stands at an offset, `None` where the article speaks for itself."""
        return claimant(self.reading, self.claim(sentence, offset))

    def period(self, sentence: Sentence, start: int, end: int, *, future: bool = False) -> Period | None:
        """The period the stretch [start, end) speaks of."""
        return self.dates.at(sentence, start, end, future=future)

    def modality(self, sentence: Sentence, start: int, end: int) -> Modality:
        """How firmly the stretch [start, end) is said."""
        return modality_of(self.reading, sentence, start, end)

    def clause(self, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
        """The stretch [start, end) widened to the commas around it, without the claim that opens it.

        A quotation is a border only where it is not closed on the way: “萨比娜”号货轮 is a name. In a heading a
        space is a comma.
        """
        text = self.reading.folded
        marks = "，。！？；： " if sentence.heading else "，。！？；："
        first = max(text.rfind(mark, sentence.start, start) for mark in marks) + 1
        quoted = text.rfind("“", first, start)
        if quoted >= 0 and text.find("”", quoted, start) < 0:
            first = quoted + 1
        last = min(
            (at for at in (text.find(mark, end, sentence.end) for mark in marks if mark != "：") if at >= 0),
            default=sentence.end,
        )
        closed = text.find("”", end, last)
        if closed >= 0 and text.find("“", end, closed) < 0:
            last = closed
        return max(first, sentence.start), max(last, end)
