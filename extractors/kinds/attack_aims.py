"""What an attack is aimed at: 向乌克兰发射, 袭击莫斯科, 向…驻有美军的基地."""

from __future__ import annotations

import re

from extractors.kinds.attack_numbers import Found
from extractors.layers.context import Context
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Side, side_code

SIDE, PLACE, BODY = (
    SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.PLACE, MentionType.ORGANISATION)
)
AIMED = re.compile(
    rf"(?:向|对|往|射向|射入|飞入|闯入|侵入|飞向|飞往|攻击|袭击|打击|空袭|瞄准|轰炸|目标是|针对)(?:着|了)?[^，。；]{{0,6}}?(?P<who>[{SIDE}{PLACE}{BODY}])"
)
# 向叙利亚境内一处驻有美军的基地: the forces are aimed at, not the country they stand in.
GARRISON = re.compile(
    rf"(?:驻有|驻扎着?|驻)(?P<who>{SIDE})|(?P<forces>{SIDE})[^，。；{SIDE}]{{0,6}}?(?:基地|驻地|阵地|据点|营地|人员|目标)"
)
# 在叙利亚实施了数百次袭击.
LOCATED = re.compile(f"在{SIDE}")
BASE = re.compile("基地|驻地|营地")
HELD = re.compile(rf"(?:驻有|驻扎着?|驻)(?P<who>{SIDE})(?P<forces>)")
# Where the object begins: no party behind it acts.
OBJECT = re.compile("(?<![方面反针倾])[向对朝](?![于抗峙立话外])|针对")


def aimed_at(context: Context, item: Found) -> list[str]:
    """Sides the weapons were sent against: 向乌克兰发射, 袭击莫斯科."""
    text = item.sentence.encoded
    found = _garrisons(context, item)
    # Behind the next number another fleet flies: 其中5架飞往白俄罗斯.
    next_count = text.text.find(SYMBOLS[MentionType.COUNT], text.position(item.stretch[1]))
    limit = next_count if next_count >= 0 else len(text.text)
    # What the number's own clause aims at comes first: 向A发射11枚，向B发射4枚.
    own = text.position(context.clause(item.sentence, *item.stretch)[0])
    for first, last in ((own, limit), (0, min(own, limit))):
        for match in AIMED.finditer(text.text, first, last):
            if code := _code(text.mentions[match.start("who")]):
                found.append(code)
    if not found and item.outcome in ("attacks", "launched"):
        found = [
            code for m in LOCATED.finditer(text.text, 0, limit) if (code := _code(text.mentions[m.end() - 1]))
        ]
    places = (m for m in text.mentions[:limit] if m is not None and m.type is MentionType.PLACE)
    return found + [code for m in places if (code := side_code(m))]


def _code(mention: Mention | None) -> str | None:
    return side_code(mention) if mention is not None else None


def _garrisons(context: Context, item: Found) -> list[str]:
    """Forces that what is aimed at belongs to (向…驻有美军的基地), behind the word that opens the object.

    Of a base that the clause does not describe, an earlier clause may say whose soldiers it holds.
    """
    text = item.sentence.encoded
    first, last = (text.position(at) for at in context.clause(item.sentence, *item.stretch))
    aimed = OBJECT.search(text.text, first, last)
    found = GARRISON.search(text.text, aimed.end(), last) if aimed else None
    if found is None and aimed and BASE.search(text.text, aimed.end(), last):
        found = HELD.search(text.text, 0, first)
    if found is None:
        return []
    mention = text.mentions[found.start("who" if found["who"] else "forces")]
    if mention is None or not isinstance(mention.value, Side):
        return []
    return [mention.value.code] if found["who"] or mention.value.form == "forces" else []
