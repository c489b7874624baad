"""Which times of a sentence are not the day of a statement of help: deadlines, years it is for, what was before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layers.context import Context
from extractors.layers.dates import Dated
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType
from extractors.reading.time_resolution import WAR_START
from extractors.reading.time_structure import Form, TimeExpression
from schemas import Period

AHEAD = re.compile("将|有望|预计|计划|拟|即将|定于|预定|打算|准备")
LATER = re.compile("年?(?:度|内|底|的(?:援助|军援|支持|预算|资金)|[^，。]{0,4}(?:将|会))")
YEAR_DAYS = 360
LONG = {"year", "month", "quarter"}
# What is said of the goods by a time of their own: 上周批准的无人机已运抵.
DECIDED_THEN = re.compile(
    "[^，。；：]{0,6}?(?:批准|承诺|宣布|公布|同意|决定|签署|通过|认捐|许诺|采购|订购|购买|募集|筹集|征集)(?:提供|援助|捐赠|交付)?了?的"
)
GOES = re.compile(f"已|正在|将|开始|陆续|全部|均|都|刚刚|{SYMBOLS[MentionType.TIME]}")
# Under way, and to arrive later: 帐篷从广州启运，将于明后两天运抵.
LEFT = re.compile("启运|起运|发运|起飞|启程|启航|起航|出发|发车|装船|离港|运出|驶离|飞离")
# A total of the war without a day: 战争期间提供的援助总额.
IN_WAR = re.compile(
    "(?:战争|冲突|战事|战时)(?:期间|中|当中|的[^，。；]{1,4}年(?:间|里|中|来)|[^，。；]{1,3}年(?:间|里|来))"
)


def is_for_years(context: Context, sentence: Sentence, dated: Dated) -> bool:
    """True where a year that is not over is what help is planned for, not when it was told: 周四说，将在2025年提供."""
    period = dated.period
    if period is None or period.end < context.reading.published:
        return False
    if period.precision != "year" and (period.end - period.start).days < YEAR_DAYS:
        return False
    return _is_to_come(sentence.encoded, dated)


def is_of_the_help(context: Context, sentence: Sentence, dated: Dated, stage: str) -> bool:
    """True where a month or year that is not over is the time of the help, not of its announcement: 将在今年内追加."""
    period = dated.period
    if stage == "delivered" or period is None or period.precision not in LONG:
        return False
    return period.end >= context.reading.published and _is_to_come(sentence.encoded, dated)


def _is_to_come(encoded: Encoded, dated: Dated) -> bool:
    at = encoded.position(dated.mention.start)
    return LATER.match(encoded.text, at + 1) is not None or AHEAD.search(encoded.text, 0, at) is not None


def without_others(encoded: Encoded, near: Sequence[Dated], given: int) -> list[Dated]:
    """The times without those of what was decided before about the goods: 上周批准的无人机，17日已运抵."""
    return [dated for dated in near if not _is_of_the_goods(encoded, dated, given)]


def _is_of_the_goods(encoded: Encoded, dated: Dated, given: int) -> bool:
    at = encoded.position(dated.mention.start)
    then = DECIDED_THEN.match(encoded.text, at + 1, given)
    return then is not None and GOES.search(encoded.text, then.end(), given + 1) is not None


def own_times(near: Sequence[Dated], *, planned: bool) -> list[Dated]:
    """The times without deadlines, unless it is only planned, and without the war since which it is, where others are told."""
    own = [dated for dated in near if planned or _form(dated) is not Form.UNTIL]
    others = [dated for dated in own if _form(dated) not in (Form.SINCE, Form.WAR)]
    return others if any(dated.period is not None for dated in others) else own


def _form(dated: Dated) -> Form | None:
    value = dated.mention.value
    return value.form if isinstance(value, TimeExpression) else None


def left(text: str, first: int, last: int) -> int | None:
    """Where what arrives later has left already: 启运，将于明日运抵; `None` where nothing says so."""
    found = LEFT.search(text, first, last)
    return found.end() if found and "，" in text[found.end() : last] else None


def of_the_war(context: Context, sentence: Sentence, end: int) -> Period | None:
    """The time of a total that was given in Ukraine's war: from its start up to now."""
    text, reading = sentence.encoded.text, context.reading
    if not IN_WAR.search(text, 0, end) or "UA" not in context.parties:
        return None
    return Period(start=WAR_START, end=reading.published, precision="period")
