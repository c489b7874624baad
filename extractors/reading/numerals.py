"""Numbers as Chinese news writes them: 4.25亿, 三百二十, 十余, 近百, 20至30, with what qualifies them.

`parse_numeral` gives the value of one numeral, `find_numbers` every number of a text. What a number counts
is not decided here: quantities and money add the unit. Dates, percentages, scores and model numbers are
passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.reading.qualifiers import qualifier_before
from schemas.values import Qualifier

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
MAGNITUDES = {"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}

# 2,023 · 8 000 · 14,9亿 (a European decimal comma) · 3.5 · 83
_ARABIC = (
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]{1,3}(?: [0-9]{3})+(?![0-9])"
    r"|[0-9]+,[0-9]{1,2}(?= ?[万亿])|[0-9]+\.[0-9]+|[0-9]+"
)
_NUMERAL = rf"(?:(?:{_ARABIC})(?: ?[百千万亿])?|[零〇一二两三四五六七八九十百千万亿])+"
_ADJACENT = re.compile(
    r"([0-9]*|.*[^零〇一二两三四五六七八九])"
    r"([一两二三四五六七八])([二三四五六七八九])([十百千万亿]*)"
)
_TOKEN = re.compile(rf"{_ARABIC}|.")
TO = r"(?:至|到|[-~—]{1,2})"

# Number words without a numeral, by their magnitude; beyond thousands RECORDS has no code (see `_vague`).
WORD_QUALIFIERS: dict[int, Qualifier] = {10: "dozens", 100: "hundreds", 1000: "thousands"}
# 30多, 百余, 二十几 are more than the number; 十来 is about it.
_MORE: dict[str | None, Qualifier] = {"多": "more_than", "余": "more_than", "几": "more_than", "来": "about"}

NUMBER = re.compile(
    rf"(?P<first>{_NUMERAL})"
    r"(?: ?(?P<more>多(?![哈瑙特米伦边数方党极样么久大])|余(?![波威下额震热党孽姚地量生音味款])"
    r"|(?<=[十百千])几(?![乎内])|(?<=[十百千0])来(?=[万亿个名人架枚艘辆岁天年次件座家位]))(?P<big>[万亿]*)"
    rf"| ?{TO} ?(?P<second>{_NUMERAL})(?:[多余](?=[个名人架枚艘辆次座起]))?)?"
    r"|(?P<vague>成百上千|成千上万|数以(?P<tally>[十百千万亿]+)计"
    r"|(?:好几|(?<![少总人岁次参分指函系代基小])数|几|(?<![以晚加早海路])上(?=[百千万亿])"
    r"|(?<![完达组建形构造变生])成(?=[百千万]))(?P<scale>[十百千万亿]+)[多余]?)"
    r"|(?P<few>好几|若干|(?<![无少多总人岁次参分指函系代偶奇倍小整基])数|几"
    r"|(?<![许很众更最大诸繁居过太增至不好颇么甚偏极较尽])多)"
)

# A number with this right after it is a date, a clock time, a share, a score or part of a name, not a count.
_NOT_A_NUMBER_AFTER = re.compile(
    r" ?(?:月|日(?![元圆币])|号|时|点|刻|分(?![钟别布队批])|分之|成(?!为|功|员|立|本)|个?百分点|[%‰℃°]"
    r"|世纪|年代|年期|后(?=[的一出生，、])|国集团|国峰会|赫兹|[型式级线路频折]"
    r"|[·:/][0-9]|、[0-9]{1,2}日|比[0-9一二三四五六七八九]|-[0-9A-Za-z]|\.[0-9])|[A-Za-z_]"
)
_YEAR_AFTER = re.compile(r" ?年(?!来|内|以来)")
_CODE = re.compile(r"[A-Z]{3}(?![A-Za-z])")
_NAME_BEFORE = re.compile(
    r"(?:[A-Za-z_#@%&=?]|[A-Za-z]\.|[A-Za-z0-9\u4e00-\u9fff”’\"]-|[0-9][:,/.·比]|[0-9] ?"
    r"|分之|米格|沙赫德|见证者|伊尔|火星|歼|轰)$"
)
_HEADING_NUMBER = re.compile(r"[.、）] ?(?![0-9])")  # 3. at the start of a line numbers an item
_SHORT_NAME_BEFORE = "苏安图"  # 苏27, but 江苏27人
_CLASSIFIER = re.compile(r" ?[人名个架枚次万亿多余年岁]")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_WORD_BEFORE = "期周拜初唯统逐同"  # 星期一, 统一: the digit is part of a word
_LONGEST_NUMERAL = 40  # characters; longer runs of digits are no numbers news means


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, without its unit.

    `start` includes a qualifier before it, `core` is where the numeral starts.
    `value` is `None` for number words (数十). `few` marks 数, 几, 多, which are numbers only before a unit;
    `ordinal` a number after 第; `scaled` one written with 百, 千, 万 or 亿.
    """

    start: int
    core: int
    end: int
    value: int | Decimal | None
    high: int | Decimal | None
    qualifier: Qualifier
    few: bool = False
    ordinal: bool = False
    scaled: bool = False


