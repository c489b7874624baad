"""Sentences as strings over characters and mention symbols, so that templates can be regular expressions.

Each mention becomes one private-use character of its type; bracketed glosses, quotation marks and spaces are left
out. Arrays give back the offsets and the mention behind every position. Private-use characters of the text itself
become `UNKNOWN`: a page with a font of its own must not look like mentions.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.reading.mention import Mention, MentionType

FIRST_PRIVATE, LAST_PRIVATE = "\ue000", "\uf8ff"
SYMBOLS: dict[MentionType, str] = {kind: chr(ord(FIRST_PRIVATE) + i) for i, kind in enumerate(MentionType)}
UNKNOWN = "\ufffd"
# Left out of encoded sentences: they stand between words that belong together.
SILENT = set("“”‘’「」『』《》\"' \u3000\u00a0\n")
OPENING, CLOSING = "（([", "）)]"


def symbol_class(types: Iterable[MentionType]) -> str:
    """A regular-expression class of the symbols of these mention types."""
    return "[" + "".join(sorted(SYMBOLS[kind] for kind in types)) + "]"


@dataclass(frozen=True)
class Encoded:
    """An encoded sentence. Position i stands for `whole[starts[i]:ends[i]]`; `mentions[i]` is set for symbols."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: tuple[Mention | None, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of the encoded stretch [start, end), which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def position(self, offset: int) -> int:
        """The first encoded position that reaches beyond a text offset."""
        return bisect_right(self.ends, offset)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions of the encoded stretch [start, end), in order."""
        return [mention for mention in self.mentions[start:end] if mention is not None]


def encode(
    folded: str, start: int, end: int, mentions: Sequence[Mention], *, heading: bool = False
) -> Encoded:
    """Encode `folded[start:end]` with its mentions, which are sorted and do not overlap.

    In a heading, where a space stands for a comma (俄称击落无人机 乌称打击弹药库), it is encoded as one.
    """
    symbols: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    held: list[Mention | None] = []
    ahead = iter(mentions)
    following = next(ahead, None)
    position = start
    while position < end:
        while following is not None and following.start < position:
            following = next(ahead, None)
        if following is not None and following.start == position:
            width, symbol, mention = following.end - position, SYMBOLS[following.type], following
        elif folded[position] in OPENING:
            position = _after_gloss(folded, position, end)
            continue
        else:
            width, symbol, mention = 1, folded[position], None
            if heading and symbol == " ":
                symbol = "，"
            elif FIRST_PRIVATE <= symbol <= LAST_PRIVATE:
                symbol = UNKNOWN
        if mention is not None or symbol not in SILENT:
            symbols.append(symbol)
            starts.append(position)
            ends.append(position + width)
            held.append(mention)
        position += width
    return Encoded("".join(symbols), tuple(starts), tuple(ends), tuple(held))


def _after_gloss(folded: str, opening: int, end: int) -> int:
    """The offset behind the bracket that closes the one at `opening`, or just behind it where none does."""
    closing = CLOSING[OPENING.index(folded[opening])]
    at = folded.find(closing, opening, end)
    return at + 1 if at > 0 else opening + 1
