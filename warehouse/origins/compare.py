"""Whether one text is a copy of another: the same words, and no number, day or place put in another's stead.

What a template shares between two days is what a reprint shares with its origin. The difference lies in what
stands in the gaps: a copy leaves out, adds and rewords; a template has another value in the same context.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Literal

from warehouse.origins.wording import Wording

Reason = Literal["equal", "near", "contained"]

# Texts with fewer characters are copies only where they are equal.
SHORTEST_COMPARED = 40
# The least share of the shorter text's shingles that stand in the other: its containment (Broder 1997).
LEAST_CONTAINED = 0.55
# The least share of the longer text that is copied: beyond that, the longer is a report of its own.
LEAST_COVERED = 0.4
# From this share of the longer text on, a copy counts as near and not as contained in a longer one.
NEAR = 0.75
# The least share of the numbers of the text with fewer that the other has too.
LEAST_NUMBERS = 0.5

# A run of this many equal characters is copied; shorter ones are chance.
BLOCK = 4
# Gaps up to this many characters on both sides hold one thing in the stead of another.
LONGEST_SUBSTITUTE = 12
# 已签署 is not 未签署, and 近700 not 700: left out or exchanged, these change what is said.
_DECISIVE = {
    *("未", "没", "没有", "不", "不会", "不能", "无", "并未", "并不", "并没有", "尚未", "未能", "从未"),
    *("近", "约", "大约", "将近", "接近", "至少", "最少", "超过", "逾", "多", "余", "最多", "不到", "不足"),
}
# The beginning of a text, in characters, where editors reword whole clauses.
LEAD = 60
# Aligning two texts costs the pairs of equal characters in them, once for each block found: so many take a few seconds.
# Two reports of 20,000 characters have fewer; tables that say the same in each row have thousands of times as many.
MOST_PAIRS = 10_000_000
# What editors exchange without changing what is said.
_WORDING = re.compile(
    "(?:说|称|表示|指出|宣布|强调|告诉|透露|通报|介绍|声明|认为|发布|消息|报道|讯|电|记者|据"
    "|并|并且|且|和|与|及|以及|同时|此外|另外|另|另有|还有|而|但|但是|不过|因为|因|由于|所以|为|为了"
    "|已|已经|目前|当前|截至|将|会|对|向|在|于|其中|其|他|她|他们|该|这|这一|了|的|也|还|还是|有|造成|导致|致"
    "|共|共有|一共|共计|总共|由|被|遭|遭到|未|没有|没|不|无|尚未|请|提醒|暂|暂时|都|均|则|就|便|又|再"
    "|后|之后|以后|前|之前|以前|时|个|名|位|进行|举行|展开|开展|继续|仍|仍然|仍在|正在|正"
    "|今天|今日|昨天|昨日|当天|当日|当地时间)*"
)


@dataclass(frozen=True)
class Match:
    """A copy: the share of the shorter text found in the other, and how the two agree."""

    similarity: float
    reason: Reason


def judge(one: Wording, other: Wording) -> Match | None:
    """How two texts that appeared within reach of each other are copies; None where they are not.

    Symmetric: which of the two is the origin is for the time of publication to say.
    """
    if not (one.is_telling and other.is_telling):
        return None
    if one.words == other.words:  # one template: then the numbers decide alone
        return Match(1.0, "equal") if one.numbers == other.numbers else None
    lengths = sorted((len(one.words), len(other.words)))
    # Shingles are counted once however often they come: a row in a table of thousands seems to cover it.
    if lengths[0] < max(SHORTEST_COMPARED, lengths[1] * LEAST_COVERED / 2):
        return None
    shared = len(one.shingles & other.shingles)
    contained = shared / min(len(one.shingles), len(other.shingles))
    covered = shared / max(len(one.shingles), len(other.shingles))
    if contained < LEAST_CONTAINED or covered < LEAST_COVERED or not _numbers_agree(one, other):
        return None
    # Alignment is not symmetric where a phrase comes twice: one order for every pair.
    first, second = sorted((one, other), key=lambda wording: (len(wording.words), wording.words))
    if _has_other_values(first, second):
        return None
    return Match(round(contained, 3), "near" if covered >= NEAR else "contained")


def _numbers_agree(one: Wording, other: Wording) -> bool:
    ours, theirs = Counter(one.numbers), Counter(other.numbers)
    fewer = min(ours.total(), theirs.total())
    return (ours & theirs).total() >= LEAST_NUMBERS * fewer


def _has_other_values(one: Wording, other: Wording) -> bool:
    """Whether something stands in one text where the other has another number, day, place or name."""
    our_numbers, their_numbers = _numbered(one), _numbered(other)
    blocks = _blocks(one.words, other.words)
    if blocks is None:
        return True  # for all that can be said in time
    for ours, theirs, size in blocks:
        if any(our_numbers.get(ours + i) != their_numbers.get(theirs + i) for i in range(size)):
            return True
    # From the end to the beginning: what stands before a reworded clause of the lead belongs to the rewording.
    for before, after in reversed(list(pairwise([(0, 0, 0), *blocks]))):
        start, their_start = before[0] + before[2], before[1] + before[2]
        gap, their_gap = one.words[start : after[0]], other.words[their_start : after[1]]
        numbers = [our_numbers[i] for i in range(start, after[0]) if i in our_numbers]
        other_numbers = [their_numbers[i] for i in range(their_start, after[1]) if i in their_numbers]
        if (gap in _DECISIVE) != (their_gap in _DECISIVE):
            return True
        if not gap or not their_gap:
            continue  # left out or added
        if max(len(gap), len(their_gap)) <= LONGEST_SUBSTITUTE:
            if numbers and other_numbers and numbers != other_numbers:
                return True
            if not (_WORDING.fullmatch(gap) and _WORDING.fullmatch(their_gap)):
                return True  # another place or name, as far as anyone can tell without a lexicon
        elif max(start, their_start) < LEAD:
            # Rewording moves the numbers about; without any, it is a long name and office for another.
            return not numbers and not other_numbers
    return False


def _blocks(one: str, other: str) -> list[tuple[int, int, int]] | None:
    """The runs of characters that stand in both texts in the same order: begin, begin in the other, length.

    None where it would take too long to find them.
    """
    found = _aligned(one, other)
    if found is not None:
        return found
    # Mostly a long text that was changed somewhere, such as a live report: what is equal at both ends is soon told.
    head = _equal_before(one, other)
    tail = _equal_before(one[head:][::-1], other[head:][::-1])
    inner = _aligned(one[head : len(one) - tail], other[head : len(other) - tail])
    if inner is None:
        return None
    middle = [(ours + head, theirs + head, size) for ours, theirs, size in inner]
    ends = (0, 0, head), (len(one) - tail, len(other) - tail, tail)
    return [block for block in (ends[0], *middle, ends[1]) if block[2] >= BLOCK]


def _aligned(one: str, other: str) -> list[tuple[int, int, int]] | None:
    """As difflib's matching blocks, without those too short to count and within bounds; None beyond these."""
    # Without autojunk: it would take every frequent character of a long text for junk.
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    theirs_of = Counter(other)
    costs = list(accumulate((theirs_of[character] for character in one), initial=0))
    found, spent = [], 0
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        begin, end, their_begin, their_end = waiting.pop()
        if min(end - begin, their_end - their_begin) < BLOCK:
            continue
        spent += costs[end] - costs[begin]
        if spent > MOST_PAIRS:
            return None
        ours, theirs, size = matcher.find_longest_match(begin, end, their_begin, their_end)
        if size >= BLOCK:  # where the longest is too short, all are
            found.append((ours, theirs, size))
            waiting.append((begin, ours, their_begin, theirs))
            waiting.append((ours + size, end, theirs + size, their_end))
    return sorted(found)


def _equal_before(one: str, other: str) -> int:
    """How many characters are equal from the beginning on."""
    return next(
        (i for i, (ours, theirs) in enumerate(zip(one, other, strict=False)) if ours != theirs),
        min(len(one), len(other)),
    )


def _numbered(wording: Wording) -> dict[int, str]:
    """The number at each `#` of the words."""
    places = (place for place, character in enumerate(wording.words) if character == "#")
    return dict(zip(places, wording.numbers, strict=True))