def whole(number: Decimal) -> int | Decimal:
    """The number as an int where it is one: 4.25亿 is 425000000, not 425000000.00."""
    return int(number) if number == number.to_integral_value() else number


@lru_cache(maxsize=8192)
def parse_numeral(words: str) -> int | Decimal | None:
    """The exact value of a numeral in Chinese characters, digits or both; `None` if it is not well formed.

    Understands 三百二十, 两千零五, 一百二 (120), 1.2万亿, 7亿5000万, 8 000万, 14,9亿 and 二〇二四.
    """
    tokens = [t for t in _TOKEN.findall(words) if t != " "]
    if not tokens or len(words) > _LONGEST_NUMERAL or not all(map(_is_numeral_token, tokens)):
        return None
    value = _evaluate(tokens)
    return None if value is None else whole(value)


def _is_numeral_token(token: str) -> bool:
    return token[0] in "0123456789" or token in DIGITS or token in MAGNITUDES


def _evaluate(tokens: list[str], leading: bool = True) -> Decimal | None:
    """Value of the tokens by splitting at the greatest magnitude; what follows must be smaller than it."""
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
    """Value of tokens without a magnitude: one number, 零五, or digits read one by one (二〇二四)."""
    if len(tokens) == 1 and tokens[0] not in DIGITS:
        return Decimal(_plain_digits(tokens[0]))
    if any(t not in DIGITS for t in tokens):
        return None
    if len(tokens) == 1 or (len(tokens) == 2 and DIGITS[tokens[0]] == 0) or len(tokens) == 4:
        return Decimal("".join(str(DIGITS[t]) for t in tokens))
    return None


def _plain_digits(arabic: str) -> str:
    if re.fullmatch(r"[0-9]+,[0-9]{1,2}", arabic):
        return arabic.replace(",", ".")
    return arabic.replace(",", "").replace(" ", "")


@lru_cache(maxsize=8192)
def _interpret(words: str) -> tuple[int | Decimal | None, int | Decimal | None]:
    """Value of a numeral, and the upper end where two digits stand side by side: 二三十 is 20 to 30."""
    adjacent = _ADJACENT.fullmatch(words)
    if adjacent:
        head, low, high, tail = adjacent.groups()
        if DIGITS[high] - DIGITS[low] == 1 or (low, high) == ("三", "五"):
            lower, upper = parse_numeral(head + low + tail), parse_numeral(head + high + tail)
            if lower is not None and upper is not None and lower < upper:
                return lower, upper
    return parse_numeral(words), None


def find_numbers(text: str) -> Iterator[Number]:
    """Every number of the text from left to right; none overlap. Never raises."""
    position = 0
    while match := NUMBER.search(text, position):
        number = _number(text, match)
        if number is None:  # a range may still hold a number: only its first numeral is done with
            position = match.end("first") if match["first"] else match.end()
        else:
            position = number.end
            yield number


