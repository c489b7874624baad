"""Where what is given stands: behind the giving, before it, or between it and the recipient."""

from __future__ import annotations

import re

from extractors.kinds.aid_things import MONEY, object_end, things
from extractors.layers.context import Context
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match

# The verb behind which things stand where a rule names one of them.
VERBS = {
    "got": re.compile("收到|获得|接收到?|得到|获赠|迎来|拿到|接受"),
    "wanted": re.compile(
        "(?:想要|还要|需要|急需|亟需|渴望|索要|希望|要求|寻求|重申|提出)(?:得到|获得|的是)?"
    ),
    "given": re.compile("提供|交付|捐赠|赠送|移交|运送|派遣|供应|援助|支援|送出|改送|送[去来往]?"),
}
DISPOSAL = re.compile("把|将(?!于|在|把|有|会)")
# Where what goes to the recipient begins in its clause: 购买导弹提供给乌克兰.
TAKEN_UP = re.compile("(?<!购)买(?!家)|购买|采购|订购|购置")
ASKS_FOR = re.compile("提出|发出|递交|提交|请求|寻求|要求|索要|索取|求助|申请")
END = ("", "，", "。", "；", "！", "？")
PARTIES = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.ORGANISATION] + SYMBOLS[MentionType.PLACE]
CLAUSE_MARKS = "，。；："

# Rules whose things the words of the match name, whatever the lexicon knows of them.
STRETCHES = {"built"}
BUILT, WORKS = re.compile("(?:援建)?[的了]?"), re.compile("项目|工程|大楼")


def clause_start(text: str, at: int) -> int:
    """Where the clause of an encoded position begins."""
    return max(text.rfind(mark, 0, at) for mark in CLAUSE_MARKS) + 1


def object_of(context: Context, match: Match, first: int) -> tuple[int, int, int]:
    """Where the giving ends, and the stretch that names what is given."""
    text, how, given = match.encoded.text, match.rule.constants, match.last
    kind, start, end = how.get("object"), match.last, object_end(text, match.last)
    clause = clause_start(text, first)
    if kind == "around":
        start = clause
    if kind == "whole" or how.get("gets") or (how.get("recipient") == "context" and match.one("amount")):
        start = first
    if kind == "asked":
        asks = ASKS_FOR.search(text, first, match.last)
        return match.last, asks.end() if asks else match.last, end
    if kind == "raised":  # 从3亿美元增加到6亿美元: the sum it has come to
        return match.last, match.last - 1, end
    if kind == "noun":  # 宣布了火炮和弹药捐赠, 增加对乌克兰军备的供应
        party = [at for at in range(first, match.last) if text[at] in PARTIES]
        begin = party[-1] + 1 if "recipients" in match.slots else first + len("宣布")
        return match.last, begin, match.last - len("捐赠")
    if kind == "money":  # each sum to its own recipient: 1亿美元用于支持以色列，2亿美元用于支持约旦
        another = text.find(f"，{SYMBOLS[MentionType.MONEY]}", match.last, end)
        return first, first, another if another >= 0 else end
    if kind in VERBS:
        verb = VERBS[kind].search(text, first, match.last)
        given = start = verb.end() if verb else match.last
    if match.rule.name == "hand-over-to-recipient" and _names_nothing(context, match, end):
        return _before(context, match, first, clause)
    if kind is None and text[match.last - 1] == MONEY:  # 存入20亿美元
        start = match.last - 1
    if kind is None and text.startswith("的", start):
        start += 1
    return given, start, end


def _said(context: Context, match: Match, clause: int, first: int) -> int:
    """Where a clause begins without who says it: 五角大楼称更多武器将运往…."""
    starts = match.encoded.starts
    sentence = context.reading.sentence_at(starts[clause])
    claim = context.claim(sentence, starts[first]) if sentence is not None else None
    said = (
        match.encoded.position(claim.start) + 1 if claim is not None and claim.start >= starts[clause] else 0
    )
    return said if clause < said < first else clause


def _names_nothing(context: Context, match: Match, end: int) -> bool:
    """True where nothing is named behind who receives: 运抵津巴布韦首都哈拉雷."""
    text = match.encoded.text
    if text[match.last : match.last + 1] in END:
        return True
    if text.startswith("的", match.last) or MONEY in text[match.last : end]:
        return False
    return not any(things(context.reading, match.encoded, match.last, end))


def _before(context: Context, match: Match, first: int, clause: int) -> tuple[int, int, int]:
    """The same where what is handed over stands before: 将坦克移交给乌克兰, 首批物资，已运抵乌克兰."""
    text = match.encoded.text
    disposal = DISPOSAL.search(text, clause, first)
    bought = disposal and TAKEN_UP.search(text, disposal.end(), first)  # 将购买武器并将其运往
    if disposal and not bought and any(things(context.reading, match.encoded, disposal.end(), first)):
        # 将坦克移交给乌克兰, but not 坦克将于下周移交给乌克兰
        return disposal.start(), disposal.end(), first
    taken = list(TAKEN_UP.finditer(text, clause, first))
    start = taken[-1].end() if taken else _said(context, match, clause, first)
    if clause and not any(things(context.reading, match.encoded, start, first)):
        start = clause_start(text, clause - 1)  # 首批物资和弹药，已于22日运抵乌克兰
    return first, start, first


def named_within(match: Match) -> tuple[int, int]:
    """Where what is built stands: behind who receives, up to 等 (援建多哥的学校等项目)."""
    encoded, text = match.encoded, match.encoded.text
    receiver = match.slots["recipients"][-1]
    begin = encoded.position(receiver.start)
    if receiver.type is not MentionType.ORGANISATION:  # 埃及海水淡化厂 is itself what is built
        built = BUILT.match(text, begin + 1)
        begin = built.end() if built else begin + 1
    whole = WORKS.match(text, match.last)
    end = whole.end() if whole else match.last
    others = text.find("等", begin, end)
    return begin, others if others > begin else end
