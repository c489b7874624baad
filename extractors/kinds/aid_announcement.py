"""Announcements of help: what the rules cannot say – stage, donors, amounts, things, and one record per package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.kinds.aid_claimant import claimant_of
from extractors.kinds.aid_continuing import continue_with
from extractors.kinds.aid_frames import ALSO, BARE, Frame, frames_in, usual_recipients
from extractors.kinds.aid_merging import merged
from extractors.kinds.aid_parties import (
    addressees,
    codes_of,
    donors_before,
    foreign_name,
    is_medium,
    is_unnamed,
    party_code,
    permitting,
    subject_before,
    unnamed_donors,
    with_places_joined,
)
from extractors.kinds.aid_scope import is_so_far, scope_of, when_given
from extractors.kinds.aid_sense import ASKS_NOBODY, BILL, is_conditional, is_help, is_sale, is_talk, names_amount
from extractors.kinds.aid_sorts import aid_type, batch_number
from extractors.kinds.aid_stage import announces, stage_of
from extractors.kinds.aid_things import COUNT, Help, amount_nearby, helps, number_of_things
from extractors.kinds.aid_wants import wanted_from
from extractors.layers.claims import Claim
from extractors.layers.context import Context, Draft
from extractors.layers.speakers import speaker_side
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, Mention, MentionType
from extractors.rules.ruleset import RuleSet
from schemas.values import Modality

DECIDING = re.compile("(?:宣布|承诺|同意|决定|许诺|公布)，$")
TRAINING = re.compile("协训|协助训练|培训|训练")
POSSIBILITY = re.compile("的(?:可能性?|计划|建议|提议|工作|任务)$")
LESSON = re.compile("接受|参加|完成")
# Words that make the speaker the one who gives: 称，将向…; a bare 称，向乌克兰运送武器… is an opinion.
OWN_DEED = re.compile("[将会已再不可拟正了]|继续|计划|准备|考虑|打算|决定|同意|承诺|批准|愿|提议|动用|通过")
OPINING = {"称", "说", "表示", "警告", "指出", "认为", "强调", "声称", "宣称"}
WILL = re.compile("(?:我们|我国|我方|我|他|她|他们)?(?:也|还|并|即)?(?:将|会|已|正|计划|准备|考虑|打算|决定|同意|承诺|批准|继续|拒绝|不会)")
GIVER_OF = re.compile(
    "(?:等[^，。的]{0,4})?(?:政府|方面|国防部)?(?:提供|援助|捐赠|交付|承诺|赠送|支援|制造|的)"
)
GIVER_FROM = re.compile("(?:来自|从)[^，。]{0,3}$")
ASKING = re.compile("要求|请求|呼吁|敦促|寻求|恳请|恳求")
SCHEME = re.compile("法案|议案|提案|草案|一揽子|该计划|这项计划|该方案|计划(?:内容)?(?:包括|将)|协议(?:内容)?(?:包括|将)|该提议")
LAWMAKERS = re.compile("国会|议会|议员|参议院|众议院|立法院|内阁")
# Who gives was named in the sentence before.
IT = re.compile("它(?!们)|该国|该组织|该集团|该机构|该公司|该基金")
OWN = re.compile("我们|我国|我方|咱们")
HOME = re.compile("我国")
SAID_BEHIND = re.compile(f"，(?P<who>{SYMBOLS[MentionType.PERSON]})[^，。]{{0,24}}(?:说|表示|称|指出|强调|写道)")
TO_COME = re.compile("将|会|预计|即将")
# How many sentences back the parliament may be named whose bill is told of.
LAWMAKERS_REACH = 8
# How many sentences back the donors may be named.
DONORS_REACH = 2
# How many encoded characters before the end of the statement still tell what comes after it.
TAIL = 8


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The announcements of help of an article, one for each package and stage."""
    folded, drafts = context.reading.folded, list[Draft]()
    matches = {
        sentence.index: list(rules.matches(sentence.encoded))
        for sentence in context.reading.sentences
        if rules.gate.search(folded, sentence.start, sentence.end)
    }
    usual = usual_recipients(context, (match for found in matches.values() for match in found))
    for sentence in context.reading.sentences:
        if drafts and continue_with(context, sentence, drafts):
            continue
        for frame in frames_in(context, sentence, matches.get(sentence.index, ()), usual, drafts):
            drafts.extend(_drafts(context, frame, drafts))
    return merged(context, drafts)


