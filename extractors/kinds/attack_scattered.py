"""Numbers spread over places without a total: 51架无人机在A上空、44架在B、6架在C上空被击落. A record each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.attack_numbers import DOWNING, NOT_DONE, Found
from extractors.kinds.attack_places import Part
from extractors.kinds.attack_raids import AERIAL
from extractors.kinds.attack_weapons import has_unit
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Counted, MentionType, WeaponType, side_code

# So far before the first part its verb may stand: 共击落：A州上空12架….
BEFORE = 12
# How a series of parts ends before its verb: …、6架在C上空被击落.
ENDED = re.compile("[。；！？]")
# Behind a comma the sentence goes on to tell something else, but not: …，两架在基辅州，均遭击落.
SEPARATE = re.compile("，(?!(?:均|都|全部|全数|悉数|皆|先后|分别)[被遭已])")


def scattered(
    context: Context, sentence: Sentence, parts: Sequence[Part], found: Sequence[Found]
) -> list[Found]:
    """The parts as counts of their own: all of the weapon named among them, all shot down."""
    parts = [part for part in parts if _unit(part) == _unit(parts[0])]
    if len(parts) < 2 or any(isinstance(part.by.value, WeaponType) for part in parts):
        return []
    folded = context.reading.folded
    start = min(min(part.count.start, part.by.start) for part in parts)
    last = max(max(part.count.end, part.by.end) for part in parts)
    ended = ENDED.search(folded, last, sentence.end)
    end = ended.start() if ended else sentence.end
    comma = SEPARATE.search(folded, last, end)
    end = comma.start() if comma else end
    verb = DOWNING.search(folded, last, end) or DOWNING.search(
        folded, max(sentence.start, start - BEFORE), start
    )
    named = _weapon(sentence, start, end)
    if verb is None or named is None or NOT_DONE.search(folded, verb.start() - 2, verb.end()):
        return []
    weapon, owner = named
    if not all(has_unit(part.count, weapon) for part in parts):
        return []
    model = Found(
        sentence,
        parts[0].count,
        weapon,
        "intercepted",
        "parts-without-total",
        (start, end),
        owner,
        defence=True,
    )
    known = {item.count.start for item in found}
    return [
        replace(model, count=part.count, place=part.by) for part in parts if part.count.start not in known
    ]


def _unit(part: Part) -> str | None:
    return part.count.value.unit if isinstance(part.count.value, Counted) else None


def _weapon(sentence: Sentence, start: int, end: int) -> tuple[WeaponType, str | None] | None:
    """The one aerial weapon that is named among the parts, or right before them, and whose it is said to be."""
    named = [
        (m, m.value)
        for m in sentence.mentions
        if isinstance(m.value, WeaponType) and m.value.code in AERIAL and start - BEFORE <= m.start < end
    ]
    if not named or len({value.code for _, value in named}) != 1:
        return None
    owners = [
        code
        for mention, _ in named
        for owner in sentence.mentions
        if owner.type is MentionType.SIDE and owner.end == mention.start and (code := side_code(owner))
    ]
    return named[0][1], owners[0] if owners else None
