"""Sums of help that no rule tells of, read by linear models over the words around them.

The rules say how help is announced; news says it in more ways than rules foresee. A sum of money is easily seen,
and whether it is help, who gives and who receives show in many weak signs together. The models weigh these signs
(`extractors/model/sums.json`, trained as `extractors/model/README.md` tells); they add what the rules left, and rate
what the rules found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.kinds.aid_bills import bill_stage, is_given_by_bill
from extractors.kinds.aid_codes import is_unnamed, parties_in, unnamed_donors
from extractors.kinds.aid_merging import add_to
from extractors.kinds.aid_package import OF_DONOR, PARTIES, TRANCHE
from extractors.kinds.aid_scope import is_of_years, is_total, when_told
from extractors.kinds.aid_sense import FIRM
from extractors.kinds.aid_sorts import aid_type
from extractors.kinds.aid_stage import MODALITY, is_told, stage_of
from extractors.kinds.aid_sum_parties import Told, candidates
from extractors.kinds.aid_sum_words import Sum, features_of_claim, features_of_sum, sums_in
from extractors.kinds.aid_things import MONEY, VERBAL, object_end, things
from extractors.layers.context import Context, Draft
from extractors.linear import LinearModel, load
from extractors.reading.document import Sentence
from extractors.reading.lexicon_files import MODEL
from schemas import Money

MODELS = ("claimed", "donor", "help", "recipient")
RULE = "aid_announcement/sum-by-its-words"
# A sum is told where it is help with this probability; a party has a role with more than even odds, or is the
# likeliest and not unlikely.
LIKELY, EVEN, UNLIKELY = 0.6, 0.5, 0.2
# How many encoded characters before and behind the sum belong to the words of giving.
GIVEN, GIVING = 3, 6
Amount = tuple[float | None, str]
# A sum of what was told just before, and how near.
OF_WHOLE = re.compile(
    "(?:该|这|此|上述|整个)[项笔批份个次]?(?:新的|最新)?[^，。]{0,6}(?:法案|议案|提案|计划|方案|援助|军援|贷款|拨款|赠款|一揽子)"
    "[^，。]{0,4}(?:总?金额|总额|总值|总价值|价值|规模|总计|共计|涉及)[^，。]{0,4}$"
)
CLOSE = 40
BOUGHT = re.compile(f"[向从][{PARTIES}][^，。]{{0,6}}(?:采购|购买|订购|购入|进口)")
SOLD = re.compile("军售|出售|售予|售卖|卖给")
# What a state spends on itself, a fine, and what somebody buys for himself; unless the clause speaks of help.
OWN = re.compile(
    "支出法案|(?:综合)?拨款(?:法案|法(?!国))|预算案|国防授权|财年|罚款|罚金|税款|关税|购买(?:了)?价值|采购(?:了)?价值|补充[^，。]{0,8}库存"
)
HELP = re.compile("援|助|捐|赠|人道|支持|贷款|赈|提供")
# What many give together.
MANY = re.compile(
    "各方|各国|与会|国际社会|捐助|捐款|伙伴|成员国|盟国|盟友|共(?:计|同)?(?:承诺|认捐|筹|捐)|收到"
)
EACH = re.compile("分别|各自|依次")


@lru_cache(maxsize=1)
def _models() -> Mapping[str, LinearModel]:
    return load(MODEL / "sums.json", MODELS)


def with_sums(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The announcements of the rules, each rated by its sum, and those of sums that the rules left."""
    found, told = list(drafts), Told(drafts)
    of_sum: dict[Amount, list[int]] = {}
    for number, draft in enumerate(found):
        of_sum.setdefault(_amount_of(draft.slots["amount"]), []).append(number)
    for sentence in context.reading.sentences:
        for sum_ in sums_in(context, sentence):
            likely = _models()["help"].probability(features_of_sum(sum_, len(drafts)))
            telling = of_sum.setdefault(_amount_of(sum_.money), [])
            for number in telling:
                if found[number].slots["amount"] == sum_.money and _stands_in(found[number], sentence):
                    found[number] = _rated(sum_, found[number], told, likely)
            if telling or likely < LIKELY or _is_bought(sum_) or _is_own(sum_):
                continue
            whole = _whole_told(sum_, found)
            if whole is not None:
                found[whole] = add_to(found[whole], sum_.span, (), sum_.money, None)
                telling.append(whole)
                continue
            for draft in _draft(sum_, told, found, likely):
                telling.append(len(found))
                found.append(draft)
    return found


