"""Who says so: for every place in an article, the claim it stands under.

A claim opens with a claimant and a verb of saying (俄国防部20日称, 据路透社报道, 泽连斯基在讲话中说) and covers what
follows, up to the next claim or the end of the paragraph; or it closes a sentence (“……”，州长说) and covers what
stands before. The innermost claim counts: in “路透社援引乌克兰空军的话说” it is 乌克兰空军.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layers.speakers import SPEAKER, TIME, is_object, speaker_at, speaker_side
from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import Encoded
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from schemas import Claimant

SAY = (
    "(?:的?(?:最新|初步)?(?:统计)?(?:数据|资料)(?:显示|表明)|发表声明称|发布消息[称说]|发布声明称|发布通报称|发表讲话称|报[道导][称说]|通报[称说]|声明[称说]|报告[称说]|"
    "补充[称说]|介绍说|回应[称说]|发[文帖]称|发文说|贴文说|发言称|告诉|"
    "表示|指出|宣布|宣称|声称|报告|报[道导]|通报|证实|透露|强调|补充|写道|警告|确认|认为|披露|介绍|坦言|重申|承认|否认|谴责|恳求|示意|提议|坦承|答复|"
    "指责|指控|控诉|指称|呼吁|敦促|要求|承诺|预测|估计|预计|评估|发布|公布|公告|称(?![为号赞职呼之作])|说(?![明法服客])|表态|抱怨|解释|提到|谈到)"
)
# What may stand between a claimant and the verb: a time, a place, an occasion – no other act of the claimant.
ACT = "击攻袭毁拦落炸轰夺占撤俘退援助"
NO_SPEAKER = f"[^。！？；，{SPEAKER[1:-1]}]"
# The occasion of a statement names others who do not make it: 在与北约官员会面时, 接受德国记者采访时.
OCCASION = (
    rf"(?:在|接受|会见|会晤|与|同){NO_SPEAKER}{{0,8}}(?:{SPEAKER}{NO_SPEAKER}{{0,12}}?){{1,3}}?"
    r"(?:时|采访中|(?<=[讲话辞言])中|期间|之际|(?<=来)后|(?<=[谈话面见晤议])后|(?<=[户号台站体特])上)"
)
ASIDE = rf"(?:[对向在就]{SPEAKER}|援引|[^。！？；，{SPEAKER[1:-1]}{ACT}])"
# One occasion at most: of several, the engine would try every way to divide them.
BETWEEN = rf"{ASIDE}{{0,24}}?(?:{OCCASION}，?{ASIDE}{{0,12}}?)?"
# 泽连斯基的呼吁 is a noun, 政府下周将宣布 and 考虑承诺 have not been said yet.
NO_CLAIM = (
    "(?<![的将拟要])(?<!计划)(?<!准备)(?<!可能)(?<!打算)(?<!考虑)(?<!预计)"
    "(?<!未)(?<!未予)(?<!未经)(?<!不予)(?<!没有)(?<!拒绝)(?<!尚未)"
)
# What is to be announced has not been: 政府将在未来几天宣布, 总统拟于下周公布.
TO_BE_SAID = re.compile(
    "(?:(?<!即)将(?![领军其士])|即将|拟|计划|准备|打算|预计|可能|考虑|有望|定于|很快会)[^，]*(?:宣布|公布|发布|宣告|承诺)$"
)
OPENING = re.compile(
    rf"(?P<who>{SPEAKER}){BETWEEN}{NO_CLAIM}(?P<verb>{SAY})(?:的?(?:声明|消息|报告|讲话)(?:称|说|中称|中说))?"
)
ACCORDING = re.compile(
    rf"(?:据|根据|按照|来自)[^。！？；，{SPEAKER[1:-1]}]{{0,6}}?(?P<who>{SPEAKER})(?!{SPEAKER})[^。！？；，{ACT}]{{0,16}}?"
    r"(?:报[道导]|消息|报告|称|说|透露|数据|统计|公布|介绍|表示|声明|通报|评估|说法|的话)(?:称|说|显示)?"
)
# 记者从国防部获悉, 从警方了解到.
LEARNT = re.compile(
    rf"从(?P<who>{SPEAKER})[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,8}}?(?P<verb>获悉|了解到|得知|得到的消息)"
)
# The statement first, what it says behind a comma: 真主党3日发表声明，称其….
STATED = re.compile(
    rf"(?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,8}}?){{0,3}}(?:发表|发布|发出|发)了?(?:一份|一则|多份)?"
    r"(?:联合|书面|视频)?(?:声明|公告|视频|消息|战报|通报|文章)，(?P<verb>称|说|表示|指出|宣布|证实|否认|谴责|呼吁)"
)
HEADED = re.compile(rf"^(?:[0-9]+[.、．]，?)?(?P<who>{SPEAKER})(?:声明|消息|通报)?[：:]")
QUOTING = re.compile(rf"(?:援引|引述|引用|转述)[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?(?P<who>{SPEAKER})")
ADDED = rf"(?:还|并|也|又|随后|同时|进一步|{TIME}|[^。！？；，{ACT}]{{0,6}}?){{0,3}}"
# Who spoke before goes on: 他说, 声明还称; the outlet, whoever spoke in between: 报道指出.
ANAPHOR = re.compile(
    rf"(?:^|[，。；]|并|据)(?P<who>他们|他|她|它|该(?:部门?|机构|组织|局|报告?|官员|发言人)|声明|报告|公告|通报|前者|后者|简报|"
    rf"(?P<press>该?报[导道]|消息|文章)){ADDED}(?P<verb>{SAY})"
)
# The subject stays unsaid: ，并补充说, ，同时还宣布.
CONTINUING = re.compile(
    rf"[，；](?:{TIME}|同时)?(?:并且|并|还|也|又|同时)(?:还|也)?(?:[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,6}}?){NO_CLAIM}(?P<verb>{SAY})"
)
CLOSING = re.compile(
    rf"[，,—-](?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?){NO_CLAIM}(?P<verb>{SAY})(?:道|着)?[。！？；]?$"
)
CLOSING_ANAPHOR = re.compile(
    rf"[，,](?:他|她|他们|声明|报告)[^。！？；，]{{0,6}}?(?P<verb>{SAY})(?:道)?[。！？；]?$"
)
# The whole sentence says whose the quoted one before it is: “……。”俄国防部说。
ALONE = re.compile(
    rf"^(?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?){NO_CLAIM}(?P<verb>{SAY})(?:道)?[。！？]?$"
)
# Claimants that no mention stands for: 据媒体报道, 当地救援部门说.
NAMELESS = (
    "(?P<words>(?:当地|地方|多家|[多几]家|国际|外国|西方)[\u4e00-\u9fff]{0,4}?(?:媒体|部门|当局|机构|居民|目击者|消息人士)|"
    "(?:消防|救援|卫生|应急|紧急服务|急救|执法|安全|司法)部门|目击者|知情人士|消息人士)"
)
CITED = re.compile(
    "据(?P<words>(?:当地|地方|[多几]家|国际|外国|西方|不愿透露姓名的)?(?:媒体|部门|当局|居民|村民|目击者|知情人士|消息人士|警方|军方))"
    "[^。！？；，]{0,8}?(?:报[道导]|消息|透露|介绍|描述)?(?:称|说)?(?=[，：])"
)
UNNAMED = re.compile(
    rf"(?:^|[，；]){NAMELESS}(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,6}}?){NO_CLAIM}(?P<verb>{SAY})"
)
# So many sentences a quotation may have.
LONGEST_QUOTATION = 6
ANNOUNCING = re.compile("宣布|承诺|同意|批准|决定|公布")


@dataclass(frozen=True)
class Claim:
    """One claim: from which offset to which it reaches, who makes it, with which verb.

    `lead` is where the clause that opens it begins: what stands between it and `start` is told, not claimed.
    """

    start: int
    end: int
    speaker: Mention
    verb: str
    lead: int

    @property
    def announces(self) -> bool:
        """True where the claimant decides by saying so (宣布, 承诺) instead of reporting what happened."""
        return ANNOUNCING.search(self.verb) is not None


@dataclass
class Voices:
    """Who has spoken so far in a passage: the last one, the last person, the last outlet.

    `open` is the claim that goes on in the paragraph: not behind what states announce (两国宣布复交。).
    """

    last: Claim | None = None
    open: Claim | None = None
    person: Mention | None = None
    press: Mention | None = None

    def hear(self, claims: Sequence[Claim], end: int) -> None:
        """Take in the claims of a sentence; the one still open at its end goes on."""
        for claim in claims:
            value = claim.speaker.value
            if isinstance(value, Person):
                self.person = claim.speaker
            elif isinstance(value, Organisation) and speaker_side(claim.speaker) is None:
                self.press = claim.speaker
        if claims:
            opened = [claim for claim in claims if claim.end == end]
            self.last = (opened or claims)[-1]
            announced = self.last.announces and isinstance(self.last.speaker.value, Side)
            self.open = None if announced else self.last


class Claims:
    """The claims of an article, by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._by_sentence: dict[int, list[Claim]] = {}
        self._carried: dict[int, Claim | None] = {}
        voices = Voices()
        paragraph: list[Sentence] = []
        for sentence in reading.sentences:
            if paragraph and paragraph[-1].passage != sentence.passage:
                voices = Voices()
            if paragraph and paragraph[-1].paragraph != sentence.paragraph:
                paragraph = []
            if not paragraph:
                voices.open = None
            self._carried[sentence.index] = voices.open
            found = _claims_of(sentence, voices, paragraph[-1] if paragraph else None)
            self._by_sentence[sentence.index] = found
            if found:
                self._reach_back(sentence, paragraph, found[0])
            voices.hear(found, sentence.end)
            paragraph.append(sentence)

    def _reach_back(self, sentence: Sentence, earlier: Sequence[Sentence], claim: Claim) -> None:
        """A claim that closes a quotation covers all of it: “……。……”，州长说; “……。”州长说。"""
        if ALONE.search(sentence.encoded.text) is None and claim.start > sentence.start:
            return
        quotation: list[Sentence] = []
        for before in reversed(earlier[-LONGEST_QUOTATION:]):
            quoted = self._reading.folded[before.start : before.end]
            closed = "”" in quoted and (quotation or not quoted.endswith("”"))
            if self._by_sentence[before.index] or closed:
                return  # another claim, or a quotation that ended before
            quotation.append(before)
            if "“" in quoted:
                break
        else:
            return
        for before in quotation:
            back = replace(claim, start=before.start, end=before.end, lead=before.start)
            self._by_sentence[before.index] = [back]

    def made_in(self, sentence: Sentence) -> list[Claim]:
        """The claims that are made in a sentence itself."""
        return self._by_sentence[sentence.index]

    def at(self, sentence: Sentence, offset: int) -> Claim | None:
        """The innermost claim over an offset of a sentence."""
        made = self._by_sentence[sentence.index]
        over = [claim for claim in made if claim.start <= offset < claim.end]
        if over:
            return max(over, key=lambda claim: claim.start)
        if any(claim.lead <= offset < claim.start for claim in made):
            return None  # 习近平在会见来宾时指出: the meeting is told, whoever spoke before
        return self._carried[sentence.index]


