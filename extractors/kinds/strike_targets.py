"""Things that can be hit: particular ones, and those that armies report of every day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from extractors.kinds.strike_objects import ACTORS, Struck
from extractors.reading.lexicon_files import read_toml

# Beside the words of the lexicon: names of ships, and words that count only at the end.
MEASURED = (
    "(?:[一二两三四五六七八九十百千数几多余各0-9]|数十|上百|几十)"
    "(?:座|栋|幢|所|艘|辆|列|间|户|家|台|处|名|位|套|片|条)[^，。]"
)
GROUND = "(?:麦|米|菜|草|林|空|耕|农|营|驻|储存|集结|聚集)地$"
THING = f"|{MEASURED}|{GROUND}|号$|炮$|机$|点$|[所场园馆院站厅店室宫堂寺庙坝闸渠泵厂岗塔楼桥库罐]$"
# What is broken without a blow: 破坏停火协议, 破坏交换人员的进程.
ABSTRACT = re.compile(
    "(?:进程|协议|关系|稳定|秩序|谈判|努力|和平|主权|形象|信心|经济|制裁|选举|团结|能力|供应链|行动|计划|企图|平衡|士气|行业|产业|贸易|市场份额|产业链|利益|声誉|权益|威信|信誉|梦想|自信|气焰|势力)$"
)
SAYING = "|^[这那、或者]|是|风险|情报(?=$|[称说显表])|(?:提供|(?<!隶)属于)(?!.{1,16}的)"
MEANWHILE = re.compile("正在[^的]{1,12}的")  # 士兵正在睡觉的营房
# So many goals of an armed group in one day are no daily routine: 100多个真主党目标; nor is a single one that weapons hit.
GOALS = re.compile("(?:[0-9一二三四五六七八九十百千]+[多余]?|数十|上百|数百|多)[个处].*目标")
SINGLE_GOAL = re.compile("[一两二三1-3][个处](?:重要|关键|军事|战略|敏感|[“”])+目标$")
RAID = re.compile("空袭|轰炸|战斗?机")
# A target of which no more characters are left without the words of routine is routine.
LEFT_OVER = 4


@lru_cache(maxsize=16)
def vocabulary(name: str, further: str = "") -> re.Pattern[str]:
    """A word list of `strikes.toml` as a pattern, with further alternatives that are patterns themselves."""
    words = sorted(read_toml("strikes.toml")[name]["words"], key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)) + further)


def is_physical(words: str) -> bool:
    """Whether folded words name something that can be hit."""
    if ABSTRACT.search(words):
        return False
    named = vocabulary("things", THING).search(words) or words.endswith(_people())
    return bool(named) and not is_saying(words)


@lru_cache(maxsize=1)
def _people() -> tuple[str, ...]:
    """Words for people as they stand at the end of a target: 等待救济的人群."""
    return tuple(read_toml("strikes.toml")["people"]["words"])


def is_saying(words: str) -> bool:
    """Whether words are a piece of a sentence rather than the name of something."""
    return vocabulary("sayings", SAYING).search(MEANWHILE.sub("", words)) is not None


def is_routine(words: str, bare: str) -> bool:
    """Whether a target, given with and without the names in it, is the routine of daily reports: men, equipment."""
    if vocabulary("facilities").search(words):
        return False
    left = vocabulary("routine").sub("", bare)
    return len(left) <= LEFT_OVER and (len(left) < len(bare) or not bare)


def is_goal_of_its_own(struck: Struck, told: str, *, armed: bool) -> bool:
    """Whether goals are told as those of a raid, not of a day at the front: of an armed group, or one that weapons hit.

    `told` is the sentence up to the verb's object, `armed` says that it names a weapon.
    """
    words, group = struck.target_words, ACTORS.intersection(struck.owners)
    if GOALS.search(words) and group:
        return True
    return bool(
        (armed and SINGLE_GOAL.search(words)) or (group and words.endswith("目标") and RAID.search(told))
    )


def goes_without_country(struck: Struck) -> Struck:
    """The object without a place that is no more than the country of its owner: 打击乌克兰能源设施, but not 乌克兰各地的."""
    if struck.only_country and not struck.broad and struck.target and is_physical(struck.target_words):
        return replace(struck, place=None)
    return struck
