"""The value of a numeral: 4.25亿, 三百二十, 一二〇, 壹佰伍拾, 三点五亿, 廿三.

Where the numbers of a text are, and what qualifies them, is told by `numbers`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

# Digits and magnitudes, everyday and as on receipts; 〇 stands for 零 where digits are read one by one.
DIGITS = (
    {c: i for i, c in enumerate("零一二三四五六七八九")}
    | {c: i for i, c in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
    | {"〇": 0, "两": 2}
)
# 兆 is 10^12, as in Taiwan and Japan; where it is the prefix mega, a unit follows (see `numbers`).
MAGNITUDES = {
    "兆": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10, "仟": 10**3, "佰": 10**2, "拾": 10,
}  # fmt: skip
_TENS = {"廿": "二十", "卅": "三十"}

# 2,023 · 2，400 (a full-width comma) · 8 000 · 14,9亿 (a European decimal comma) · 3.5 · 83
ARABIC = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|(?<![-0-9A-Za-z.$€£¥])[0-9]{1,3}(?:，[0-9]{3})+(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9]+,[0-9]{1,2}(?= ?[万亿兆])|[0-9]+\.[0-9]+|[0-9]+"
)
_TOKEN = re.compile(rf"{ARABIC}|.")
_ADJACENT = re.compile(
    r"([0-9]*|.*[^零〇一二两三四五六七八九])"
    r"([一两二三四五六七八])([二两三四五六七八九])([十百千万亿]*)"
)
_DECIMAL = re.compile(r"([^点]+)点([^点万亿兆]+)([万亿兆]*)")
_LONGEST = 40  # characters; longer runs of digits are no numbers news means


def whole(number: Decimal) -> int | Decimal:
    """The number as an int where it is one: 4.25亿 is 425000000, not 425000000.00."""
    return int(number) if number == number.to_integral_value() else number


def product(magnitudes: str) -> int:
    """What 万亿 stands for: the magnitudes multiplied."""
    result = 1
    for character in magnitudes:
        result *= MAGNITUDES[character]
    return result


@lru_cache(maxsize=8192)
def parse_numeral(words: str) -> int | Decimal | None:
    """The exact value of a numeral in Chinese characters, digits or both; `None` if it is not well formed.

    Understands 三百二十, 两千零五, 一百二 (120), 1.2万亿, 7亿5000万, 8 000万, 14,9亿, 三点五亿, 廿三, 二〇二四 and
    numerals as on receipts (壹佰伍拾).
    """
    if len(words) > _LONGEST:
        return None
    decimal = _DECIMAL.fullmatch(words)
    if decimal:
        return _decimal(*decimal.groups())
    for short, full in _TENS.items():
        words = words.replace(short, full)
    tokens = [t for t in _TOKEN.findall(words) if t != " "]
    if not tokens or not all(map(_is_numeral_token, tokens)):
        return None
    value = _evaluate(tokens)
    return None if value is None else whole(value)


def _decimal(before: str, after: str, magnitudes: str) -> int | Decimal | None:
    """三点五亿: the digits after 点 are read one by one."""
    left = parse_numeral(before)
    if left is None or not all(c in DIGITS for c in after):
        return None
    value = Decimal(f"{left}.{''.join(str(DIGITS[c]) for c in after)}") if isinstance(left, int) else None
    return None if value is None else whole(value * product(magnitudes))


def _is_numeral_token(token: str) -> bool:
    return token[0] in "0123456789" or token in DIGITS or token in MAGNITUDES


def _evaluate(tokens: list[str], leading: bool = True) -> Decimal | None:
    """Value of the tokens by splitting at the greatest magnitude; what follows must be smaller than it."""
    while len(tokens) > 1 and tokens[0] in "零〇":  # 一千零十二: 零 only marks the places left out
        tokens = tokens[1:]
    greatest = max((MAGNITUDES[t] for t in tokens if t in MAGNITUDES), default=None)
    if greatest is None:
        return _plain(tokens)
    at = max(i for i, t in enumerate(tokens) if MAGNITUDES.get(t) == greatest)
    left, right = tokens[:at], tokens[at + 1 :]
    if not left and not leading and greatest > 10:
        return None  # 百 and 十 may begin a numeral without a digit, 五千百 is none
    head = _evaluate(left, leading) if left else Decimal(1)
    if head is None or (greatest < 10**4 and head >= 10) or not head:
        return None
    if not right:
        return head * greatest
    if len(right) == 1 and right[0] in DIGITS and greatest > 10 and DIGITS[right[0]]:
        return head * greatest + DIGITS[right[0]] * greatest // 10  # 一百二 is 120
    tail = _evaluate(right, leading=False)
    return None if tail is None or tail >= greatest else head * greatest + tail


def _plain(tokens: list[str]) -> Decimal | None:
    """Value of tokens without a magnitude: one number, or digits read one by one (二〇二四, 一二〇)."""
    if len(tokens) == 1 and tokens[0] not in DIGITS:
        return Decimal(_plain_digits(tokens[0]))
    if len(tokens) == 2 or any(t not in DIGITS for t in tokens):
        return None  # 二三 is a range
    return Decimal("".join(str(DIGITS[t]) for t in tokens))


def _plain_digits(arabic: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", arabic):
        return arabic.replace(",", ".")
    return re.sub("[,， ]", "", arabic)


@lru_cache(maxsize=8192)
def interpret(words: str) -> tuple[int | Decimal | None, int | Decimal | None]:
    """Value of a numeral, and the upper end where two digits stand side by side: 二三十 is 20 to 30."""
    adjacent = _ADJACENT.fullmatch(words)
    if adjacent:
        head, low, high, tail = adjacent.groups()
        if DIGITS[high] - DIGITS[low] == 1 or (low, high) == ("三", "五"):
            lower, upper = parse_numeral(head + low + tail), parse_numeral(head + high + tail)
            if lower is not None and upper is not None and lower < upper:
                return lower, upper
    return parse_numeral(words), None


def span(first: str, second: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Ends of 20至30, of 5至10万 (the first shares the second's magnitude); `None` if they do not ascend."""
    low, high = parse_numeral(first), parse_numeral(second)
    if low is None or high is None:
        return None
    shared = re.search(r"[万亿兆]+$", second)
    if shared and not re.search(r"[千万亿兆]", first):
        factor = product(shared[0])
        if low < Decimal(high) / factor:
            low = whole(Decimal(low) * factor)
    return (low, high) if low < high else None
