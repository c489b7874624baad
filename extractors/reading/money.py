"""Amounts of money: 4.25亿美元, 近150亿美元, 7亿5000万英镑, US$4.25亿, 20亿至30亿欧元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType
from extractors.reading.number_patterns import TO
from extractors.reading.numbers import Number, find_numbers
from extractors.reading.qualifiers import qualifier_before, trailing_qualifier
from schemas import Money
from schemas.values import Qualifier

_TABLE: dict[str, dict[str, Any]] = read_toml("currencies.toml")
CURRENCIES: dict[str, str] = {name: code for code, names in _TABLE["names"].items() for name in names}
SIGNS: dict[str, str] = _TABLE["signs"]


def _alternation(words: Iterable[str]) -> str:
    """Longest first, so that 新台币 is not read as 台币."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


# Names that several states share mean the state named last before them: 12亿克朗 of 挪威.
SHARED: dict[str, dict[str, str]] = _TABLE["shared"]
_CODES = _alternation(_TABLE["names"])
_AFTER = re.compile(rf" ?(?:(?P<name>{_alternation([*CURRENCIES, *SHARED])})|(?P<code>{_CODES})(?![A-Za-z]))")
_BEFORE = re.compile(
    rf"(?:(?P<name>新台币|台币|人民币|港币|美金|日币|韩币)|(?<![A-Za-z])(?P<code>{_CODES})"
    rf"|(?P<sign>{_alternation(SIGNS)})) ?$"
)
_YUAN_WORDS = "首旦素老件帅勋凶宇气宵月"  # 元首, 元旦: 元 begins another word
_CONNECTOR = re.compile(r" ?(?:和|、|至|到|与|及|以及|或|[-~—–]) ?")
_RANGE = re.compile(rf" ?{TO} ?")
# What makes the next amount the same money in another currency: 250万欧元（约3亿日元）.
_EQUIVALENT = re.compile(
    r"[（(](?:约合|折合|相当于|大约|等于|合|约|即|近|也就是)*|[，,]?(?:约合|折合|相当于|大约合|合)(?:大约|约)?"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its currency, `None` until a later amount of the same list lends its own.

    `equivalent` marks the same money restated in another currency (250万欧元（约3亿日元）).
    """

    start: int
    end: int
    number: Number
    currency: str | None
    equivalent: bool = False


def find_money(text: str) -> list[Mention]:
    """Every amount of money in the text with its currency, in text order. Never raises.

    An equivalent in brackets is no amount of its own (250万欧元（约3亿日元）). An amount in a list takes the
    currency that follows the list (30亿和4.89亿美元). Number words keep their magnitude where RECORDS has no
    code for it: 数十亿美元 is more than 1,000,000,000.
    """
    return [_mention(text, a) for a in find_amounts(text) if not a.equivalent]


@lru_cache(maxsize=1)
def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of the text, equivalents included and marked; those of the last text are kept."""
    found: list[Amount] = []
    for number in find_numbers(text):
        if number.few or number.ordinal:
            continue
        amount = _amount(text, number, after=found[-1].end if found else 0)
        if amount is not None:
            found.append(amount)
    return tuple(_settled(text, found))


def _amount(text: str, number: Number, after: int) -> Amount | None:
    """The amount of a number; `after` is where the amount before it ends, whose currency is not read again."""
    start, end, currency = number.start, number.end, None
    behind = _AFTER.match(text, number.end)
    if behind and _is_currency(text, number, behind):
        name = behind["name"]
        currency = behind["code"] or CURRENCIES.get(name) or _shared_currency(text, start, name)
        end = behind.end() if currency else end
    before = _BEFORE.search(text, max(after, number.core - 6), number.core)
    if before:
        sign, name, code = before["sign"], before["name"], before["code"]
        if currency is None or name or (sign and currency == SIGNS[sign]):
            currency = code or (SIGNS[sign] if sign else CURRENCIES[name])
        start, prefix = qualifier_before(text, before.start())
        if prefix and number.qualifier == "exact":
            number = replace(number, qualifier=prefix)
    if currency is None and not number.scaled:
        return None
    end, suffix = trailing_qualifier(text, end)
    if suffix and number.qualifier == "exact":
        number = replace(number, qualifier=suffix)
    return Amount(start, end, number, currency)


def _shared_currency(text: str, at: int, name: str) -> str | None:
    """The currency that a shared name means at an offset, `None` where no state of those that have it is named before."""
    by_state = SHARED[name]
    last = max(by_state, key=lambda state: text.rfind(state, 0, at))
    return by_state[last] if text.rfind(last, 0, at) >= 0 else None


def _is_currency(text: str, number: Number, behind: re.Match[str]) -> bool:
    """元 alone is money after a written amount, not in 一元 or 两元首."""
    if behind["name"] != "元":
        return True
    if text[behind.end() : behind.end() + 1] in tuple(_YUAN_WORDS):
        return False
    return number.scaled or number.end - number.core > 1 or text[number.core].isdecimal()


def _settled(text: str, found: list[Amount]) -> list[Amount]:
    """Lends currencies backwards through lists, joins ranges, marks equivalents, drops bare numbers."""
    for i in range(len(found) - 2, -1, -1):
        between = text[found[i].end : found[i + 1].start]
        if found[i].currency is None and _CONNECTOR.fullmatch(between):
            found[i] = replace(found[i], currency=found[i + 1].currency)
    settled: list[Amount] = []
    for amount in found:
        if amount.currency is None:
            continue
        last = settled[-1] if settled else None
        if last is not None:
            joined = _range(text, last, amount)
            if joined is not None:
                settled[-1] = joined
                continue
            restated = _EQUIVALENT.fullmatch(text[last.end : amount.start]) is not None
            if restated and amount.currency != last.currency:
                settled.append(replace(amount, equivalent=True))
                continue
        settled.append(amount)
    return settled


def _range(text: str, low: Amount, high: Amount) -> Amount | None:
    """20亿美元至30亿美元 as one amount."""
    if low.currency != high.currency or not _RANGE.fullmatch(text[low.end : high.start]):
        return None
    ends = low.number.value, high.number.value
    if ends[0] is None or ends[1] is None or high.number.qualifier != "exact" or not ends[0] < ends[1]:
        return None
    number = replace(low.number, value=ends[0], high=ends[1], qualifier="range")
    return Amount(low.start, high.end, number, low.currency)


def _mention(text: str, amount: Amount) -> Mention:
    number = amount.number
    assert amount.currency is not None  # settled amounts have one
    money = _money(_plain(number.value), _plain(number.high), number.qualifier, amount.currency)
    return Mention(MentionType.MONEY, amount.start, amount.end, text[amount.start : amount.end], money)


def _plain(value: int | Decimal | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


@lru_cache(maxsize=4096)
def _money(value: int | float | None, high: int | float | None, qualifier: Qualifier, currency: str) -> Money:
    return Money(value=value, high=high, qualifier=qualifier, currency=currency)
