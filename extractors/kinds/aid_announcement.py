"""Announcements of help: what the rules cannot say – stage, donors, amounts, things, and one record per package."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.kinds.aid_merging import add_to, merged
from extractors.kinds.aid_parties import codes_of, donors_before, is_bare, unnamed_donors
from extractors.kinds.aid_stage import announces, stage_of
from extractors.kinds.aid_things import (
    COUNT,
    MONEY,
    UNSPECIFIC,
    Help,
    aid_type,
    amount_nearby,
    batch_number,
    helps,
    object_end,
    things,
)
from extractors.layers.claims import claimant
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType, Side
from extractors.reading.time_expressions import Form, TimeExpression
from extractors.rules.ruleset import Match, RuleSet
from schemas import Claimant, Period

# Endings of 为 and 对 that belong to other words: 成为, 认为, 反对.
OTHER_WORD = re.compile("(?:[成认作因以较视称名])为$|(?:反|面|相|敌|应)对$|(?:转|面|导|倾|趋|方)向$")
CONDITIONAL = re.compile("如果|若(?!干)|假如|一旦|只要|除非|即使|倘若|要是|不论|无论")
SALE = re.compile("军售|出售|售予|售卖|采购合同|出口合同")
# Sentences that go on about the help named before them.
CONTINUES = re.compile(
    "^(?:(?:据)?[^，。]{0,14}?(?:称|说|表示|指出|透露|显示)，)?"
    "(?:(?:这批|这些|该批|此批|上述|这项|该项|此项|此次|本次|该|这一|新的|最新|这份|新一批)[^，。]{0,14}?"
    "(?:援助|物资|计划|方案|一揽子|军援|装备|支持|清单|资金|武器)|其中|(?:援助|军援|清单|物资|援助物资|计划|方案|内容|一揽子)(?=主要|将|包|涵|价|总))"
    "[^。，]{0,16}?，?(?:包括|包含|涵盖|价值|总额|总值|内有|提供)"
)
BATCH = re.compile(f"(?:这|此|该)[^。]{{0,40}}{SYMBOLS[MentionType.ORDINAL]}")
AMONG = re.compile("(?:也|均|都)?(?:在|列入|包含在)[^，。]{0,4}(?:援助|清单|计划|方案)(?:之列|之内|之中|中|内)")
PACKAGE = re.compile(
    f"新一批|新一轮|一揽子|第.{{0,3}}批|{SYMBOLS[MentionType.ORDINAL]}|新{COUNT}|援助计划|援助方案|军援计划|法案|军事|武器|防务|安全援助|紧急|人道|财政|贷款|经济|粮食|医疗|能源"
)
SINCE = re.compile("累计|总计|总额|总值|迄今|至今|先后|到目前为止|截至|共计|一共|总共|合计|此前(?!一)|之前|总量")
HAS_GIVEN = re.compile("(?:已|已经|共|曾)(?:经)?[^，。]{0,14}$")
# 第一个向乌克兰提供武器的国家 says who, not what.
RELATIVE = re.compile("[^，。；]{1,16}的[^，。；的]{0,4}(?:国家|盟国|盟友|一方|机构)(?:之一)?(?=[，。；、和]|$)")
PROGRAM = re.compile("年间|多年|未来.{1,4}年|年内|每年|基金(?:增加|注资|新增)|预算|年至20|[2-9两三四五六七八九十]年内")


PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
PLACES = SYMBOLS[MentionType.PLACE]
INNER = re.compile(rf"[向为给对](?P<who>[{PARTIES}{PLACES}](?:(?:、|和|与|及|以及)[{PARTIES}{PLACES}])*)")
SAKE = re.compile(rf"(?:帮助|协助|支持|用于|声援|资助|援助|支援|保卫)(?P<who>[{PARTIES}{PLACES}])|对(?P<whose>[{PARTIES}{PLACES}])(?:战争|的?防务|战事)")
DISPOSAL = re.compile("[将把]")
# Words of others about giving, no news of it: protests, fears, generalities.
OPINION = re.compile("反对|抗议|担心|担忧|是否|意味着|只会|不应|借口|目的是|确保|保障|如何")
DECIDING = re.compile("(?:宣布|承诺|同意|决定|许诺|公布)，$")
DECIDED = re.compile("宣布|公布|批准|签署|通过|启动")
LESSON = re.compile("接受|参加|完成")
# Words that make the speaker the one who gives: 称，将向…; a bare 称，向乌克兰运送武器… is an opinion.
OWN_DEED = re.compile("[将会已再不可拟正了]|继续|计划|准备|考虑|打算|决定|同意|承诺|批准|愿|提议|动用|通过")
OPINING = {"称", "说", "表示", "警告", "指出", "认为", "强调", "声称", "宣称"}
ASKING = re.compile("要求|请求|呼吁|敦促|寻求")
NOT_YET = re.compile("将(?:很快|再次|于|在|继续)?(?:宣布|公布)|计划|准备|打算|可能|考虑|拟|要求|如果")
# What is said of giving as such, behind it: 向…提供核武器等同于…
JUDGED = re.compile("等同于|只会|意味着|并不会|不会改变|无助于|是[^，。]{0,12}(?:原因|唯一|办法|方法)|是在|延长冲突|不能解决|方面都|将(?:对|会|给|造成|导致|产生|被视)")
# Weapons once given, met with on the battlefield.
MET = re.compile("拦截|击落|摧毁|打击|使用|缴获|发射|击毁|用")
ON_AND_ON = re.compile("不断|持续|一直|继续|源源|长期|大量|大规模")


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
    usual = _usual_recipients(context, rules)
    for sentence in context.reading.sentences:
        if not rules.gate.search(context.reading.folded, sentence.start, sentence.end) and not CONTINUES.match(
            sentence.encoded.text
        ):
            continue
        if drafts and _continues(context, sentence, drafts):
            continue
        for frame in _frames(context, sentence, rules, usual):
            drafts.extend(_drafts(context, frame))
    return merged(context, drafts)


def _frames(context: Context, sentence: Sentence, rules: RuleSet, usual: tuple[str, ...]) -> Iterator[Frame]:
    """The statements of a sentence; where rules overlap, the one that stands first in the file is meant."""
    taken: list[tuple[int, int]] = []
    for match in rules.matches(sentence.encoded):
        frame = _frame(context, sentence, match, usual)
        if frame is None or (taken and match.rule.name == "gave-without-recipient") or any(frame.first < end and start < frame.end for start, end in taken):
            continue
        taken.append((frame.first, frame.end))
        yield frame


def _frame(context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]) -> Frame | None:
    encoded, how = sentence.encoded, match.rule.constants
    text, first = encoded.text, match.first
    if OTHER_WORD.search(text[max(0, first - 1) : first + 1]):
        return None
    recipients = codes_of(match.slots.get("recipients", ()), context.reading)
    inner = list(INNER.finditer(text, first + 1, match.last)) if match.rule.name == "give-to-recipient" else []
    if inner:  # 对北约国家将向乌克兰提供: the last preposition governs the giving
        first = inner[-1].start()
        recipients = codes_of(encoded.mentions_in(*inner[-1].span("who")), context.reading)
    start, end = match.last, object_end(encoded, match.last)
    if how.get("recipient") == "context":
        recipients = _recipients_nearby(context, sentence, match, end, usual)
    if not recipients:
        return None
    clause = max(text.rfind(mark, 0, first) for mark in "，。；：") + 1
    kind = how.get("object")
    if kind in ("before", "around"):
        start = clause
    if kind == "before":
        end = match.last
    if kind == "whole" or how.get("gets") or (how.get("recipient") == "context" and match.one("amount")):
        start = first
    given = match.last
    disposal = DISPOSAL.search(text, clause, first) if match.rule.name == "hand-over-to-recipient" else None
    if disposal and text[match.last : match.last + 1] in ("", "，", "。", "；"):
        start, end, given = disposal.end(), first, disposal.start()
    if text[start : start + 1] == "的" and kind is None:
        start += 1
    return Frame(sentence, match, recipients, first, given, start, max(end, start))


def _usual_recipients(context: Context, rules: RuleSet) -> tuple[str, ...]:
    """Who receives in the article, most often first, for statements that leave the recipient out."""
    named: Counter[str] = Counter()
    for sentence in context.reading.sentences:
        for match in rules.matches(sentence.encoded):
            if not match.rule.constants.get("recipient"):
                named.update(codes_of(match.slots.get("recipients", ()), context.reading))
    if named:
        return tuple(sorted(named, key=lambda code: (-named[code], code)))
    sides = Counter(
        m.value.code for s in context.reading.sentences for m in s.mentions if isinstance(m.value, Side)
    )
    return ("UA",) if sides["UA"] and sides["UA"] >= max(sides.values()) / 2 else ()


def _recipients_nearby(
    context: Context, sentence: Sentence, match: Match, end: int, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Recipients that the statement leaves out: a country for whose sake it is done, else the usual one."""
    encoded = sentence.encoded
    clause = max(encoded.text.rfind(mark, 0, match.first) for mark in "，。；：") + 1
    givers = donors_before(context.reading, sentence, match.last, (), clause)
    for found in SAKE.finditer(encoded.text, match.first, min(end + 24, len(encoded.text))):
        codes = codes_of(encoded.mentions_in(*found.span("who" if found["who"] else "whose")), context.reading)
        if not set(codes) & set(givers):
            return codes
    return next(((code,) for code in usual if code not in givers), ())