def _claims_of(sentence: Sentence, voices: Voices, earlier: Sentence | None) -> list[Claim]:
    """Claims made in one sentence, in order."""
    encoded = sentence.encoded
    closing = CLOSING.search(encoded.text)
    if closing and closing["verb"] != "否认":
        speaker = encoded.mentions[closing.start("who")]
        if speaker is not None:
            return [Claim(sentence.start, sentence.end, speaker, closing["verb"], sentence.start)]
    last = voices.last
    if CLOSING_ANAPHOR.search(encoded.text) and last:
        return [Claim(sentence.start, sentence.end, last.speaker, last.verb, sentence.start)]
    found = []
    for pattern in (OPENING, ACCORDING, QUOTING, LEARNT, STATED, HEADED):
        for match in pattern.finditer(encoded.text):
            who = match.start("who")
            speaker = speaker_at(encoded, who)
            if speaker is not None and not (pattern is OPENING and _opens_nothing(encoded, match)):
                found.append(_claim(sentence, match, speaker, who))
    for pattern in (CITED, UNNAMED):
        for match in pattern.finditer(encoded.text):
            found.append(_claim(sentence, match, _unnamed(encoded, match), match.start("words")))
    for match in ANAPHOR.finditer(encoded.text):
        meant = _meant(sentence, match, voices, earlier)
        if meant is not None:
            found.append(_claim(sentence, match, meant, match.start("who")))
    for match in CONTINUING.finditer(encoded.text):
        meant = _continued(encoded, match.start(), found)
        if meant is not None:
            found.append(_claim(sentence, match, meant, match.start()))
    return sorted(found, key=lambda claim: claim.start)


