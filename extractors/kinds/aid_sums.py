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

from extractors.kinds.aid_sorts import aid_type
from extractors.kinds.aid_stage import stage_of
from extractors.kinds.aid_sum_parties import candidates
from extractors.kinds.aid_sum_words import Sum, features_of_claim, features_of_sum, sums_in
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
# What is bought of somebody is no help, however like it the words: 向美国采购价值900亿美元的武器.
BOUGHT = re.compile("[向从][^，。]{1,8}(?:采购|购买|订购|购入|购置|买)|军购")
# How many encoded characters behind the sum belong to the words of giving.
GIVING = 6


@lru_cache(maxsize=1)
def _models() -> Mapping[str, LinearModel]:
    return load(MODEL / "sums.json", MODELS)


def with_sums(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The announcements of the rules, each rated by its sum, and those of sums that the rules left."""
    found = list(drafts)
    for sentence in context.reading.sentences:
        for sum_ in sums_in(context, sentence):
            likely = _models()["help"].probability(features_of_sum(sum_, len(drafts)))
            telling = [number for number, draft in enumerate(found) if draft.slots["amount"] == sum_.money]
            for number in telling:
                if _stands_in(found[number], sentence):
                    found[number] = _rated(sum_, found[number], drafts, likely)
            if telling or likely < LIKELY or _is_bought(sum_) or any(_is_same_sum(draft, sum_.money) for draft in found):
                continue
            found.extend(_draft(sum_, drafts, found, likely))
    return found


def _is_bought(sum_: Sum) -> bool:
    return BOUGHT.search(sum_.sentence.encoded.text, *sum_.clause) is not None


def _stands_in(draft: Draft, sentence: Sentence) -> bool:
    return any(start < sentence.end and sentence.start < end for start, end in draft.evidence)


def _is_same_sum(draft: Draft, money: Money) -> bool:
    amount = draft.slots["amount"]
    return amount is not None and (amount.value, amount.currency) == (money.value, money.currency)


def _rated(sum_: Sum, draft: Draft, drafts: Sequence[Draft], likely: float) -> Draft:
    """A draft of the rules with its likelihood, and with other parties where its own are unlikely and others are not."""
    parties, slots = candidates(sum_, drafts), dict(draft.slots)
    taken: tuple[str, ...] = ()
    for role, slot in (("recipient", "recipients"), ("donor", "donors")):
        rated = _rated_parties(role, parties, taken)
        own = [likely for likely, code in rated if code in draft.slots[slot]]
        if rated and rated[0][0] > EVEN and max(own, default=0.0) <= EVEN:
            slots[slot] = tuple(map(sum_.context.reading.as_written, _of_role(role, parties, taken)))
        taken = slots[slot]
    return replace(draft, slots=slots, likelihood=likely)


def _draft(sum_: Sum, told: Sequence[Draft], found: Sequence[Draft], likely: float) -> Iterator[Draft]:
    parties = candidates(sum_, told)
    recipients = _of_role("recipient", parties, ())
    if not recipients:
        return
    donors = _of_role("donor", parties, recipients)
    reading, encoded = sum_.context.reading, sum_.sentence.encoded
    first, _ = sum_.clause
    text = encoded.text
    stage, modality = stage_of(
        text[:first],
        text[first : sum_.at],
        text[sum_.at : sum_.at + GIVING],
        text[sum_.at :],
        "",
        counted=True,
        so_far=False,
    )
    if stage is None:
        return
    words = reading.folded[slice(*sum_.span)]
    sort = aid_type(words, donors, reading.folded[sum_.sentence.start : sum_.sentence.end])
    before = [draft for draft in found if draft.evidence[0][0] < sum_.mention.start]
    if sort == "unspecified" and before and set(before[-1].slots["recipients"]) & set(recipients):
        sort = before[-1].slots["aid_type"]
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
            "scope": "package",
            "package_number": None,
            "items": (),
        },
        claimed_by=speaker,
        modality=modality,
        when=sum_.context.period(sum_.sentence, *sum_.span),
        likelihood=likely,
    )


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
