"""A text as copies share it: its words without script, spaces and punctuation, its numbers set apart.

Numbers leave the words as `#`, so that all issues of one communiqué have the same words and differ in numbers.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

import opencc

# Characters of a shingle. Five characters are two or three Chinese words: unrelated news shares next to none.
SHINGLE = 5
# Texts with fewer characters say too little to tell a copy from a formula.
SHORTEST = 20
# How long after its origin a copy may appear …
REACH = datetime.timedelta(days=7)
# … and how long where neither a date nor several numbers tell today's text from tomorrow's: less than a day.
REACH_UNDATED = datetime.timedelta(hours=18)
TELLING_NUMBERS = 3

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_NUMERALS = "".join((*_DIGITS, *_UNITS, *_MYRIADS))
_NUMBER = re.compile(
    rf"[0-9]+(?:[.:][0-9]+)*[百千万亿]*|[{_NUMERALS}]+|(?<=星期)[日天]|(?<=周)日"
    "|凌晨|清晨|早晨|早上|早间|上午|中午|午间|下午|傍晚|晚上|晚间|夜间|深夜|午夜"
)
_DATE = re.compile(r"#月#|#[日号]")
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[,\s](?=[0-9]{3}(?![0-9]))")
_NOT_WORDS = re.compile(r"[^\w#]|_")
# 新华社北京3月5日电, 本报讯, 据路透社报道: an agency and its verb at the beginning, up to the mark that ends it.
_DATELINE = re.compile(
    r"^[^\w]*(?=[^。!?\n]{0,30}?(?:社|报|网|台|频道|通讯|客户端))[^。!?\n]{1,30}?(?:电|讯|消息|报道|报导)"
    r"(?:[\s)\]】〗:,]+|(?=\(|$))(?:\(?记者[^)。\n]{0,16}\)\s*)?"
)


@dataclass(frozen=True)
class Wording:
    """What of a text its copies keep: `words` with `#` for each number, and the `numbers` in order."""

    words: str
    numbers: tuple[str, ...]
    reach: datetime.timedelta

    @property
    def is_telling(self) -> bool:
        """Whether the text is long enough to have copies at all."""
        return len(self.words) >= SHORTEST

    @cached_property
    def shingles(self) -> frozenset[str]:
        """All runs of `SHINGLE` characters of the words (Broder 1997)."""
        words = self.words
        return frozenset(words[i : i + SHINGLE] for i in range(max(1, len(words) - SHINGLE + 1)))

    @property
    def words_key(self) -> int:
        """64 bits of a digest of the words: equal for all issues of one template."""
        return _key(self.words)

    @property
    def text_key(self) -> int:
        """64 bits of a digest of words and numbers: equal for literal copies."""
        return _key("\x00".join((self.words, *self.numbers)))


def read_wording(text: str) -> Wording:
    """The wording of a text in either script; empty for a text without words.

    Folded by NFKC and OpenCC's t2s (Apache-2.0); a dateline or attribution at the beginning is left out.
    """
    folded = _to_simplified().convert(unicodedata.normalize("NFKC", text)).lower()
    body = _BETWEEN_DIGITS.sub("", _DATELINE.sub("", folded, count=1)).replace("#", "")
    found = _NUMBER.findall(body)
    words = _NOT_WORDS.sub("", _NUMBER.sub("#", body))
    # 一 and 三 also stand in words such as 一些 and 第三方; a numeral of two characters is one.
    telling = sum(len(number) > 1 or (number.isdigit() and number.isascii()) for number in found)
    dated = telling and _DATE.search(words)
    reach = REACH if dated or telling >= TELLING_NUMBERS else REACH_UNDATED
    return Wording(words, tuple(map(_value, found)), reach)


def _value(number: str) -> str:
    """A number in one spelling: 十二, 12 and 012 are 12; what is no whole number stays as written."""
    if number.isascii():
        return number.lstrip("0") or "0" if number.isdigit() else number
    if any(character not in _NUMERALS for character in number):  # 3.5亿, 凌晨
        return number
    if len(number) > 1 and all(character in _DIGITS for character in number):  # 二〇二五
        return "".join(str(_DIGITS[character]) for character in number)
    total = part = digit = 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            part, digit = part + (digit or 1) * _UNITS[character], 0
        elif character == "万":
            total, part, digit = total + (part + digit) * _MYRIADS["万"], 0, 0
        else:
            total, part, digit = (total + part + digit) * _MYRIADS["亿"], 0, 0
    return str(total + part + digit)


def _key(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
