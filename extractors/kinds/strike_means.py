"""Means of a strike told apart from it: 空袭了一座港口，使用了六枚导弹; who blows up a bridge in secret."""

from __future__ import annotations

import re

from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_parties import weapon_of
from extractors.kinds.strike_place_words import SIDE, WEAPON
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import side_code

# What the clause behind a strike says was used for it.
USED = re.compile(f"，[^，。；]{{0,8}}?(?:使用|动用|出动|投入|用上)了?(?=[^，。；]*{WEAPON})[^，。；]*")
# Who strikes on the spot, with charges: services and saboteurs.
AGENTS = re.compile("情报|安全局|安全总局|特工|特种|破坏(?:分子|小组)|游击队|潜水员")


def weapon_used(
    context: Context, sentence: Sentence, struck: Struck, last: int, attacker: str | None
) -> str | None:
    """The weapon that a clause behind the offset `last` says was used, by nobody else than the attacker."""
    encoded = sentence.encoded
    found = USED.search(encoded.text, max(0, encoded.position(last - 1)))
    if found is None:
        return None
    sides = [
        side_code(held)
        for sign, held in zip(found[0], encoded.mentions[found.start() : found.end()], strict=True)
        if sign == SIDE and held is not None
    ]
    if any(side != attacker for side in sides):
        return None
    return weapon_of(context, sentence, [encoded.span(*found.span())], struck)


def by_agents(context: Context, sentence: Sentence, trigger: int) -> bool:
    """Whether what was blown up was so by a service or by saboteurs: 情报总局炸毁一座桥."""
    return AGENTS.search(context.reading.folded, sentence.start, trigger) is not None