def _drafts(context: Context, frame: Frame) -> Iterator[Draft]:
    encoded, sentence = frame.sentence.encoded, frame.sentence
    text = encoded.text
    scope_start = _scope_start(text, frame)
    conditional = CONDITIONAL.search(text[max(0, scope_start - 20) : frame.first]) is not None
    if (conditional and MONEY not in text[frame.start : frame.end]) or SALE.search(text[frame.first : frame.end]):
        return
    donors = _donors(context, frame)
    if set(donors) & set(frame.recipients) or "CN" in frame.recipients:
        return
    parcels = _parcels(context, frame)
    claim = context.claim(sentence, encoded.starts[frame.first])
    clause = max(scope_start, max(text.rfind(mark, 0, frame.first) for mark in "，。；：") + 1)
    verb = claim.verb if claim and sentence.start <= claim.start <= encoded.starts[scope_start] else ""
    if not verb and (opening := DECIDING.search(text[:clause])):
        verb = opening.group()
    counted = parcels[0].amount is not None or any(COUNT in text[p.first : p.last] for p in parcels)
    so_far = _is_so_far(context, frame)
    given = text[frame.given - 2 : frame.given + 4]
    after = text[frame.given if not frame.match.rule.constants.get("object") else max(frame.end - 8, 0) :]
    stage, modality = stage_of(text[scope_start:clause], text[clause : frame.given], given, after, verb, counted=counted, so_far=so_far)
    if stage is None:
        return
    if stage == "requested" and _asks_own_side(context, frame, scope_start, donors) or conditional:
        stage, modality = "proposed", "possible"
    if frame.match.rule.constants.get("gets") and stage == "announced":
        stage, modality = "delivered", "asserted"
    if _is_talk(frame, text[scope_start : frame.given], text[frame.given :], parcels, donors, stage, context):
        return
    for parcel in parcels:
        if not _is_help(text, frame, parcel, donors, stage):
            continue
        words = text[parcel.first : parcel.last] if parcel.part else text[frame.first : frame.end]
        cumulative = _is_cumulative(context, frame, stage, parcel, so_far=so_far)
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
                "scope": "cumulative" if cumulative else "program" if PROGRAM.search(context.reading.folded, encoded.starts[scope_start], encoded.ends[frame.end - 1]) else "package",
                "package_number": batch_number(encoded, min(frame.first, frame.start), frame.end),
                "items": tuple(dict.fromkeys(context.reading.words(*item) for item in parcel.items)),
            },
            claimed_by=_claimant(context, frame, donors, stage),
            modality=modality,
            when=_when(context, frame, scope_start, stage, cumulative=cumulative),
        )


