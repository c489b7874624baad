"""Whether help is a package, a programme of years, or the total so far, and which time it refers to."""

from __future__ import annotations

import re

from extractors.kinds.aid_amounts import Help
from extractors.kinds.aid_days import (
    AHEAD,
    LONG,
    is_for_years,
    is_of_the_help,
    left,
    of_the_war,
    own_times,
    without_others,
)
from extractors.kinds.aid_frames import Frame
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_things import ORDINAL
from extractors.layers.context import Context
from extractors.layers.dates import Dated
from extractors.reading.document import ROUNDUP, Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType
from extractors.reading.time_expressions import Form, TimeExpression
from schemas import Period

SPEAKERS = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
TOTAL = re.compile("总额|总计|累计|总量|总金额|总规模")
# The sum of one package: 宣布提供总额为1亿美元的援助.
OF_ONE = re.compile(
    "(?:宣布|决定|批准|同意|计划|将)[^，。]{0,12}?(?:总额|总值|总价值|总计|共计|合计|总金额)[^，。的]{1,16}的"
)
# A time up to now: 截至1月15日, 过去11个月, 一年来, 从2022年1月到今年2月.
UP_TO = re.compile(
    "(?:截至|截止|迄今|至今|目前为止|以来)(?![^。]{0,24}(?:首|最|第|规模))|(?:过去|此前)的?[^，。]{1,4}(?:年|个月)|"
    "(?:[一两二三四五六七八九十0-9]年|个月|年多|年半)来|(?:从|自)[^，。]{1,10}[年月](?:到|至)[^，。]{1,10}月，"
)
GIVEN = re.compile("提供的|给予的|承诺的|(?:援助|军援|支援|捐款)(?:已|共|的)?(?:总|累计)")
SO_FAR = re.compile("总计|总额|总值|迄今|至今|到目前为止|截至|共计|一共|总共|合计|此前(?!一)|之前|总量")
# What the latest help brings the total to: 这使美国的援助总额达到….
BRINGS = re.compile(
    "(?:使|令|让|由此|从而|至此|这样|算上|加上)[^。]{0,40}(?:援助|军援|支援|支持|资金|捐款)[^，。]{0,10}(?:达到?|超过|增至|升至|增加到|上升到)|(?:援助|资金|捐款|军援)(?:由此|因此|从而|至此)(?:达到?|增至|升至|增加到)"
)
# Adverbs that count up by themselves: 先后提供了, 累计提供.
COUNTED_UP = re.compile("先后|累计")
HAS = re.compile("已|共|曾|只")
HAS_GIVEN = re.compile("(?:已|已经|共|曾)(?:经)?(?!收到|获得|得到|接收|入账)[^，。]{0,14}$")
# Help without a number that has been provided is what was provided so far: 已经向乌克兰提供了武器.
PROVIDED = re.compile("(?:已|已经|共|曾)(?:经)?[向为给对][^，。]{1,12}(?:提供|援助|捐赠|赠送)了$")
COUNTED = re.compile(f"[{SYMBOLS[MentionType.COUNT]}{ORDINAL}{SYMBOLS[MentionType.TIME]}]")
# A payment or delivery is one, not the total: 已拨付.
HANDED = re.compile("拨付|交付|移交|转交|运送|发放|第.{1,3}[笔批]")
PROGRAM = re.compile(
    "年间|多年|(?:未来|今后)[^半，]{1,4}年|[数几]年内|每年|基金(?:增加|注资|新增)|年(?:至|到) ?20|[2-9两三四五六七八九十]年内|"
    "今明两年|为期.{1,4}年|[2-9两三四五六七八九十]年(?:期|计划)"
)
DECIDED = re.compile("宣布|承诺|决定|同意|批准|公布|许诺")
MONTH = 28
# The time by which help is to come, or for which: 在3月底前交付, 提供至9月的资金.
BY = re.compile("(?:底|初)?(?:以|之)?前(?!线|往)")
BY_MONTH = re.compile("(?:[0-9一二三四五六七八九十]月份?|月底|年底)(?:以|之)?前$")
UNTIL = re.compile("(?:至|到)$")
# What is announced was not announced then: 宣布，将在未来几周内交付.
TO_COME = re.compile("未来|今后|接下来|下[个周月半]|明[年天]")
NOW = re.compile("[并也还]?(?:目前|现在|如今|眼下|当前)")
# Who said it behind the statement, and when: …送给乌克兰，总理周二重申; …，据总统新闻处20日消息.
TOLD_BEHIND = re.compile(
    rf"，(?:据|这是)?[^，。]{{0,6}}[{SPEAKERS}]?[^，。]{{0,6}}(?P<when>{SYMBOLS[MentionType.TIME]})[^，。；]{{0,16}}?"
    "(?:说|表示|称|重申|宣布|透露|强调|指出|写道|消息|报道|证实|声明)"
)
REMARKED = re.compile("针对|对于|关于|就|对")
# Not the day of the passage: 近日宣布, 此前承诺.
VAGUE = re.compile(
    "近日|近期|最近|日前|此前|最初|起初|当初|先前|原先|原定|原计划|[之早]初|初期|早期|之前(?!的)|早前|早些时候|多次|曾|随后|其后|此后|之后(?!的)|后来|几天前|数日前|一直|未来"
)