def _drafts(context: Context, frame: Frame, earlier: list[Draft]) -> Iterator[Draft]:
    """The records of one statement: one for the whole, one for each part with an amount of its own."""
    if is_sale(frame) or (is_conditional(frame) and not names_amount(frame)):
        return
    donors = _donors(context, frame) or _donors_told(context, frame, earlier)
    donors = donors or _lawmakers(context, frame) or _of_the_scheme(context, frame, earlier)
    parcels = _parcels(context, frame)
    if set(donors) & set(frame.recipients):
        return
    so_far = is_so_far(context, frame)
    stage, modality = _stage(context, frame, parcels, donors, so_far=so_far)
    if stage is None or is_talk(context, frame, parcels, donors, stage):
        return
    for parcel in parcels:
        if not is_help(frame, parcel, donors, stage):
            continue
        scope = scope_of(context, frame, stage, parcel, so_far=so_far)
        yield Draft(
            kind="aid_announcement",
            found_by=f"aid_announcement/{frame.rule}",
            evidence=(frame.encoded.span(frame.scope, max(frame.end, frame.match.last, parcel.last)),),
            slots={
                "donors": tuple(map(context.reading.as_written, donors)),
                "recipients": tuple(map(context.reading.as_written, frame.recipients)),
                "aid_type": aid_type(
                    _words(context, frame, parcel), donors, frame.text[frame.first :], frame.text
                ),
                "stage": stage,
                "amount": parcel.amount.value if parcel.amount else None,
                "scope": scope,
                "package_number": batch_number(frame.encoded, min(frame.first, frame.start), frame.end),
                "items": tuple(dict.fromkeys(context.reading.words(*item) for item in parcel.items)),
            },
            claimed_by=claimant_of(context, frame, donors, stage, scope),
            modality=modality,
            when=when_given(context, frame, stage, scope),
        )


def _claim(context: Context, frame: Frame) -> Claim | None:
    """The claim of the same sentence that the statement stands under."""
    claim = context.claim(frame.sentence, frame.encoded.starts[frame.first])
    return claim if claim is not None and claim.start >= frame.sentence.start else None


def _stage(
    context: Context, frame: Frame, parcels: list[Help], donors: tuple[str, ...], *, so_far: bool
) -> tuple[str | None, Modality]:
    """Stage and modality, `None` where the sentence asks not to give."""
    text, clause = frame.text, max(frame.scope, frame.clause)
    claim, opening = _claim(context, frame), DECIDING.search(text[:clause])
    verb = opening.group() if opening else ""
    if claim is not None and claim.start <= frame.encoded.starts[frame.scope]:
        verb = claim.verb
    counted = parcels[0].amount is not None or any(COUNT in text[p.first : p.last] for p in parcels)
    counted = counted or frame.sentence.heading  # a headline announces: 英国向乌克兰提供远程导弹
    given = text[max(0, frame.given - 2) : frame.given + 4]
    if frame.rule == "hand-over-to-recipient":  # 把坦克移交给乌克兰
        given += text[frame.match.first : frame.match.last]
    after = text[max(frame.end - TAIL, 0) if frame.kind_of_object else frame.given :]
    if "stage" in frame.match.rule.constants:
        return str(frame.match.rule.constants["stage"]), "possible"
    stage, modality = stage_of(
        text[frame.scope : clause],
        text[clause : frame.given],
        given,
        after,
        verb,
        counted=counted,
        so_far=so_far,
    )
    if stage == "requested" and _asks_own_side(context, frame, donors):
        return ("proposed" if counted or LAWMAKERS.search(text[frame.scope :]) else None), "possible"
    if stage is not None and is_conditional(frame):
        return "proposed", "possible"
    if frame.receives and stage == "announced" and not TO_COME.search(text, frame.first, frame.given):
        return "delivered", "asserted"
    return stage, modality


def _asks_own_side(context: Context, frame: Frame, donors: tuple[str, ...]) -> bool:
    """A government that asks its own parliament proposes: 美国政府要求国会追加资金."""
    asking = ASKING.search(frame.text, frame.scope, frame.given)
    asker = codes_of(
        frame.encoded.mentions_in(frame.scope, asking.start()) if asking else (), context.reading
    )
    return bool(asker) and asker[0] in donors


