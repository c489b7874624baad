"""A meeting as a sentence tells it: whether it was, how, when, where, at what occasion, on whose authority."""

from __future__ import annotations

import re

from extractors.kinds.meeting_authority import authority
from extractors.kinds.meeting_circumstances import (
    CALLED_OFF,
    ORIGINALLY,
    REFUSED,
    UNTRUE_BEHIND,
    UNWANTED,
    UNWANTED_BEHIND,
    VIDEO,
    format_of,
    status_of,
    without_guest,
)
from extractors.kinds.meeting_conferences import name_of
from extractors.kinds.meeting_event import event_of
from extractors.kinds.meeting_frames import Met
from extractors.kinds.meeting_gatherings import name_of_gathering
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_place import place_of, visited_before
from extractors.kinds.meeting_when import is_history, own_time, when_met
from extractors.layers.context import Context
from extractors.layers.dates import DAY_LIKE, Dated
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match
from schemas.kinds.meeting import Format, Status
from schemas.values import Modality

INVITED = re.compile("应[^，。]{0,20}邀请")
CLAUSE_START = re.compile("[，。！？；：“](?=[^，。！？；：“]*$)")
TITLE_PART = re.compile("[，。！？；：“ \u3000](?=[^，。！？；：“ \u3000]*$)")
TAIL = re.compile("[^，。！？；]{0,20}")
TITLE_TAIL = re.compile("[^，。！？；： \u3000]{0,20}")
# A clause that only sets the scene: 星期五在华盛顿，……
SETTING = re.compile(f"(?:{SYMBOLS[MentionType.TIME]}，?)?[在于][^，。]{{1,12}}，")
# What opens a report and is no part of the telling: （华盛顿18日综合外电报道）, 布鲁塞尔 —
DATELINE = re.compile(r"[（(][^（）()]{2,40}[)）]\s*|[\u4e00-\u9fff]{2,8}(?:\s+[—–-]+\s*|[—–-]+\s+|——)")
# Between the claim and what is claimed no other statement may stand.
CLAIM_GAP = 8
DENIED = re.compile("否认|从未|并未|未曾|没有(?:与|同|和|会|举行|进行)")
# What a conference did, where it stands for the conference: no plan to meet.
DECIDED = re.compile("(?:同意|决定|商定|考虑|建议|呼吁|讨论)$")
# 将落实会晤达成的共识: what has come of a meeting that was.
RESULT = re.compile("(?:所|时|中)?(?:达成|取得|形成)的|的?(?:重要)?(?:成果|共识|精神)")
OFFERED = re.compile("向[^，。；]{2,20}(?:提议|建议|提出)，$")  # 向阿塞拜疆总统提议，两人……
# What is to be carried out of it is all that is told of a meeting: 落实我同总统会晤达成的一系列共识.
ONLY_RESULT = re.compile("(?:时|中)?所?(?:达成|取得|形成)的[^，。]{0,8}(?:共识|协议|成果|一致)")
CARRIED_OUT = re.compile("落实|履行|遵守|遵循|贯彻|兑现|根据|按照|推动")
ON_THE_PHONE = re.compile("(?:在电话[里中上]|通过电话|透过电话|以电话|用电话)(?=[与同和跟])")
# Where somebody is on the way to a meeting, it is not.
ON_THE_WAY = re.compile("的?(?:途中|路上|前夕)")
GUEST_VISITS = 4  # characters: behind the guest his visit may be told, 接待普京访华
SETTING_REACH = 12  # characters: so far before 双方 its day may stand
# What a conference is only the time of: 金砖国家领导人会晤期间，节目将播出.
TIME_OF = re.compile("期间|之际|前夕|间隙|所[做作付]|(?:的)?(?:筹备|准备)(?:工作)?")
# Not one meeting but many: 这8年里我们见过许多次面.
OVER_YEARS = re.compile(
    "(?:过去|近|这|这些)[0-9一二三四五六七八九十几多]+年[来间]?[^。；]{0,12}(?:多次|[0-9]+次|频繁)"
)
# A count of meetings is none of them: 先后十五次会晤, 会晤40多次 – but not the 第十五次会晤.
DIGITS = "一二三四五六七八九十百"
SEVERAL = f"(?<![第0-9{DIGITS}])(?:[2-9]|[1-9][0-9]{{1,2}}|[两{DIGITS[1:]}几数上]?[十百]?[两{DIGITS[1:]}几数])(?:余|多)?次"
IN_PERSON = "(?:会晤|会面|会见|会谈|见面|聚首|晤谈)"
TALLY = re.compile(
    f"(?:{SEVERAL}|多次|频繁|屡次)(?:举行|进行)?了?{IN_PERSON}|{SEVERAL}通话"
    f"|(?:{IN_PERSON}|通话)(?:了|过)?(?:已|近|超过|共|达)?{SEVERAL}|{IN_PERSON}(?:了|过)?多次"
)
# The visitor's own ambassador, who comes too: 大使也到机场迎接.
CAME_TOO = re.compile("也(?:都|一同)?(?:到|赴|前往|在)机场")
# 抵达喀山，出席……, 在赴……出席……之际: what somebody has come for is still to be.
ARRIVING = re.compile(
    "抵达[^，。]{1,20}，(?:将|以)?(?:出席|参加)|[在于]赴[^，。]{1,14}(?:出席|参加)|启程[^。]{0,20}(?:出席|参加)"
)
# Who is yet to go somewhere will meet there: 他将在周一前往柬埔寨，与洪玛奈见面.
GOING = re.compile(
    "(?:(?<!即)将(?![军领近至])|预计|计划|拟|定于|打算|预定|订(?=[0-9]))[^，。]*(?:前往|访问|飞往|赴|转往|转抵|抵达|到访|启程|飞抵|来访|到(?![来期底时会达]))(?!.*(?:之际|时|之前)$)"
)
# 正在华府，他8日与布林肯见面: where somebody is, not what goes on.
BEING_THERE = re.compile("正在[^，。]{1,12}，")
PROGRAMME = re.compile("(?:按照|根据|依照|按)(?:行程|日程|计划|安排)")
PROGRAMME_REACH = 3  # sentences
MODALITY: dict[Status, Modality] = {
    "held": "asserted", "ongoing": "asserted", "cancelled": "asserted", "planned": "planned", "proposed": "possible",
}  # fmt: skip


