"""Who says so: for every place in an article, the claim it stands under.

A claim opens with a claimant and a verb of saying (俄国防部20日称, 据路透社报道, 泽连斯基在讲话中说) and covers what
follows, up to the next claim or the end of the paragraph; or it closes a sentence (“……”，州长说) and covers what
stands before. The innermost claim counts: in “路透社援引乌克兰空军的话说” it is 乌克兰空军.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layers.claim_patterns import (
    ACCORDING,
    ALONE,
    ANAPHOR,
    BY_STATEMENT,
    CITED,
    CLOSING,
    CLOSING_ANAPHOR,
    CONTINUING,
    GOING_ON,
    HEADED,
    LEARNT,
    OPENING,
    QUOTING,
    SIGNED,
    STATED,
    TO_BE_SAID,
    UNNAMED,
)
from extractors.layers.speakers import TIME, is_object, speaker_at, speaker_side
from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import Encoded
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from schemas import Claimant

# What stands between the place of a dateline and its verb: 乌克兰3月28日报道.
DATELINE = re.compile(f"{TIME}报[道导]")
# So many sentences a quotation may have.
LONGEST_QUOTATION = 6
# What somebody asks or blames goes no further than its sentence.
ASKS = re.compile("呼吁|要求|敦促|恳求|谴责|指责|指控|控诉|警告|承诺|同意")
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

    `open` is the claim that goes on in the paragraph: not behind what states announce (两国宣布复交。), nor behind
    what somebody asks (莫斯科要求基辅停火。).
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
            telling = [claim for claim in opened or claims if not ASKS.fullmatch(claim.verb)]
            self.open = None if announced else telling[-1] if telling else self.open


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
    whole = _of_the_whole(sentence, voices)
    if whole is not None:
        return [whole]
    found = []
    for pattern in (OPENING, ACCORDING, QUOTING, LEARNT, STATED, HEADED):
        for match in pattern.finditer(encoded.text):
            who = match.start("who")
            speaker = _outlet_before(encoded, match) or speaker_at(encoded, who)
            if speaker is not None and not (pattern is OPENING and _opens_nothing(encoded, match)):
                found.append(_claim(sentence, match, speaker, who))
    for pattern in (CITED, UNNAMED):
        for match in pattern.finditer(encoded.text):
            found.append(_claim(sentence, match, _unnamed(encoded, match), match.start("words")))
    for match in ANAPHOR.finditer(encoded.text):
        meant = _meant(sentence, match, voices, earlier)
        if meant is not None:
            found.append(_claim(sentence, match, meant, match.start("who")))
    if voices.last is not None:
        spoken = (BY_STATEMENT.search(encoded.text), GOING_ON.search(encoded.text))
        found.extend(_claim(sentence, m, voices.last.speaker, m.start()) for m in spoken if m)
    for match in CONTINUING.finditer(encoded.text):
        meant = _continued(encoded, match.start(), found)
        if meant is not None:
            found.append(_claim(sentence, match, meant, match.start()))
    return sorted(found, key=lambda claim: claim.start)


def _of_the_whole(sentence: Sentence, voices: Voices) -> Claim | None:
    """The claim that closes a sentence and covers all of it: ……，州长说; ……，他说; ……——国防部."""
    text, span = sentence.encoded.text, (sentence.start, sentence.end)
    closing = CLOSING.search(text)
    speaker = sentence.encoded.mentions[closing.start("who")] if closing else None
    if closing and closing["verb"] != "否认" and speaker is not None:
        return Claim(*span, speaker, closing["verb"], sentence.start)
    signed = _signed(sentence)
    if signed is not None:
        return Claim(*span, signed, "说", sentence.start)
    if CLOSING_ANAPHOR.search(text) and voices.last:
        return Claim(*span, voices.last.speaker, voices.last.verb, sentence.start)
    return None


def _signed(sentence: Sentence) -> Mention | None:
    """Whose statement a sentence is that names its source behind a dash at its end, the innermost one.

    Not a country (俄罗斯—乌克兰), and not the outlet behind a headline, which says whose page it is.
    """
    found = SIGNED.search(sentence.encoded.text)
    if found is None:
        return None
    speaker = sentence.encoded.mentions[found.start("inner") if found["inner"] else found.start("who")]
    if speaker is None or isinstance(speaker.value, Side):
        return None
    if found["dash"] == "-" and not isinstance(speaker.value, Organisation):
        return None  # a part of a name: 布雷特-麦格克
    outlet = isinstance(speaker.value, Organisation) and speaker_side(speaker) is None
    return None if outlet and sentence.passage == 0 else speaker


def _outlet_before(encoded: Encoded, match: re.Match[str]) -> Mention | None:
    """The outlet whose report names the country it comes from: 《路透社》乌克兰3月28日报道."""
    who = match.start("who")
    if DATELINE.match(match.string, match.end("who"), match.end()) is None:
        return None
    at = who - 2 if match.string[who - 1 : who] == "》" else who - 1
    outlet, place = (encoded.mentions[at] if at >= 0 else None), encoded.mentions[who]
    is_place = place is not None and isinstance(place.value, Side)
    return outlet if is_place and outlet is not None and isinstance(outlet.value, Organisation) else None


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
