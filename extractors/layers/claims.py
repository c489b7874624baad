"""Who says so: for every place in an article, the claim it stands under.

A claim opens with a claimant and a verb of saying (俄国防部20日称, 据路透社报道, 泽连斯基在讲话中说) and covers what
follows, up to the next claim or the end of the paragraph; or it closes a sentence (“……”，州长说) and covers what
stands before. The innermost claim counts: in “路透社援引乌克兰空军的话说” it is 乌克兰空军.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import SYMBOLS, Encoded, symbol_class
from extractors.reading.mention import Counted, Mention, MentionType, Organisation, Person, Side
from schemas import Claimant

SPEAKER = symbol_class((MentionType.PERSON, MentionType.ORGANISATION, MentionType.SIDE))
TIME, COUNT = SYMBOLS[MentionType.TIME], SYMBOLS[MentionType.COUNT]
SAY = (
    "(?:发表声明称|发布消息[称说]|发布声明称|发布通报称|发表讲话称|报[道导][称说]|通报[称说]|声明[称说]|报告[称说]|"
    "补充[称说]|介绍说|回应[称说]|发[文帖]称|发文说|贴文说|发言称|告诉|"
    "表示|指出|宣布|宣称|声称|报告|报[道导]|通报|证实|透露|强调|补充|写道|警告|确认|认为|披露|介绍|坦言|重申|承认|否认|谴责|恳求|示意|提议|坦承|答复|数据显示|"
    "指责|指控|呼吁|敦促|要求|承诺|预测|估计|预计|评估|发布|公布|公告|称(?![为号赞职呼之作])|说(?![明法服客])|表态|抱怨|解释|提到|谈到)"
)
# What may stand between a claimant and the verb: a time, a place, an occasion – no other act of the claimant.
ACT = "击攻袭毁拦落炸轰夺占撤俘退援助"
NO_SPEAKER = f"[^。！？；，{SPEAKER[1:-1]}]"
# The occasion of a statement names others who do not make it: 在与北约官员会面时, 接受德国记者采访时.
OCCASION = (
    rf"(?:在|接受|会见|会晤|与|同){NO_SPEAKER}{{0,8}}(?:{SPEAKER}{NO_SPEAKER}{{0,12}}?){{1,3}}?"
    r"(?:时|采访中|期间|之际|(?<=来)后|(?<=[谈话面见晤议])后|(?<=[户号台站体特])上)"
)
ASIDE = rf"(?:[对向在就]{SPEAKER}|援引|[^。！？；，{SPEAKER[1:-1]}{ACT}])"
# One occasion at most: of several, the engine would try every way to divide them.
BETWEEN = rf"{ASIDE}{{0,24}}?(?:{OCCASION}{ASIDE}{{0,12}}?)?"
# 泽连斯基的呼吁 is a noun, 政府下周将宣布 and 考虑承诺 have not been said yet.
NO_CLAIM = (
    "(?<![的将拟要])(?<!计划)(?<!准备)(?<!可能)(?<!打算)(?<!考虑)(?<!预计)"
    "(?<!未)(?<!未予)(?<!未经)(?<!不予)(?<!没有)(?<!拒绝)(?<!尚未)"
)
OPENING = re.compile(
    rf"(?P<who>{SPEAKER}){BETWEEN}{NO_CLAIM}(?P<verb>{SAY})(?:的?(?:声明|消息|报告|讲话)(?:称|说|中称|中说))?"
)
ACCORDING = re.compile(
    rf"(?:据|根据|按照|来自)[^。！？；，{SPEAKER[1:-1]}]{{0,6}}?(?P<who>{SPEAKER})(?!{SPEAKER})[^。！？；，{ACT}]{{0,16}}?"
    r"(?:报[道导]|消息|报告|称|说|透露|数据|统计|公布|介绍|表示|声明|通报|评估|说法|的话)(?:称|说|显示)?"
)
HEADED = re.compile(rf"^(?P<who>{SPEAKER})[：:]")
QUOTING = re.compile(rf"(?:援引|引述|引用|转述)[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?(?P<who>{SPEAKER})")
ANAPHOR = re.compile(
    rf"(?:^|[，。；]|并|据)(?:他们|他|她|它|该(?:部门?|机构|组织|局|报告?|官员|发言人)|声明|报告|报导|报道|消息|公告|通报|前者|后者|文章|简报)"
    rf"(?:还|并|也|又|随后|同时|进一步|{TIME}|[^。！？；，{ACT}]{{0,6}}?){{0,3}}(?P<verb>{SAY})"
)
CLOSING = re.compile(
    rf"[，,](?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?){NO_CLAIM}(?P<verb>{SAY})(?:道|着)?[。！？；]?$"
)
CLOSING_ANAPHOR = re.compile(
    rf"[，,](?:他|她|他们|声明|报告)[^。！？；，]{{0,6}}?(?P<verb>{SAY})(?:道)?[。！？；]?$"
)
ANNOUNCING = re.compile("宣布|承诺|同意|批准|决定|公布")


@dataclass(frozen=True)
class Claim:
    """One claim: from which offset to which it reaches, who makes it, with which verb."""

    start: int
    end: int
    speaker: Mention
    verb: str

    @property
    def announces(self) -> bool:
        """True where the claimant decides by saying so (宣布, 承诺) instead of reporting what happened."""
        return ANNOUNCING.search(self.verb) is not None


class Claims:
    """The claims of an article, by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_sentence: dict[int, list[Claim]] = {}
        self._carried: dict[int, Claim | None] = {}
        last: Claim | None = None
        before: Sentence | None = None
        for sentence in reading.sentences:
            if before is None or before.passage != sentence.passage:
                last = None
            in_paragraph = before is not None and before.paragraph == sentence.paragraph
            self._carried[sentence.index] = last if in_paragraph else None
            found = _claims_of(sentence, last)
            self._by_sentence[sentence.index] = found
            opened = [claim for claim in found if claim.end == sentence.end]
            if found:
                last = (opened or found)[-1]
            before = sentence

    def made_in(self, sentence: Sentence) -> list[Claim]:
        """The claims that are made in a sentence itself."""
        return self._by_sentence[sentence.index]

    def at(self, sentence: Sentence, offset: int) -> Claim | None:
        """The innermost claim over an offset of a sentence."""
        over = [claim for claim in self._by_sentence[sentence.index] if claim.start <= offset < claim.end]
        if over:
            return max(over, key=lambda claim: claim.start)
        return self._carried[sentence.index]