def told(context: Context, sentence: Sentence, match: Match, met: Met) -> Telling | None:
    """The meeting with its circumstances; `None` where the words say that there is none (不愿与普京会面)."""
    folded, encoded, stretch = context.reading.folded, sentence.encoded, met.stretch
    opening = (CLAUSE_START if sentence.passage else TITLE_PART).search(folded, sentence.start, stretch[0])
    clause = opening.end() if opening else sentence.start
    tail = (TAIL if sentence.passage else TITLE_TAIL).match(folded, stretch[1], sentence.end)
    reach = tail.end() if tail else stretch[1]
    verb = _verb_start(match, stretch)
    leading = INVITED.sub("", _leading(context, sentence, match, clause, stretch))
    if match.rule.constants["party"] == "bloc" or match.rule.name == "speak-in-talks":
        leading = DECIDED.sub("", leading)
    behind = folded[stretch[1] : reach]
    status = _status(context, sentence, match, clause, leading, behind)
    denied = DENIED.search(leading) is not None or UNTRUE_BEHIND.match(behind) is not None
    if ORIGINALLY.search(leading) and CALLED_OFF.search(folded, stretch[1], sentence.end):
        status = "cancelled"
    if status == "proposed" and REFUSED.match(folded, stretch[1], sentence.end):
        status = "cancelled"
    unwanted = UNWANTED.search(leading) is not None or UNWANTED_BEHIND.search(behind) is not None
    none = _is_no_meeting(match, folded[sentence.start : stretch[1]], leading, behind)
    if none or (unwanted and status != "cancelled" and not denied):
        return None
    if status == "proposed" and match.rule.constants["party"] == "attending":
        return None
    offered = match.rule.constants["party"] == "pair" and OFFERED.search(folded, sentence.start, clause)
    status = "proposed" if offered and status == "held" else status
    pair = match.rule.constants["party"] == "pair" and status != "cancelled" and not offered
    if pair and not _is_definite(context, sentence, stretch):
        return None
    own = own_time(context, sentence, met, verb)
    since = own is None and folded.startswith("以来", stretch[1])
    carried = own is None and ONLY_RESULT.match(behind) and CARRIED_OUT.search(folded, clause, stretch[1])
    if since or carried or is_history(context, own) or is_tally(own, folded[stretch[0] : reach]):
        return None
    scene = sentence.start if SETTING.fullmatch(encoded.text, 0, encoded.position(clause)) else clause
    if status == "planned" and ORIGINALLY.search(leading) and _is_over(context, own):
        status = "cancelled"  # 原计划29日举行, told on the 30th
    if status == "held" and own is not None and own.period is not None:
        status = "planned" if own.period.start > context.reading.published else status
    there = stretch[1] if ON_THE_WAY.match(folded, stretch[1]) else reach
    where = place_of(context, sentence, scene, there, min(stretch[1] + GUEST_VISITS, there))
    where = where or visited_before(context, sentence, folded.rfind("，", sentence.start, verb) + 1)
    if VIDEO.search(folded, stretch[0], stretch[1]):
        how: Format = "video"
    elif ON_THE_PHONE.search(folded, stretch[0], stretch[1]):
        how = "phone"
    else:
        how = match.rule.constants.get("format") or format_of(folded[verb : min(stretch[1] + 4, reach)])
    return Telling(
        rule=match.rule.name,
        people=met.people,
        format=how if how != "unspecified" or where is None else "in_person",
        status="held" if denied else status,
        modality="denied" if denied else MODALITY[status],
        place=where[0] if where and how != "phone" else None,
        event=event_of(context, sentence, stretch[0], reach) or _conference(context, sentence, match),
        when=when_met(context, sentence, clause, met, own, "cancelled" if denied else status),
        dated=bool(context.dates.in_sentence(sentence)) and sentence.passage > 0,
        claimed_by=authority(context, sentence, verb, met),
        heading=sentence.heading,
        evidence=_evidence(context, sentence, stretch, verb),
    )


