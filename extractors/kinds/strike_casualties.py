"""The toll of a strike: how many were killed and hurt, and where the text says nobody was."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import Counted, Mention, MentionType
from schemas import Count

COUNT = SYMBOLS[MentionType.COUNT]
GAP = rf"[^，。；！？、{COUNT}]"
DIED = "(?:被杀|死亡|身亡|丧生|遇难|丧命|罹难|遇害|殒命|死去|毙命|牺牲|阵亡|被打死|被炸死|炸死|死于|离世|失去生命|死(?!伤)|(?<!伤)亡)"
HURT = "(?:受伤|受[轻重]伤|负伤|[轻重]伤|伤势|挂彩|不同程度受伤|被炸伤|(?<!死)伤(?!亡))"
ATTACK = "(?:袭击|空袭|攻击|炮击|轰炸|打击|爆炸)"
KILLING = "(?:打死|炸死|杀死|击毙|消灭|射杀|杀害|夺走|夺去)"
HURTING = "(?:打伤|炸伤|击伤|致伤|伤及|砸伤)"
PERSON_UNITS = {"人", "名", "位", "员", "个", "口", None}
NOT_PEOPLE = re.compile("^(?:多处|处|次|座|栋|架|辆)")

TOLL = re.compile(
    rf"(?P<toll>(?:死亡|遇难|死难|罹难)(?:人数|者|总数)?{GAP}{{0,12}}?(?:升至|达到|增至|增加到|上升到|上升至|达|为|至少)?(?P<toll_count>{COUNT}))"
    rf"|(?P<kill>{KILLING}{GAP}{{0,20}}?(?P<kill_count>{COUNT}))"
    rf"|(?P<hurt>{HURTING}了?(?P<hurt_count>{COUNT}))"
    rf"|(?P<wounded>(?:受伤|伤者)(?:人数|者)?{GAP}{{0,6}}?(?:升至|达到|增至|达|为)(?P<wounded_count>{COUNT}))"
    rf"|(?P<lost_count>{COUNT}){GAP}{{0,12}}?[在于]{GAP}{{0,16}}?(?:{COUNT}{GAP}{{0,10}}?)?{ATTACK}[中下]{DIED}"
    rf"|(?P<harmed_count>{COUNT}){GAP}{{0,12}}?[在于]{GAP}{{0,16}}?(?:{COUNT}{GAP}{{0,10}}?)?{ATTACK}[中下]{HURT}"
    rf"|(?P<dead_count>{COUNT})(?:{COUNT}的?)?{GAP}{{0,14}}?(?P<died>{DIED})"
    rf"|(?P<injured_count>{COUNT})(?:{COUNT}的?)?{GAP}{{0,14}}?(?P<injured>{HURT})"
)
NOBODY = re.compile(
    rf"(?:没有|无(?![辜数差家名关视情端论]|人机)|未|尚未|并未|没|零)(?!法)(?P<between>{GAP}{{0,12}}?)(?P<what>伤亡|死伤|死亡|丧生|遇难|身亡|受伤|伤者)"
)
UNTOLD = re.compile(
    "透露|提及|提到|说明|公布|通报|统计|详细|回应|承认|证实|明确|确定|确认|确切|具体|控制|阻止"
)
# Behind the number of victims of something else: a part of the number just read.
PART = re.compile("其中$|包括$|含$|另有$")


@dataclass(frozen=True)
class Toll:
    """Killed and hurt as far as a stretch says so, with the encoded stretch [first, last) that says it."""

    killed: Count | None
    injured: Count | None
    first: int
    last: int


def toll_in(encoded: Encoded, first: int, last: int) -> Toll | None:
    """The toll told in the encoded stretch [first, last), `None` where it tells none."""
    found: dict[str, Count] = {}
    stretch = [last, first]
    for match in TOLL.finditer(encoded.text, first, last):
        slot, group = _slot(match)
        mention = encoded.mentions[match.start(group)]
        following = encoded.mentions[match.start(group) + 1 : match.start(group) + 2]
        if mention is not None and following and isinstance(following[0], Mention):
            unit = getattr(mention.value, "unit", None)
            mention = following[0] if unit not in PERSON_UNITS else mention  # 一家10人死亡
        if (
            mention is None
            or not isinstance(mention.value, Counted)
            or mention.value.unit not in PERSON_UNITS
        ):
            continue
        if slot in found or (PART.search(encoded.text, first, match.start(group)) and slot in found):
            continue
        found[slot] = mention.value.count
        stretch = [min(stretch[0], match.start()), max(stretch[1], match.end())]
    for match in NOBODY.finditer(encoded.text, first, last):
        if UNTOLD.search(match["between"]):
            continue
        nobody = Count(value=0, qualifier="exact")
        slots = {
            "伤亡": ("killed", "injured"),
            "死伤": ("killed", "injured"),
            "受伤": ("injured",),
            "伤者": ("injured",),
        }
        for slot in slots.get(match["what"], ("killed",)):
            found.setdefault(slot, nobody)
        stretch = [min(stretch[0], match.start()), max(stretch[1], match.end())]
    if not found:
        return None
    return Toll(found.get("killed"), found.get("injured"), stretch[0], stretch[1])


def _slot(match: re.Match[str]) -> tuple[str, str]:
    for group, slot in (
        ("toll_count", "killed"),
        ("kill_count", "killed"),
        ("hurt_count", "injured"),
        ("wounded_count", "injured"),
        ("lost_count", "killed"),
        ("harmed_count", "injured"),
        ("dead_count", "killed"),
        ("injured_count", "injured"),
    ):
        if match[group] is not None:
            return slot, group
    raise AssertionError("a toll match fills one of its counts")
