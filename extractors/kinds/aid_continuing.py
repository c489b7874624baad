"""Sentences that go on about help named before them: 这批援助包括…, 其中…, 这是第69批…."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.aid_merging import add_to
from extractors.kinds.aid_sorts import batch_number
from extractors.kinds.aid_things import MONEY, ORDINAL, TIME, things
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType

WHOLE = "(?:援助|物资|计划|方案|一揽子|军援|装备|支持|清单|资金|武器|内容|军备|军火|弹药|配套|粮食|食品|药品|疫苗|设备|款项)"
CONTINUES = re.compile(
    "^(?:(?:据)?[^，。]{0,14}?(?:称|说|表示|指出|透露|显示)，)?(?:"
    f"(?:(?:这批|这些|该批|此批|上述|这项|该项|此项|此次|本次|该|这一|新的|最新的?|首批|这份|新一批|整个)[^，。]{{0,14}}?{WHOLE}|其中|"
    f"(?:具体|主要)?(?:而言)?(?:援助|军援|清单|物资|援助物资|计划|方案|内容|一揽子|装备|军备)[^，。]{{0,4}}?(?=主要|将|包|涵|价|总|有|是|为|含))"
    "[^。，]{0,16}?，?(?P<how>包括了?|包含|涵盖|价值|总额|总值|内有|共计|共有|总计|总共|合计|提供|有|是|为|含有?)|"
    "(?:还)?(?P<list>包括|包含|涵盖))(?:了)?"
)
BATCH = re.compile(f"(?:这|此|该)[^。]{{0,40}}{ORDINAL}")
AMONG = re.compile(
    "(?:也|均|都)?(?:在|列入|包含在)[^，。]{0,4}(?:援助|清单|计划|方案)(?:之列|之内|之中|中|内)"
)
LISTING = re.compile("(?:包括了?|包含|涵盖|内有|有|含有?)$")
# The first goods leave: the day of an announcement that names none.
LEAVING = re.compile(
    f"(?:{ORDINAL}|这批|该批|上述|这些)[^，。]{{0,6}}?(?:物资|援助|装备|武器|设备|款项)[^，。{TIME}]{{0,8}}{TIME}[^，。将]{{0,8}}"
    "(?:启运|起运|发运|运抵|抵达|送达|出发|起飞|拨付)"
)
# How far behind the help a sentence may stand that goes on about it.
REACH = 60


def continue_with(context: Context, sentence: Sentence, drafts: list[Draft]) -> bool:
    """Adds to the last draft what the sentence says of it: things, amount or batch; a part with an amount is added.

    False where the sentence does not go on about it.
    """
    encoded, last = sentence.encoded, drafts[-1]
    text = encoded.text
    if not 0 <= sentence.start - last.evidence[-1][1] <= REACH:
        return False
    stretch = (sentence.start, encoded.ends[-1])
    batch = BATCH.match(text)
    number = batch_number(encoded, 0, batch.end()) if batch else None
    if number is not None and MONEY not in text:
        drafts[-1] = add_to(last, stretch, (), None, number)
        return True
    leaving = LEAVING.match(text) if last.when is None and last.slots["stage"] == "announced" else None
    if leaving:
        when = context.dates.at(sentence, *encoded.span(0, leaving.end()))
        drafts[-1] = replace(last, when=when)
        return True
    found = _stretch(text)
    if found is None:
        return False
    held = things(context.reading, encoded, *found, listed=LISTING.search(text, 0, found[0]) is not None)
    named = tuple(context.reading.words(*item) for item in held)
    money = next((m.value for m in encoded.mentions if m is not None and m.type is MentionType.MONEY), None)
    known = last.slots["amount"]
    if money is not None and known is not None and money != known:
        part = {**last.slots, "amount": money, "items": named, "package_number": None, "scope": "package"}
        drafts.append(replace(last, slots=part, evidence=(stretch,)))
    elif named or (money is not None and known is None):
        drafts[-1] = add_to(last, stretch, named, money, None)
    else:
        return False
    return True


def _stretch(text: str) -> tuple[int, int] | None:
    """Where the sentence names things: before 也在援助之列, or from 包括 on."""
    among = AMONG.search(text)
    if among:
        return 0, among.start()
    opening = CONTINUES.match(text)
    return (opening.end(), len(text.rstrip("。；！？"))) if opening else None
