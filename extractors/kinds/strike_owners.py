"""Owners and ranks at the head of an object: which of them belong to its name.

以军坦克 is named with its owner, 欧洲最大的核电站 without its rank, and two depots without an owner of twenty characters.
"""

from __future__ import annotations

import re

from extractors.kinds.strike_place_words import NO_PLACE
from extractors.reading.encoding import Encoded
from extractors.reading.mention import MentionType, Side

# An object of so few characters is named with its owner: 以军坦克, 俄军阵地.
SHORT = 3
ARMED = re.compile("运动|武装|组织|部队|党|旅|军")
RANK = re.compile("(?:规模)?最[大高老古新先重]的")  # behind 欧洲, 世界


def with_owner(encoded: Encoded, start: int, first: int) -> int:
    """Where an object begins with the forces named right before it: 以军 of 以军坦克, but not 黎巴嫩 of 黎巴嫩的平民."""
    owner = encoded.mentions[start - 1] if start > first else None
    forces = owner is not None and isinstance(owner.value, Side) and owner.value.form == "forces"
    return start - 1 if forces and encoded.text[start : start + 1] not in ("的", "、") else start


def without_long_owner(encoded: Encoded, start: int, last: int) -> int:
    """Where an object begins behind an owner whose name is longer than itself: …运动（哈马斯）的 of …的两个武器库."""
    owner = encoded.mentions[start] if start < last else None
    if (
        owner is None
        or owner.type is not MentionType.ORGANISATION
        or encoded.text[start + 1 : start + 2] != "的"
    ):
        return start
    if not ARMED.search(owner.words):
        return start  # of a works its part is named with it
    behind = start + 2
    own = sum(len(held.words) if held else 1 for held in encoded.mentions[behind:last])
    return behind if own > SHORT and own * 2 <= len(owner.words) else start


def behind_rank(encoded: Encoded, start: int, last: int) -> int:
    """Where an object begins behind its rank in the world: 欧洲最大的 of 欧洲最大的核电站."""
    mention = encoded.mentions[start] if start < last else None
    rank = RANK.match(encoded.text, start + 1, last) if mention and NO_PLACE.search(mention.words) else None
    return rank.end() if rank and rank.end() < last else start
