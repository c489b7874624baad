"""Who attacked whom: read from the words, else by reversal – what one side shoots down is the other's."""

from __future__ import annotations

import re

from extractors.kinds.attack_aims import aimed_at
from extractors.kinds.attack_numbers import Found
from extractors.kinds.attack_raids import FRONTS
from extractors.kinds.attack_sides import AFAR, SEATED, at_war, enemy, sender, ship_hit, ship_owner
from extractors.kinds.attack_subjects import PARTIES, acting_before, party, subject
from extractors.layers.context import Context
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType, side_code
from schemas import Claimant

PLACE = SYMBOLS[MentionType.PLACE]
PASSIVE = re.compile("遭(?!遇战)|受到|承受|被")
# By whom, behind 遭 or 被: 遭到以军多次空袭, 遭美英七轮空袭.
SUFFERED_FROM = re.compile(
    rf"(?:遭到|遭受|遭遇|受到|承受|遭|被)了?[^{PARTIES}{PLACE}，。；]{{0,4}}?(?P<who>[{PARTIES}])(?!方向)"
)
LAUNCHING = re.compile("(?:发射|射出|出动|派出|使用|动用|投下|投掷|放飞|(?<![利作])用|企图用|试图用)[过了]?$")
DOWNING = re.compile("击落|拦截|摧毁|打掉|击毁|打下|压制")
# Rules whose words are those of the side that is hit: nobody acts in them.
SUFFERED = {"fleet-came-in", "fleet-hit"}
# Who shoots down at sea defends its own ships.
AT_SEA = re.compile("红海|亚丁湾|阿拉伯海|印度洋")
FORCES = re.compile("军|国防|武装|卫队|司令部|旅|抵抗|战士")
# Held by the other side: what is shot down there is not aimed at the country.
HELD_PLACES = re.compile("克里米亚|塞瓦斯托波尔|刻赤|顿涅茨克|卢甘斯克|辛菲罗波尔")
# Where a strike from the air has one plain author, if the passage names it.
PLAIN = {"PS": "IL", "HAMAS": "IL", "LB": "IL", "HEZBOLLAH": "IL"}


def direction(context: Context, item: Found, claimant: Claimant | None) -> tuple[str | None, str | None]:
    """Attacker and target of a count: from the words, else by reversal – what one side shoots down is the other's."""
    side = claimant.side if claimant else None
    came_from, told = (None, False) if item.attacker else sender(context, item.sentence, *item.stretch)
    known = item.attacker or came_from
    if item.outcome == "left_airspace":
        attacker = known or enemy(context, item.sentence, side)
        return attacker, enemy(context, item.sentence, attacker)
    if item.defence:
        return _shot_down(context, item, known, side)
    # 三次遭无人机袭击: only attacks are counted before they are suffered.
    limit = item.stretch[1] if item.outcome == "attacks" else item.count.start
    first, last = context.clause(item.sentence, *item.stretch)
    passive = PASSIVE.search(context.reading.folded, first, limit)
    if passive:
        ship, owner = ship_hit(item.sentence, first, passive.start())
        attacker, target = _suffered(context, item, passive.start(), (known, told), side)
        return attacker, owner if ship and (owner or side not in FRONTS) else target
    acting, unnamed, own = subject(context, item, side)
    attacker = item.attacker or (acting if own else None) or came_from or (None if told else acting)
    aimed = aimed_at(context, item)
    if attacker is None and not told and not unnamed:
        attacker = _telling(context, item, claimant, aimed)
    at_sea, owner = ship_owner(item.sentence, first, last)
    if at_sea and attacker not in FRONTS:
        return attacker, owner if owner != attacker else None
    aimed = [other for other in aimed if attacker is None or attacker not in (other, SEATED.get(other))]
    if item.rule in SUFFERED and attacker is None and side in FRONTS and not aimed:
        aimed = [side] if side else []
    target = aimed[0] if aimed else enemy(context, item.sentence, attacker)
    if target is None and side not in (None, attacker) and item.rule in SUFFERED and at_war(attacker, side):
        target = side
    if attacker or told or unnamed:
        return attacker, target
    return enemy(context, item.sentence, target), target


