"""What the slots of a kind accept: derived from the fields of its schema class."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, get_args, get_origin

from extractors.reading.mention import MentionType
from extractors.rules.template import SlotType
from schemas import ENVELOPE, KINDS, Count, Money, Participant

SPEAKERS = frozenset({MentionType.PERSON, MentionType.ORGANISATION, MentionType.SIDE})
PARTIES = SPEAKERS
PLACES = frozenset({MentionType.PLACE, MentionType.SIDE})
# Slots of the envelope that a template may name.
COMMON = {
    "when": SlotType(frozenset({MentionType.TIME})),
    "claimant": SlotType(SPEAKERS),
    "any": SlotType(frozenset(MentionType)),  # a mention that must stand there but fills no slot
}
# Fields whose type alone (words, codes) does not tell which mentions fill them.
BY_NAME = {
    "place": PLACES,
    "places": PLACES,
    "package_number": frozenset({MentionType.ORDINAL}),
    "weapon": frozenset({MentionType.WEAPON}),
    "participants": PARTIES | {MentionType.PLACE},
    "donors": PARTIES,
    "recipients": PARTIES | {MentionType.PLACE},
    "attacker": PARTIES,
    "target_country": PARTIES,
}
# Fields filled by a stretch of words rather than by a mention.
FREE_TEXT = {"items", "event"}


@lru_cache(maxsize=16)
def slots_of(kind: str) -> dict[str, SlotType]:
    """The slots of a kind by name; a list field gives a plural slot and its singular (`places` and `place`)."""
    slots = dict(COMMON)
    for name, field in KINDS[kind].model_fields.items():
        if name in ENVELOPE or name == "kind":
            continue
        slot = _slot_type(kind, name, field.annotation)
        if slot is None:
            continue
        slots[name] = slot
        if slot.plural:
            slots[name.removesuffix("s")] = SlotType(slot.types, text=slot.text)
    return slots


def _slot_type(kind: str, name: str, annotation: Any) -> SlotType | None:
    inner = _strip(annotation)
    plural = get_origin(inner) is tuple
    if name in FREE_TEXT or (kind == "strike" and name == "target"):
        return SlotType(frozenset(), plural=plural, text=True)
    if name in BY_NAME or name == "target":
        return SlotType(BY_NAME.get(name, PARTIES), plural=plural)
    if inner is Count:
        return SlotType(frozenset({MentionType.COUNT}))
    if inner is Money:
        return SlotType(frozenset({MentionType.MONEY}))
    if plural and get_args(inner)[0] is Participant:
        return SlotType(PARTIES, plural=True)
    return None  # set by constants of the rule: outcome, stage, status, …


def _strip(annotation: Any) -> Any:
    """`X` of `X | None`."""
    options = [option for option in get_args(annotation) if option is not type(None)]
    if get_origin(annotation) is not tuple and len(options) == 1:
        return options[0]
    return annotation
