"""What the words around a sum of money say of it, as features: is it help, and is it told on somebody's authority?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractors.confidence.symbols import runs, symbols_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, MentionType
from schemas import Money

MARKS = "，。；！？"
# Symbols of the clause on either side that are looked at in their order.
NEAR = 12
MONEY = f"〈{MentionType.MONEY}〉"
PARTIES = frozenset({f"〈{MentionType.SIDE}〉", f"〈{MentionType.ORGANISATION}〉"})
MANY = 4


@dataclass(frozen=True)
class Sum:
    """A sum of money in a sentence, at an encoded position."""

    context: Context
    sentence: Sentence
    at: int
    mention: Mention
    money: Money

    @cached_property
    def symbols(self) -> list[str]:
        """The symbols of its sentence."""
        return symbols_of(self.sentence)

    @cached_property
    def clause(self) -> tuple[int, int]:
        """The encoded stretch of its clause."""
        text = self.symbols
        first = next((at + 1 for at in range(self.at - 1, -1, -1) if text[at] in MARKS), 0)
        last = next((at for at in range(self.at, len(text)) if text[at] in MARKS), len(text))
        return first, last

    @property
    def span(self) -> tuple[int, int]:
        """The offsets of its clause."""
        return self.sentence.encoded.span(*self.clause)


def sums_in(context: Context, sentence: Sentence) -> Iterator[Sum]:
    """The sums of money that a sentence names in numerals."""
    for at, mention in enumerate(sentence.encoded.mentions):
        if mention is not None and isinstance(mention.value, Money) and mention.value.value is not None:
            yield Sum(context, sentence, at, mention, mention.value)


def features_of_sum(sum_: Sum, told: int) -> set[str]:
    """What tells whether a sum is help; `told`: how many announcements of help the rules find in the article."""
    return set(_features(sum_, told))


def _features(sum_: Sum, told: int) -> Iterator[str]:
    symbols, at = sum_.symbols, sum_.at
    first, last = sum_.clause
    before, behind = symbols[first:at], symbols[at + 1 : last]
    for size in (1, 2, 3):
        if len(before) >= size:
            yield f"ends {size}: {''.join(before[-size:])}"
        if len(behind[:NEAR]) >= size:
            yield f"begins {size}: {''.join(behind[:size])}"
    yield from runs("before", before, (1, 2))
    yield from runs("behind", behind, (1, 2))
    yield from runs("sentence", symbols, (1, 2))
    for earlier in sum_.context.reading.before(sum_.sentence, 1):
        yield from runs("earlier", symbols_of(earlier), (2,))
    for sentence in sum_.context.reading.titles:
        yield from runs("title", symbols_of(sentence), (2,))
    yield "home currency" if sum_.money.currency == "CNY" else "foreign currency"
    yield f"sums {min(MANY, symbols.count(MONEY))}"
    yield f"told {min(MANY - 1, told)}"
    yield "heading" if sum_.sentence.heading else "body"
    yield f"magnitude {int(math.log10(max(1.0, float(sum_.money.value or 1))))}"


def features_of_claim(sum_: Sum, stage: str, *, by_donor: bool) -> set[str]:
    """What tells whether the speaker over a sum stands for it, or only the article does."""
    symbols, (first, last) = sum_.symbols, sum_.clause
    claim = sum_.context.claim(sum_.sentence, sum_.mention.start)
    here = claim is not None and claim.start >= sum_.sentence.start
    found = {f"stage {stage}", f"by donor {by_donor}", f"here {here}"}
    if claim is not None:
        found |= {f"verb {claim.verb}", f"speaker {claim.speaker.type}"}
    return (
        found
        | set(runs("before", symbols[first : sum_.at], (1, 2)))
        | set(runs("behind", symbols[sum_.at + 1 : last], (1, 2)))
    )
