"""Who says so: nobody where a bare country or union announces; who decides or asks where no verb of saying stands."""

from __future__ import annotations

import re

from extractors.kinds.aid_codes import is_bare, is_medium, party_code
from extractors.kinds.aid_frames import Frame
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_stage import announces
from extractors.kinds.meeting_author import author
from extractors.layers.claims import Claim, claimant
from extractors.layers.context import Context
from extractors.layers.speakers import speaker_at
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from schemas import Claimant

# A claim that is itself only intended (将宣布) is none.
NOT_YET = re.compile("将(?:很快|再次|于|在|继续)?(?:宣布|公布)|计划|准备|打算|可能|考虑|拟|要求|如果")
# Rules whose words begin with the verb of saying itself: 呼吁……提供, 宣布新的援助.
OPENED_BY_CLAIM = (
    "asks-for-more",
    "appeal-without-recipient",
    "aid-without-recipient",
    "aid-named-without-recipient",
    "promised-without-recipient",
)
# What somebody does by saying so, without a verb of saying.
DECIDING = re.compile("(?:决定|宣布|承诺|许诺|答应)(?!的)")
ASKING = re.compile("呼吁|要求|请求|敦促|恳求|吁请|催促|促请|求援|寻求|鼓励(?!下)")
APPEAL = re.compile("(?:提出|提交|发出|递交)[^，。]{0,12}(?:请求|申请|要求|呼吁)|(?:施压|求援)")
# Whose words go on over sentences of a paragraph: a person, who gives an opinion; never what was decided.
OPINION = re.compile("表示|指出|强调|说|称|介绍|提到|透露|坦言|补充|认为|写道|解释")
AND_OTHERS = re.compile("(?:和|及|与)(?:其他|其它|多名|一些)$")
TALKS = {MentionType.PERSON, MentionType.ORGANISATION}


def claimant_of(
    context: Context, frame: Frame, donors: tuple[str, ...], stage: str, scope: str
) -> Claimant | None:
    """The claimant of a statement of help at a stage."""
    told, bare = _told(context, frame, donors)
    if told is not None and frame.rule == "asks-for-more":  # 报道称，总统敦促…: who asks
        asker = _acting(context, frame, stage)
        told = claimant(context.reading, asker) if asker else told
    if told is not None or bare:
        return told
    claim = _acting(context, frame, stage) or _going_on(context, frame, donors, stage, scope)
    return claimant(context.reading, claim or _written(context, frame, donors))


def _told(context: Context, frame: Frame, donors: tuple[str, ...]) -> tuple[Claimant | None, bool]:
    """The claimant by a verb of saying in the sentence, and whether a bare country says so.

    Behind such a claim the outer one counts, but no outlet that reports what a state announces.
    """
    reading, sentence = context.reading, frame.sentence
    at = frame.encoded.starts[frame.given - 1 if frame.rule in OPENED_BY_CLAIM else frame.first]
    announced = False
    while True:
        claim = context.claim(sentence, at)
        if claim is None or claim.start < sentence.start:
            return None, announced
        speaker = claim.speaker
        cited = reading.folded[speaker.start - 1 : speaker.start] == "据"
        decides = isinstance(speaker.value, Side) or announces(claim.verb) or claim.verb in ("称", "说")
        other = frame.by_roles and announces(claim.verb) and isinstance(speaker.value, Side)
        reports = frame.receives and not announces(claim.verb)  # 美国表示，乌克兰已收到
        bare = (
            decides and not cited and not reports and (other or is_bare(speaker, donors))
        )  # 日本承诺…，爱尔兰认捐…
        if not bare and not NOT_YET.search(reading.folded, speaker.end, claim.start + 1):
            if announced and _is_outlet(speaker):
                return None, True
            return claimant(reading, claim), announced
        announced = announced or (bare and announces(claim.verb))
        outer = max(speaker.start, claim.lead)  # 他说，他计划重申: the first 他 stands under no other claim
        if not sentence.start < outer < at:
            return None, announced
        at = outer


def _is_outlet(speaker: Mention) -> bool:
    """News media, whose name need not say so (Yahoo News)."""
    value = speaker.value
    return isinstance(value, Organisation) and (
        is_medium(speaker) or (value.side is None and value.code is None)
    )


def _acting(context: Context, frame: Frame, stage: str) -> Claim | None:
    """Who decides to give or asks for help, as a claim: 西班牙政府决定, 总统向议会提出请求."""
    if stage == "announced":
        verbs = DECIDING
    elif stage in ("requested", "proposed"):
        verbs = ASKING
    else:
        return None
    text, encoded = frame.text, frame.encoded
    start = frame.scope
    if start and not any(m.type in TALKS for m in encoded.mentions_in(start, frame.given)):
        start = clause_start(text, start - 1)
    verb = verbs.search(text, start, frame.given) or (
        APPEAL.search(text, start) if stage != "announced" else None
    )
    if verb is None:
        return None
    for at in range(verb.start() - 1, start - 1, -1):
        mention = encoded.mentions[at]
        if mention is None or mention.type not in TALKS or (text[at - 1 : at] in "向对给在与" and at > start):
            continue
        if AND_OTHERS.search(text, start, at):  # 泽连斯基和其他官员: the one who is named
            continue
        speaker = speaker_at(encoded, at)
        if speaker is None or is_medium(speaker) or _is_parliament(speaker):
            return None
        if isinstance(speaker.value, Organisation) and is_bare(speaker, (party_code(speaker) or "",)):
            return None
        offset = encoded.starts[verb.end() - 1]
        return Claim(offset, frame.sentence.end, speaker, verb.group(), speaker.start)
    return None


def _is_parliament(speaker: Mention) -> bool:
    """Parliaments decide by a vote, which is no claim of theirs."""
    return re.search("国会|议会|参议院|众议院|联邦议院|立法院", speaker.words) is not None


def _going_on(
    context: Context, frame: Frame, donors: tuple[str, ...], stage: str, scope: str
) -> Claim | None:
    """Whose words of an earlier sentence of the paragraph go on: those of a person who speaks for a party to the help."""
    if scope == "cumulative" or stage in ("approved", "suspended"):
        return None
    claim = context.claim(frame.sentence, frame.encoded.starts[frame.first])
    if claim is None or not isinstance(claim.speaker.value, Person) or not OPINION.fullmatch(claim.verb):
        return None
    side = claim.speaker.value.side
    known = claim.speaker.value.name is not None if side is None else side in (*donors, *frame.recipients)
    return claim if known else None


def _written(context: Context, frame: Frame, donors: tuple[str, ...]) -> Claim | None:
    """The author of a signed article or address, in which 我国 and 中方 give and receive."""
    person = author(context, frame.sentence)
    if person is None or not isinstance(person.value, Person) or context.claims.made_in(frame.sentence):
        return None
    if person.value.side not in (*donors, *frame.recipients):
        return None
    return Claim(frame.sentence.start, frame.sentence.end, person, "说", frame.sentence.start)
