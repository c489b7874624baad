"""Mentions against word boundaries: 乌法 is no city in 援乌法案, 访中 no visit to China in 采访中.

Short names from the lexicon are doubtful where they may be pieces of other words. Only sentences that hold a
doubtful mention are segmented: segmentation costs as much as all other reading but the names.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.reading.document import Outline
from extractors.reading.mention import Mention, MentionType, Side

# Place names up to this length are checked.
SHORT_PLACE = 2
# Verbs that license a one-character country behind them; as the end of a longer word they do not: 采访中.
GOING = "访赴抵驻援对反在"
# Behind these a place is one, however the words were cut (击中|海法, not 击|中海|法).
BEFORE_PLACE = ("击中", "袭击", "空袭", "位于", "轰炸", "命中", "炮击", "抵达", "在")


def is_doubtful(mention: Mention) -> bool:
    """Whether a mention may be a piece of another word: a bare one-character country, a short place."""
    if mention.type is MentionType.SIDE:
        return len(mention.words) == 1 and isinstance(mention.value, Side)
    return mention.type is MentionType.PLACE and len(mention.words) <= SHORT_PLACE


def within_words(folded: str, outlines: Sequence[Outline], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions without those that segmentation shows to be pieces of other words, in the order given."""
    doubtful = sorted((mention for mention in mentions if is_doubtful(mention)), key=lambda m: m.start)
    starts = [mention.start for mention in doubtful]
    refused: set[tuple[int, int]] = set()
    for part in outlines:
        here = doubtful[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        if here:
            tokens = _tokens(folded, part)
            refused.update((m.start, m.end) for m in here if not _stands_alone(folded, m, tokens))
    return [mention for mention in mentions if (mention.start, mention.end) not in refused]


def _tokens(folded: str, part: Outline) -> dict[int, tuple[int, int]]:
    """The word that covers each offset of a sentence."""
    from extractors.reading.segmentation import words  # noqa: PLC0415 - spaCy is imported when first needed

    covering: dict[int, tuple[int, int]] = {}
    for start, end in words(folded[part.start : part.end]):
        token = (part.start + start, part.start + end)
        covering.update(dict.fromkeys(range(*token), token))
    return covering


def _stands_alone(folded: str, mention: Mention, tokens: dict[int, tuple[int, int]]) -> bool:
    first, last = tokens.get(mention.start), tokens.get(mention.end - 1)
    if first is None or last is None:
        return True
    if mention.type is MentionType.SIDE:
        before = tokens.get(mention.start - 1)
        is_tail = before is not None and before[1] - before[0] > 1 and before[1] == mention.start
        if is_tail and folded[mention.start - 1] in GOING:
            return False
        return first[0] == mention.start or first[1] == mention.end
    if folded.endswith(BEFORE_PLACE, 0, mention.start):
        return True
    # A place may lead a longer word (敖德萨州), but neither begin nor end inside one.
    return first[0] == mention.start and (last[1] == mention.end or last == first)
