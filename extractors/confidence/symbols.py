"""Sentences as the sentence classifier reads them: mentions by what they are, everything else character by character.

A classifier that saw names and figures would learn the news of its training years. With mentions put by their type
it learns wordings: 〈side〉宣布向〈side〉提供〈money〉军事援助 is one sentence, whoever gives and whatever the sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.reading.document import Reading, Sentence
from extractors.reading.mention import Counted, Mention, MentionType, Person, WeaponType, side_code

# Units that tell kinds apart; others are put as any number is.
TELLING_UNITS = frozenset("架枚次起人名辆套批发艘吨")
# The side whose home news fills a Chinese archive.
HOME = "CN"
# Longer sentences are lists or run-on quotations; what matters stands early in them.
LONGEST = 400


def symbols(sentence: Sentence) -> list[str]:
    """The symbols of a sentence: one per mention, such as 〈money〉 or 〈count:架〉, and one per other character."""
    opening = ["〈heading〉"] if sentence.heading else []
    return [*opening, *symbols_of(sentence)][:LONGEST]


def symbols_of(sentence: Sentence) -> list[str]:
    """The same one for each encoded position, however long the sentence is, and without a sign for headings."""
    encoded = sentence.encoded
    return [
        character if mention is None else _symbol(mention)
        for character, mention in zip(encoded.text, encoded.mentions, strict=True)
    ]


def _symbol(mention: Mention) -> str:
    value = mention.value
    if isinstance(value, Counted):
        return f"〈count:{value.unit}〉" if value.unit in TELLING_UNITS else "〈count〉"
    if isinstance(value, WeaponType):
        return f"〈weapon:{value.code}〉"
    if mention.type in (MentionType.SIDE, MentionType.PLACE):
        return f"〈home {mention.type}〉" if side_code(mention) == HOME else f"〈{mention.type}〉"
    if isinstance(value, Person):
        return "〈person〉" if value.name else "〈office〉"
    return f"〈{mention.type}〉"


def runs(where: str, symbols: Sequence[str], sizes: Sequence[int]) -> Iterator[str]:
    """The runs of so many neighbouring symbols, each as a named feature (`before: 提供`), for models over words."""
    for size in sizes:
        for at in range(len(symbols) - size + 1):
            yield f"{where}: {''.join(symbols[at : at + size])}"


def runs_around(reading: Reading, sentence: Sentence) -> Iterator[str]:
    """The runs of symbols of a sentence, of the one before it in the passage, and of the title, each under its own name."""
    yield from runs("sentence", symbols_of(sentence), (1, 2, 3))
    for earlier in reading.before(sentence, 1):
        yield from runs("earlier", symbols_of(earlier), (2,))
    for title in reading.titles:
        if title is not sentence:
            yield from runs("title", symbols_of(title), (2,))