def _asks_own_side(context: Context, frame: Frame, scope_start: int, donors: tuple[str, ...]) -> bool:
    """A government that asks its own parliament proposes: 美国政府要求国会追加资金."""
    encoded = frame.sentence.encoded
    asking = ASKING.search(encoded.text, scope_start, frame.given)
    asker = codes_of(encoded.mentions_in(scope_start, asking.start()) if asking else (), context.reading)
    return bool(asker) and asker[0] in donors


def _parcels(context: Context, frame: Frame) -> list[Help]:
    """What is given: the whole first, then parts with amounts of their own."""
    encoded = frame.sentence.encoded
    if frame.match.rule.constants.get("object") == "whole":
        end = min((i for i in (encoded.text.find(mark, frame.first) for mark in "，。；！？等") if i >= 0), default=len(encoded.text))
        return [Help(None, (encoded.span(frame.first, max(end, frame.given)),), frame.first, frame.end)]
    if frame.match.rule.constants.get("object") == "lesson":
        lesson = LESSON.search(encoded.text, frame.first, frame.match.last)
        first = lesson.end() if lesson else frame.match.last - 2
        return [Help(None, (encoded.span(first, frame.match.last),), frame.first, frame.end)]
    parcels = helps(context.reading, encoded, frame.start, frame.end)
    if parcels[0].amount is None:
        near = amount_nearby(encoded, frame.first, frame.end)
        parcels[0] = replace(parcels[0], amount=near) if near else parcels[0]
    return parcels


