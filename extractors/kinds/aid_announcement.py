"""Announcements of help: what the rules cannot say – stage, donors, amounts, things, and one record per package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.kinds.aid_merging import add_to, merged
from extractors.kinds.aid_parties import codes_of, donors_before, is_bare
from extractors.kinds.aid_stage import announces, stage_of
from extractors.kinds.aid_things import (
    COUNT,
    MONEY,
    Help,
    aid_type,
    amount_nearby,
    batch_number,
    helps,
    object_end,
    things,
)
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.reading.time_expressions import Form, TimeExpression
from extractors.rules.ruleset import Match, RuleSet
from schemas import Claimant, Period

# Endings of 为 and 对 that belong to other words: 成为, 认为, 反对.
OTHER_WORD = re.compile("(?:[成认作因以较视称名])为$|(?:反|面|相|敌|应)对$|(?:转|面|导|倾|趋|方)向$")
CONDITIONAL = re.compile("如果|若(?!干)|假如|一旦|只要|除非|即使|倘若|要是|不论|无论")
SALE = re.compile("军售|出售|售予|售卖|采购合同|出口合同")
# Sentences that go on about the help named before them.
CONTINUES = re.compile(
    "^(?:据[^，]{1,4}称，)?(?:这批|这些|该批|此批|上述|这项|该项|此项|此次|本次|该|这一|新的|最新|其|声明|[^，。]{0,10}(?:声明|公告)(?:指出|说|称|表示)，(?:这项|该|这批|此))?[^，。]{0,14}?(?:援助|物资|计划|方案|一揽子|军援|装备|支持|清单|资金|内容|价值|总额|其中|主要)[^。]{0,24}?(?:包括|包含|涵盖|价值|总额|总值|内有)"
)
BATCH = re.compile(f"(?:这|此|该)[^。]{{0,40}}{SYMBOLS[MentionType.ORDINAL]}")
AMONG = re.compile("(?:也|均|都)?(?:在|列入|包含在)[^，。]{0,4}(?:援助|清单|计划|方案)(?:之列|之内|之中|中|内)")
PACKAGE = re.compile(
    f"新一批|新一轮|一揽子|第.{{0,3}}批|{SYMBOLS[MentionType.ORDINAL]}|新{COUNT}|援助计划|援助方案|军援计划|法案|军事|武器|防务|安全援助|紧急|人道|财政|贷款|经济"
)
SINCE = re.compile("累计|总计|总额|总值|迄今|至今|先后|到目前为止|截至|共计|一共|总共|合计|此前|之前|援助总计|总量")
HAS_GIVEN = re.compile("(?:已|已经|共|曾)(?:经)?[^，。]{0,14}$")
PROGRAM = re.compile("年间|多年|未来.{1,4}年|年内|每年|基金(?!组织)|机制|预算|年至20|四年|五年|三年|两年")


@dataclass(frozen=True)
class Frame:
    """A statement of help in a sentence: encoded positions of the statement, of the giving and of what is given."""

    sentence: Sentence
    match: Match
    recipients: tuple[str, ...]
    first: int
    given: int
    start: int
    end: int


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The announcements of help of an article, one for each package and stage."""
    drafts: list[Draft] = []
    for sentence in context.reading.sentences:
        if not rules.gate.search(context.reading.folded, sentence.start, sentence.end) and not CONTINUES.match(
            sentence.encoded.text
        ):
            continue
        if drafts and _continues(context, sentence, drafts):
            continue
        for frame in _frames(context, sentence, rules, drafts):
            drafts.extend(_drafts(context, frame))
    return merged(context, drafts)


def _frames(context: Context, sentence: Sentence, rules: RuleSet, earlier: list[Draft]) -> Iterator[Frame]:
    """The statements of a sentence; where rules overlap, the one that stands first in the file is meant."""
    taken: list[tuple[int, int]] = []
    for match in rules.matches(sentence.encoded):
        frame = _frame(sentence, match, earlier)
        if frame is None or any(frame.first < end and start < frame.end for start, end in taken):
            continue
        taken.append((frame.first, frame.end))
        yield frame


def _frame(sentence: Sentence, match: Match, earlier: list[Draft]) -> Frame | None:
    encoded, how = sentence.encoded, match.rule.constants
    text = encoded.text
    if OTHER_WORD.search(text[max(0, match.first - 1) : match.first + 1]):
        return None
    recipients = codes_of(match.slots.get("recipients", ()))
    if how.get("recipient") == "context":
        recipients = _recipients_nearby(sentence, match.first, earlier)
    if not recipients:
        return None
    start, end = match.last, object_end(encoded, match.last)
    clause = max(text.rfind(mark, 0, match.first) for mark in "，。；：") + 1
    if how.get("object") in ("before", "around"):
        start = clause
    if how.get("object") in ("before", "whole"):
        end = match.last if how["object"] == "before" else max(match.last, end)
    if how.get("object") == "whole" or how.get("recipient") == "context" or how.get("gets"):
        start = match.first
    if text[start : start + 1] == "的" and how.get("object") is None:
        start += 1
    return Frame(sentence, match, recipients, match.first, match.last, start, end)


