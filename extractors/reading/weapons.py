"""Weapons in running text, with model and modifiers: “匕首”高超音速导弹, 沙赫德型无人机, 攻击型无人机."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, WeaponType
from extractors.reading.name_index import NameIndex

NO_WEAPON = WeaponType("")
# How far to the left of a weapon word its model and modifiers may begin, in characters.
REACH = 32
_ARMIES = set("俄乌以美英法敌我叙伊巴印土韩朝")
QUOTED = re.compile(r"[“\"‘]([^“”\"‘’，。；]{1,12})[”\"’]")


def find_weapons(text: str) -> list[Mention]:
    """Weapons named in folded text, each with its RECORDS code and the model, if one is named.

    The mention takes in quoted models and modifiers before the weapon word. Words in which it is no weapon in
    flight (导弹防御系统, 无人机工厂) are left out. Side names (美制, 俄罗斯) are not part of the mention.
    """
    mentions: list[Mention] = []
    for word_start, word_end, weapon in _index().find(text):
        if weapon is NO_WEAPON:
            continue
        reach = max(word_start - REACH, 0)
        floor = max(reach, text.rfind("\n", reach, word_start) + 1)
        if mentions and mentions[-1].end > floor and not _is_bare_model(mentions[-1]):
            floor = mentions[-1].end
        before = _before(weapon.code).search(text, floor, word_start)
        start, end = (before.start() if before else word_start), word_end
        if text.startswith("武装", start) and text[start - 1 : start] in ("塞", "党", "斯"):
            start += 2  # 胡塞武装导弹: the actor's name, no kind of weapon
        if text.startswith("军用", start) and text[start - 1 : start] in _ARMIES:
            start += 2  # 俄军用导弹打击: the army that uses it
        model = weapon.model or _model_in(text[start:word_start])
        if weapon.model and _closing_quote(text, start, end):
            start, end = start - 1, end + 1
        while mentions and mentions[-1].end > start:
            start = min(start, mentions.pop().start)
        value = WeaponType(weapon.code, model)
        mentions.append(Mention(MentionType.WEAPON, start, end, text[start:end], value))
    return mentions


def _is_bare_model(mention: Mention) -> bool:
    """Whether the mention is a model alone (“沙赫德”), which a weapon word after it takes in."""
    return isinstance(mention.value, WeaponType) and mention.value.model == mention.words.strip('“”"‘’')


def _closing_quote(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in ("“", '"', "‘") and text[end : end + 1] in ("”", '"', "’") and start > 0


def _model_in(words: str) -> str | None:
    """The model among the words before the weapon: in quotes, or one the lexicon knows."""
    quoted = QUOTED.search(words)
    if quoted and quoted[1].strip() not in read_toml("weapons.toml")["modifiers"]["words"]:
        return quoted[1].strip().removesuffix("型")
    known = next((words[start:end] for start, end, _ in _models().find(words)), None)
    return known.removesuffix("型") if known else None


@lru_cache(maxsize=16)
def _before(code: str) -> re.Pattern[str]:
    """Models of this code, quotations, modifiers and their joints up to the end of the searched stretch."""
    data = read_toml("weapons.toml")["modifiers"]
    entries = read_toml("weapons.toml")["model"]
    names = [name for entry in entries if entry["code"] == code for name in entry["names"]]
    model = _alternatives(names) if names else "(?!)"
    joint = _alternatives(data["joints"])
    gloss = r"(?:（[^（）\n]{1,24}）)"
    # A Latin model must not be the tail of a longer word.
    edge = r"(?<![A-Za-z0-9-])"
    piece = (
        rf"(?:[“\"‘][^“”\"‘’，。；\n]{{1,12}}[”\"’]|{edge}(?:{model})|{edge}[A-Z][A-Za-z]{{0,12}}-?[0-9]{{0,4}}[A-Z]?|(?<=[\u4e00-\u9fff0-9])(?:{model}))"
        rf"{gloss}?(?:{joint})?{gloss}?"
    )
    return re.compile(rf"(?:{piece}|{_alternatives(data['words'])})+(?:{joint})?$")


def _alternatives(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@lru_cache(maxsize=1)
def _models() -> NameIndex[str]:
    entries = read_toml("weapons.toml")["model"]
    return NameIndex({name: entry["code"] for entry in entries for name in entry["names"] if len(name) > 1})


@lru_cache(maxsize=1)
def _index() -> NameIndex[WeaponType]:
    data = read_toml("weapons.toml")
    weapons = dict.fromkeys(data["modifiers"]["apart"], NO_WEAPON)
    weapons |= {
        name: WeaponType(entry["code"], name)
        for entry in data["model"]
        if entry.get("alone", False)
        for name in entry["names"]
    }
    weapons |= {word: WeaponType(code) for code, words in data["words"].items() for word in words}
    return NameIndex(weapons)