def _claims_of(sentence: Sentence, last: Claim | None) -> list[Claim]:
    """Claims made in one sentence, in order."""
    encoded = sentence.encoded
    closing = CLOSING.search(encoded.text)
    if closing:
        speaker = encoded.mentions[closing.start("who")]
        if speaker is not None:
            return [Claim(sentence.start, sentence.end, speaker, closing["verb"])]
    if CLOSING_ANAPHOR.search(encoded.text) and last:
        return [Claim(sentence.start, sentence.end, last.speaker, last.verb)]
    found = []
    for pattern in (OPENING, ACCORDING, QUOTING, HEADED):
        for match in pattern.finditer(encoded.text):
            speaker = _speaker(encoded, match.start("who"))
            if speaker is not None and not (pattern is OPENING and _is_object(encoded, match.start("who"))):
                verb = match.groupdict().get("verb") or "说"
                found.append(Claim(encoded.starts[match.end() - 1], sentence.end, speaker, verb))
    for match in ANAPHOR.finditer(encoded.text):
        if last:
            found.append(Claim(encoded.starts[match.end() - 1], sentence.end, last.speaker, match["verb"]))
    return sorted(found, key=lambda claim: claim.start)


def _speaker(encoded: Encoded, at: int) -> Mention | None:
    """The speaker at an encoded position; of 美国和韩国表示 both, under the first one's side."""
    speaker = encoded.mentions[at]
    if speaker is None:
        return None
    if at and encoded.text[at - 1] == COUNT and isinstance(speaker.value, Person) and not speaker.value.name:
        number = encoded.mentions[at - 1]
        if number is not None and isinstance(number.value, Counted) and number.value.count.value is None:
            return replace(speaker, start=number.start, words=number.words + speaker.words)  # 多位官员
    if isinstance(speaker.value, Person) and not speaker.value.name:
        which = WHICH.search(encoded.text, max(0, at - 8), at)
        if which:
            start = encoded.starts[which.start()]
            return replace(speaker, start=start)
    body = BODY.match(encoded.text, at + 1)
    if speaker.type is MentionType.SIDE and isinstance(speaker.value, Side) and body:
        words = speaker.words + body.group()
        value = Organisation(words, speaker.value.code)
        return Mention(MentionType.ORGANISATION, speaker.start, encoded.ends[body.end() - 1], words, value)
    if at >= 2 and encoded.text[at - 1] in "和与、及":
        first = encoded.mentions[at - 2]
        if first is not None and first.type is speaker.type:
            return Mention(
                first.type,
                first.start,
                speaker.end,
                first.words + encoded.text[at - 1] + speaker.words,
                first.value,
            )
    return speaker


# Which officials they are: 西方官员, 莫斯科任命的官员.
PLACED = symbol_class((MentionType.PLACE, MentionType.SIDE))
WHICH = re.compile(rf"(?:西方|当地|地方|欧洲|阿拉伯国家|{PLACED}(?:任命|扶植|委任)的)$")
# What makes a country's name the beginning of a body's: 以色列急救组织, 苏丹医生网络.
BODY = re.compile(
    "[\u4e00-\u9fff]{0,10}?(?:组织|部门|机构|网络|办公室|委员会|协会|中心|集团|联盟|基金会|消息人士|人士|当局|官方|电台)"
    "(?=[^\u4e00-\u9fff]|在|就|当|还|也|则|随|称|说|表|指|宣|报|发|通|透|证)"
)


# Words and signs behind which a party is an object, not a speaker: 向美国表示, 击落一架俄军…, 打击俄军.
BEFORE_OBJECT = set("向对给跟同在就由被将把从于经受见晤击落毁退援助了的" + COUNT)


# Whose a speaker is: 胡塞武装控制的马西拉电视台.
OWNED = re.compile("(?:控制|支持|旗下|下属|领导|运营)的$")


def _is_object(encoded: Encoded, who: int) -> bool:
    text, speaker = encoded.text, encoded.mentions[who]
    if who and text[who - 1] in "和与及、":  # a coordination: what counts stands before its first member
        return who < 2 or text[who - 2] not in SPEAKER[1:-1]
    if who and text[who - 1] in COUNT + "的" and speaker is not None and speaker.type is MentionType.PERSON:
        return False  # 一名白宫官员说, 正在访美的基珀说
    if OWNED.search(text, max(0, who - 4), who):
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


def claimant(reading: Reading, claim: Claim | None) -> Claimant | None:
    """The claimant of a claim as a value: the name as written, its side, its span."""
    if claim is None:
        return None
    speaker, start = claim.speaker, claim.speaker.start
    end = speaker.end
    if isinstance(speaker.value, Person) and speaker.value.name and speaker.value.name in speaker.words:
        start += speaker.words.index(speaker.value.name)
        end = start + len(speaker.value.name)
    return Claimant(
        name=reading.words(start, end),
        side=speaker_side(speaker),
        span=reading.span(speaker.start, speaker.end),
    )