# The clause before names no day either: 在冲突爆发之初，美国批准….
OPENING = re.compile(f"[早在于当]*[^，。；]{{0,10}}?(?:{VAGUE.pattern})[^，。；]{{0,2}}，")


def is_so_far(context: Context, frame: Frame) -> bool:
    """A total up to now: 自…以来, 迄今共, 此前已."""
    return is_total(context, frame.sentence, frame.given, frame.end)


def is_total(context: Context, sentence: Sentence, given: int, end: int) -> bool:
    """The same of what is told in a sentence up to an encoded position, its giving up to another."""
    encoded = sentence.encoded
    times = [m for m in encoded.mentions_in(0, end) if isinstance(m.value, TimeExpression)]
    if (
        times and _is_since(times[-1].value) and not times[-1].words.endswith("后")
    ):  # but 入侵以来，日本已于3月决定: of March
        return True
    folded, start, ends = context.reading.folded, sentence.start, encoded.ends
    before, through = folded[start : ends[max(given, 1) - 1]], folded[start : ends[max(end, 1) - 1]]
    if OF_ONE.search(through):
        return False
    if UP_TO.search(before):
        return True
    if (GIVEN.search(through) and TOTAL.search(through)) or BRINGS.search(through):
        return True
    if COUNTED_UP.search(before):
        return True
    return SO_FAR.search(before) is not None and HAS.search(before) is not None


def scope_of(context: Context, frame: Frame, stage: str, parcel: Help, *, so_far: bool) -> str:
    """The `scope` slot: package, cumulative or program."""
    if _is_cumulative(context.reading.folded, frame, stage, parcel, so_far=so_far):
        return "cumulative"
    encoded = frame.encoded
    return is_of_years(context, encoded.starts[frame.scope], encoded.ends[frame.end - 1])


def is_of_years(context: Context, start: int, end: int) -> str:
    """`program` where the words between two offsets tell of years, else `package`."""
    return "program" if PROGRAM.search(context.reading.folded, start, end) else "package"


def _is_cumulative(folded: str, frame: Frame, stage: str, parcel: Help, *, so_far: bool) -> bool:
    start, ends = frame.sentence.start, frame.encoded.ends
    if parcel.amount and BRINGS.search(folded, start, ends[frame.end - 1]):
        return True
    if stage not in ("delivered", "announced", "approved") or parcel.part:
        return False
    if so_far:
        since = any(m is not None and _is_since(m.value) for m in frame.encoded.mentions[: frame.given])
        total = TOTAL.search(frame.text, 0, frame.end) or COUNTED_UP.search(frame.text, 0, frame.given)
        total = total or UP_TO.search(folded, start, ends[frame.given - 1])
        return stage == "delivered" or since or total is not None
    if parcel.amount is None and parcel.items and not frame.receives and stage == "delivered":
        return (
            PROVIDED.search(frame.text, 0, frame.given) is not None
            and COUNTED.search(frame.text, frame.first, frame.end) is None
        )
    if (
        parcel.amount is None
        or frame.receives
        or stage != "delivered"
        or HANDED.search(frame.text, frame.first, frame.end)
    ):
        return False
    return HAS_GIVEN.search(frame.text[: frame.given]) is not None


def _is_since(value: object) -> bool:
    return isinstance(value, TimeExpression) and value.form in (Form.SINCE, Form.WAR)


def _is_long(period: Period) -> bool:
    return period.precision in LONG or (period.end - period.start).days >= MONTH


def _is_long_ago(dated: Dated) -> bool:
    return dated.period is not None and dated.period.precision in LONG


def when_given(context: Context, frame: Frame, stage: str, scope: str) -> Period | None:
    """The day of the announcement; for a total the time since when; a time in the statement counts before one outside."""
    return when_told(
        context, frame.sentence, (frame.scope, frame.given, max(frame.given, frame.end)), stage, scope
    )