def _telling(context: Context, item: Found, claimant: Claimant | None, aimed: list[str]) -> str | None:
    """The claimant, where forces tell of attacks of their own (真主党称，使用多枚火箭弹袭击了…)."""
    side = claimant.side if claimant else None
    if side is None or claimant is None or side in aimed or item.rule in SUFFERED:
        return None
    if side not in AFAR and not FORCES.search(claimant.name):
        return None
    return side if side in AFAR or aimed or enemy(context, item.sentence, side) else None


def _shot_down(
    context: Context, item: Found, known: str | None, claimant_side: str | None
) -> tuple[str | None, str | None]:
    """Told from the side that shoots: it defends itself against the sender, or against its enemy."""
    named, _, _ = subject(context, item, claimant_side)
    if known is None and _launching(context, item):
        known, named = named, None
    acting = next((side for side in (_agent(item), named) if side and side != known), None)
    defender = acting or (claimant_side if claimant_side != known else None)
    if defender is None and known is None:
        defender = _above(item) or acting_before(context, item)
    attacker = known or enemy(context, item.sentence, defender)
    if attacker is None and claimant_side != defender:
        attacker = enemy(context, item.sentence, claimant_side)
    if at_war(defender, attacker) or attacker is None:
        return attacker, defender
    meant = enemy(context, item.sentence, attacker)
    at_sea = AT_SEA.search(context.reading.folded, item.sentence.start, item.sentence.end)
    if acting and (attacker not in AFAR or meant is None or at_sea):
        return attacker, acting if acting != attacker else None
    return attacker, meant or (defender if defender != attacker else None)


def _suffered(
    context: Context, item: Found, passive: int, sent: tuple[str | None, bool], claimant_side: str | None
) -> tuple[str | None, str | None]:
    """Told from the side that is hit (基辅遭三枚导弹袭击): the sender is named, or plain, or nobody."""
    known, told = sent
    text = item.sentence.encoded
    by = SUFFERED_FROM.match(text.text, text.position(passive))
    if known is None and not told and by:
        mention = text.mentions[by.start("who")]
        known = party(context, mention) if mention else None
    places = [
        code
        for mention in item.sentence.mentions
        if mention.start < passive and (code := side_code(mention)) and code != known
        and mention.type in (MentionType.PLACE, MentionType.SIDE)
    ]  # fmt: skip
    ours = claimant_side if claimant_side != known else None
    target = places[-1] if places else ours or enemy(context, item.sentence, known)
    if known or told:
        return known, target
    plain = PLAIN.get(target or "")
    if target in ("RU", "UA"):
        return enemy(context, item.sentence, target), target
    named = plain in context.first_named.get(item.sentence.passage, {}) if plain else False
    return plain if named else None, target


def _launching(context: Context, item: Found) -> bool:
    """Whether the one who acts launched it: 青年运动发射一枚导弹，已遭拦截."""
    first, _ = context.clause(item.sentence, item.count.start, item.count.end)
    before = context.reading.folded[first : item.count.start]
    return LAUNCHING.search(before) is not None and not DOWNING.search(before)


def _above(item: Found) -> str | None:
    """Whose airspace it was, of the two at war: 防空部队在基辅上空击落…."""
    for mention in item.sentence.mentions:
        code = side_code(mention) if mention.type is MentionType.PLACE else None
        if code in FRONTS and not HELD_PLACES.match(mention.words):
            return code
    return None


def _agent(item: Found) -> str | None:
    """Who downed it in a passive clause: 被俄防空系统击落."""
    text = item.sentence.encoded
    for found in re.finditer(f"[被遭由][^，。；]{{0,4}}?([{PARTIES}])", text.text):
        mention = text.mentions[found.start(1)]
        if mention is not None and item.stretch[0] <= mention.start < item.stretch[1]:
            return side_code(mention)
    return None
