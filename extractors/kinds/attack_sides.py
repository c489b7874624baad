"""Sides of an attack that its clause does not name outright: the enemy, the sender by where it came from, ships."""

from __future__ import annotations

import re

from extractors.kinds.attack_raids import FRONTS
from extractors.kinds.sides import AT_WAR, opponent
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, side_code

SIDE, PLACE = SYMBOLS[MentionType.SIDE], SYMBOLS[MentionType.PLACE]
PARTIES = SIDE + SYMBOLS[MentionType.ORGANISATION] + SYMBOLS[MentionType.PERSON]
# Who fires from a country that does not: it is meant where the passage names it.
SEATED = {"YE": "HOUTHI", "LB": "HEZBOLLAH", "PS": "HAMAS"}
# Where militias of several names, or armies in passing, fire from: nobody plain.
NOBODY = {"IQ", "SY", "BY", "JO", "EG"}
COMING = re.compile(
    rf"(?:来自|从|自|由)(?P<who>[{PARTIES}{PLACE}])(?P<more>方向|境内|领土|一侧|方面|北部|南部|首都)*"
)
# By whom it was fired, of what is counted behind: 由乌军发射的三架无人机.
FIRED_BY = re.compile("[^，。；]{0,4}?(?:发射|派出|出动|放飞|射出|投下|操控|投放)")
FIRED = re.compile("发射|射出|飞来|来袭|袭来|射向|飞向|进入|袭击|升空|射|飞入|闯入")
SHIP = "(?:军舰|舰艇|舰船|船只|船舶|货船|货轮|油轮|商船|航母|驱逐舰|护卫舰|补给舰|军船|集装箱船|散货船|船(?![厂坞员长]))"
AT_SEA = re.compile(
    rf"(?:向|对|瞄准|飞向|射向|击中|袭击|打击)[^。；]{{0,40}}?(?P<ship>{SHIP})|(?:向|对)[^。；，]{{0,8}}?[海湾洋](?!军)"
)
SHIP_HIT = re.compile(f"{SHIP}[^，。；]{{0,14}}$")
TO_WATERS = re.compile(f"[向对朝往]({PLACE})(?![东西南北沿]?岸)")
OWNED = re.compile(rf"(?P<who>{SIDE})(?!港)[^。；，、{SIDE}]{{0,8}}?{SHIP}")
# Whose missiles others fire: launches of its own are tests.
NO_ATTACKERS = {"KP"}
# Against whom these fire, though others shoot it down on the way.
AFAR = {"IR", "HOUTHI", "HEZBOLLAH", "HAMAS"}


def enemy(context: Context, sentence: Sentence, side: str | None) -> str | None:
    """Who stands against a side: the enemy that the sentence names, else the passage, `None` where it is not plain."""
    if side is None or side in FRONTS:
        return opponent(side, context)
    enemies = {a if b == side else b for a, b in AT_WAR if side in (a, b)}
    if not enemies:
        return None
    for sentences in ([sentence], context.reading.passage_of(sentence)):
        codes = [code for s in sentences for m in s.mentions if (code := side_code(m)) in enemies]
        if codes:
            return max(sorted(set(codes)), key=codes.count)
    return None if context.reading.digest else opponent(side, context)


def at_war(a: str | None, b: str | None) -> bool:
    """Whether two sides fight each other in the news."""
    ours, theirs = ({side, SEATED.get(side or "")} for side in (a, b))
    return any((x, y) in AT_WAR or (y, x) in AT_WAR for x in ours for y in theirs)


def sender(context: Context, sentence: Sentence, start: int, end: int) -> tuple[str | None, bool]:
    """Who sent what is told between two offsets, by where it came from, and whether the words say where at all."""
    text = sentence.encoded
    for found in COMING.finditer(text.text):
        mention = text.mentions[found.start("who")]
        if mention is None or not start - 12 <= mention.start < end + 12:
            continue
        code = side_code(mention)
        if found.group()[0] == "由" and code and FIRED_BY.match(text.text, found.end()):
            return code, True
        if found.group()[:2] != "来自" and (code in FRONTS or not FIRED.search(text.text, found.end())):
            continue
        if code is None or code in NO_ATTACKERS:
            continue  # 来自朝鲜的导弹: made there
        if code in NOBODY:
            return None, True
        if code in FRONTS and mention.type is MentionType.PLACE:
            continue  # 来自克里米亚半岛: where they flew over, not whose they are
        seated = SEATED.get(code)
        if seated is None:
            return code, True
        return (seated if seated in context.parties else code), True
    return None, False


def ship_hit(sentence: Sentence, start: int, end: int) -> tuple[bool, str | None]:
    """Whether a ship is what is hit in a passive clause between two offsets, and whose it is (一艘油轮遭两枚导弹击中)."""
    text = sentence.encoded
    first, last = text.position(start), text.position(end)
    if not SHIP_HIT.search(text.text[first:last]):
        return False, None
    owner = OWNED.search(text.text, first, last)
    mention = text.mentions[owner.start("who")] if owner else None
    return True, side_code(mention) if mention else None


def ship_owner(sentence: Sentence, start: int, end: int) -> tuple[bool, str | None]:
    """Whether something at sea was aimed at between two offsets, and whose ship it was."""
    text = sentence.encoded
    first, last = text.position(start), text.position(end - 1) + 1
    aimed = AT_SEA.search(text.text, first, last)
    if aimed is None:
        waters = TO_WATERS.search(text.text, first, last)
        where = text.mentions[waters.start(1)] if waters else None
        return where is not None and where.words.endswith(("海", "洋", "海湾", "海峡", "亚丁湾")), None
    owner = OWNED.search(text.text, aimed.start(), last) if aimed["ship"] else None
    mention: Mention | None = text.mentions[owner.start("who")] if owner else None
    return True, side_code(mention) if mention else None
