"""Who died in an attack, told before it: 数百名公民在袭击中丧生, 指挥官萨鲁尔在空袭中死亡."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_place_words import COUNT, SIDE, TIME
from extractors.kinds.strike_places import read_chain
from extractors.kinds.strike_targets import is_physical
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType, Person, side_code

VICTIMS = re.compile(
    f"{COUNT}[^，。；在{COUNT}]{{1,8}}?(?=[其，]|$)(?=(?:其中|，其中|，?包括)?[^。；]{{0,16}}$)"
)
PERSON = SYMBOLS[MentionType.PERSON]
# A person named right before the attack, not one of whom it is told that others died in his war.
NAMED = re.compile(f"{PERSON}(?={TIME}*(?:等人?)?(?:{TIME}|也|已|均|于|当天|当日|，|早些时候)*$)")
# Somebody who was somewhere when he was hit.
DIED_AT = re.compile(f"(?:{TIME}|[，,])*(?:[^，。；的在{COUNT}]{{0,12}})(?P<who>{PERSON}){TIME}?在")
DEAD_NEXT = re.compile("(?:后|并|而|时)?(?:身亡|死亡|丧生|遇害|遇难|牺牲|毙命)(?!的)")
PEOPLE_HURT = re.compile(
    f"(?:造成|导致|致使?|夺去|打死|炸死)了?(?:至少|约|超过|上百|多)*{COUNT}?(?P<who>(?P<side>{SIDE})(?:人|民众|平民|居民)|平民|儿童|妇女)"
    "(?:在内)?(?:死亡|丧生|遇难|身亡|死伤|伤亡|受伤)"
)
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


def who_died(encoded: Encoded, first: int, last: int, behind: int) -> Struck | None:
    """The person, and the place, that [first, last) names before an attack behind which he is told dead: X在家中遭袭身亡."""
    found = DIED_AT.match(encoded.text, first, last)
    held = encoded.mentions[found.start("who")] if found else None
    if found is None or held is None or DEAD_NEXT.match(encoded.text, behind) is None:
        return None
    chain = read_chain(encoded, found.end(), last)
    place = encoded.span(chain.group[0][0], chain.group[-1][1]) if chain.group else None
    begin = held.start if found.start("who") == first else encoded.starts[first]
    words = f"一名{held.words[-NAME:]}"
    return Struck((begin, held.end), place, words, words, tuple(chain.owners), place_country=chain.country)


def people_named(encoded: Encoded, struck: Struck, verb: int) -> Struck:
    """The object with the people of a side, or civilians, of whom an attack told alone killed so many: 导致508名巴勒斯坦人死亡."""
    found = PEOPLE_HURT.search(encoded.text, verb)
    if found is None:
        return struck
    start, last = found.span("who")
    words = "".join(
        held.words if held else sign
        for sign, held in zip(found["who"], encoded.mentions[start:last], strict=True)
    )
    side = encoded.mentions[found.start("side")] if found["side"] else None
    code = side_code(side) if side is not None else None
    owners = (*struck.owners, code) if code else struck.owners
    return replace(
        struck, target=encoded.span(start, last), target_words=f"一名{words}", bare_words=words, owners=owners
    )


def as_victim(struck: Struck, *, named: bool = False) -> Struck:
    """The object as somebody who was killed, by whatever name: 执行委员会副主席卡乌克; `named` if a name ends it."""
    words = struck.target_words
    if not words or (is_physical(words) and not named):
        return struck
    words = f"一名{words[-NAME:]}"  # without the words of an office: 执行委员会副主席卡乌克
    return replace(struck, target_words=words, bare_words=words)


def is_one_person(encoded: Encoded, struck: Struck) -> bool:
    """Whether the object is a single person with a name or an office: 副主席卡乌克, not 两名指挥官."""
    if struck.target is None:
        return False
    first, last = (encoded.position(offset) for offset in (struck.target[0], struck.target[1] - 1))
    held = encoded.mentions[last]
    whole = held is not None and isinstance(held.value, Person) and held.end == struck.target[1]
    if not whole or held is None or SEVERAL.match(held.words):
        return False
    return first == last or re.search(f"[{COUNT}、和与及]", encoded.text[first:last]) is None
