"""Reading numbers of weapons and attacks off sentences: what a rule matched, and what is coordinated with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, Mention, MentionType, WeaponType, side_code
from extractors.rules.ruleset import Match, RuleSet
from schemas import Count

COUNT, WEAPON, SIDE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE))
AERIAL = {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"}
# Classifiers under which aerial weapons are counted; a number of anything else is no count of them.
WEAPON_UNITS = {"架", "枚", "次", "起", "艘", "轮", "波", "架次", "颗", "发", "枚次", "波次", "场", None}
ATTACK_UNITS = {"次", "起", "轮", "波", "回", "波次", "场"}
SIBLING = re.compile(
    rf"(?:、|和|及|以及|与|，以及|，|，还有|，和|，并|加上)(?:另外|另|还有|还)?{SIDE}?(?:的)?(?P<count>{COUNT})"
    rf"(?:{SIDE}(?:制|产|造)?)?(?:的|各类|各型|攻击)?(?P<weapon>{WEAPON})(?!中的|当中|之中)"
)
JOINT = re.compile(f"(?:和|及|与|、|以及)[^{COUNT}，。那该这]{{0,3}}?{WEAPON}")
# A number that stands for what was bought, made or promised is no attack.
SUPPLY = re.compile(
    "提供|交付|供应|生产|制造|采购|购买|订购|援助|捐赠|移交|储备|库存|培训|接收|出口|订单|携带|配备|可发射|能发射|装载|射程|挂载"
)
# 75枚火箭弹…，大部分被拦截: how many were downed is not said.
SOME_OF = re.compile("大部分|大多|多数|部分|其中|一些|半数|除")
NOT_DONE = re.compile("未被|未能|没有被|没能|无法|试图(?:击落|拦截)|未(?:击落|拦截)")
DOWNING = re.compile("击落|拦截|摧毁|打掉|击毁|打下|压制")
RAIDING = re.compile("用|发射|袭击[，了]|攻击[，了]")


@dataclass(frozen=True)
class Found:
    """A count read off a sentence by a rule, before sides, places and parts are known."""

    sentence: Sentence
    count: Mention
    weapon: WeaponType
    outcome: str
    rule: str
    stretch: tuple[int, int]
    attacker: str | None
    place: Mention | None = None
    defence: bool = False  # told from the side that shoots down, also where the number is of those launched


def numbers_in(context: Context, sentence: Sentence, rules: RuleSet) -> Iterator[Found]:
    """Counts in a sentence, one per number and outcome; the first rule that reads a number keeps it."""
    taken: dict[int, str] = {}
    for match in rules.matches(sentence.encoded):
        for item in _readings(context, sentence, match):
            free = item.count.start not in taken or (
                taken[item.count.start] == "all" and item.outcome == "launched" and not item.defence
            )
            if free and not _is_supply(context, item):
                taken[item.count.start] = "all" if match.rule.constants.get("also_launched") else "one"
                yield item


def _readings(context: Context, sentence: Sentence, match: Match) -> Iterator[Found]:
    """What one match says: its own count, and the counts coordinated with it."""
    count, weapon = match.one("count"), _weapon(context, sentence, match)
    if count is None or weapon is None or not _counts_weapons(count, match.rule.constants["outcome"]):
        return
    if match.rule.constants.get("inherits_weapon") and _counts_something_else(match, count):
        return
    if isinstance(count.value, Counted) and count.value.unit is None and _is_apart(match, count):
        return
    if match.rule.constants["outcome"] == "intercepted" and NOT_DONE.search(
        context.reading.folded, *match.span
    ):
        return
    if match.rule.constants["outcome"] == "intercepted" and SOME_OF.search(
        context.reading.folded, count.end, match.span[1]
    ):
        return
    outcome, start = match.rule.constants["outcome"], match.span[0]
    downing = DOWNING.search(context.reading.folded, context.clause(sentence, *match.span)[0], count.start)
    if downing and not RAIDING.search(context.reading.folded, downing.end(), count.start):
        start = min(start, downing.start())
    first = Found(
        sentence, count, _joint_weapon(match, weapon), outcome, match.rule.name, (start, match.span[1]),
        _attacker(match), match.one("place"), outcome not in ("launched", "attacks", "hit") or downing is not None,
    )  # fmt: skip
    yield first
    position = (
        match.encoded.position(
            max(m.end for slot in ("count", "weapon") for m in match.slots.get(slot, ())) - 1
        )
        + 1
    )
    while sibling := SIBLING.match(match.encoded.text, position):
        mention = match.encoded.mentions[sibling.start("count")]
        kind = match.encoded.mentions[sibling.start("weapon")]
        position = sibling.end()
        if (
            mention is None
            or kind is None
            or not isinstance(kind.value, WeaponType)
            or kind.value.code not in AERIAL
        ):
            continue
        yield replace(first, count=mention, weapon=kind.value, stretch=(start, kind.end))


def _is_apart(match: Match, count: Mention) -> bool:
    """A bare number that no weapon follows at once counts something else (约2.1万人口)."""
    weapon = match.one("weapon")
    return weapon is None or weapon.start - count.end > 2


def _counts_something_else(match: Match, count: Mention) -> bool:
    """击落1架俄军战机: a number without a weapon counts the known one only where nothing else follows it."""
    behind = match.encoded.text[match.encoded.position(count.start) + 1 :][:1]
    return match.last == match.encoded.position(count.start) + 1 and behind not in ("", *"，。；、！？")


def _weapon(context: Context, sentence: Sentence, match: Match) -> WeaponType | None:
    mention = match.one("weapon")
    if mention is not None and isinstance(mention.value, WeaponType):
        return mention.value if mention.value.code in AERIAL else None
    if match.rule.constants.get("inherits_weapon"):
        return _weapon_before(context, sentence, match.span[0])
    return WeaponType("mixed")  # 空袭 without a weapon named


def _joint_weapon(match: Match, weapon: WeaponType) -> WeaponType:
    """多枚导弹和火箭弹: one number over weapons of two sorts counts them mixed."""
    mention = match.one("weapon")
    if mention is None:
        return weapon
    further = JOINT.match(match.encoded.text, match.encoded.position(mention.start) + 1)
    other = match.encoded.mentions[further.end() - 1] if further else None
    if (
        other is None
        or not isinstance(other.value, WeaponType)
        or other.value.code in (weapon.code, "artillery")
    ):
        return weapon
    return WeaponType("mixed")


def _weapon_before(context: Context, sentence: Sentence, offset: int) -> WeaponType | None:
    """The aerial weapon last counted before an offset, in this sentence or the one before it."""
    nearby = [*context.reading.before(sentence, 1), sentence]
    before = [m for s in nearby for m in s.mentions if m.type is MentionType.WEAPON and m.end <= offset]
    for mention in reversed(before):
        if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL:
            return mention.value
    return None


def _counts_weapons(count: Mention, outcome: str) -> bool:
    value = count.value
    if not isinstance(value, Counted) or value.unit not in WEAPON_UNITS:
        return False
    if outcome == "attacks" and value.count == Count(value=1, qualifier="exact"):
        return False  # 一次无人机攻击: an article, not a count
    return (value.unit in ATTACK_UNITS) == (outcome == "attacks") or value.unit is None


def _attacker(match: Match) -> str | None:
    for mention in match.slots.get("attacker", ()):
        code = side_code(mention)
        behind = match.encoded.text[match.encoded.position(mention.start) + 1 :][:1]
        if code and behind not in ("制", "产", "造", "式"):
            return code
    return None


def _is_supply(context: Context, item: Found) -> bool:
    first, last = context.clause(item.sentence, *item.stretch)
    return SUPPLY.search(context.reading.folded, first, last) is not None and item.outcome in (
        "launched",
        "hit",
    )