def _is_talk(frame: Frame, scope: str, rest: str, parcels: list[Help], donors: tuple[str, ...], stage: str, context: Context) -> bool:
    """Opinions on giving and generalities (西方不断提供武器) are no announcements."""
    counted = any(p.amount is not None for p in parcels)
    helped_only = frame.match.rule.name == "help-recipient"
    if (OPINION.search(scope) or JUDGED.search(rest.partition("，")[0])) and not counted:
        return True
    if helped_only and stage == "delivered" and not counted and not re.search("已|物资|包机", scope + rest[:24]):
        return True
    if rest.startswith("的") and MET.search(scope) and not counted and stage == "delivered":
        return True
    if stage != "delivered" or counted:
        return False
    items = [context.reading.folded[a:b] for p in parcels for a, b in p.items]
    specific = any(not UNSPECIFIC.match(item) for item in items)
    unnamed = all(not code.isascii() for code in donors)
    return not specific and (unnamed or ON_AND_ON.search(scope) is not None)


def _raw(context: Context, frame: Frame, words: str, parcel: Help) -> str:
    """The words that name the help, with the mentions written out."""
    encoded = frame.sentence.encoded
    first, last = (parcel.first, parcel.last) if parcel.part else (min(frame.first, frame.start), frame.end)
    start, end = encoded.span(first, max(last, first + 1))
    return context.reading.folded[start:end]


def _scope_start(text: str, frame: Frame) -> int:
    """Where what governs the statement begins: its clause, and the one before where the clause has no subject."""
    if frame.match.rule.name == "promised-without-recipient":
        return frame.first
    clause = max(text.rfind(mark, 0, frame.first) for mark in "，。；：") + 1
    parties = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
    if clause and not any(sign in parties for sign in text[clause : frame.first]):
        before = max(text.rfind(mark, 0, clause - 1) for mark in "，。；：") + 1
        return before
    return clause


def _donors(context: Context, frame: Frame) -> tuple[str, ...]:
    """Who gives: the subject of the clause, else who says so, else who is named before."""
    sentence, encoded = frame.sentence, frame.sentence.encoded
    how = frame.match.rule.constants
    inside = encoded.mentions_in(frame.first + (1 if how.get("gets") else 0), frame.given)
    among = tuple(
        code
        for code in codes_of([m for m in inside if m.type in (MentionType.SIDE, MentionType.ORGANISATION)], context.reading)
        if code not in frame.recipients
    )
    if how.get("gets"):
        return among
    if "donor" in frame.match.slots:
        return codes_of(frame.match.slots["donor"], context.reading)
    last = frame.given - 1 if how.get("recipient") == "context" else frame.first
    clause = max(encoded.text.rfind(mark, 0, frame.first) for mark in "，。；：") + 1
    if frame.match.rule.name == "appeal-without-recipient":
        asked = donors_before(context.reading, sentence, last, frame.recipients, frame.first)
        return asked or unnamed_donors(context.reading, sentence, frame.first)
    donors = donors_before(context.reading, sentence, last, frame.recipients, clause)
    if donors:
        return donors
    claim = context.claim(sentence, encoded.starts[frame.first])
    if claim is not None:
        codes = codes_of([claim.speaker], context.reading)
        own = OWN_DEED.search(encoded.text, encoded.position(claim.start), frame.given + 1)
        if not own and frame.match.rule.name == "give-to-recipient" and claim.verb in OPINING and claim.start >= sentence.start:
            return ()
        if codes and not set(codes) & set(frame.recipients) and sentence.start <= claim.start:
            asked = donors_before(context.reading, sentence, clause, frame.recipients, encoded.position(claim.start))
            at, verb = encoded.position(claim.speaker.start), encoded.position(claim.start)
            return asked or donors_before(context.reading, sentence, verb, frame.recipients, at) or codes
    donors = donors_before(context.reading, sentence, clause, frame.recipients)
    if donors or claim is None:
        return donors
    return tuple(code for code in codes_of([claim.speaker], context.reading) if code not in frame.recipients)


