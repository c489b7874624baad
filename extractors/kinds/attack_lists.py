"""Balances of losses: lists of everything destroyed, of which the drones and missiles were shot down.

摧毁俄军3484辆战车、304架军机、2120架无人机以及907枚巡航导弹; 坦克605辆，飞机131架，无人机81架.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, WeaponType, side_code

COUNT, WEAPON, SIDE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE))
LOSS = re.compile("损失|失去|歼灭|消灭|摧毁|击毁|干掉|销毁|击溃|打掉|报销|战损|被毁")
LOSING = re.compile("损失|失去|战损|被毁")
EQUIPMENT = re.compile(
    "坦克|战车|装甲|火炮|榴弹炮|直升机|军机|战机|飞机|车辆|卡车|防空系统|防空装备|舰艇|油罐车|人员|军人|官兵|入侵者|士兵"
)
# A list has so many numbers; of fewer the rules read each.
SHORTEST = 3
BEFORE = re.compile(
    rf"(?P<count>{COUNT})(?:{SIDE}|敌方|敌军|敌人|的|战役|作战|战术|各型|各类|单位){{0,3}}(?P<weapon>{WEAPON})"
)
BEHIND = re.compile(
    rf"(?P<weapon>{WEAPON})(?:共|达|约|：|:|-|–|—|，)?(?P<count>{COUNT})(?=[，、；。和及与以]|单位|台|$)"
)
DOWNED = {"drone", "missile", "guided_bomb"}


def listed_losses(sentence: Sentence) -> Iterator[tuple[Mention, Mention, str | None]]:
    """The numbers of drones and missiles in a balance, each with its weapon, and whose they were where it is said."""
    text = sentence.encoded.text
    loss = LOSS.search(text)
    if loss is None or text.count(COUNT) < SHORTEST or len(EQUIPMENT.findall(text, loss.start())) < 2:
        return
    owner = _loser(sentence, loss.start()) if LOSING.match(loss.group()) else None
    for pattern in (BEFORE, BEHIND):
        for entry in pattern.finditer(text, loss.end()):
            count = sentence.encoded.mentions[entry.start("count")]
            weapon = sentence.encoded.mentions[entry.start("weapon")]
            if count is not None and weapon is not None and weapon_of(weapon).code in DOWNED:
                yield count, weapon, owner


def weapon_of(mention: Mention) -> WeaponType:
    """The weapon that a weapon mention stands for."""
    assert isinstance(mention.value, WeaponType)
    return mention.value


def _loser(sentence: Sentence, offset: int) -> str | None:
    """The side last named before an encoded position: 俄罗斯已经损失了…."""
    sides = [m for m in sentence.encoded.mentions[:offset] if m is not None and m.type is MentionType.SIDE]
    return side_code(sides[-1]) if sides else None
