"""Who gives: the subject of a statement, who says so, whose bill it is, or who was named before."""

from __future__ import annotations

import re

from extractors.kinds.aid_codes import (
    channels,
    codes_of,
    is_medium,
    is_receiver,
    is_unnamed,
    parties_in,
    party_code,
    unnamed,
    unnamed_donors,
)
from extractors.kinds.aid_donors_told import (
    giver_before,
    lawmakers,
    of_his_government,
    of_the_scheme,
    told_before,
)
from extractors.kinds.aid_frames import ALSO, BARE, Frame
from extractors.kinds.aid_parties import (
    addressees,
    donors_before,
    foreign_name,
    permitting,
    subject_before,
    with_places_joined,
)
from extractors.kinds.aid_receivers import AGREED
from extractors.kinds.aid_sense import ARRIVED, ASKS_NOBODY
from extractors.kinds.aid_stage import announces
from extractors.kinds.aid_triggers import WHO, clause_end
from extractors.kinds.aid_wants import wanted_from
from extractors.kinds.sides import enemies_of
from extractors.layers.claims import Claim
from extractors.layers.context import Context, Draft
from extractors.layers.speakers import speaker_side
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType

# Words that make the speaker the one who gives: 称，将向…; a bare 称，向乌克兰运送武器… is an opinion.
OWN_DEED = re.compile(
    "[将会已再不可拟正了]|无法|未能|暂停|停止|拒绝|继续|计划|准备|考虑|打算|决定|同意|承诺|批准|愿|提议|动用|通过"
)
OPINING = {"称", "说", "表示", "警告", "指出", "认为", "强调", "声称", "宣称"}
WILL = re.compile(
    "(?:我们|我国|我方|我|他|她|他们|它)?(?:也|还|并|即)?(?:将|会|已|正|计划|准备|考虑|打算|决定|同意|承诺|批准|继续|拒绝|不会)"
)
GIVER_OF = re.compile(
    "(?:等[^，。的]{0,4})?(?:政府|方面|国防部)?(?:提供|援助|捐赠|交付|承诺|赠送|支援|制造|的)"
)
GIVER_FROM = re.compile("(?:来自|从)[^，。]{0,3}$")
ASKING = re.compile("要求|请求|呼吁|敦促|寻求|恳请|恳求")
# Who gives was named in the sentence before.
# Whose the arms are in whose use troops are trained abroad: 使用荷兰提供的战机.
PROVIDED_BY = re.compile(f"使用(?P<who>{WHO})(?:提供|捐赠|援助|赠送|移交)的")
IT = re.compile(
    "它(?!们)|这个(?:机构|国家|组织|银行|公司)|该国|该行|该组织|该集团|该机构|该公司|该基金|该联盟|该署"
)
OWN = re.compile("我们|我国|我方|咱们")
HOME = re.compile("我国")
DONE = re.compile("(?:已经?|将|正在?|会)(?=从|把|向|运|送|空投|派)")
# What a lender just named has made free: 完成审查，乌克兰将可立即获得8.8亿美元.
DRAWS = re.compile("可(?:立即|以|马上)|将?能够?|得以")
SAYS = re.compile("表示|称|说|透露|证实|确认")
WANTS = re.compile("希望|争取|寻求|请求|期待|盼")
SAID_BEHIND = re.compile(
    f"，(?P<who>{SYMBOLS[MentionType.PERSON]})[^，。]{{0,24}}(?:说|表示|称|指出|强调|写道|证实|宣布|透露)"
)


def donors_of(context: Context, frame: Frame, earlier: list[Draft]) -> tuple[str, ...]:
    """Who gives by a statement: as its words say, else as told before, else whose bill or scheme it is."""
    if frame.donors:
        donors = frame.donors
    elif frame.by_roles:
        donors = _donors_of_roles(context, frame)
    elif frame.receives:
        donors = _donors_to_subject(context, frame)
    else:
        donors = _donors(context, frame)
    return (
        donors
        or lawmakers(context, frame)
        or of_the_scheme(context, frame, earlier)
        or of_his_government(context, frame)
        or told_before(context, frame, earlier)
        or _said_behind(context, frame)
    )


def claim_over(context: Context, frame: Frame) -> Claim | None:
    """The claim of the same sentence that the statement stands under."""
    claim = context.claim(frame.sentence, frame.encoded.starts[frame.first])
    return claim if claim is not None and claim.start >= frame.sentence.start else None