def when_told(
    context: Context, sentence: Sentence, places: tuple[int, int, int], stage: str, scope: str
) -> Period | None:
    """The same where a statement begins, its giving ends, and it ends at these encoded positions of a sentence."""
    encoded, (first, given, last) = sentence.encoded, places
    end, inner = encoded.ends[last - 1], encoded.starts[first]
    near = [dated for dated in context.dates.in_sentence(sentence) if dated.mention.start < end]
    if scope == "cumulative":
        since = [dated for dated in near if _is_since(dated.mention.value)]
        long = [dated for dated in near if dated.period is not None and _is_long(dated.period)]
        spans = [dated for dated in long if dated.period is not None and dated.period.precision == "period"]
        found = since or spans or long  # 过去11个月
        return found[0].period if found else of_the_war(context, sentence, last)
    gone = left(encoded.text, 0, given) if stage == "delivered" else None
    near = [d for d in near if gone is None or d.mention.start < encoded.starts[gone]]
    near = own_times(without_others(encoded, near, given), planned=stage == "planned")
    near = _without_deadlines(encoded, [d for d in near if not _counts(encoded, d)], stage)
    inside = [dated for dated in near if inner <= dated.mention.start]
    clause = clause_start(encoded.text, max(given - 1, 0))
    if stage == "delivered" and NOW.match(encoded.text, clause):  # 去年8月宣布移交，目前正在培训
        near = [d for d in near if encoded.starts[clause] <= d.mention.start or not _is_long_ago(d)]
        inside = [d for d in inside if d in near]
    if DECIDED.search(encoded.text, clause, given):  # 2月宣布…，并在3月宣布…
        own = [d for d in inside if d.period is not None and encoded.starts[clause] <= d.mention.start]
        inside = own or inside
    if stage not in ("planned", "proposed"):  # 宣布明年提供: the time of giving is not the time of announcing
        published = context.reading.published
        near = [
            dated
            for dated in near
            if (dated.period is None and not TO_COME.match(dated.mention.words))
            or (
                dated.period is not None
                and dated.period.start <= published
                and not is_of_the_help(context, sentence, dated, stage)
            )
        ]
        inside = [dated for dated in inside if dated in near]
    elif inside and is_for_years(context, sentence, inside[0]):
        earlier = [dated for dated in near if dated.period is not None and dated.mention.start < inner]
        day = earlier[-1].period if earlier else _day_of_telling(context, sentence, (first, given), stage)
        if day is not None:
            return day
    if inside:
        mention, period = inside[0].mention, inside[0].period
        at = encoded.position(mention.start)
        ahead = AHEAD.search(encoded.text, first, at) is not None
        if period is not None and period.precision in LONG:  # 今年夏天，将收到
            ahead = ahead or AHEAD.search(encoded.text, at, given) is not None
        future = (stage == "planned" and (period is None or ahead)) or (stage == "proposed" and ahead)
        # 将于5月运往: the next May
        return context.period(sentence, mention.start, mention.end, future=future)
    before = [dated for dated in near if dated.period is not None]
    if near:
        return before[-1].period if before else None
    behind = TOLD_BEHIND.match(encoded.text, _clause_end(encoded.text, last))
    remarked = REMARKED.match(encoded.text, clause_start(encoded.text, first))  # 针对…一事，大使周二表示
    said = behind if stage != "delivered" and not remarked else None
    told = encoded.mentions[said.start("when")] if said else None
    if told is not None:
        return context.period(sentence, told.start, told.end)
    return _day_of_telling(context, sentence, (first, given), stage)


def _clause_end(text: str, at: int) -> int:
    """Where the clause of an encoded position ends."""
    return next((i for i in range(max(at - 1, 0), len(text)) if text[i] in "，。；！？"), len(text))


def _counts(encoded: Encoded, dated: Dated) -> bool:
    """True for the year in which something is the first or third: 拨付今年首笔贷款 says not when."""
    at = encoded.position(dated.mention.start)
    long = dated.period is not None and dated.period.precision in LONG
    return long and encoded.text[at + 1 : at + 2] == ORDINAL


def _without_deadlines(encoded: Encoded, near: list[Dated], stage: str) -> list[Dated]:
    """The times of a sentence without those by which the help is to come, where it names others.

    What is planned by a day is of the time up to it: 计划3月底前交付.
    """
    sure = []
    for dated in near:
        at = encoded.position(dated.mention.start)
        by = BY.match(encoded.text, at + 1) or BY_MONTH.search(dated.mention.words)
        late = by and stage != "planned"
        if not late and not UNTIL.search(encoded.text, 0, at):
            sure.append(dated)
    return sure if any(dated.period is not None for dated in sure) else near


def _day_of_telling(
    context: Context, sentence: Sentence, places: tuple[int, int], stage: str
) -> Period | None:
    """The day of the passage for what is announced, asked for or decided without a day; never for what was given.

    A roundup tells what happened on its day.
    """
    text = sentence.encoded.text
    opening = text[clause_start(text, max(places[0] - 1, 0)) : places[0]]
    if VAGUE.search(text, *places) or OPENING.fullmatch(opening):
        return None
    reading = context.reading
    roundup = reading.digest and ROUNDUP.search(reading.folded, 0, len(reading.article.title))
    if stage == "delivered" and not roundup:
        return None
    return context.dates.day(sentence)