def _leading(
    context: Context, sentence: Sentence, match: Match, clause: int, stretch: tuple[int, int]
) -> str:
    """The encoded words from the clause to the end of the telling, without a guest's own doings and a conference's name.

    支持莱索托国际会议 proposes nothing.
    """
    encoded = sentence.encoded
    text = without_guest(encoded.text)
    first, last = encoded.position(clause), encoded.position(stretch[1] - 1) + 1
    gathering = match.rule.constants["party"] == "gathering"
    name = name_of_gathering(context, sentence, match) if gathering else None
    if name is None or name[0] < clause:
        return text[first:last]
    return text[first : encoded.position(name[0])] + text[match.first : last]


def _is_over(context: Context, own: Dated | None) -> bool:
    return own is not None and own.period is not None and own.period.end < context.reading.published


def is_tally(own: Dated | None, telling: str) -> bool:
    """Whether the words count meetings of no one day: 两国元首今年三次会晤, but not 20日举行两次会谈."""
    of_a_day = own is not None and own.period is not None and own.period.precision in DAY_LIKE
    return not of_a_day and TALLY.search(telling) is not None


def _is_no_meeting(match: Match, sentence: str, leading: str, behind: str) -> bool:
    """Whether the words tell of a time, of many meetings over years, or of those who came beside."""
    if match.rule.constants["party"] == "bloc" and TIME_OF.match(behind):
        return True
    return OVER_YEARS.search(sentence) is not None or CAME_TOO.search(leading) is not None


def _status(
    context: Context, sentence: Sentence, match: Match, clause: int, leading: str, behind: str
) -> Status:
    """Whether a meeting was, by the words before its verb and behind them, else by where somebody is yet to go."""
    # 在通话中讨论了可能的制裁: what is discussed may be, not the talk
    about = match.rule.name == "discusses-with"
    status = status_of(leading, "" if about else behind)
    if status == "planned" and RESULT.match(behind):
        return "held"
    if status == "ongoing" and BEING_THERE.search(leading):
        status = "held"
    attending = match.rule.constants["party"] == "attending"
    if status == "held" and ((attending and ARRIVING.search(leading)) or is_ahead(context, sentence, clause)):
        return "planned"
    return status


def is_ahead(context: Context, sentence: Sentence, clause: int) -> bool:
    """Whether the clause before tells where somebody is yet to go, or the paragraph goes through a programme."""
    folded = context.reading.folded
    before = folded[sentence.start : max(clause - 1, sentence.start)]
    if GOING.search(before[before.rfind("，") + 1 :]):
        return True
    programme = context.reading.sentences[max(0, sentence.index - PROGRAMME_REACH) : sentence.index + 1]
    return any(
        other.paragraph == sentence.paragraph and PROGRAMME.match(folded, other.start) is not None
        for other in programme
    )


def _is_definite(context: Context, sentence: Sentence, stretch: tuple[int, int]) -> bool:
    """Whether what 双方 did has a day or a place of its own, and so is more than another word for the talks told."""
    near = any(
        stretch[0] - SETTING_REACH <= d.mention.start < stretch[1]
        for d in context.dates.in_sentence(sentence)
    )
    return near or place_of(context, sentence, *stretch) is not None


def _conference(context: Context, sentence: Sentence, match: Match) -> str | None:
    """The name of the bloc's conference, or of any other, that a rule for those has found."""
    if match.rule.constants["party"] == "gathering":
        name = name_of_gathering(context, sentence, match)
        return context.reading.words(*name) if name else None
    if match.rule.constants["party"] != "bloc":
        return None
    body = match.one("participants")
    return name_of(context, body, match.span[1]) if body is not None else None


def _verb_start(match: Match, stretch: tuple[int, int]) -> int:
    """Where the words of meeting begin: behind the subject, at the parties that stand with the verb."""
    named = match.slots.get("participants", ())
    if named and match.rule.constants["party"] in ("inside", "attending", "visiting"):
        return named[-1].end
    return max(match.span[0], stretch[0])


def _evidence(context: Context, sentence: Sentence, stretch: tuple[int, int], verb: int) -> tuple[int, int]:
    """The telling with what opens its clause: the day before the subject, and who says so."""
    times = [m for m in sentence.mentions if m.type is MentionType.TIME and m.end <= stretch[0]]
    first = stretch[0]
    if times and context.reading.folded[times[-1].end : first] in ("", "，", ","):
        first = times[-1].start
    claim = context.claim(sentence, verb)
    if claim is not None and sentence.start <= claim.speaker.start < first <= claim.start + CLAIM_GAP:
        first = claim.speaker.start
    first, last = context.clause(sentence, first, stretch[1])
    dateline = DATELINE.match(context.reading.folded, first, stretch[1])
    return (dateline.end() if dateline else first), last
