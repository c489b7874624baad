"""The kind `aid_announcement`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.event import EventBase
from schemas.values import Code, Money, Words

AidType = Literal["military", "financial", "humanitarian", "energy", "reconstruction", "unspecified"]
Stage = Literal["requested", "proposed", "planned", "announced", "approved", "delivered", "suspended"]
Scope = Literal["package", "cumulative", "program"]


class AidAnnouncement(EventBase):
    """Who gives, plans or promises what material help to whom: one record per package and stage.

    Money, weapons, equipment, supplies or training places for another state or people, with an amount, items
    or a clearly identified package. A total given so far is a record of its own (`scope` cumulative).
    """

    kind: Literal["aid_announcement"] = "aid_announcement"
    donors: tuple[Code, ...] = ()
    recipients: tuple[Code, ...] = ()
    aid_type: AidType
    stage: Stage
    amount: Money | None = None
    scope: Scope = "package"
    package_number: int | None = Field(default=None, ge=1)
    items: tuple[Words, ...] = ()
