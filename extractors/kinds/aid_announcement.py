"""Announcements of help: what the rules cannot say – stage, donors, amounts, things, and one record per package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.kinds.aid_amounts import Help, amount_nearby, helps
from extractors.kinds.aid_bills import bill_stage, is_given_by_bill
from extractors.kinds.aid_claimant import claimant_of
from extractors.kinds.aid_codes import UNIONS, codes_of
from extractors.kinds.aid_continuing import continue_with
from extractors.kinds.aid_days import left
from extractors.kinds.aid_deciding import decided
from extractors.kinds.aid_donors import ASKING, claim_over, donors_of
from extractors.kinds.aid_donors_told import LAWMAKERS
from extractors.kinds.aid_each_sum import with_own_receivers
from extractors.kinds.aid_frames import Frame, frames_in
from extractors.kinds.aid_further import further_sums
from extractors.kinds.aid_lead import under_a_lead
from extractors.kinds.aid_lessons import lesson_start
from extractors.kinds.aid_merging import merged
from extractors.kinds.aid_objects import STRETCHES, named_within
from extractors.kinds.aid_package import (
    Package,
    opened_by,
    opened_by_bill,
    parts_told,
    parts_within,
)
from extractors.kinds.aid_recipients import usual_recipients
from extractors.kinds.aid_remarks import without_remarks
from extractors.kinds.aid_scope import is_so_far, scope_of, when_given
from extractors.kinds.aid_sense import (
    BILL,
    is_business,
    is_conditional,
    is_help,
    is_sale,
    is_told_of_the_past,
    names_amount,
)
from extractors.kinds.aid_sharing import shared
from extractors.kinds.aid_sorts import aid_type, batch_number, is_mixed
from extractors.kinds.aid_stage import MODALITY, stage_of
from extractors.kinds.aid_sums import with_sums
from extractors.kinds.aid_talk import is_talk
from extractors.kinds.aid_things import COUNT, number_of_things, things
from extractors.kinds.aid_topic import need_of
from extractors.kinds.aid_triggers import PARTIES, clause_end
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import RuleSet
from schemas.values import Modality

DECIDING = re.compile("(?:宣布|承诺|同意|决定|许诺|公布)，$")
TRAINING = re.compile("协训|协助训练|培训|训练")
# Where training is named that begins or ends somewhere, some day.
TRAINED = re.compile(
    f"(?:培训|训练)(?=(?:于|在)?{SYMBOLS[MentionType.TIME]}|在[^，。]{{1,8}}(?:开始|启动|展开|举行|进行|结束))"
)
POSSIBILITY = re.compile("的(?:可能性?|计划|建议|提议|工作|任务)$")
# 向布林肯施压，要求美国提供: who is spoken to does not ask.
ADDRESSED = re.compile(r"(?:[向对与和给]|访问|会见|会晤)(?:[^，。的]{1,4}[和与、])?$")
WORTH = re.compile("[^，]*，?(?:总|共|合计|累计|金额|价值|约合|折合|市值)[^，]{0,6}")
# What parliaments decide on holds more sorts than the sentence names.
WHOLE = re.compile("(?:援助|援乌|一揽子)(?:计划|方案|配套)")
TO_COME = re.compile("将|会|预计|即将")
# 第三批物资进入加沙: a headline whose goods are there announces nothing.
ARRIVED = re.compile("进入|驶入|运入|运进|送进|送入|入境|抵达|抵")
# A sentence behind the first ones that holds the whole headline, unless that is short.
LEAD, SHORT = 4, 7
# How many encoded characters before the end of the statement still tell what comes after it.
TAIL = 8


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The announcements of help of an article, one for each package and stage: what rules tell, and sums beside."""
    told = with_sums(context, told_by_rules(context, rules))
    return without_remarks(context, with_own_receivers(context, told))


