"""Words that qualify a number: 至少83架, 近150亿, 30人左右, in the codes of RECORDS §2."""

from __future__ import annotations

import re

from schemas.values import Qualifier

_PREFIXES: dict[Qualifier, str] = {
    "about": "约 大约 大概 大致 差不多 约莫 大体",
    "nearly": "近 将近 接近 接近于 近乎 几乎 几近",
    "at_least": "至少 最少 不少于 不小于 不低于 不下 不下于 起码 少说",
    "more_than": "超过 超 逾 多于 超出 高于 大于 突破 远超 远超过 已超 不止 不只 过",
    "up_to": "最多 至多 顶多 高达 多达 不超过 不多于 不大于 最高 最高达 最大 至多可 最多可 可多达",
    "less_than": "不到 不足 不及 少于 低于 不满 未满 小于",
}
PREFIXES: dict[str, Qualifier] = {
    word + link: qualifier
    for qualifier, words in _PREFIXES.items()
    for word in words.split()
    for link in ("", "有", "达", "为", "了", "到", "是")
    if len(word) > 1 or link in ("", "有", "达", "为")
}
_LONGEST_PREFIX = max(map(len, PREFIXES))
# 北约, 附近: the last character belongs to another word.
_GUARDS = {
    "约": "北条纽合公签契制邀节违预特续守履",
    "近": "附最靠邻临新亲晋",
    "超": "反高英中",
    "过": "超经通不",
}
_OVER_ONE = ("突破", "最大", "最高")  # 突破一道防线, 最大一起
_BARE_ONE = re.compile("一(?![十百千万亿])")
_NO_NUMBER_OR_STOP = r"[^，。、；：！？,;\n0-9零一二两三四五六七八九十百千万几数]"
_DETACHED = re.compile(rf"(至少|最少|起码|最多|至多|顶多){_NO_NUMBER_OR_STOP}{{1,6}}$")
_SUFFIX = re.compile(
    r" ?(?:(左右|上下)|((?:或者?|及|和)?(?:以上|之上)|或者?更多)|((?:或者?|及|和)?(?:以下|以内|之内|之下))"
    r"|(不到)(?=[，。、；：！？）的]|$))"
)
_SUFFIXES: tuple[Qualifier, ...] = ("about", "at_least", "up_to", "less_than")


def qualifier_before(text: str, start: int) -> tuple[int, Qualifier | None]:
    """Where a qualifier before the numeral begins, and what it is.

    The start stays where there is none, or where 至少 and 最多 stand a verb away (至少造成17人).
    """
    edge = start - 1 if text.endswith(" ", 0, start) else start
    for length in range(min(_LONGEST_PREFIX, edge), 0, -1):
        word = text[edge - length : edge]
        qualifier = PREFIXES.get(word)
        if qualifier is None:
            continue
        guard = _GUARDS.get(word[0], "") if length <= 2 else ""
        if word[0] == "过" and text[start : start + 1] not in ("百", "千", "万", "亿"):
            continue
        if word in _OVER_ONE and _BARE_ONE.match(text, start):
            continue
        if not (guard and edge > length and text[edge - length - 1] in guard):
            return edge - length, qualifier
    detached = _DETACHED.search(text, max(0, start - 9), start)
    if detached:
        return start, PREFIXES[detached[1]]
    return start, None


def trailing_qualifier(text: str, position: int) -> tuple[int, Qualifier | None]:
    """The qualifier that follows a number and its unit (左右, 以上, 以内) and where it ends."""
    match = _SUFFIX.match(text, position)
    if match is None or match.lastindex is None:
        return position, None
    return match.end(), _SUFFIXES[match.lastindex - 1]
