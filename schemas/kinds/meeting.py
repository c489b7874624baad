"""The kind `meeting`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.event import EventBase
from schemas.values import Participant, Words

Format = Literal["in_person", "phone", "video", "written", "unspecified"]
Status = Literal["held", "ongoing", "planned", "proposed", "cancelled"]


class Meeting(EventBase):
    """Who met, spoke or will meet whom: one record per meeting, with the union of what the article says of it.

    Named or titled representatives of different states or organisations meet, talk by phone or video, or take
    part in one multilateral meeting. Meetings among one country's own officials, letters and telegrams do not count.
    """

    kind: Literal["meeting"] = "meeting"
    participants: Annotated[tuple[Participant, ...], Field(min_length=2)]
    format: Format = "unspecified"
    status: Status = "held"
    place: Words | None = None
    event: Words | None = None