def _is_help(text: str, frame: Frame, parcel: Help, donors: tuple[str, ...], stage: str) -> bool:
    """Material help needs an amount, things, or a package that can be told from others – and a donor."""
    if not donors and not frame.match.rule.constants.get("gets"):
        return False
    if RELATIVE.match(text, frame.given):
        return False
    if parcel.amount is not None or parcel.items:
        return True
    if frame.match.rule.name == "gave-without-recipient":
        return False
    words = text[frame.given : frame.end] if frame.match.rule.constants.get("object") is None else text[frame.first : frame.end]
    if not re.search("援助|支持|军援|贷款|赠款|物资|支援|培训|训练|捐", words):
        return False
    if stage == "requested":
        return all(code.isascii() for code in donors) and PACKAGE.search(words) is not None
    if stage == "delivered":
        return re.search(f"新一批|一揽子|{SYMBOLS[MentionType.ORDINAL]}|新{COUNT}", words) is not None
    if frame.match.rule.constants.get("object") == "around":
        decided = stage in ("suspended", "announced", "approved") or DECIDED.search(text, 0, frame.first)
        return bool(decided) and PACKAGE.search(words) is not None
    return PACKAGE.search(words) is not None


def _is_so_far(context: Context, frame: Frame) -> bool:
    """A total up to now: 自…以来, 迄今共, 此前已."""
    encoded = frame.sentence.encoded
    since = any(
        m is not None and isinstance(m.value, TimeExpression) and m.value.form in (Form.SINCE, Form.WAR)
        for m in encoded.mentions[: frame.end]
    )
    if since:
        return True
    folded, start = context.reading.folded, frame.sentence.start
    before, through = folded[start : encoded.ends[frame.given - 1]], folded[start : encoded.ends[frame.end - 1]]
    total = re.search("提供的|给予的|援助总|承诺的|援助累计", through) and re.search("总额|总计|累计|总量", through)
    return bool(total) or (SINCE.search(before) is not None and re.search("已|共|曾|只", before) is not None)


def _is_cumulative(context: Context, frame: Frame, stage: str, parcel: Help, *, so_far: bool) -> bool:
    if stage not in ("delivered", "announced", "approved") or parcel.part:
        return False
    text = frame.sentence.encoded.text[: frame.end]
    if so_far:
        return stage == "delivered" or re.search("总额|累计|总计", text) is not None
    if parcel.amount is None or frame.match.rule.constants.get("gets"):
        return False
    return stage == "delivered" and HAS_GIVEN.search(text[: frame.given]) is not None


def _claimant(context: Context, frame: Frame, donors: tuple[str, ...], stage: str) -> Claimant | None:
    """Who says so; nobody where a bare country or union announces. A claim itself only planned (将宣布) does not count."""
    sentence, at = frame.sentence, frame.sentence.encoded.starts[frame.first]
    for _ in range(3):
        claim = context.claim(sentence, at)
        if claim is None or claim.start < sentence.start:
            return None
        bare = is_bare(claim.speaker, donors) and (
            isinstance(claim.speaker.value, Side) or announces(claim.verb) or claim.verb in ("称", "说")
        ) and context.reading.folded[claim.speaker.start - 1 : claim.speaker.start] != "据"
        intended = NOT_YET.search(context.reading.folded, claim.speaker.end, claim.start + 1)
        if not bare and not intended:
            return claimant(context.reading, claim)
        if not sentence.start < claim.speaker.start < at:
            return None
        at = claim.speaker.start
    return None


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
    first, end = (0, among.start()) if among else (opening.end() - 2 if opening else 0, len(text.rstrip("。；！？")))
    named = tuple(context.reading.words(*item) for item in things(context.reading, sentence.encoded, first, end))
    money = [m for m in sentence.encoded.mentions if m is not None and m.type is MentionType.MONEY]
    if money and last.slots["amount"] is not None and money[0].value != last.slots["amount"]:
        part = {**last.slots, "amount": money[0].value, "items": named, "package_number": None, "scope": "package"}
        drafts.append(replace(last, slots=part, evidence=(stretch,)))
        return True
    amount = money[0].value if money and last.slots["amount"] is None else None
    if not named and amount is None:
        return False
    drafts[-1] = add_to(last, stretch, named, amount, None)
    return True
