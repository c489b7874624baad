"""Who died in an attack, told before it: 数百名公民在袭击中丧生, 指挥官萨鲁尔在空袭中死亡."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_place_words import COUNT, TIME
from extractors.kinds.strike_targets import is_physical
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType, Person

VICTIMS = re.compile(
    f"{COUNT}[^，。；在{COUNT}]{{1,8}}?(?=[其，]|$)(?=(?:其中|，其中|，?包括)?[^。；]{{0,16}}$)"
)
PERSON = SYMBOLS[MentionType.PERSON]
# A person named right before the attack, not one of whom it is told that others died in his war.
NAMED = re.compile(f"{PERSON}(?={TIME}*(?:等人?)?(?:{TIME}|也|已|均|于|当天|当日|，|早些时候)*$)")
SEVERAL = re.compile("[两二三四五六七八九十百数多几0-9]|等")
NAME = 6  # so long is a name with the end of an office before it
# Offices by which somebody is told without a name.
OFFICE = re.compile("(?:指挥官|司令|市长|发言人|领导人|头目|高官|官员|成员|记者|队长|负责人|首领)$")


def victims_of(encoded: Encoded, struck: Struck, verb: int) -> Struck:
    """The object with those who died, as what was hit where no place is told: 数百名公民……在袭击中丧生."""
    found = VICTIMS.search(encoded.text[:verb])
    if found is None:
        return struck
    words = "".join(
        held.words if held else sign
        for sign, held in zip(found[0], encoded.mentions[found.start() : found.end()], strict=True)
    )
    return replace(struck, target=encoded.span(*found.span()), target_words=words, bare_words=words)


def with_named_victim(encoded: Encoded, struck: Struck, verb: int) -> Struck | None:
    """The object with a single person named before an attack as its victim, `None` where no one person is."""
    found = NAMED.search(encoded.text[:verb])
    held = encoded.mentions[found.start()] if found else None
    if found is None or held is None or not isinstance(held.value, Person):
        return None
    words = held.words
    if held.value.role is None and not OFFICE.search(words) and "·" not in words:
        return None
    owners = struck.owners + ((held.value.side,) if held.value.side else ())
    return as_victim(replace(struck, target=(held.start, held.end), target_words=words, owners=owners))


def as_victim(struck: Struck) -> Struck:
    """The object as somebody who was killed, by whatever name: 执行委员会副主席卡乌克."""
    words = struck.target_words
    if not words or is_physical(words):
        return struck
    words = f"一名{words[-NAME:]}"  # without the words of an office: 执行委员会副主席卡乌克
    return replace(struck, target_words=words, bare_words=words)


def is_one_person(encoded: Encoded, struck: Struck) -> bool:
    """Whether the object is a single person with a name or an office: 副主席卡乌克, not 两名指挥官."""
    if struck.target is None:
        return False
    held = encoded.mentions[encoded.position(struck.target[0])]
    whole = held is not None and isinstance(held.value, Person) and held.end == struck.target[1]
    return whole and held is not None and SEVERAL.match(held.words) is None