def _parcels(context: Context, frame: Frame) -> list[Help]:
    """What is given: the whole first, then parts with amounts of their own."""
    encoded, text, last = frame.encoded, frame.text, frame.match.last
    if frame.kind_of_object == "whole":
        end = min(
            (at for at in (text.find(mark, frame.first) for mark in "，。；！？等") if at >= 0),
            default=len(text),
        )
        trained = TRAINING.search(text, frame.first, end)  # 正在考虑训练乌军的可能性
        begin = trained.start() if trained else frame.first
        behind = POSSIBILITY.search(text, begin, end)
        end = behind.start() if behind else max(end, frame.given)
        return [Help(None, (encoded.span(begin, end),), frame.first, frame.end)]
    if frame.rule == "opening-the-purse":
        sums = [m for m in encoded.mentions_in(0, len(text)) if m.type is MentionType.MONEY]
        return [Help(sums[0] if len(sums) == 1 else None, (), frame.first, frame.end)]
    if frame.kind_of_object == "lesson":
        lesson = LESSON.search(text, frame.first, last)
        begin = lesson.end() if lesson else last - len("受训")
        people = next((at for at in range(frame.first, begin) if _are_people(encoded.mentions[at])), None)
        begin = begin if people is None else people  # 数千名乌克兰军人在德国受训 is one thing
        return [Help(None, (encoded.span(begin, last),), frame.first, frame.end)]
    parcels = helps(context.reading, encoded, frame.start, frame.end)
    if frame.rule == "hand-over-to-recipient" and not parcels[0].items:
        counted = number_of_things(encoded, frame.start, frame.end)
        parcels[0] = replace(parcels[0], items=counted)
    if parcels[0].amount is None:
        near = amount_nearby(encoded, frame.first, frame.end)
        if near and frame.by_roles and near.start < encoded.starts[frame.clause]:
            near = None  # of the statement before: 日本承诺1900万美元，阿联酋送去面粉
        parcels[0] = replace(parcels[0], amount=near) if near else parcels[0]
    return parcels


def _are_people(mention: Mention | None) -> bool:
    return mention is not None and isinstance(mention.value, Counted) and mention.value.unit in ("名", "人", "位")


def _words(context: Context, frame: Frame, parcel: Help) -> str:
    """The words that name the help, with the mentions written out."""
    first, last = (parcel.first, parcel.last) if parcel.part else (min(frame.first, frame.start), frame.end)
    start, end = frame.encoded.span(first, max(last, first + 1))
    return context.reading.folded[start:end]


