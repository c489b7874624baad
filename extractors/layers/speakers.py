"""Who speaks: the mention that a claim belongs to, widened by words that the mention leaves out.

美国 of 美国及其盟友 or 以色列 of 以色列急救组织 is not yet the claimant; 俄军 of 打击俄军 is none at all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.reading.encoding import SYMBOLS, Encoded, symbol_class
from extractors.reading.mention import Counted, Mention, MentionType, Organisation, Person, Side

SPEAKER = symbol_class((MentionType.PERSON, MentionType.ORGANISATION, MentionType.SIDE))
TIME, COUNT = SYMBOLS[MentionType.TIME], SYMBOLS[MentionType.COUNT]
# Which officials they are: 西方官员, 莫斯科任命的官员.
PLACED = symbol_class((MentionType.PLACE, MentionType.SIDE))
WHICH = re.compile(
    rf"(?:西方|当地|地方|地区|欧洲|阿拉伯国家|该[国州省市县区镇村]|{PLACED}(?:任命|扶植|委任)的)$"
)
# The same of bodies: 当地警方.
LOCAL = re.compile("(?:当地|地方|该[国州省市县区镇村])$")
# What makes a country's name the beginning of a body's: 以色列急救组织, 苏丹医生网络, 波兰卡车司机代表.
BODY = re.compile(
    f"[\u4e00-\u9fff{COUNT}]{{0,10}}?(?:武装组织|武装派别|派别|武装|组织|部门|机构|网络|办公室|委员会|协会|中心|集团|联盟|基金会|"
    "消息人士|分析人士|知情人士|人士|当局|官方|电视台|电台|通讯社|新闻网|广播公司|日报|时报|媒体|代表|专家|目击者|律师)(?:方面)?"
    "(?=[^\u4e00-\u9fff]|在|就|当|还|也|则|随|称|说|表|指|宣|报|发|通|透|证|认|援|引)"
)
# Who speaks with a party, and where: 美国及其盟友, 哈马斯等武装组织, 克里姆林宫网站.
WIDER = re.compile(
    "(?:及其?|和其?|与其?)(?:西方|欧洲)?(?:盟友|盟国|伙伴国?)|(?:官方)?网站|官网|等(?:多个)?武装(?:组织|派别|团体)|方面(?!军)"
)
# Words and signs behind which a party is an object, not a speaker: 向美国表示, 击落一架俄军…, 打击俄军.
BEFORE_OBJECT = set("应向对给跟同在就由被将把从于经受见晤击落毁退援助了的" + COUNT)
# Whose a speaker is: 胡塞武装控制的马西拉电视台.
OWNED = re.compile("(?:(?:控制|支持|旗下|下属|领导|运营|知名|权威)的|(?:总部|设在|位于)[^，。；]{0,8}的)$")
JOINTS = "和与、及"


def speaker_at(encoded: Encoded, at: int) -> Mention | None:
    """The speaker at an encoded position; of 美国和韩国表示 both, under the first one's side."""
    speaker = encoded.mentions[at]
    if speaker is None:
        return None
    first = _joined_before(encoded, at, speaker)
    if first is not None:
        words = _between(encoded, first, speaker)
        value = first.value
        if isinstance(value, Person):  # of two people no one name is the claimant's
            value = Organisation(words, value.side)
        return Mention(MentionType.ORGANISATION, first.start, speaker.end, words, value)
    row = _row_before(encoded, at)
    if row is not None:  # 美英法三国外长: all of them
        return replace(speaker, start=row.start)
    if isinstance(speaker.value, Person) and not speaker.value.name:
        return _described(encoded, at, speaker)
    wider = WIDER.match(encoded.text, at + 1)
    if wider:
        return replace(speaker, end=encoded.ends[wider.end() - 1], words=speaker.words + wider.group())
    if isinstance(speaker.value, Organisation) and (local := LOCAL.search(encoded.text, max(0, at - 3), at)):
        return replace(speaker, start=encoded.starts[local.start()], words=local.group() + speaker.words)
    side = _bare_side(speaker)
    body = BODY.match(encoded.text, at + 1) if side else None
    if body:
        words = speaker.words + body.group()
        value = Organisation(words, side)
        return Mention(MentionType.ORGANISATION, speaker.start, encoded.ends[body.end() - 1], words, value)
    return speaker


def _row_before(encoded: Encoded, at: int) -> Mention | None:
    """The first of countries by one character each that stand in a row right before a position."""
    first = None
    while at:
        at -= 1
        mention = encoded.mentions[at]
        if mention is None or not isinstance(mention.value, Side) or len(mention.words) > 1:
            break
        first = mention
    return first


def _bare_side(speaker: Mention) -> str | None:
    """The code of a country that the words of a body may follow."""
    return speaker.value.code if isinstance(speaker.value, Side) else None


def _joined_before(encoded: Encoded, at: int, speaker: Mention) -> Mention | None:
    """The speaker coordinated before: 美国 of 美国和韩国, 乌克兰军方 of 乌克兰军方和一名地区官员."""
    text = encoded.text
    if at >= 3 and text[at - 1] == COUNT and text[at - 2] in JOINTS:
        return encoded.mentions[at - 3] if text[at - 3] in SPEAKER[1:-1] else None
    if at < 2 or text[at - 1] not in JOINTS:
        return None
    first = encoded.mentions[at - 2]
    return first if first is not None and first.type is speaker.type else None


def _between(encoded: Encoded, first: Mention, last: Mention) -> str:
    """The encoded words from one mention to another, mentions in their own words."""
    start, end = encoded.position(first.start), encoded.position(last.start)
    return "".join(
        mention.words if (mention := encoded.mentions[i]) else encoded.text[i] for i in range(start, end + 1)
    )


def _described(encoded: Encoded, at: int, speaker: Mention) -> Mention:
    """Somebody without a name, with the words that tell who: 多位官员, 西方官员."""
    number = encoded.mentions[at - 1] if at else None
    if number is not None and isinstance(number.value, Counted) and number.value.count.value is None:
        return replace(speaker, start=number.start, words=number.words + speaker.words)
    which = WHICH.search(encoded.text, max(0, at - 8), at)
    return replace(speaker, start=encoded.starts[which.start()]) if which else speaker


def is_object(encoded: Encoded, who: int) -> bool:
    """Whether the party at an encoded position is the object of what is told, not who says something."""
    text, speaker = encoded.text, encoded.mentions[who]
    if who and text[who - 1] in JOINTS:  # a coordination: what counts stands before its first member
        return who < 2 or text[who - 2] not in SPEAKER[1:-1]
    if who and text[who - 1] in COUNT + "的" and speaker is not None and speaker.type is MentionType.PERSON:
        return False  # 一名白宫官员说, 正在访美的基珀说
    if OWNED.search(text, max(0, who - 12), who):
        return False
    return who > 0 and text[who - 1] in BEFORE_OBJECT


def speaker_side(speaker: Mention) -> str | None:
    """The side a speaker speaks for, `None` for media and unknown ones."""
    value = speaker.value
    if isinstance(value, Person):
        return value.side
    if isinstance(value, Organisation):
        return value.side or value.code
    return value.code if isinstance(value, Side) else None