def _recipients_nearby(sentence: Sentence, first: int, earlier: list[Draft]) -> tuple[str, ...]:
    """Recipients that the statement leaves out: those of the help named last in the passage."""
    for draft in reversed(earlier):
        if draft.evidence[0][0] >= sentence.start - 400:
            recipients: tuple[str, ...] = draft.slots["recipients"]
            return recipients
    return ()


def _drafts(context: Context, frame: Frame) -> Iterator[Draft]:
    encoded, sentence = frame.sentence.encoded, frame.sentence
    text = encoded.text
    scope_start = _scope_start(text, frame)
    scope = text[scope_start : frame.given]
    if CONDITIONAL.search(text[max(0, scope_start - 12) : frame.first]) or SALE.search(text[frame.first : frame.end]):
        return
    donors = _donors(context, frame, scope_start)
    if set(donors) & set(frame.recipients) or "CN" in frame.recipients:
        return
    parcels = helps(context.reading, encoded, frame.start, frame.end)
    if parcels[0].amount is None:
        near = amount_nearby(encoded, frame.first, frame.end)
        parcels[0] = replace(parcels[0], amount=near) if near else parcels[0]
    claim = context.claim(sentence, encoded.starts[frame.first])
    verb = claim.verb if claim and claim.start <= encoded.starts[frame.first] else ""
    counted = parcels[0].amount is not None or any(COUNT in text[p.first : p.last] for p in parcels)
    stage, modality = stage_of(scope, text[frame.given - 2 : frame.given + 4], text[frame.end - 8 if frame.end > 8 else 0 :] if frame.match.rule.constants.get("object") else text[frame.given :], verb, counted=counted)
    for parcel in parcels:
        if not _is_help(text, frame, parcel, donors, stage):
            continue
        words = text[parcel.first : parcel.last] if parcel.part else text[frame.first : frame.end]
        cumulative = _is_cumulative(context, frame, stage, parcel)
        yield Draft(
            kind="aid_announcement",
            found_by=f"aid_announcement/{frame.match.rule.name}",
            evidence=(_evidence(context, frame, scope_start, parcel),),
            slots={
                "donors": donors,
                "recipients": frame.recipients,
                "aid_type": aid_type(_raw(context, frame, words, parcel), donors, text[frame.first :]),
                "stage": stage,
                "amount": parcel.amount.value if parcel.amount else None,
                "scope": "cumulative" if cumulative else "program" if PROGRAM.search(text[scope_start : frame.end]) else "package",
                "package_number": batch_number(encoded, frame.first, frame.end),
                "items": tuple(dict.fromkeys(context.reading.words(*item) for item in parcel.items)),
            },
            claimed_by=_claimant(context, frame, donors, stage),
            modality=modality,
            when=_when(context, frame, scope_start, stage, cumulative=cumulative),
        )


def _raw(context: Context, frame: Frame, words: str, parcel: Help) -> str:
    """The words that name the help, with the mentions written out."""
    encoded = frame.sentence.encoded
    first, last = (parcel.first, parcel.last) if parcel.part else (frame.first, frame.end)
    start, end = encoded.span(first, max(last, first + 1))
    return context.reading.folded[start:end]


def _scope_start(text: str, frame: Frame) -> int:
    """Where what governs the statement begins: its clause, and the one before where the clause has no subject."""
    clause = max(text.rfind(mark, 0, frame.first) for mark in "，。；：") + 1
    parties = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
    if clause and not any(sign in parties for sign in text[clause : frame.first]):
        before = max(text.rfind(mark, 0, clause - 1) for mark in "，。；：") + 1
        return before
    return clause


def _donors(context: Context, frame: Frame, scope_start: int) -> tuple[str, ...]:
    sentence = frame.sentence
    if frame.match.rule.constants.get("gets"):
        inside = [m for m in sentence.encoded.mentions_in(frame.first + 1, frame.end)]
        found = tuple(code for code in codes_of([m for m in inside if m.type in (MentionType.SIDE, MentionType.ORGANISATION)]) if code not in frame.recipients)
        if found:
            return found
    donors = donors_before(context.reading, sentence, frame.first, frame.recipients)
    if donors:
        return donors
    inside = sentence.encoded.mentions_in(frame.first, frame.given)
    found = tuple(c for c in codes_of([m for m in inside if m.type in (MentionType.SIDE, MentionType.ORGANISATION)]) if c not in frame.recipients)
    if found and frame.match.rule.constants.get("recipient") == "context":
        return found
    claim = context.claim(sentence, sentence.encoded.starts[frame.first])
    if claim is not None:
        codes = codes_of([claim.speaker])
        return tuple(code for code in codes if code not in frame.recipients)
    return ()


