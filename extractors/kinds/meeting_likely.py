"""What a sentence that likely states a meeting tells of it: who of the likely parties takes part, whether it was, and how."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.meeting_circumstances import CANCELLED, PLANNED, status_of
from extractors.kinds.meeting_telling import is_ahead
from extractors.kinds.meeting_words import VERB, Statement
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import Mention, MentionType, side_code
from schemas.kinds.meeting import Format, Status

STATE = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.PLACE]
PARTY = symbol_class((MentionType.PERSON, MentionType.ORGANISATION))
# Who visits which states: 议会代表团访问智利、秘鲁和巴西.
VISIT = re.compile(
    f"(?P<who>{PARTY})[^，。；{PARTY[1:-1]}{SYMBOLS[MentionType.SIDE]}]{{0,10}}?(?:访问|出访)了?(?:[^，。；]{{0,2}}国)?(?P<states>[{STATE}](?:(?:、|和|与|及|以及)[{STATE}])*)"
)
# Whose envoy or wife somebody is takes no part himself: 习近平主席特别代表, 总理夫人.
STANDS_FOR = re.compile("的?(?:特别代表|特使|个人代表|夫人|配偶|丈夫|妻子|女儿|儿子|办公室|新闻秘书|发言人)")
# What is written, sent, published or praised, and a farewell: nobody meets.
UNTOLD = re.compile(
    "复信|回信|致信|致函|贺信|贺电|唁电|慰问电|贺词|致电[^，。]{0,30}(?:祝贺|慰问|哀悼|吊唁)|送行|单行本"
    "|(?:高度|积极)?(?:评价|热议|赞赏)[^，。]{0,50}(?:讲话|演讲|发言|致辞|文章)|署名文章"
)
MET = re.compile("会见|会晤|会谈|通话|通电话|见面|会面|磋商|(?<!之际，)访问")
# 在抵达……出席……之际, 乘专机离开北京，……进行国事访问: what somebody has come or gone for is still to be.
SETTING_OUT = re.compile(
    "(?:抵达|飞抵|赴)[^。]{0,40}(?:出席|参加|访问)[^。]{0,60}之际|(?:抵达|飞抵)[^，。]{1,14}(?:出席|参加)"
    "|(?:离开|启程|动身|出发)[^。]{0,36}(?:访问|出席|参加)"
)
# A threat or a warning of an end is none: 警告若……将取消一切谈判.
THREAT = re.compile("警告|威胁|扬言|若|如果|将取消|一旦|否则")
# What is behind the word of meeting where it is only wished for: 进行谈判的意愿, 会谈的可能性.
WISHED = re.compile("^[^，。]{0,6}的?(?:意愿|意向|愿望|想法|打算|可能性|可能)")
# Who is to come is listed behind this; that it is to be, the sentence before tells: 来华出席开幕式的外国领导人有：…
LISTED = re.compile("[有括为]：")
WISHING = re.compile("(?:促成|推动|寻求|争取|谋求|呼吁|接受|回应)[^，。]{0,14}$")
# Who speaks to a conference by video sits at no table; others who attend do.
SPEECH = re.compile(
    "视频(?:致辞|讲话|演讲|发言|声明)|(?:通过|以)视频(?:方式|形式|连线)?(?:致辞|讲话|演讲|发言|出席|参加|参会)"
)
PRESENT = re.compile("出席|与会|在会上|到会|参会|会见|会晤")
TOGETHER = re.compile(
    "会议|峰会|论坛|大会|年会|理事会|与会|参会|开幕|闭幕|致辞|发言|到访|造访|前往|飞往|抵达|离开|来华|赴|见证|合影|握手|签署|对[^，。]{0,4}进行[^，。]{0,10}访问"
    "|陪同|送别|拥抱|参观"
)


def taking_part(statement: Statement, mentions: Sequence[Mention]) -> list[Mention]:
    """Who of the likely parties takes part: without those named for others, and, in a title, of its part that tells."""
    context, sentence = statement.context, statement.sentence
    folded = context.reading.folded
    found = [m for m in mentions if m.type is not MentionType.PERSON or not STANDS_FOR.match(folded, m.end)]
    if sentence.heading:
        found = _of_one_part(statement, found)
    for claim in context.claims.made_in(sentence):
        others = [m for m in found if m is not claim.speaker]
        if len(others) < len(found) and side_code(claim.speaker) in {side_code(m) for m in others}:
            found = others  # 李强表示，习近平主席同普京总统……
    return _with_the_visited(statement, found)


def _with_the_visited(statement: Statement, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, where one is a state that somebody visits, with him and with the other states he visits."""
    encoded, found = statement.sentence.encoded, list(mentions)
    parties = {party.at: party.mention for party in statement.parties}
    for visit in VISIT.finditer(encoded.text):
        places = [visit.start("who"), *range(*visit.span("states"))]
        there = [parties[at] for at in places if at in parties]
        if side_code(there[0]) and any(one in found for one in there[1:]):
            found += [one for one in there if one not in found]
    return sorted(found, key=lambda mention: mention.start)


def _of_one_part(statement: Statement, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of the part of a title that names two sides and a word of meeting, where there is just one; else all."""
    encoded = statement.sentence.encoded
    start, told = 0, []
    for end in [*(at for at, sign in enumerate(encoded.text) if sign in " \u3000"), len(encoded.text)]:
        part = [m for m in mentions if start <= encoded.position(m.start) < end]
        if len({side_code(m) for m in part}) > 1 and VERB.search(encoded.text, start, end):
            told.append(part)
        start = end + 1
    return told[0] if len(told) == 1 else list(mentions)


def is_untold(words: str) -> bool:
    """Whether what the words tell is no meeting."""
    return UNTOLD.search(words) is not None and MET.search(words) is None


def status_told(context: Context, sentence: Sentence, leading: str, behind: str, *, clause: int) -> Status:
    """Whether the meeting was held, by the words up to its verb, those behind it, and where somebody is yet to go."""
    if THREAT.search(leading + behind):
        leading, behind = CANCELLED.sub("", leading), CANCELLED.sub("", behind)
    status = status_of(leading, behind)
    earlier = context.reading.before(sentence, 1)
    if status == "held" and LISTED.search(leading) and earlier and PLANNED.search(earlier[0].encoded.text):
        return "planned"
    if status in ("held", "ongoing") and (WISHED.match(behind) or WISHING.search(leading)):
        return "proposed"
    if status == "held" and (SETTING_OUT.search(leading + behind) or is_ahead(context, sentence, clause)):
        return "planned"
    return status


def way_told(words: str) -> Format:
    """How people met, where no word of a call, a video or a talk says so."""
    if SPEECH.search(words) and not PRESENT.search(words):
        return "video"
    return "in_person" if TOGETHER.search(words) else "unspecified"
