"""Sums of one sentence that go to a receiver each: 600亿美元用于乌克兰，140亿美元用于以色列."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from extractors.kinds.aid_codes import parties_in
from extractors.kinds.aid_donors_told import usual_giver
from extractors.kinds.aid_sorts import aid_type
from extractors.kinds.aid_triggers import MONEY, WHO
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence

HELPS = "(?:援助|支援|支持|帮助|协助|资助|防卫|重建)"
# The receiver behind its sum, and before it.
BEHIND = re.compile(
    f"{MONEY}(?:的[^，。；、{MONEY}]{{0,6}}|资金|援助)?(?:将|则|拟|是)?(?:用于|用来|用以|拨给|给予?|提供给|流向|{HELPS})(?:对|向|给)?{HELPS}?(?:对|给)?(?P<who>{WHO})"
)
BEFORE = re.compile(
    f"(?:用于|用来)?(?:[向给为对]|{HELPS}|用于)(?:了)?(?P<who>{WHO})(?:提供|拨付|拨款|拨出|划拨)?(?:的|了)?(?:约|近|超过|总额|价值)*{MONEY}"
)


@dataclass(frozen=True)
class Share:
    """A sum with its own receivers, the offsets that name both, and the sort of help that the words there tell."""

    money: Any
    receivers: tuple[str, ...]
    span: tuple[int, int]
    sort: str


def with_own_receivers(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts, in sentences where each sum has a receiver of its own with that receiver, and with sums left out there."""
    found = list(drafts)
    for sentence in context.reading.sentences:
        shares = shares_of(context, sentence) if sentence.encoded.text.count(MONEY) > 1 else []
        here = [n for n, draft in enumerate(found) if _stands_in(draft, sentence)]
        if shares and here:
            found = _shared(context, found, here, shares)
    return found


def shares_of(context: Context, sentence: Sentence) -> list[Share]:
    """Two sums or more of a sentence that name other receivers in the same way, none else."""
    for pattern in (BEHIND, BEFORE):
        shares = list(_shares(context, sentence, pattern))
        if len({share.receivers for share in shares}) > 1:
            return shares
    return []


def _shares(context: Context, sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[Share]:
    encoded = sentence.encoded
    for match in pattern.finditer(encoded.text):
        at = encoded.text.index(MONEY, match.start())
        money, receivers = encoded.mentions[at], parties_in(context, encoded, *match.span("who"))
        if money is not None and receivers:
            last = next(
                (i for i in range(match.end(), len(encoded.text)) if encoded.text[i] in "，。；、"),
                match.end(),
            )
            span = encoded.span(match.start(), last)
            yield Share(money.value, receivers, span, aid_type(context.reading.folded[slice(*span)], ()))


def _stands_in(draft: Draft, sentence: Sentence) -> bool:
    return sentence.start <= draft.evidence[0][0] < sentence.end and draft.slots["amount"] is not None


def _is_told(draft: Draft, share: Share) -> bool:
    """Whether another sentence tells a share already."""
    return draft.slots["amount"] == share.money and bool(
        set(share.receivers) & set(draft.slots["recipients"])
    )


def _shared(context: Context, found: list[Draft], here: list[int], shares: list[Share]) -> list[Draft]:
    """The drafts of a sentence by their shares; a share without one is told like the others, a whole helps them all."""
    receivers = tuple(dict.fromkeys(code for share in shares for code in share.receivers))
    told = [found[n] for n in here]
    named = (
        d.slots["donors"] for d in told if d.slots["donors"] and not set(receivers) & set(d.slots["donors"])
    )
    donors = next(named, None) or usual_giver(context, receivers)
    sums = [share.money for share in shares]
    for number in here:
        whole = found[number].slots
        if whole["amount"] not in sums and set(whole["recipients"]) <= set(receivers):
            found[number] = _of(found[number], donors, receivers, receivers, mixed=True)
    for share in shares:
        known = next((n for n in here if found[n].slots["amount"] == share.money), None)
        other = any(one.sort not in ("unspecified", share.sort) for one in shares)
        mixed = other and share.sort == "unspecified"
        if known is not None:
            found[known] = _of(found[known], donors, share.receivers, receivers, mixed=mixed)
        elif not any(_is_told(draft, share) for draft in found):
            like = _of(told[0], donors, share.receivers, receivers, mixed=mixed)
            more = {"amount": share.money, "items": (), "package_number": None}
            found.append(replace(like, slots={**like.slots, **more}, evidence=(share.span,)))
    return found


def _of(
    draft: Draft, donors: tuple[str, ...], own: tuple[str, ...], receivers: tuple[str, ...], *, mixed: bool
) -> Draft:
    """A draft with its own receivers, none of whom gives; without a sort where that is of another share (`mixed`)."""
    giving = draft.slots["donors"] if not set(receivers) & set(draft.slots["donors"]) else ()
    slots = {**draft.slots, "donors": giving or donors, "recipients": own}
    return replace(draft, slots={**slots, "aid_type": "unspecified"} if mixed else slots)
