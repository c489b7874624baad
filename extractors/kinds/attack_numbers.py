"""Reading numbers of weapons and attacks off sentences: what a rule matched, and what is coordinated with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.kinds.attack_lists import listed_losses, weapon_of
from extractors.kinds.attack_raids import AERIAL, FRONTS, is_air_raid, is_background
from extractors.kinds.attack_sides import NO_ATTACKERS
from extractors.kinds.attack_weapons import (
    attacker_of,
    counts_weapons,
    has_unit,
    joint_weapon,
    weapon_of_match,
)
from extractors.layers.context import Context
from extractors.layers.dates import HISTORY_DAYS
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, Mention, MentionType, WeaponType, side_code
from extractors.rules.ruleset import Match, RuleSet

COUNT, WEAPON, SIDE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE))
# A number of other things in between (一架战机、) does not end the series.
OTHERS = rf"(?:(?:、|和|及|以及|与|，){SIDE}?的?{COUNT}[^{COUNT}{WEAPON}，。；、和及与]{{1,12}}?(?=、|和|及|与|以及|，)){{0,6}}?"
COUNTED = (
    rf"{SIDE}?(?:的)?(?P<count>{COUNT})"
    rf"(?:[法美英德俄乌]制)?(?:{SIDE}(?:制|产|造)?)?(?:[法美英德俄乌]制)?(?P<name>[\u4e00-\u9fff]{{0,6}}?)(?P<weapon>{WEAPON})"
    r"(?!中的|当中|之中)"
)
SIBLING = re.compile(
    rf"{OTHERS}(?:、|和|及|以及|与|，以及|，|，还有|，和|，并|加上)(?:另外|另|还有|还|全部|全数)?{COUNTED}"
)
# One number over several sorts, and the sorts behind it: 37个空中目标：3枚导弹和34架无人机; 58件空袭武器，包括4枚….
SPREAD = re.compile(rf"(?:[，：（；](?:其中|当中)?)?(?:包括|包含|有|为|分别为|分别是|即|含)?了?{COUNTED}")
# The same where numbers stand behind what they count: 导弹32枚、无人机90架.
SIBLING_BEHIND = re.compile(
    rf"(?:、|和|及|以及|与|，)(?P<name>[各类型种]{{0,2}})(?P<weapon>{WEAPON})(?:共|约|近)?(?P<count>{COUNT})(?![^，。；、和及与以对向空攻袭]{{1,2}}{WEAPON})"
)
# Behind a comma what follows may do something of its own (，3枚导弹击中一座楼).
ENDED = re.compile("$|[，。；、）]|和|及|与|以及|等|的")
# What stands between number and weapon is a name or a sort of it (三架库布无人机), nothing that is done.
VERB = re.compile("[击拦毁落被将向对在从用射飞中和]")
# A number that stands for what was bought, made or promised is no attack.
SUPPLY = re.compile(
    "(?:提供|交付|供应|生产|制造|采购|购买|订购|援助|捐赠|移交|储备|库存|培训|接收|出口|订单|携带|配备|可发射|能发射|装载|射程|挂载)(?!的)"
)
# Behind these a fleet is named from the side that sent it: 敖德萨一方发射的40架无人机里.
FIRED_OF = re.compile("(?:发射|出动|派出|投下|放飞|动用|使用)的")
DOWNED_OF = re.compile("(?:击落|拦截|摧毁|打下|击毁)的$")
# Launches that attack nobody.
TRIAL = re.compile("试射|试验|测试|演习|演练|军演|训练|卫星|日本海|半岛东|东部海域|朝鲜半岛|模拟")
PREPARED = re.compile("准备(?:[向对朝][^，。]{0,12})?发射|待发")
CAPABLE = re.compile("可以用?|能够|足以|能用|可用")
# What a defence could do: 一次可拦截四枚导弹 (but 能够击落 tells in translations what it managed to).
ABLE_TO_DOWN = re.compile(
    "(?:(?<![许认])可以?|足以|能同时|一次能)(?:同时|一次|成功|有效)?(?:击落|拦截|摧毁|打下|消灭)"
)
# 摧毁四架准备起飞的无人机: not in the air.
SENT = re.compile("发射|投下|出动|射出|投掷|使用|动用|[军人方]用")
ON_THE_GROUND = re.compile("(?:准备|即将|正要|尚未|未)[^，。]{0,8}?(?:起飞|发射|升空)的|待发|停放|地面上的")
# 如果以色列再次动手，将发射数百枚导弹.
HYPOTHETICAL = re.compile("一旦|假如|如果|倘若|要是|假设|(?<=，)若|^若")
HISTORY_REACH = 12
SEIZED = re.compile("缴获|查获|地雷|制造厂|没收")
# 75枚火箭弹…，大部分被拦截: how many were downed is not said.
SOME_OF = re.compile("大部分|大多|多数|部分|其中|一些|半数|除|[%％]|百分之|[一二三四五六七八九]成|绝大")
FEWER = re.compile("仅|只有|少数|部分|其中|大多|多数")
NOT_DONE = re.compile("未被|未能|没有被|没能|无法|试图(?:击落|拦截)|未(?:击落|拦截)|没有(?:击落|拦截)")
# 对14枚导弹进行了打击: they stood on the ground.
STRUCK = re.compile("(?:进行|实施|发动|展开)了?[^，。]{0,6}?(?:打击|空袭|袭击)")
DOWNING = re.compile("击落|拦截|摧毁|打掉|击毁|打下|压制")
WAR = re.compile("敌人|敌军|敌方|击落|空军|袭击|空袭|攻击|打击|轰炸|俄军|乌军|以军|前线|战争")
AIR_DEFENCE = re.compile("防空|空军|空防")
RAIDING = re.compile("用(?!的)|发射(?!的)|袭击[，了]|攻击[，了]")


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
    for count, weapon, owner in listed_losses(sentence):
        if count.start not in taken and has_unit(count, weapon_of(weapon)):
            span = (min(count.start, weapon.start), max(count.end, weapon.end))
            yield Found(
                sentence, count, weapon_of(weapon), "intercepted", "list-of-losses", span, owner, defence=True
            )


def _readings(context: Context, sentence: Sentence, match: Match) -> Iterator[Found]:
    """What one match says: its own count, and the counts coordinated with it."""
    count, weapon = match.one("count"), weapon_of_match(context, sentence, match)
    if count is None or weapon is None or not _is_meant(context, sentence, match, count, weapon):
        return
    outcome, start = _outcome(match, weapon), match.span[0]
    downing = DOWNING.search(context.reading.folded, context.clause(sentence, *match.span)[0], count.start)
    if downing and not RAIDING.search(context.reading.folded, downing.end(), count.start):
        start = min(start, downing.start())
    first = Found(
        sentence, count, joint_weapon(match, weapon), outcome, match.rule.name, (start, match.span[1]),
        attacker_of(match), match.one("place"), _is_defence(match, outcome) or downing is not None,
    )  # fmt: skip
    yield first
    yield from _siblings(match, first)


def _is_defence(match: Match, outcome: str) -> bool:
    """Whether it is told from the side that shoots down, or that finds (发现一枚导弹飞来)."""
    found = match.encoded.text[match.first : match.first + 2] == "发现"
    told = match.rule.constants.get("told_by_defence") and not FIRED_OF.search(
        match.encoded.text, max(0, match.first - 4), match.first
    )
    return found or bool(told) or outcome not in ("launched", "attacks", "hit")


def _siblings(match: Match, first: Found) -> Iterator[Found]:
    """The further numbers of a series: 击落4枚导弹、1架战机和3架无人机."""
    last = max(m.end for slot in ("count", "weapon") for m in match.slots.get(slot, ()))
    position = match.encoded.position(last - 1) + 1
    text = match.encoded.text
    series = SIBLING_BEHIND if match.rule.constants.get("counted_behind") else SIBLING
    spread = None
    if first.weapon.code == "mixed" and first.outcome != "attacks":
        spread = SPREAD.match(text, position) or SPREAD.match(text, match.last)
    while sibling := spread or series.match(text, position):
        spread = None
        mention = match.encoded.mentions[sibling.start("count")]
        kind = match.encoded.mentions[sibling.start("weapon")]
        position = sibling.end()
        if ("，" in sibling.group() and not ENDED.match(text, position)) or VERB.search(sibling["name"]):
            return
        if (
            mention is None
            or kind is None
            or not isinstance(kind.value, WeaponType)
            or kind.value.code not in AERIAL
            or not has_unit(mention, kind.value)
        ):
            continue
        yield replace(first, count=mention, weapon=kind.value, stretch=(first.stretch[0], kind.end))


def _is_meant(context: Context, sentence: Sentence, match: Match, count: Mention, weapon: WeaponType) -> bool:
    """Whether the words matched say what the rule reads in them."""
    outcome = match.rule.constants["outcome"]
    if match.rule.constants.get("by_air_defence") and not AIR_DEFENCE.search(
        context.reading.folded, sentence.start, match.span[0]
    ):
        return False
    if match.rule.constants.get("in_war") and not WAR.search(
        context.reading.folded, sentence.start, sentence.end
    ):
        return False
    if match.rule.constants.get("without_weapon"):
        return is_air_raid(context, sentence, count, match.span[1])
    if not counts_weapons(count, outcome, weapon) or is_background(context, sentence, count):
        return False
    if match.rule.constants.get("inherits_weapon") and _counts_something_else(match, count):
        return False
    if isinstance(count.value, Counted) and count.value.unit is None and _is_apart(match, count):
        return False
    folded = context.reading.folded
    if outcome == "intercepted":
        before = max(sentence.start, match.span[0] - 2)
        return not (
            NOT_DONE.search(folded, before, match.span[1]) or SOME_OF.search(folded, count.end, match.span[1])
        )
    if outcome == "hit" and folded[match.span[1] : match.span[1] + 1] == "率":
        return False  # 发射了30枚导弹，命中率100%
    if outcome == "hit" and FEWER.search(folded, count.end, match.span[1]):
        return False
    first, last = context.clause(sentence, *match.span)
    if (
        outcome == "hit"
        and "，" in folded[count.end : match.span[1]]
        and SENT.search(folded, first, count.start)
    ):
        return False  # 发射两枚导弹，击中一座粮仓: counted as launched
    object_of_strike = match.rule.name == "fleet-came-in" and STRUCK.search(folded, count.end, last)
    return not (object_of_strike and re.search("[对向]", folded[first : count.start]))


def _outcome(match: Match, weapon: WeaponType) -> str:
    """The outcome of the rule; a thing in the air that was hit was shot down (15个空中目标被击中)."""
    outcome: str = match.rule.constants["outcome"]
    if outcome == "launched" and DOWNED_OF.search(match.encoded.text, max(0, match.first - 8), match.first):
        return "intercepted"  # 遭击落的13架无人机中，有8架在…
    return "intercepted" if outcome == "hit" and weapon.code == "mixed" and match.one("weapon") else outcome


def _is_apart(match: Match, count: Mention) -> bool:
    """A bare number that no weapon follows at once counts something else (约2.1万人口)."""
    weapon = match.one("weapon")
    return weapon is None or weapon.start - count.end > 2


def _counts_something_else(match: Match, count: Mention) -> bool:
    """击落1架俄军战机: a number without a weapon counts the known one only where nothing else follows it."""
    behind = match.encoded.text[match.encoded.position(count.start) + 1 :][:1]
    return match.last == match.encoded.position(count.start) + 1 and behind not in ("", *"，。；、！？")


def _is_history(context: Context, item: Found) -> bool:
    """Whether a date of more than five years back stands right before it: background."""
    text = item.sentence.encoded
    return any(
        (context.reading.published - dated.period.end).days > HISTORY_DAYS
        for dated in context.dates.in_sentence(item.sentence)
        if dated.period is not None
        and 0 < text.position(item.count.start) - text.position(dated.mention.start) <= HISTORY_REACH
    )


def _is_supposed(context: Context, item: Found) -> bool:
    """Whether a condition before it in the same part of the sentence makes it no fact."""
    start = context.reading.folded.rfind("；", item.sentence.start, item.count.start) + 1
    return (
        HYPOTHETICAL.search(context.reading.folded, max(start, item.sentence.start), item.count.start)
        is not None
    )


def _is_supply(context: Context, item: Found) -> bool:
    """Whether the number stands for what was made or given, or for a test, and so for no attack."""
    first, last = context.clause(item.sentence, *item.stretch)
    folded = context.reading.folded
    if _is_history(context, item) or _is_supposed(context, item):
        return True
    if item.outcome not in ("launched", "hit"):
        able = ABLE_TO_DOWN.search(folded, first, item.count.start)
        ready = ON_THE_GROUND.search(folded, item.stretch[0], item.stretch[1])
        return bool(able or ready) or SEIZED.search(folded, first, last) is not None
    if PREPARED.search(folded, first, last) or CAPABLE.search(folded, first, item.count.start):
        return True
    parties = {side_code(mention) for mention in item.sentence.mentions if mention.start < item.count.start}
    if item.attacker in NO_ATTACKERS or (parties & NO_ATTACKERS and not parties & FRONTS):
        return True
    if TRIAL.search(folded, item.sentence.start, item.sentence.end):
        return True
    return SUPPLY.search(folded, first, last) is not None