def _donors(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives: the subject of the clause, else who says so, else who is named before."""
    reading, sentence, recipients = context.reading, frame.sentence, frame.recipients
    if frame.by_roles:
        return _donors_of_roles(context, frame)
    if "donors" in frame.match.slots:
        return with_places_joined(frame.encoded, frame.match.slots["donors"], reading)
    if frame.rule == "recipient-wants-things":
        return wanted_from(context, sentence, frame.first, frame.end, recipients)
    if frame.receives:
        inside = frame.encoded.mentions_in(frame.first + 1, frame.given)
        parties = [m for m in inside if m.type in (MentionType.SIDE, MentionType.ORGANISATION)]
        parties = parties or _givers_behind(frame)
        claim = _claim(context, frame)
        if not parties and claim is not None and announces(claim.verb):
            parties = [claim.speaker]
        return tuple(code for code in codes_of(parties, reading) if code not in recipients)
    last = frame.given - 1 if frame.from_context else frame.first
    if frame.rule == "appeal-without-recipient":
        asked = donors_before(reading, sentence, last, recipients, frame.first)
        return asked or unnamed_donors(reading, sentence, frame.first)
    donors = foreign_name(frame.encoded, frame.clause, last)
    donors = donors or donors_before(reading, sentence, last, recipients, frame.clause)
    if not donors and ASKS_NOBODY.search(frame.text, frame.clause, frame.first):
        return unnamed_donors(reading, sentence, frame.first)
    if donors and all(is_unnamed(code) for code in donors):
        donors = permitting(reading, sentence, frame.first, recipients, frame.clause) or donors
    if donors or frame.rule in BARE:
        return donors or _donors_of_bare(context, frame)
    claim = _claim(context, frame)
    if claim is not None:
        return _donors_by_claim(context, frame, claim)
    if IT.search(frame.text, frame.clause, frame.first):
        before = reading.before(sentence, 1)
        donors = subject_before(reading, before[0], len(before[0].encoded.text), recipients) if before else ()
    donors = donors or subject_before(reading, sentence, frame.clause, recipients)
    donors = donors or donors_before(reading, sentence, frame.clause, recipients)
    if not donors and ASKING.search(frame.text, frame.clause, frame.first):
        return addressees(reading, frame.encoded, 0, recipients)
    carried = context.claim(sentence, frame.encoded.starts[frame.first])
    if donors or carried is None:
        return donors
    return tuple(code for code in codes_of([carried.speaker], reading) if code not in recipients)


def _donors_of_roles(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives by the roles of the clause: named by them, its subject, who says so, the subject before."""
    reading, sentence, recipients = context.reading, frame.sentence, frame.recipients
    if frame.donors or frame.receives:
        return frame.donors
    donors = donors_before(reading, sentence, frame.first, recipients, frame.clause, firm=True)
    if donors or frame.rule == "moving":
        return donors
    if OWN.search(frame.text, frame.clause, frame.given):
        return _own_side(context, frame)
    claim = _claim(context, frame)
    if claim is not None and not claim.verb.startswith("报"):
        own = OWN_DEED.search(frame.text, frame.encoded.position(claim.start), frame.given + 1)
        if not own and claim.verb in OPINING:
            return ()
        asked = subject_before(reading, sentence, frame.clause, recipients, frame.encoded.position(claim.start))
        code = party_code(claim.speaker, reading)
        return asked or ((code,) if code and code not in recipients else ())
    if ASKING.search(frame.text, frame.clause, frame.given):
        return addressees(reading, frame.encoded, 0, recipients) or unnamed_donors(reading, sentence, frame.given)
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
    claim = _claim(context, frame)
    verb = frame.encoded.position(claim.start) if claim else 0
    if claim is not None and verb + 1 >= frame.clause - 1 and WILL.match(frame.text, frame.clause):
        at = frame.encoded.position(claim.speaker.start)
        return donors_before(reading, sentence, verb, frame.recipients, at)
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


def _lawmakers(context: Context, frame: Frame) -> tuple[str, ...]:
    """Whose parliament a bill of help lies before, wherever in the sentence it is named: 法案在参议院受阻."""
    if not BILL.search(frame.text, frame.scope, frame.end):
        return ()
    reading = context.reading
    for sentence in [frame.sentence, *reading.before(frame.sentence, LAWMAKERS_REACH)[::-1]]:
        bodies = [m for m in sentence.mentions if LAWMAKERS.search(m.words)]
        codes = tuple(code for code in codes_of(bodies, reading) if code not in frame.recipients)
        if any(code.isascii() for code in codes):
            return tuple(code for code in codes if code.isascii())
    return ()


def _of_the_scheme(context: Context, frame: Frame, earlier: list[Draft]) -> tuple[str, ...]:
    """Who gives by a scheme that is the subject: 该法案将向…提供 – the donors told before, else whose parliament."""
    if not SCHEME.search(frame.text, frame.clause, frame.first):
        return ()
    told = context.reading.sentence_at(earlier[-1].evidence[0][0]) if earlier else None
    if told is not None and told.passage == frame.sentence.passage:
        return tuple(code for code in earlier[-1].slots["donors"] if code not in frame.recipients)
    for before in reversed(context.reading.before(frame.sentence, DONORS_REACH)):
        bodies = [m for m in before.mentions if LAWMAKERS.search(m.words)]
        if bodies:
            return tuple(code for code in codes_of(bodies, context.reading) if code not in frame.recipients)
    return ()


def _donors_told(context: Context, frame: Frame, earlier: list[Draft]) -> tuple[str, ...]:
    """Donors that a statement leaves out: those of the record just before of help for the same, 首批100枚将运往乌克兰."""
    if not earlier or frame.kind_of_object != "before":
        return ()
    told = context.reading.sentence_at(earlier[-1].evidence[0][0])
    if told is None or told.passage != frame.sentence.passage:
        return ()
    near = frame.sentence.index - told.index <= DONORS_REACH
    same = set(earlier[-1].slots["recipients"]) & set(frame.recipients)
    return tuple(earlier[-1].slots["donors"]) if near and same else ()


def _donors_by_claim(context: Context, frame: Frame, claim: Claim) -> tuple[str, ...]:
    """Donors of a clause without subject: those the speaker names before it, else the speaker, whose deed it is."""
    reading, encoded, recipients = context.reading, frame.encoded, frame.recipients
    at, verb = encoded.position(claim.speaker.start), encoded.position(claim.start)
    own = OWN_DEED.search(frame.text, verb, frame.given + 1) or frame.text.startswith("的", frame.given)
    if not own and frame.rule == "give-to-recipient" and claim.verb in OPINING:
        return ()
    asked = subject_before(reading, frame.sentence, frame.clause, recipients, verb)
    asked = asked or donors_before(reading, frame.sentence, frame.clause, recipients, verb, firm=True)
    speaker = asked or donors_before(reading, frame.sentence, verb, recipients, at)
    speaker = speaker or donors_before(reading, frame.sentence, frame.clause, recipients)
    return speaker or (addressees(reading, encoded, at, recipients) if ASKING.search(claim.verb) else ())