def told_by_rules(context: Context, rules: RuleSet) -> list[Draft]:
    """The announcements of help that rules tell, one for each package and stage."""
    folded, drafts = context.reading.folded, list[Draft]()
    matches = {
        sentence.index: list(rules.matches(sentence.encoded))
        for sentence in context.reading.sentences
        if rules.gate.search(folded, sentence.start, sentence.end) and not _is_title_again(context, sentence)
    }
    usual = usual_recipients(context, (match for found in matches.values() for match in found))
    package: Package | None = None
    for sentence in context.reading.sentences:
        if package is not None and package.is_open(sentence):
            parts = parts_told(context, sentence, package)
            drafts.extend(parts)
            if parts or (drafts and continue_with(context, sentence, drafts)):
                package = replace(package, told=sentence.index)
                continue
        elif drafts and continue_with(context, sentence, drafts):
            continue
        known = len(drafts)
        for frame in frames_in(context, sentence, matches.get(sentence.index, ()), usual, drafts):
            drafts.extend(_drafts(context, frame, drafts))
        parts, kept = parts_within(context, sentence, drafts[known:], package)
        drafts[known:] = [*kept, *parts]
        if package is not None and package.is_open(sentence):
            drafts.extend(further_sums(context, sentence, package, drafts[known:]))
        package = opened_by(sentence, drafts[known:]) or opened_by_bill(context, sentence) or package
    return under_a_lead(context, merged(context, drafts), drafts)


def _is_title_again(context: Context, sentence: Sentence) -> bool:
    """True below the text where an outlet repeats its headline: 文字版原文：……."""
    title = context.reading.folded[: len(context.reading.article.title)].strip()
    below = sentence.index > LEAD and len(title) > SHORT
    return below and title in context.reading.folded[sentence.start : sentence.end]


