"""What is given as sums and parcels: the whole, its parts with amounts of their own, and amounts that stand nearby."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.kinds.aid_things import COUNT, MONEY, things
from extractors.reading.document import Reading
from extractors.reading.encoding import Encoded
from extractors.reading.mention import Counted, Mention, MentionType
from schemas import Money

TOTAL = re.compile(
    rf"(?:总计|总额|共计|合计|累计|金额|价值|总值|总价值?|规模|资金|经费|款项|总金额|达到|高达|达|可(?:立即)?(?:提取|动用|获得))[^，。{MONEY}{COUNT}]{{0,6}}{MONEY}"
)
# 从3亿美元增加到6亿美元: the latter.
RISEN = re.compile(f"从[^，。{MONEY}]{{0,8}}{MONEY}[^，。{MONEY}]{{0,8}}(?:至|到|为){MONEY}")
RAISED = re.compile(
    "(?:捐资|拨款|新增|安排|追加|出资|投入|筹集|价值|总额|提供|批准|加码|增拨|拨出|计划|方案|捐款|募集|签署|宣布|一揽子|承诺|获得|提出|请求|要求|申请)"
    rf"[^。{MONEY}]{{0,16}}{MONEY}"
)
SPLIT = re.compile(f"{COUNT}(?:和|与|、|及){MONEY}")
SPENT = re.compile(f"{MONEY}(?:将|资金|主要)?(?:用于|用来|用以|以|来)$")
# What help consists of, before the giving: 以反坦克导弹的形式向乌克兰提供援助.
FORM = re.compile("以(?P<what>[^，。；]{1,20}?)的?(?:形式|方式)(?=[^，。；]*$)")
LEAST_SUM = 10_000


@dataclass(frozen=True)
class Help:
    """One sum or parcel: its amount, the offsets of its things, and the encoded stretch they were read from."""

    amount: Mention | None
    items: tuple[tuple[int, int], ...]
    first: int
    last: int
    part: bool = False


def helps(reading: Reading, encoded: Encoded, first: int, last: int) -> list[Help]:
    """What the encoded stretch [first, last) names: one parcel, or the whole and its parts with amounts of their own."""
    split = _split(encoded, first, last)
    if split is not None:
        goods = tuple(things(reading, encoded, first, last))
        return [Help(amount, goods, first, last, part=bool(part)) for part, amount in enumerate(split)]
    cuts = [first, *_parts(encoded.text, first, last), last]
    found = []
    for number, (start, end) in enumerate(pairwise(cuts)):
        money = [m for m in encoded.mentions[start:end] if m is not None and m.type is MentionType.MONEY]
        raised = RISEN.search(encoded.text, start, end)
        amount = encoded.mentions[raised.end() - 1] if raised else money[0] if money else None
        found.append(Help(amount, tuple(things(reading, encoded, start, end)), start, end, part=number > 0))
    form = FORM.search(encoded.text, 0, first)
    if form and not found[0].items:
        found[0] = replace(found[0], items=tuple(things(reading, encoded, *form.span("what"))))
    return [parcel for parcel in found if parcel.amount or not parcel.part]


def _split(encoded: Encoded, first: int, last: int) -> tuple[Mention, Mention] | None:
    """Two sums of which only the last names the currency: 分别提供45亿和15亿欧元."""
    found = SPLIT.search(encoded.text, first, last) if "分别" in encoded.text[:last] else None
    if found is None:
        return None
    number, sum_ = encoded.mentions[found.start()], encoded.mentions[found.end() - 1]
    if (
        number is None
        or sum_ is None
        or not isinstance(number.value, Counted)
        or not isinstance(sum_.value, Money)
    ):
        return None
    count = number.value.count
    if number.value.unit is not None or count.value is None or count.value < LEAST_SUM:
        return None
    value = Money(value=count.value, high=count.high, qualifier=count.qualifier, currency=sum_.value.currency)
    return replace(number, type=MentionType.MONEY, value=value), sum_


def _parts(text: str, first: int, last: int) -> list[int]:
    """Where parts with amounts of their own begin: 其中9200万英镑用于…，6800万英镑用于…."""
    if text[first:last].count(MONEY) < 2:
        return []
    opening = re.compile(
        rf"[，,、](?:其中|包括|提供|以及|和)?[^，{MONEY}]{{0,4}}{MONEY}(?:将|则)?(?:用于|协助|用来|用作|采购|购买|是|为)"
    )
    joined = re.compile(f"(?<={MONEY})[^，。{MONEY}{COUNT}]{{0,8}}(?P<join>和|与|及|以及|、){MONEY}")
    parts = [match.start() for match in opening.finditer(text, first, last)]
    return sorted({*parts, *(match.start("join") for match in joined.finditer(text, first, last))})


def amount_nearby(encoded: Encoded, first: int, last: int) -> Mention | None:
    """An amount outside the stretch that names the help: 捐资3亿美元，为…提供, …援助计划，总计400亿美元."""
    behind = TOTAL.search(encoded.text, last)
    if behind:
        return encoded.mentions[behind.end() - 1]
    spent = SPENT.search(encoded.text, 0, first)
    if spent:  # 其中450亿美元用于向…提供
        return encoded.mentions[spent.start()]
    beside = first - 2 if encoded.text.startswith("的", first - 1) else first - 1
    if beside >= 0 and encoded.text[beside] == MONEY:  # 614亿美元援乌资金
        return encoded.mentions[beside]
    start = max(encoded.text.rfind(mark, 0, first) for mark in "，。") + 1
    before = list(RAISED.finditer(encoded.text, max(0, start - 30), first))
    return encoded.mentions[before[-1].end() - 1] if before else None
