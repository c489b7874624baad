"""Which numerals are no numbers but parts of dates, shares, scores, model numbers and words: 10月5日, 三成, S-300, 统一."""

from __future__ import annotations

import re

from extractors.reading.numerals import DIGITS
from extractors.reading.units import LATIN_UNIT

# A number with this right after it is a date, a clock time, a share, a multiple, a score or part of a name.
_AFTER = re.compile(
    r" ?(?:月|日(?![元圆币])|号|时|点|刻|分(?![钟别布队批])|分之|成(?!为|功|员|立|本)|个?百分点|[%‰℃°]"
    r"|倍|折(?![合算损返断射])|世纪|年代|年期|后(?=[的一出生，、])|国集团|国峰会|赫兹|[型式级线路频]"
    r"|[·:/][0-9]|、[0-9]{1,2}日|比[0-9一二三四五六七八九]|-[0-9A-Za-z]|\.[0-9])"
    rf"|(?!{LATIN_UNIT})[A-Za-z_]"
)
_ORDINAL_AFTER = re.compile(r" ?号")  # 第14号 is one, 14号 may be a day
_YEAR_AFTER = re.compile(r" ?年(?!来|内|以来)")
_CODE = re.compile(r"[A-Z]{3}(?![A-Za-z])")
_BEFORE = re.compile(
    r"(?:[A-Za-z_#@%&=?]|[A-Za-z]\.|[A-Za-z0-9\u4e00-\u9fff”’\"]-|[0-9][:,/.·比]|[0-9] ?"
    r"|分之|米格|沙赫德|见证者|伊尔|火星|波音|空客|歼|轰)$"
)
_MILLIONS = re.compile(r"[$€£¥][0-9.,]+ ?[A-Za-z]")  # $70m
_HEADING = re.compile(r"[.、）] ?(?![0-9])")  # 3. at the start of a line numbers an item
_QUOTED = re.compile(r"“[^“”，。、；0-9 ]{1,6}$")  # “豹2”坦克
_NAMES = ("豹", "挑战者", "梅卡瓦", "爱国者", "东风", "彩虹", "翼龙", "长征", "神舟", "北溪")
_SHORT_NAMES = "苏安图"  # 苏27, but 江苏27人
_CLASSIFIER = re.compile(r" ?[人名个架枚艘辆套发门次万亿多余年岁]")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_WEEKDAYS = "一二三四五六"
# Characters that make a word with the digit after them: 星期一, 初五, 统一.
_WORDS = {"期": _WEEKDAYS, "拜": _WEEKDAYS, "周": _WEEKDAYS, "初": "一二三四五六七八九十"} | dict.fromkeys(
    "统唯逐同", "一"
)


def ends_word(text: str, start: int) -> bool:
    """Whether the digit at `start` belongs to the word before it: 星期三|架桥, 唯一|一架, but 上周|三百人."""
    before = text[start - 1 : start]
    if before not in _WORDS or text[start] not in _WORDS[before]:
        return False
    following = text[start + 1 : start + 2]
    return not (before == "周" and following == "十") and following not in tuple("百千万亿几余多来")


def is_in_name(text: str, start: int, end: int, first: str, *, ordinal: bool) -> bool:
    """Whether the numeral `first` at `start` is part of a date, share, score, model number or word.

    `end` is where the number with all that belongs to it ends (20至30万).
    """
    if _is_named_before(text, start, end, first) or _MILLIONS.match(text, start - 1):
        return True
    if _AFTER.match(text, end) and not _CODE.match(text, end):
        return not (ordinal and _ORDINAL_AFTER.match(text, end))
    if first[0] == "0" and len(first) > 1 and "." not in first:
        return True
    return _is_year(first) and _YEAR_AFTER.match(text, end) is not None


def _is_named_before(text: str, start: int, end: int, first: str) -> bool:
    """Whether what stands before makes the numeral part of a name: S-300, 苏27, 8时30分."""
    left = text[max(0, start - 3) : start]
    if not left or left[-1] == "\n":
        return _HEADING.match(text, end) is not None
    if _BEFORE.search(left):
        is_currency = _CODE.fullmatch(left) and text[start - 4 : start - 3] not in _LETTERS
        return not is_currency
    if left.endswith(_NAMES) and len(first) <= 2:
        return not _CLASSIFIER.match(text, end)
    if text.startswith("”", end) and _QUOTED.search(text, max(0, start - 7), start):
        return True
    if left[-1] in _SHORT_NAMES:
        return len(first) in (2, 3) and not _CLASSIFIER.match(text, end)
    return left[-1] in "时点" and text.startswith("分", end)


def _is_year(words: str) -> bool:
    """2024, 二〇二四; not 3 or 三十."""
    return len(words) == 4 and (words.isdecimal() or all(c in DIGITS for c in words)) and words[0] in "12一二"