def _is_help(text: str, frame: Frame, parcel: Help, donors: tuple[str, ...], stage: str) -> bool:
    """Material help needs an amount, things, or a package that can be told from others – and a donor."""
    if not donors:
        return False
    if parcel.amount is not None or parcel.items:
        return True
    words = text[frame.first : frame.end]
    if not re.search("援助|支持|军援|贷款|赠款|物资|支援|培训|训练|捐", words):
        return False
    if frame.match.rule.constants.get("object") == "around":
        return stage in ("suspended", "announced", "approved") and PACKAGE.search(words) is not None
    return PACKAGE.search(words) is not None


def _is_cumulative(context: Context, frame: Frame, stage: str, parcel: Help) -> bool:
    if stage not in ("delivered", "announced", "approved"):
        return False
    encoded = frame.sentence.encoded
    since = any(
        m is not None and isinstance(m.value, TimeExpression) and m.value.form in (Form.SINCE, Form.WAR)
        for m in encoded.mentions[: frame.end]
    )
    text = encoded.text[: frame.end]
    if since:
        return True
    if parcel.amount is None:
        return stage == "delivered" and SINCE.search(text[: frame.given]) is not None
    if SINCE.search(text):
        return stage == "delivered" or re.search("总额|累计|总计", text) is not None
    return stage == "delivered" and HAS_GIVEN.search(text[: frame.given]) is not None


def _claimant(context: Context, frame: Frame, donors: tuple[str, ...], stage: str) -> Claimant | None:
    sentence, at = frame.sentence, frame.sentence.encoded.starts[frame.first]
    claim = context.claim(sentence, at)
    if claim is None or (is_bare(claim.speaker, donors) and (announces(claim.verb) or claim.verb in ("称", "说") or stage == "requested")):
        return None
    return context.claimant(sentence, at)


def _when(context: Context, frame: Frame, scope_start: int, stage: str, *, cumulative: bool) -> Period | None:
    sentence, encoded = frame.sentence, frame.sentence.encoded
    dated = context.dates.in_sentence(sentence)
    start, end = encoded.starts[0], encoded.ends[frame.end - 1]
    near = [d for d in dated if start <= d.mention.start < end and isinstance(d.mention.value, TimeExpression)]
    if cumulative:
        since = [d for d in near if isinstance(d.mention.value, TimeExpression) and d.mention.value.form in (Form.SINCE, Form.WAR)]
        chosen = since or [d for d in near if d.period is not None and d.period.precision in ("year", "month", "quarter")]
        return chosen[0].period if chosen else None
    inside = [d for d in near if encoded.starts[scope_start] <= d.mention.start]
    if inside:
        chosen_one = inside[0]
        future = stage == "planned" and chosen_one.period is None
        return context.period(sentence, chosen_one.mention.start, chosen_one.mention.end, future=future)
    before = [d for d in near if d.mention.end <= encoded.starts[scope_start] and d.period is not None]
    if before:
        return before[-1].period
    if near:
        return near[-1].period
    return context.dates.day(sentence) if stage not in ("delivered", "approved") else None


def _evidence(context: Context, frame: Frame, scope_start: int, parcel: Help) -> tuple[int, int]:
    encoded = frame.sentence.encoded
    last = max(frame.end, parcel.last)
    return encoded.starts[scope_start], encoded.ends[last - 1]


def _continues(context: Context, sentence: Sentence, drafts: list[Draft]) -> bool:
    """Adds what a following sentence says of the help named before it: its things, amount or batch."""
    text, last = sentence.encoded.text, drafts[-1]
    if not 0 <= sentence.start - last.evidence[-1][1] <= 60:
        return False
    stretch = (sentence.start, sentence.encoded.ends[-1])
    batch = BATCH.match(text)
    number = batch_number(sentence.encoded, 0, batch.end()) if batch else None
    if number is not None and MONEY not in text:
        drafts[-1] = add_to(last, stretch, (), None, number)
        return True
    opening, among = CONTINUES.match(text), AMONG.search(text)
    if not opening and not among:
        return False
    first, end = (0, among.start()) if among else (opening.end() - 2 if opening else 0, len(text))
    named = tuple(context.reading.words(*item) for item in things(context.reading, sentence.encoded, first, end))
    money = [m for m in sentence.encoded.mentions if m is not None and m.type is MentionType.MONEY]
    amount = money[0].value if money and last.slots["amount"] is None else None
    if not named and amount is None:
        return False
    drafts[-1] = add_to(last, stretch, named, amount, None)
    return True
