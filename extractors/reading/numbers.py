"""The numbers of a text: 4.25亿, 三百二十, 十余, 近百, 20至30, with what qualifies them.

What a number counts is not decided here: quantities and money add the unit. Dates, percentages, scores and model
numbers are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from re import Match

from extractors.reading.number_patterns import NUMBER, NUMBER_START
from extractors.reading.numbers_in_names import ends_word, is_in_name
from extractors.reading.numerals import DIGITS, interpret, product, span, whole
from extractors.reading.qualifiers import qualifier_before
from schemas.values import Qualifier

# Number words without a numeral, by their magnitude; beyond thousands RECORDS has no code (see `_vague`).
WORD_QUALIFIERS: dict[int, Qualifier] = {10: "dozens", 100: "hundreds", 1000: "thousands"}
# 30多, 百余, 二十几 are more than the number; 十来 is about it.
_MORE: dict[str | None, Qualifier] = {"多": "more_than", "余": "more_than", "几": "more_than", "来": "about"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text, without its unit.

    `start` includes a qualifier or 第 before it, `core` is where the numeral starts.
    `value` is `None` for number words (数十). `few` marks 数, 几, 多 and 五、六, which are numbers only before a
    unit; `ordinal` a number after 第; `scaled` one written with 百, 千, 万 or 亿.
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


@lru_cache(maxsize=1)
def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of the text from left to right; none overlap. Never raises.

    The numbers of the last text are kept, because money and quantities both ask for them.
    """
    return tuple(_scan(text))


def _scan(text: str) -> Iterator[Number]:
    position = 0
    last: Number | None = None
    while start := NUMBER_START.search(text, position):
        position = start.start()
        match = NUMBER.match(text, position)
        if match is None or (match["first"] and (ends_word(text, position) or _is_and(text, position))):
            position += 1
            continue
        number = _word(text, match) if match["first"] is None else _numeral(text, match)
        if number is None:  # a range may still hold a number: only its first numeral is done with
            position = match.end("first")
            continue
        if last is not None and _shares_mark(text, last, number):
            number = replace(number, start=number.core, qualifier="exact", ordinal=True)
        position = number.end
        last = number
        yield number


def _shares_mark(text: str, last: Number, number: Number) -> bool:
    """Whether a number goes on with the ordinal before it: 第五、六批."""
    if not last.ordinal or text[last.end : number.core] != "、" or last.value is None:
        return False
    return number.value == last.value + 1


def _is_and(text: str, position: int) -> bool:
    """Whether 零 only joins: 5年零9个月."""
    return text[position] == "零" and "0" <= text[position + 1 : position + 2] <= "9"


def _word(text: str, match: Match[str]) -> Number:
    """A number word: 数, 几, 数十, 上百, 数以千计."""
    start, end = match.span()
    if match["few"]:
        return Number(start, start, end, None, None, "several", few=True)
    size, qualifier = _vague(match)
    return Number(qualifier_before(text, start)[0], start, end, size, None, qualifier, scaled=True)


def _vague(match: Match[str]) -> tuple[int | None, Qualifier]:
    """RECORDS codes for 数十, 上百, 数千.

    Beyond thousands there is none: 数万 is more than 10,000, 上万 at least that, and so for 数十亿.
    """
    words = match["vague"]
    if words in ("成百上千", "成千上万"):
        return (None, "hundreds") if words == "成百上千" else (None, "thousands")
    size = product(match["tally"] or match["scale"])
    if size in WORD_QUALIFIERS:
        return None, WORD_QUALIFIERS[size]
    return size, "at_least" if words[0] in "上成" else "more_than"


def _numeral(text: str, match: Match[str]) -> Number | None:
    """A numeral with what belongs to it; `None` where it is no number."""
    start, end = match.span()
    ordinal_at = _ordinal_mark(text, start)
    value, high = interpret(match["first"])
    ends = None if match["neighbour"] and ordinal_at is not None else _ends(match)
    if ends is not None:
        value, high = ends
    elif match["second"] or match["other"] or match["neighbour"]:
        end = match.end("first")
    if value is None or is_in_name(text, start, end, match["first"], ordinal=ordinal_at is not None):
        return None
    if match["big"]:
        value = whole(Decimal(value) * product(match["big"]))
    scaled = any(c in "百千万亿兆佰仟" for c in text[start:end])
    if ordinal_at is not None:
        return Number(ordinal_at, start, end, value, high, "exact", ordinal=True, scaled=scaled)
    left, prefix = qualifier_before(text, start)
    qualifier = "range" if high is not None else _qualifier(prefix, _MORE.get(match["more"]))
    few = ends is not None and match["neighbour"] is not None
    return Number(left, start, end, value, high, qualifier, few=few, scaled=scaled)


def _ends(match: Match[str]) -> tuple[int | Decimal, int | Decimal] | None:
    """Both ends of a range; `None` where there is none, or the ends do not ascend."""
    if match["neighbour"]:
        return _neighbours(match["first"], match["neighbour"])
    second = match["second"] or match["other"]
    return None if second is None else span(match["first"], second)


def _ordinal_mark(text: str, start: int) -> int | None:
    """Where 第 stands before a numeral."""
    at = start - 2 if text.endswith(" ", 0, start) else start - 1
    return at if at >= 0 and text[at] == "第" else None


def _qualifier(before: Qualifier | None, behind: Qualifier | None) -> Qualifier:
    """The qualifier of a number: what stands before it, but 约30多 is more than 30."""
    if before is None or (before == "about" and behind == "more_than"):
        return behind or "exact"
    return before


def _neighbours(first: str, second: str) -> tuple[int | Decimal, int | Decimal] | None:
    """Ends of 五、六 and of 三、四百; `None` where the digits are no neighbours."""
    if len(first) != 1 or DIGITS[second[0]] - DIGITS[first] != 1:
        return None
    low, high = interpret(first + second[1:])[0], interpret(second)[0]
    return None if low is None or high is None else (low, high)
