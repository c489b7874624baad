"""The kind `attack_count`."""

from __future__ import annotations

from typing import Literal

from schemas.event import EventBase
from schemas.values import Code, Comparison, Count, PlacePart, Weapon, WeaponPart, Words

Outcome = Literal["launched", "attacks", "intercepted", "suppressed", "hit", "left_airspace"]


class AttackCount(EventBase):
    """How many aerial weapons or attacks: one record per number, weapon, outcome, period and claimant.

    Numbers of drones, missiles, guided bombs, rockets or mixed aerial targets that were launched, intercepted,
    suppressed, that hit or left the airspace, or of attacks in a period. Parts by place or weapon model go into
    `breakdown`. Manned aircraft and ground equipment, stocks and deliveries are not counted here.
    """

    kind: Literal["attack_count"] = "attack_count"
    attacker: Code | None = None
    target: Code | None = None
    weapon: Weapon
    outcome: Outcome
    count: Count
    places: tuple[Words, ...] = ()
    breakdown: tuple[PlacePart | WeaponPart, ...] = ()
    comparison: Comparison | None = None
    record_high: bool = False