def _amount_of(money: Money | None) -> Amount:
    """What two tellings of one sum agree on, whatever the qualifier."""
    return (money.value, money.currency) if money is not None else (None, "")


def _is_bought(sum_: Sum) -> bool:
    """True for the price of what somebody buys or sells: 向美国采购价值900亿美元的武器, 批准对台7500万美元军售."""
    text, (first, last) = sum_.sentence.encoded.text, sum_.clause
    if BOUGHT.search(text, first, sum_.at):
        return True
    return SOLD.search(text, first, last) is not None and HELP.search(text, first, last) is None


def _is_own(sum_: Sum) -> bool:
    """True for what the clause tells of a state's own money, or a fine: 通过1.7万亿美元的综合拨款法案."""
    text, (first, last) = sum_.sentence.encoded.text, sum_.clause
    return OWN.search(text, first, last) is not None and HELP.search(text, first, last) is None


def _whole_told(sum_: Sum, found: Sequence[Draft]) -> int | None:
    """Which announcement without a sum a clause gives the sum of: 通过援乌议案。该项议案金额约为400亿美元."""
    encoded = sum_.sentence.encoded
    if not OF_WHOLE.search(encoded.text, sum_.clause[0], sum_.at):
        return None
    before = [
        (draft.evidence[-1][1], number)
        for number, draft in enumerate(found)
        if draft.evidence[-1][1] <= sum_.span[0] and draft.slots["amount"] is None
    ]
    end, number = max(before, default=(-CLOSE, None))
    return number if sum_.span[0] - end < CLOSE else None


def _stands_in(draft: Draft, sentence: Sentence) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in draft.evidence)


def _rated(sum_: Sum, draft: Draft, told: Told, likely: float) -> Draft:
    """A draft of the rules with its likelihood, and with other parties where its own are unlikely and others are not."""
    parties, slots = candidates(sum_, told), dict(draft.slots)
    taken: tuple[str, ...] = ()
    each = EACH.search(sum_.sentence.encoded.text, sum_.clause[0], sum_.at) is not None
    for role, slot in (("recipient", "recipients"), ("donor", "donors")):
        rated = _rated_parties(role, parties, taken)
        own = [odds for odds, code in rated if code in draft.slots[slot]]
        if each and role == "donor":
            continue  # 分别承诺2亿和3亿欧元: each of them its own
        if role == "donor" and slots[slot] and all(map(is_unnamed, slots[slot])):
            continue  # 普京说，西方国家已提供500亿美元: no candidate, and no Russian gift
        if rated and rated[0][0] > EVEN and max(own, default=0.0) <= EVEN:
            slots[slot] = tuple(map(sum_.context.reading.as_written, _of_role(role, parties, taken)))
        taken = slots[slot]
    return replace(draft, slots=slots, likelihood=likely)


