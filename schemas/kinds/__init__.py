"""The kinds of events, one module each. `KINDS` is the one list; everything else derives from it."""

from schemas.event import EventBase
from schemas.kinds.aid_announcement import AidAnnouncement
from schemas.kinds.attack_count import AttackCount
from schemas.kinds.meeting import Meeting
from schemas.kinds.strike import Strike

KINDS: dict[str, type[EventBase]] = {
    "attack_count": AttackCount,
    "aid_announcement": AidAnnouncement,
    "meeting": Meeting,
    "strike": Strike,
}
