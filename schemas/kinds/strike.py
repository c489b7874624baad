"""The kind `strike`."""

from __future__ import annotations

from typing import Literal

from schemas.event import EventBase
from schemas.values import Code, Count, StrikeWeapon, Words


class Strike(EventBase):
    """Something or somebody on the ground was hit: one record per place or target and incident.

    A named place or object is hit or damaged, or people are killed or hurt, by aerial weapons, shelling, sabotage
    or bombs; debris of a downed drone counts. `killed` and `injured` are null where the text does not say,
    zero where it says none.
    """

    kind: Literal["strike"] = "strike"
    attacker: Code | None = None
    target_country: Code | None = None
    weapon: StrikeWeapon = "unknown"
    target: Words | None = None
    place: Words | None = None
    killed: Count | None = None
    injured: Count | None = None
