"""Which weapon a match counts, by which classifier, and whose it was."""

from __future__ import annotations

import re

from extractors.kinds.attack_raids import AERIAL, ATTACK_UNITS, instrument
from extractors.kinds.attack_sides import NO_ATTACKERS
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, Mention, MentionType, WeaponType, side_code
from extractors.rules.ruleset import Match
from schemas import Count

COUNT, WEAPON, SIDE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE))
# Classifiers under which aerial weapons are counted; a number of anything else is no count of them.
WEAPON_UNITS = {"架", "枚", "次", "起", "艘", "轮", "波", "架次", "颗", "发", "枚次", "波次", "场", None}
# Things in the air have a classifier of their own (11个空中目标).
OF_TARGETS = {"个", "批", "件"}
TARGET_UNITS = WEAPON_UNITS | OF_TARGETS
JOINT = re.compile(f"(?:和|及|与|、|以及)[^{COUNT}，。那该这大若部]{{0,3}}?{WEAPON}")
ORGANISATION = SYMBOLS[MentionType.ORGANISATION]
SENT_BY = re.compile(
    rf"(?<![向对朝用被由从])(?P<who>[{SIDE}{ORGANISATION}])(?:武装|军队|部队)?(?:[向对朝往从自在][^，。；{COUNT}]{{1,12}}?){{0,2}}"
    rf"[^，。；{COUNT}{SIDE}{ORGANISATION}]{{0,6}}?(?:发射|派出|出动|放飞|射出|投下|射来|释放)的$"
)
GIVEN = re.compile("提供|援助|供应|交付|捐")


def weapon_of_match(context: Context, sentence: Sentence, match: Match) -> WeaponType | None:
    mention, count = match.one("weapon"), match.one("count")
    attacks = match.rule.constants["outcome"] == "attacks"
    if attacks and mention is not None and count is not None and mention.end <= count.start:
        made_with = instrument(sentence, count.start)
        if made_with is not None:
            return made_with
    if mention is not None and isinstance(mention.value, WeaponType):
        if mention.value.code in AERIAL or count is None:
            return mention.value
        return _fired_from(match, count, mention)
    if match.rule.constants.get("inherits_weapon"):
        return _weapon_before(context, sentence, match.span[0], count)
    return instrument(sentence, match.span[0]) or WeaponType("mixed")  # 空袭 without a weapon named


def _fired_from(match: Match, count: Mention, shell: Mention) -> WeaponType | None:
    """The aerial weapon named between a number and a word for shells: 多枚“海马斯”火箭炮发射的炮弹."""
    text = match.encoded
    for mention in text.mentions_in(text.position(count.start) + 1, text.position(shell.start)):
        if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL:
            return mention.value
    return None


def joint_weapon(match: Match, weapon: WeaponType) -> WeaponType:
    """多枚导弹和火箭弹: one number over weapons of two sorts counts them mixed."""
    mention = match.one("weapon")
    if mention is None:
        return weapon
    further = JOINT.match(match.encoded.text, match.encoded.position(mention.start) + 1)
    other = match.encoded.mentions[further.end() - 1] if further else None
    if (
        other is None
        or not isinstance(other.value, WeaponType)
        or other.value.code == weapon.code
        or (other.value.code == "artillery" and match.rule.constants["outcome"] != "attacks")
    ):
        return weapon
    return WeaponType("mixed")


def _weapon_before(
    context: Context, sentence: Sentence, offset: int, count: Mention | None
) -> WeaponType | None:
    """The aerial weapon last counted before an offset, in this sentence or the one before it; else the next behind.

    在A州击落8架、在B州击落5架无人机: the series names it at its end. What 个 counts is mixed (击毁其中45个).
    """
    mixed = count is not None and isinstance(count.value, Counted) and count.value.unit in OF_TARGETS
    nearby = [*context.reading.before(sentence, 1), sentence]
    before = [m for s in nearby for m in s.mentions if m.type is MentionType.WEAPON and m.end <= offset]
    behind = [m for m in sentence.mentions if m.type is MentionType.WEAPON and m.start > offset]
    for mention in [*reversed(before), *behind]:
        if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL:
            if mixed and mention.value.code != "mixed":
                continue
            return mention.value
    return None


def has_unit(count: Mention, weapon: WeaponType) -> bool:
    """Whether a number is counted by a classifier that such weapons have."""
    units = TARGET_UNITS if weapon.code == "mixed" else WEAPON_UNITS
    return isinstance(count.value, Counted) and count.value.unit in units


def counts_weapons(count: Mention, outcome: str, weapon: WeaponType) -> bool:
    value = count.value
    if not isinstance(value, Counted) or not has_unit(count, weapon):
        return False
    if outcome == "attacks" and value.count == Count(value=1, qualifier="exact"):
        return False  # 一次无人机攻击: an article, not a count
    return (value.unit in ATTACK_UNITS) == (outcome == "attacks") or value.unit is None


def attacker_of(match: Match) -> str | None:
    for mention in match.slots.get("attacker", ()):
        code = side_code(mention)
        at = match.encoded.position(mention.start)
        made = code in NO_ATTACKERS and SIDE in match.encoded.text[:at]  # 俄军发射的一枚朝鲜弹道导弹
        if code and not made and match.encoded.text[at + 1 : at + 2] not in ("制", "产", "造", "式"):
            return code
    return _launcher(match) or _sender_before(match)


def _sender_before(match: Match) -> str | None:
    """The side that is said right before a number to have sent what it counts: 拦截了胡塞武装向利雅得发射的两枚导弹."""
    count = match.one("count")
    if count is None:
        return None
    sent = SENT_BY.search(match.encoded.text, match.first, match.encoded.position(count.start))
    mention = match.encoded.mentions[sent.start("who")] if sent else None
    code = side_code(mention) if mention else None
    return None if code in NO_ATTACKERS else code


def _launcher(match: Match) -> str | None:
    """The side named between number and weapon: 一枚俄罗斯在边境发射的巡航导弹."""
    count, weapon = match.one("count"), match.one("weapon")
    counted = match.rule.constants["outcome"] != "attacks"
    if count is None or weapon is None or not counted or weapon.start < count.end:
        return None
    text = match.encoded
    if GIVEN.search(text.text, text.position(count.start), text.position(weapon.start)):
        return None
    for position in range(text.position(count.start) + 1, text.position(weapon.start)):
        mention = text.mentions[position]
        around = text.text[position - 1], text.text[position + 1]
        if mention is None or mention.type not in (MentionType.SIDE, MentionType.ORGANISATION):
            continue
        if (
            side_code(mention) not in NO_ATTACKERS
            and around[0] not in "向对往自从袭击用为"
            and around[1] not in "制产造式提方援"
        ):
            return side_code(mention)
    return None
