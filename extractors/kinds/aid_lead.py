"""What is said under a lead that announces help: “表示将提供” there is part of the announcement, by RECORDS §5."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.layers.context import Context, Draft

# Only to come, whatever the lead says: 计划提供, 预计将运抵.
INTENDED = re.compile("计划|准备|预计|打算|拟|有望|可能|考虑|希望|争取|正在|定于")
DECIDES = re.compile("宣布|承诺|许诺|同意|决定|公布|答应")
WILL = re.compile("将|会")
# So many sentences behind the announcement it still leads.
REACH = 3


def under_a_lead(context: Context, drafts: list[Draft], told: list[Draft]) -> list[Draft]:
    """The drafts, those that say 将 in a statement under an announcement by the same donors as announced too.

    `told` holds all statements of the article, also those that are one with others.
    """
    return [_announced(draft) if _is_led(context, draft, told) else draft for draft in drafts]


def _announced(draft: Draft) -> Draft:
    return replace(draft, slots={**draft.slots, "stage": "announced"}, modality="asserted")


def _is_led(context: Context, draft: Draft, told: list[Draft]) -> bool:
    """Whether a statement of what somebody will give stands under an announcement of help for the same."""
    words = context.reading.folded[slice(*draft.evidence[0])]
    if draft.slots["stage"] != "planned" or draft.claimed_by is None or draft.slots["scope"] == "cumulative":
        return False
    if not WILL.search(words) or INTENDED.search(words):
        return False
    return any(_leads(context, other, draft) for other in told)


def _leads(context: Context, lead: Draft, draft: Draft) -> bool:
    """Whether an announcement stands in the sentences before, or in the title, and has a donor and receiver in common."""
    if lead.slots["stage"] != "announced" or lead.slots["scope"] == "cumulative":
        return False
    first, then = (context.reading.sentence_at(one.evidence[0][0]) for one in (lead, draft))
    if first is None or then is None or then.index <= first.index:
        return False
    if DECIDES.search(context.reading.folded, first.start, first.end) is None:
        return False
    near = first.passage == then.passage and then.index - first.index <= REACH
    if not near and first.index:
        return False
    return all(set(lead.slots[slot]) & set(draft.slots[slot]) for slot in ("donors", "recipients"))