def _draft(sum_: Sum, told: Told, found: Sequence[Draft], likely: float) -> Iterator[Draft]:
    parties = candidates(sum_, told)
    recipients = _of_role("recipient", parties, ())
    if not recipients or all(FIRM.search(code) for code in recipients):
        return
    donors = _of_part(sum_, recipients) or _in_turn(sum_, _of_role("donor", parties, recipients))
    reading, encoded = sum_.context.reading, sum_.sentence.encoded
    first, last = sum_.clause
    text = encoded.text
    apart = TRANCHE.match(text, first)  # 批准500亿欧元，首笔19亿有望6月拨付
    stage, modality = stage_of(
        "" if apart else text[:first],
        text[first : sum_.at],
        text[max(first, sum_.at - GIVEN) : sum_.at + GIVING],
        text[sum_.at :],
        "",
        counted=True,
        so_far=False,
    )
    if stage is None:
        return
    if stage == "requested":  # 人道厅呼吁捐助方: who asks does not give
        donors = unnamed_donors(reading, sum_.sentence, last) or donors
    by_bill = is_given_by_bill(text, 0, sum_.at) and stage == "planned"
    if by_bill or not is_told(text[:first], text[first : sum_.at], text[sum_.at :]):
        bill = bill_stage(sum_.context, sum_.sentence)
        stage, modality = (bill, MODALITY.get(bill, "asserted")) if bill else (stage, modality)
    so_far = is_total(sum_.context, sum_.sentence, sum_.at, sum_.at + 1)
    scope = is_of_years(sum_.context, *sum_.span)
    if so_far and stage in ("delivered", "announced", "planned", "proposed"):
        scope = "cumulative"
        if stage == "announced":
            stage, modality = "delivered", "asserted"
    words = reading.folded[slice(*sum_.span)]
    sort = aid_type(words, donors, reading.folded[sum_.sentence.start : sum_.sentence.end])
    earlier = (draft for draft in reversed(found) if draft.evidence[0][0] < sum_.mention.start)
    before = next(earlier, None)
    if sort == "unspecified" and before is not None and set(before.slots["recipients"]) & set(recipients):
        sort = before.slots["aid_type"]
    speaker = sum_.context.claimant(sum_.sentence, sum_.mention.start)
    if speaker is not None:
        by_donor = speaker.side is not None and speaker.side in donors
        stands = _models()["claimed"].probability(features_of_claim(sum_, stage, by_donor=by_donor))
        speaker = speaker if stands >= EVEN else None
    yield Draft(
        kind="aid_announcement",
        found_by=RULE,
        evidence=(sum_.span,),
        slots={
            "donors": tuple(map(reading.as_written, donors)),
            "recipients": tuple(map(reading.as_written, recipients)),
            "aid_type": sort,
            "stage": stage,
            "amount": sum_.money,
            "scope": scope,
            "package_number": None,
            "items": _items(sum_),
        },
        claimed_by=speaker,
        modality=modality,
        when=when_told(sum_.context, sum_.sentence, (first, sum_.at + 1, last), stage, scope),
        likelihood=likely,
    )


def _of_part(sum_: Sum, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Whose part of what many pledge a sum is: 各方共承诺24亿美元，其中英国3.8亿，美国2亿."""
    text, first = sum_.sentence.encoded.text, sum_.clause[0]
    found = OF_DONOR.match(text, first, sum_.at + 1) if MANY.search(text, 0, first) else None
    if found is None:
        return ()
    named = parties_in(sum_.context, sum_.sentence.encoded, *found.span("who"))
    return tuple(code for code in named if code not in recipients)


def _in_turn(sum_: Sum, donors: tuple[str, ...]) -> tuple[str, ...]:
    """Of 丹麦、挪威分别追加1000万和2000万美元 the donor whose turn it is; all of them elsewhere."""
    (first, last), encoded = sum_.clause, sum_.sentence.encoded
    sums = [at for at in range(first, last) if encoded.text[at] == MONEY]
    named = parties_in(sum_.context, encoded, first, sums[0] if sums else first)
    if len(sums) < 2 or len(named) != len(sums) or not EACH.search(encoded.text, first, last):
        return donors
    return (named[sums.index(sum_.at)],)


def _items(sum_: Sum) -> tuple[str, ...]:
    """The things that a sum is to buy: named behind it in its clause and those that go on with it."""
    reading, encoded = sum_.context.reading, sum_.sentence.encoded
    another = encoded.text.find(MONEY, sum_.at + 1)
    end = object_end(encoded.text, sum_.at + 1)
    end = min(end, another) if another >= 0 else end
    named = (reading.words(*item) for item in things(reading, encoded, sum_.at + 1, end))
    return tuple(dict.fromkeys(item for item in named if not VERBAL.match(item)))


def _rated_parties(
    role: str, parties: Mapping[str, set[str]], without: Sequence[str]
) -> list[tuple[float, str]]:
    """The parties by how likely they have a role, the likeliest first."""
    model = _models()[role]
    rated = [(model.probability(features), code) for code, features in parties.items() if code not in without]
    return sorted(rated, reverse=True)


def _of_role(role: str, parties: Mapping[str, set[str]], without: Sequence[str]) -> tuple[str, ...]:
    """The parties that have a role: all that rather have it, else the likeliest; none where none is likely."""
    rated = _rated_parties(role, parties, without)
    chosen = tuple(code for likely, code in rated if likely > EVEN)
    if chosen or not rated or rated[0][0] <= UNLIKELY:
        return chosen
    return (rated[0][1],)
