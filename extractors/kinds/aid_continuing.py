"""Sentences that go on about help named before them: 这批援助包括…, 其中…, 这是第69批…."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.aid_codes import party_code
from extractors.kinds.aid_merging import add_to
from extractors.kinds.aid_sorts import batch_number
from extractors.kinds.aid_things import COUNT, MONEY, ORDINAL, PARTIES, TIME, things
from extractors.layers.context import Context, Draft, in_heading
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType

GOODS = "(?:武器(?:装备|弹药)?|装备|弹药|军备|军火|物资|设备|器材|粮食|食品|药品|疫苗|用品|项目|内容|清单)"
WHOLE = f"(?:援助|计划|方案|一揽子|军援|支持|资金|配套|款项|{GOODS})"
SAID = "(?:(?:[据根]据?)?[^，。]{0,14}?(?:称|说|表示|指出|透露|显示|介绍|公布|通报|消息|声明|报道)，)?"
# Goods as what is told of: 将提供的装备, 武器和弹药, 声明中列出的项目.
TOLD = f"(?:[^，。{MONEY}]{{0,10}}?(?:提供|援助|运送|运抵|运往|交付|捐赠|移交|列出|送达)的(?:具体|主要)?)?{GOODS}(?:[和与及、]?{GOODS})?"
CONTINUES = re.compile(
    f"^{SAID}(?:"
    f"(?:(?:在|[^，。{MONEY}]{{0,12}}?(?:批准|宣布|公布|确认|签署|通过)了?)?(?:这批|这些|该批|此批|上述|这项|该项|此项|此次|本次|该|这一|新的?(?![闻增冠])|最新的?|首批|这份|新一批|整个)[^，。]{{0,14}}?{WHOLE}|(?:其|当)中|"
    f"(?:具体|主要)?(?:而言)?(?:援助|军援|清单|物资|援助物资|计划|方案|内容|一揽子|装备|军备)[^，。]{{0,4}}?(?=主要|将|包|涵|涉|价|总|有|是|为|含))"
    "[^。，]{0,16}?，?(?:内容|其中|当中|清单)?(?P<how>包括了?|包含|涉及|涵盖|价值|总额|总值|内有|共计|共有|总计|总共|合计|提供|有|是|为|含有?)|"
    f"{TOLD}(?:主要|将|还|具体)?(?P<goods>包括了?|包含|涵盖|内有|有|含有?)|"
    "(?:还|具体|主要|另)?(?P<list>包括|包含|涵盖)|"
    "(?:具体|主要)?(?:援助|军援|援助物资|捐赠)?(?:内容|清单|物资|项目)(?:如下)?(?=：))(?:了|：)?，?"
)
# What has just been told is worth so much: 这批价值9800万加元的物资.
WORTH_OF = re.compile(
    f"^{SAID}(?:这批|该批|此批|这些|上述|这项|此次)[^，。{MONEY}]{{0,4}}?(?:价值|总值|总额)[^，。{MONEY}]{{0,4}}?(?P<sum>{MONEY})的[^，。]{{0,8}}?{WHOLE}"
)
# What opens a sentence that names more: 此外，夜视设备也在援助之列.
MORE = re.compile("(?:此外|另外|除此之外|同时|另)，")
# Who receives is told what it gets: 基辅将得到导弹和炮弹.
GETS = re.compile(
    f"^{SAID}(?P<who>[{PARTIES}])(?:政府|军队|方面|军方)?(?:还|也|由此|因此|从而)*(?:将|会|可|有望)(?:因此|由此|还|获)*(?:获得|得到|收到|接收|获|得)了?"
)
BATCH = re.compile(f"(?:这|此|该)[^。]{{0,40}}{ORDINAL}")
AMONG = re.compile(
    "(?:也|均|都)?(?:在|列入|包含在)[^，。]{0,4}(?:援助|清单|计划|方案)(?:之列|之内|之中|中|内)"
)
LISTING = re.compile("(?:包括了?|包含|涉及|涵盖|内有|有|含有?|内容|清单|物资|项目|如下)[：，]?$")
# The first goods leave: the day of an announcement that names none.
LEAVING = re.compile(
    f"(?:{ORDINAL}|这批|该批|上述|这些)[^，。]{{0,6}}?(?:物资|援助|装备|武器|设备|款项)[^，。{TIME}]{{0,8}}{TIME}[^，。将]{{0,8}}"
    "(?:启运|起运|发运|运抵|抵达|送达|出发|起飞|拨付)"
)
PROMISED = ("announced", "approved", "planned", "proposed")
# How far behind the help a sentence may stand that goes on about it.
REACH = 60
# How near before it a package stands that a total is told with.
BESIDE = 30


def continue_with(context: Context, sentence: Sentence, drafts: list[Draft]) -> bool:
    """Adds to the last draft what the sentence says of it: things, amount or batch; a part with an amount is added.

    False where the sentence does not go on about it.
    """
    encoded, at = sentence.encoded, _told_last(drafts)
    last = drafts[at]
    text = encoded.text
    if not 0 <= sentence.start - last.evidence[-1][1] <= REACH:
        return False
    stretch = (sentence.start, encoded.ends[-1])
    batch = BATCH.match(text)
    number = batch_number(encoded, 0, batch.end()) if batch else None
    if number is not None and MONEY not in text:
        drafts[at] = add_to(last, stretch, (), None, number)
        return True
    leaving = LEAVING.match(text) if last.when is None and last.slots["stage"] == "announced" else None
    if leaving:
        when = context.dates.at(sentence, *encoded.span(0, leaving.end()))
        drafts[at] = replace(last, when=when)
        return True
    worth = WORTH_OF.match(text) if last.slots["amount"] is None else None
    sum_ = encoded.mentions[worth.start("sum")] if worth else None
    if sum_ is not None:
        drafts[at] = add_to(last, stretch, (), sum_.value, None)
        return True
    got = _got(context, sentence, last)
    found = got or _stretch(text) or _list_on(context, sentence, last)
    if found is None:
        return False
    listed = got is None and (found[0] == 0 or LISTING.search(text, 0, found[0]) is not None)
    held = things(context.reading, encoded, *found, listed=listed)
    named = tuple(context.reading.words(*item) for item in held)
    money = next((m.value for m in encoded.mentions if m is not None and m.type is MentionType.MONEY), None)
    known = last.slots["amount"]
    if money is not None and known is not None and money != known:
        part = {**last.slots, "amount": money, "items": named, "package_number": None, "scope": "package"}
        drafts.append(replace(last, slots=part, evidence=(stretch,)))
    elif named or (money is not None and known is None):
        drafts[at] = _told_by(context, sentence, add_to(last, stretch, named, money, None))
    else:
        return False
    return True


def _told_by(context: Context, sentence: Sentence, draft: Draft) -> Draft:
    """What only a headline told, with who says it and when by the sentence that goes on about it."""
    if draft.when is not None or not in_heading(context, draft):
        return draft
    when = context.period(sentence, sentence.start, sentence.end)
    claimed = draft.claimed_by or context.claimant(sentence, sentence.encoded.ends[-1] - 1)
    return replace(draft, when=when, claimed_by=claimed)


def _told_last(drafts: list[Draft]) -> int:
    """The draft that a further sentence goes on about: the last one, or the package before a total it brings about."""
    last = len(drafts) - 1
    total = drafts[last].slots["scope"] == "cumulative"
    package = total and last and drafts[last - 1].slots["scope"] == "package"
    beside = package and drafts[last - 1].evidence[-1][1] + BESIDE >= drafts[last].evidence[0][0]
    return last - 1 if beside else last


def _got(context: Context, sentence: Sentence, last: Draft) -> tuple[int, int] | None:
    """Where a sentence names what those get to whom a sum was announced just before it."""
    text = sentence.encoded.text
    gets = GETS.match(text)
    if gets is None or last.slots["amount"] is None or MONEY in text or last.slots["stage"] not in PROMISED:
        return None
    who = sentence.encoded.mentions[gets.start("who")]
    code = party_code(who, context.reading) if who is not None else None
    if code not in last.slots["recipients"]:
        return None
    return gets.end(), len(text.rstrip("。；！？"))


def _list_on(context: Context, sentence: Sentence, last: Draft) -> tuple[int, int] | None:
    """A sentence that is a further part of a list parted by semicolons: 包括800套防空系统；2000枚导弹和头盔；…."""
    text, before = sentence.encoded.text, context.reading.before(sentence, 1)
    if not before or last.evidence[-1][1] <= before[0].start or not text.startswith(COUNT) or "，" in text:
        return None
    if context.reading.folded[before[0].start : sentence.start].rstrip()[-1:] != "；":
        return None
    return 0, len(text.rstrip("。；！？"))


def _stretch(text: str) -> tuple[int, int] | None:
    """Where the sentence names things: before 也在援助之列, or from 包括 on."""
    among = AMONG.search(text)
    if among:
        more = MORE.match(text)
        return more.end() if more else 0, among.start()
    opening = CONTINUES.match(text)
    return (opening.end(), len(text.rstrip("。；！？"))) if opening else None