def _number(text: str, match: re.Match[str]) -> Number | None:
    start, end = match.span()
    if match["few"]:
        return Number(start, start, end, None, None, "several", few=True)
    if match["vague"]:
        size, qualifier = _vague(match)
        return Number(qualifier_before(text, start)[0], start, end, size, None, qualifier, scaled=True)
    value, high = _interpret(match["first"])
    if match["second"] is not None:
        ends = _range(match["first"], match["second"])
        if ends is None:
            end = match.end("first")
        else:
            value, high = ends
    if value is None or _names_something(text, start, end, match["first"]):
        return None
    if match["big"]:
        value = whole(Decimal(value) * _product(match["big"]))
    scaled = any(c in "百千万亿" for c in text[start:end])
    if text.endswith("第", 0, start):
        return Number(start, start, end, value, high, "exact", ordinal=True, scaled=scaled)
    left, prefix = qualifier_before(text, start)
    qualifier = "range" if high is not None else prefix or _MORE.get(match["more"], "exact")
    return Number(left, start, end, value, high, qualifier, scaled=scaled)


def _product(magnitudes: str) -> int:
    product = 1
    for character in magnitudes:
        product *= MAGNITUDES[character]
    return product


def _vague(match: re.Match[str]) -> tuple[int | None, Qualifier]:
    """RECORDS codes for 数十, 上百, 数千.

    Beyond thousands there is none: 数万 is more than 10,000, 上万 at least that, and so for 数十亿.
    """
    words = match["vague"]
    if words in ("成百上千", "成千上万"):
        return (None, "hundreds") if words == "成百上千" else (None, "thousands")
    size = _product(match["tally"] or match["scale"])
    if size in WORD_QUALIFIERS:
        return None, WORD_QUALIFIERS[size]
    return size, "at_least" if words[0] in "上成" else "more_than"


def _range(first: str, second: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Ends of 20至30, of 5至10万 (the first shares the second's magnitude); `None` if they do not ascend."""
    low, high = parse_numeral(first), parse_numeral(second)
    if low is None or high is None:
        return None
    shared = re.search(r"[万亿]+$", second)
    if shared and not re.search(r"[千万亿]", first):
        factor = _product(shared[0])
        if low < Decimal(high) / factor:
            low = whole(Decimal(low) * factor)
    return (low, high) if low < high else None


def _names_something(text: str, start: int, end: int, first: str) -> bool:
    """Whether the numeral is part of a date, share, score, model number or word."""
    return (
        _is_named_before(text, start, end, first)
        or (_NOT_A_NUMBER_AFTER.match(text, end) is not None and not _CODE.match(text, end))
        or (first[0] == "0" and len(first) > 1 and "." not in first)
        or (_is_year(first) and _YEAR_AFTER.match(text, end) is not None)
    )


def _is_named_before(text: str, start: int, end: int, first: str) -> bool:
    """Whether what stands before makes the numeral part of a name: S-300, 苏27, 星期一, 8时30分."""
    left = text[max(0, start - 3) : start]
    if not left or left[-1] == "\n":
        return _HEADING_NUMBER.match(text, end) is not None
    if _NAME_BEFORE.search(left):
        is_currency = _CODE.fullmatch(left) and text[start - 4 : start - 3] not in _LETTERS
        return not is_currency
    if left[-1] in _SHORT_NAME_BEFORE:
        return len(first) in (2, 3) and not _CLASSIFIER.match(text, end)
    if left[-1] in _WORD_BEFORE:
        return first[0] in DIGITS
    return left[-1] in "时点" and text.startswith("分", end)


def _is_year(words: str) -> bool:
    """2024, 二〇二四; not 3 or 三十."""
    return len(words) == 4 and (words.isdecimal() or all(c in DIGITS for c in words)) and words[0] in "12一二"