def _donors(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives: the subject of the clause, else who says so, else who is named before."""
    reading, sentence, recipients = context.reading, frame.sentence, frame.recipients
    if "donors" in frame.match.slots:
        if own := PROVIDED_BY.search(frame.text, frame.match.first, frame.match.last):
            return parties_in(context, frame.encoded, *own.span("who"))  # 在罗马尼亚使用荷兰提供的战机受训
        named = with_places_joined(frame.encoded, frame.match.slots["donors"], reading)
        return tuple(code for code in named if code.isascii()) or named  # 在德国格拉芬维尔受训: Germany
    if frame.rule == "recipient-wants-things":
        return wanted_from(context, sentence, frame.first, frame.end, recipients)
    last = frame.given - 1 if frame.from_context else frame.first
    if frame.rule in ("appeal-without-recipient", "asks-for-more"):
        last = frame.given - 1
        asked = donors_before(reading, sentence, last, recipients, frame.first)
        asked = asked or unnamed_donors(reading, sentence, frame.first)
        return asked or addressees(reading, frame.encoded, 0, recipients)
    if ASKS_NOBODY.search(frame.text, frame.clause, frame.first):
        return unnamed_donors(reading, sentence, frame.first)
    donors = foreign_name(frame.encoded, frame.clause, last)
    donors = donors or donors_before(reading, sentence, last, recipients, frame.clause)
    if donors and all(is_unnamed(code) for code in donors):
        donors = permitting(reading, sentence, frame.first, recipients, frame.clause) or donors
    if donors or frame.rule in BARE:
        return donors or _donors_of_bare(context, frame)
    claim = claim_over(context, frame)
    if claim is not None:
        return () if _only_tells(frame, claim) else _donors_by_claim(context, frame, claim)
    if IT.search(frame.text, frame.clause, frame.first):
        before = reading.before(sentence, 1)
        donors = subject_before(reading, before[0], len(before[0].encoded.text), recipients) if before else ()
    donors = donors or subject_before(reading, sentence, frame.clause, recipients)
    donors = donors or donors_before(reading, sentence, frame.clause, recipients)
    if not donors and ASKING.search(frame.text, frame.clause, frame.first):
        return addressees(reading, frame.encoded, 0, recipients)
    carried = context.claim(sentence, frame.encoded.starts[frame.first])
    if donors or carried is None or is_medium(carried.speaker):
        return donors
    return tuple(code for code in codes_of([carried.speaker], reading) if code not in recipients)


def _donors_to_subject(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives where the recipient is the subject: named within, behind, or as who announces it."""
    inside = frame.encoded.mentions_in(frame.first + 1, frame.given)
    parties = [m for m in inside if m.type in (MentionType.SIDE, MentionType.ORGANISATION)]
    parties = parties or _givers_behind(frame)
    claim = claim_over(context, frame)
    if not parties and claim is not None and announces(claim.verb):
        parties = [claim.speaker]
    if not parties and (agreed := AGREED.search(frame.text, 0, frame.clause)):
        parties = frame.encoded.mentions_in(0, agreed.end("who"))  # 世界银行与该国签署协议，该国将获得贷款
    if not parties and (
        WANTS.search(frame.text, frame.clause, frame.given)
        or DRAWS.search(frame.text, frame.first, frame.given)
    ):
        return giver_before(context, frame)
    named = tuple(code for code in codes_of(parties, context.reading) if code not in frame.recipients)
    if not parties and (found := unnamed().search(frame.text, frame.first, frame.end)):
        return (context.reading.words(*frame.encoded.span(*found.span())),)  # 收到伙伴国118亿美元
    return named if parties else _reporting_giver(frame, claim)


def _reporting_giver(frame: Frame, claim: Claim | None) -> tuple[str, ...]:
    """Who gives where a state that gives tells what another got: 美国表示，乌克兰已收到飞机."""
    side = speaker_side(claim.speaker) if claim is not None and SAYS.fullmatch(claim.verb) else None
    if side is None or is_receiver((side,)) or side in (*frame.recipients, *enemies_of(frame.recipients)):
        return ()
    return (side,)


def _donors_of_roles(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives by the roles of the clause: named by them, its subject, who says so, the subject before."""
    reading, sentence, recipients = context.reading, frame.sentence, frame.recipients
    if frame.donors or frame.receives:
        return frame.donors or _reporting_giver(frame, claim_over(context, frame))
    donors = donors_before(reading, sentence, frame.first, recipients, frame.clause, firm=True)
    if donors or (frame.rule == "moving" and not DONE.match(frame.text, frame.clause)):
        return donors
    if OWN.search(frame.text, frame.clause, frame.given):
        return _own_side(context, frame)
    claim = claim_over(context, frame)
    if claim is not None and _only_tells(frame, claim):
        return ()
    if claim is not None and not claim.verb.startswith("报"):
        own = OWN_DEED.search(frame.text, frame.encoded.position(claim.start), frame.given + 1)
        if not own and claim.verb in OPINING:
            return ()
        asked = subject_before(
            reading, sentence, frame.clause, recipients, frame.encoded.position(claim.start)
        )
        code = party_code(claim.speaker, reading)
        return asked or ((code,) if code and code not in recipients else ())
    if ASKING.search(frame.text, frame.clause, frame.given):
        return addressees(reading, frame.encoded, 0, recipients) or unnamed_donors(
            reading, sentence, frame.given
        )
    donors = subject_before(reading, sentence, frame.clause, recipients)
    if not donors and sentence.passage == 0:
        donors = _donors_of_lead(context, frame)
    return donors


def _own_side(context: Context, frame: Frame) -> tuple[str, ...]:
    """Whose 我们 and 我国 it is: of who speaks, also behind the words (我们还得再送武器，总统说), else of the outlet."""
    claim = context.claim(frame.sentence, frame.encoded.starts[frame.first])
    side = speaker_side(claim.speaker) if claim else None
    said = SAID_BEHIND.search(frame.text, frame.given) if side is None else None
    mention = frame.encoded.mentions[said.start("who")] if said else None
    side = speaker_side(mention) if mention else side
    if side is None and HOME.search(frame.text, frame.clause, frame.given):
        side = "TW" if "中央社" in context.reading.folded else "CN"
    return (side,) if side and side not in frame.recipients else ()


def _said_behind(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives what a statement tells without a giver: the state whose official says so behind it."""
    if frame.rule not in ("hand-over-to-recipient", "moving"):
        return ()
    close = clause_end(frame.text, max(frame.end, frame.given, frame.match.last))
    said = SAID_BEHIND.match(frame.text, close)
    mention = frame.encoded.mentions[said.start("who")] if said else None
    side = speaker_side(mention) if mention else None
    foreign = side and side not in (*frame.recipients, *enemies_of(frame.recipients))
    return (side,) if side and foreign else ()


def _donors_of_lead(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives by the first sentence below a headline without subject: 再捐700台发电机 助乌克兰过冬."""
    following = context.reading.sentences[frame.sentence.index + 1 : frame.sentence.index + 2]
    for sentence in following:
        for mention in sentence.mentions:
            code = party_code(mention, context.reading) if mention.type is not MentionType.PLACE else None
            if code and code not in frame.recipients and not is_medium(mention):
                return (code,)
    return ()


def _donors_of_bare(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives by a clause that names neither party: the speaker (她说，将提供…), or the subject before (，并将提供…)."""
    reading, sentence = context.reading, frame.sentence
    claim = claim_over(context, frame)
    verb = frame.encoded.position(claim.start) if claim else 0
    if claim is not None and verb + 1 >= frame.clause - 1 and WILL.match(frame.text, frame.clause):
        at = frame.encoded.position(claim.speaker.start)
        return donors_before(reading, sentence, verb, frame.recipients, at)
    if OWN.search(frame.text, frame.clause, frame.first):  # 博雷利说：“除了炮弹，我们也打算提供战机。”
        return _own_side(context, frame)
    if ALSO.match(frame.text, frame.clause):
        return subject_before(reading, sentence, frame.clause, frame.recipients)
    return ()


def _givers_behind(frame: Frame) -> list[Mention]:
    """Who gives where the recipient is the subject: 乌克兰收到来自英国的…, 收到英国提供的…."""
    return [
        mention
        for at in range(frame.given, frame.end)
        if (mention := frame.encoded.mentions[at]) is not None
        and mention.type in (MentionType.SIDE, MentionType.ORGANISATION)
        and (GIVER_OF.match(frame.text, at + 1) or GIVER_FROM.search(frame.text, 0, at))
    ]


def _only_tells(frame: Frame, claim: Claim) -> bool:
    """True where a body that help goes through tells of goods that have arrived: 世界卫生组织说，首批疫苗已运抵."""
    told = ARRIVED.search(frame.text, frame.first, frame.match.last) and frame.start < frame.match.last
    by_itself = IT.search(frame.text, frame.clause, frame.first) is not None
    return bool(told) and not by_itself and party_code(claim.speaker) in channels()


def _donors_by_claim(context: Context, frame: Frame, claim: Claim) -> tuple[str, ...]:
    """Donors of a clause without subject: those the speaker names before it, else the speaker, whose deed it is."""
    reading, encoded, recipients = context.reading, frame.encoded, frame.recipients
    at, verb = encoded.position(claim.speaker.start), encoded.position(claim.start)
    own = OWN_DEED.search(frame.text, verb, frame.given + 1) or frame.text.startswith("的", frame.given)
    asked = subject_before(reading, frame.sentence, frame.clause, recipients, verb)
    if not own and frame.rule == "give-to-recipient" and claim.verb in OPINING:
        return asked  # 他指出，中方推动停火，向加沙提供物资
    asked = asked or donors_before(reading, frame.sentence, frame.clause, recipients, verb, firm=True)
    speaker = asked or donors_before(reading, frame.sentence, verb, recipients, at)
    speaker = speaker or donors_before(reading, frame.sentence, frame.clause, recipients)
    if not speaker and claim.speaker.end <= frame.sentence.start:  # 同时还宣布: of the sentence before
        speaker = tuple(code for code in codes_of([claim.speaker], reading) if code not in recipients)
    return speaker or (addressees(reading, encoded, at, recipients) if ASKING.search(claim.verb) else ())
