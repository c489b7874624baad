"""Sums of help in a sentence behind an open package that no statement of its own tells: 政府还批准了8亿美元的安全方案."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_package import NO_PART, Package, recipients_of_part, sort_of_part, stretches
from extractors.kinds.aid_parties import donors_before
from extractors.kinds.aid_stage import stage_of
from extractors.kinds.aid_things import MONEY
from extractors.kinds.aid_triggers import clause_end
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence

# A sum that is called help, and who gives it.
HELP = re.compile(
    f"{MONEY}的?[^，。；]{{0,14}}?(?:援助|军援|支援|赠款|贷款|拨款|援款|援[^，。；]{{0,6}}(?:法案|议案|提案)|提议|方案|一揽子|防务支持|财政支持|资金支持)"
)
HANDS = re.compile("(?:批准|拨付|拨出|提供|追加|捐出?|承诺|认捐|拿出|出资|支付)了?(?:约|近|至少|另外)?$")
GIVES = re.compile("批准|提供|宣布|拨|出资|承诺|签署|审查|审议|捐|追加|发放")
TRADE = re.compile("贸易|出口|进口|订单|合同|投资|融资|收购|销售|出售|军售|罚款|损失|预算为|国内|本国|边境")


def further_sums(
    context: Context, sentence: Sentence, package: Package, told: Sequence[Draft]
) -> Iterator[Draft]:
    """Sums of help in a sentence behind an open package that no statement of its own tells: 政府还批准了8亿美元的安全方案."""
    encoded, head = sentence.encoded, package.draft
    text, known = encoded.text, [draft.slots["amount"] for draft in (head, *told)]
    for first, at, last in stretches(text):
        money = encoded.mentions[at]
        if money is None or money.value in known or NO_PART.search(text[:at]):
            continue
        clause = clause_start(text, at)
        end = clause_end(text, at)
        if not (HELP.match(text, at) or HANDS.search(text, clause, at)) or TRADE.search(text, clause, end):
            continue
        donors = donors_before(context.reading, sentence, at, (), clause, firm=True)
        named = recipients_of_part(context, sentence, max(first, clause), min(last, end), head)
        recipients = tuple(code for code in named if code not in donors) or tuple(head.slots["recipients"])
        donors = donors or tuple(head.slots["donors"])
        same = set(donors) & set(head.slots["donors"])
        if not donors or not recipients or not (same or GIVES.search(text, clause, at)):
            continue
        stage, modality = stage_of("", text[clause:at], "", text[at:end], "", counted=True, so_far=False)
        if stage is None or stage == "requested":
            continue
        start, stop = encoded.span(clause, end)
        slots = {
            **head.slots,
            "donors": tuple(map(context.reading.as_written, donors)),
            "recipients": tuple(map(context.reading.as_written, recipients)),
            "aid_type": sort_of_part(context.reading.folded[start:stop], head),
            "stage": stage,
            "amount": money.value,
            "scope": "package",
            "package_number": None,
            "items": (),
        }
        when = context.period(sentence, start, stop)
        yield replace(
            head,
            found_by="aid_announcement/part",
            slots=slots,
            evidence=((start, stop),),
            claimed_by=context.claimant(sentence, start),
            modality=modality,
            when=when,
        )
