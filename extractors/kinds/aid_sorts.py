"""What sort of help it is, and which batch."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.kinds.aid_phrases import LIST_OF_SORTS, SORTS
from extractors.kinds.aid_things import COUNT, ORDINAL, WEAPON
from extractors.reading.encoding import Encoded
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import MentionType

TOLD_BATCH = re.compile(f"，这(?:是|也是)[^，。]{{0,24}}{ORDINAL}")
# 首批90门榴弹炮 is a part of the goods, no number of a package.
OF_GOODS = re.compile(f"(?:[^援助军资款物，。]{{0,3}})(?:{COUNT}|{WEAPON})")
CIVIL = "(?:经济|财政|金融|人道|民事)"
MIXED = re.compile(
    f"(?:军事|军援|防务)(?:支持|援助|支援)?(?:[、和与及]|以及){CIVIL}|{CIVIL}(?:主义)?(?:支持|援助|支援)?(?:[、和与及]|以及)军事"
)
# 军事等方面支持 holds more sorts than the one it names.
MANY = re.compile("(?:军事|武器|防务)(?:、[^，。]{2,6})?等(?:多个?|各|诸多)?(?:方面|领域|形式)")
# A sort of its own, whatever else the sentence names: 暂停发展援助，但继续提供人道援助.
DEVELOPMENT = re.compile("发展(?:援助|资金|项目)")
BATCH_UNIT = re.compile("[批轮笔份期]")


@lru_cache(maxsize=1)
def _types() -> dict[str, re.Pattern[str]]:
    types = read_toml("aid.toml")["types"]
    return {name: re.compile("|".join(map(re.escape, words))) for name, words in types.items()}


def aid_type(words: str, donors: tuple[str, ...], *contexts: str) -> str:
    """The sort of help from the words that name it, then from the donor, then from the words around."""
    named = _named_type(words)
    if named:
        return named
    if DEVELOPMENT.search(words):
        return "unspecified"
    if set(donors) & set(read_toml("aid.toml")["types"]["lenders"]):
        return "financial"
    return next((named for context in contexts if (named := _named_type(context))), "unspecified")


def is_mixed(words: str) -> bool:
    """True where the words name military help together with some other: 军事和人道援助, 军事支持和经济援助."""
    return MIXED.search(words) is not None


def _named_type(words: str) -> str | None:
    listed = LIST_OF_SORTS.search(words)
    if listed and sum(re.search(sort, listed.group()) is not None for sort in SORTS.values()) > 1:
        return "unspecified"
    patterns = _types()
    hits = {name for name, pattern in patterns.items() if name != "lenders" and pattern.search(words)}
    if not hits:
        return None
    if "military" in hits and (is_mixed(words) or re.search("军事[、和与及]|[、和与及]军事", words)):
        return "unspecified" if hits & {"humanitarian", "financial"} else "military"
    if "military" in hits and MANY.search(words):
        return "unspecified"
    if re.search("人道(?:主义)?[、和与及](?:经济|财政)|(?:经济|财政)[、和与及]人道", words):
        return "unspecified"
    for name in ("military", "humanitarian", "energy", "reconstruction", "financial"):
        if name in hits:
            return name
    return "humanitarian" if "disasters" in hits else None


def batch_number(encoded: Encoded, first: int, last: int) -> int | None:
    """Which batch it is: 第69批, 首批; also where a later clause says so (这是第6笔款项)."""
    told = TOLD_BATCH.match(encoded.text, last)
    last = told.end() if told else last
    for at in range(first, last):
        mention = encoded.mentions[at]
        if (
            mention is not None
            and mention.type is MentionType.ORDINAL
            and not OF_GOODS.match(encoded.text, at + 1)
            and BATCH_UNIT.search(mention.words)
            and isinstance(mention.value, int)
        ):
            return mention.value
    return None