def _opens_nothing(encoded: Encoded, match: re.Match[str]) -> bool:
    """Whether the party is no speaker but an object, or its statement only lies ahead: 将在未来几天宣布."""
    ahead = TO_BE_SAID.search(match.string, match.end("who"), match.end("verb"))
    return ahead is not None or is_object(encoded, match.start("who"))


def _claim(sentence: Sentence, match: re.Match[str], speaker: Mention, who: int) -> Claim:
    """The claim that a match opens, up to the end of the sentence."""
    encoded = sentence.encoded
    verb = match.groupdict().get("verb") or "说"
    clause = max(encoded.text.rfind(mark, 0, who) for mark in "，。；") + 1
    return Claim(encoded.starts[match.end() - 1], sentence.end, speaker, verb, encoded.starts[clause])


def _unnamed(encoded: Encoded, match: re.Match[str]) -> Mention:
    """A claimant in general words, as a mention."""
    start, end = encoded.span(*match.span("words"))
    return Mention(MentionType.ORGANISATION, start, end, match["words"], Organisation(match["words"]))


def _meant(
    sentence: Sentence, match: re.Match[str], voices: Voices, earlier: Sentence | None
) -> Mention | None:
    """Whom a pronoun or 报道 stands for: the outlet for the latter; for 他 the person who leads the sentence or the
    one before, else the last person who spoke; else whoever spoke last."""
    if match["press"]:
        return voices.press or (voices.last.speaker if voices.last else None)
    if match["who"] in ("他", "她"):
        leading = _leading_person(sentence.encoded, match.start("who"))
        if leading is None and earlier is not None and voices.person is None:
            leading = _leading_person(earlier.encoded, len(earlier.encoded.text))
        if leading is not None or voices.person is not None:
            return leading or voices.person
    return voices.last.speaker if voices.last else None


def _leading_person(encoded: Encoded, end: int) -> Mention | None:
    """The person at the head of a sentence, before a position, who is the subject of its first clause."""
    for at, mention in enumerate(encoded.mentions[:end]):
        if mention is not None and mention.type is MentionType.PERSON:
            return None if is_object(encoded, at) else mention
        if mention is not None and mention.type is not MentionType.TIME:
            return None
    return None


def _continued(encoded: Encoded, at: int, found: Sequence[Claim]) -> Mention | None:
    """The speaker of a clause without subject: who spoke in the sentence before it, else its subject."""
    offset = encoded.starts[at]
    spoken = [claim for claim in found if claim.start <= offset]
    if spoken:
        return max(spoken, key=lambda claim: claim.start).speaker
    return _leading_person(encoded, at)


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