def _drafts(context: Context, frame: Frame, earlier: list[Draft]) -> Iterator[Draft]:
    """The records of one statement: one for the whole, one for each part with an amount of its own."""
    if is_sale(frame) or is_business(frame) or (is_conditional(frame) and not names_amount(frame)):
        return
    if is_told_of_the_past(context, frame):
        return
    donors = donors_of(context, frame, earlier)
    parcels = _parcels(context, frame)
    if set(donors) & set(frame.recipients):
        return
    so_far = is_so_far(context, frame)
    stage, modality = _stage(context, frame, parcels, donors, so_far=so_far)
    if stage is None or is_talk(context, frame, parcels, donors, stage):
        return
    for parcel, givers, receivers in shared(frame, parcels, donors):
        if not is_help(frame, parcel, givers, stage):
            continue
        scope = scope_of(context, frame, stage, parcel, so_far=so_far)
        last = max(frame.end, frame.match.last, parcel.last)
        if frame.rule == "moving":  # 驶入加沙: where it goes stands behind
            last = max(last, clause_end(frame.text, frame.match.last))
        yield Draft(
            kind="aid_announcement",
            found_by=f"aid_announcement/{frame.rule}",
            evidence=(frame.encoded.span(min(frame.scope, frame.clause), last),),
            slots={
                "donors": tuple(map(context.reading.as_written, givers)),
                "recipients": tuple(map(context.reading.as_written, receivers)),
                "aid_type": _sort(context, frame, parcel, givers, apart=len(parcels) > len(set(donors))),
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


def _stage(
    context: Context, frame: Frame, parcels: list[Help], donors: tuple[str, ...], *, so_far: bool
) -> tuple[str | None, Modality]:
    """Stage and modality, `None` where the sentence asks not to give."""
    text, clause = frame.text, max(frame.scope, frame.clause)
    claim, opening = claim_over(context, frame), DECIDING.search(text[:clause])
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
        lawmakers = LAWMAKERS.search(
            "".join(m.words for m in frame.encoded.mentions_in(frame.scope, len(text)))
        )
        return ("proposed" if counted or lawmakers else None), "possible"
    stage = decided(frame, stage, verb)
    if stage is not None and is_conditional(frame):
        return "proposed", "possible"
    if stage == "planned" and frame.start < frame.first and left(text, frame.start, frame.first) is not None:
        return "delivered", "asserted"
    if stage in ("planned", "announced", "delivered") and is_given_by_bill(text, frame.scope, frame.given):
        bill = bill_stage(context, frame.sentence) or "proposed"
        return bill, MODALITY.get(bill, "asserted")
    arrived = frame.receives or ARRIVED.search(text, frame.match.first, frame.match.last)
    if arrived and stage == "announced" and not TO_COME.search(text, min(clause, frame.first), frame.given):
        return "delivered", "asserted"
    return stage, MODALITY.get(stage or "", "asserted") if modality != "denied" else modality


def _asks_own_side(context: Context, frame: Frame, donors: tuple[str, ...]) -> bool:
    """A government that asks its own parliament proposes: 美国政府要求国会追加资金."""
    asking = ASKING.search(frame.text, frame.scope, frame.given)
    named = frame.encoded.mentions_in(frame.scope, asking.start()) if asking else ()
    asker = codes_of(
        [m for m in named if not ADDRESSED.search(frame.text, 0, frame.encoded.position(m.start))],
        context.reading,
    )
    return bool(asker) and asker[0] in donors and asker[0] not in UNIONS  # 北约秘书长呼吁盟国提供


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
        over = text.find("对", frame.match.first, begin)  # 结束对40名乌军人员的操作培训
        begin = over if over >= 0 else begin
        behind = POSSIBILITY.search(text, begin, end)
        close = TRAINED.search(text, begin, end)  # 新一轮作战训练15日在德国开始
        end = behind.start() if behind else close.end() if close else max(end, frame.given)
        return [Help(None, (encoded.span(begin, end),), frame.first, frame.end)]
    if frame.rule == "opening-the-purse":
        sums = [m for m in encoded.mentions_in(0, len(text)) if m.type is MentionType.MONEY]
        return [Help(sums[0] if len(sums) == 1 else None, (), frame.first, frame.end)]
    if frame.kind_of_object in STRETCHES:
        begin, end = named_within(frame.match)
        return [Help(None, (encoded.span(begin, end),), frame.first, max(frame.end, end))]
    if frame.kind_of_object == "lesson":
        return [Help(None, (encoded.span(lesson_start(frame), last),), frame.first, frame.end)]
    parcels = helps(context.reading, encoded, frame.start, frame.end)
    if frame.rule in ("hand-over-to-recipient", "gives-things") and not parcels[0].items:
        counted = number_of_things(encoded, frame.start, frame.end)
        parcels[0] = replace(parcels[0], items=counted)
    if frame.kind_of_object == "around":  # 西方升级对乌武器供应: behind who receives
        begin = (
            max((at for at in range(frame.first, last) if text[at] in PARTIES), default=frame.start - 1) + 1
        )
        held = tuple(things(context.reading, encoded, begin, frame.end))
        parcels[0] = replace(parcels[0], items=held)
    if parcels[0].amount is None:
        near = amount_nearby(encoded, frame.first, frame.end)
        if near and frame.by_roles and near.start < encoded.starts[frame.clause]:
            near = None  # of the statement before: 日本承诺1900万美元，阿联酋送去面粉
        if near and frame.by_roles and near.start >= encoded.ends[frame.end - 1]:
            between = text[max(frame.end, frame.given) : encoded.position(near.start)]
            near = near if WORTH.fullmatch(between) else None  # of another: …，东京考虑提供16亿日元雷达
        parcels[0] = replace(parcels[0], amount=near) if near else parcels[0]
    return parcels


def _sort(context: Context, frame: Frame, parcel: Help, donors: tuple[str, ...], *, apart: bool) -> str:
    """The sort of help: by its words, those of the sentence, or the need the passage tells of.

    A bill and a whole with parts hold more sorts than the sentence names.
    """
    around = ("",) if apart or parcel.part else (frame.text[frame.first :], frame.text)
    words = _words(context, frame, parcel)
    lawful = LAWMAKERS.search("".join(m.words for m in frame.encoded.mentions_in(0, frame.given)))
    if BILL.search(frame.text, frame.given, frame.end) or (lawful and WHOLE.search(words)):
        around, apart = ("",), True
    named = aid_type(words, donors, *around)
    if is_mixed(words):
        return "unspecified"
    return need_of(context, frame.sentence) if named == "unspecified" and not apart else named


def _words(context: Context, frame: Frame, parcel: Help) -> str:
    """The words that name the help, with the mentions written out."""
    first, last = (parcel.first, parcel.last) if parcel.part else (min(frame.first, frame.start), frame.end)
    start, end = frame.encoded.span(first, max(last, first + 1))
    return context.reading.folded[start:end]
