"""Who decides on help and how, where the words around the giving do not say it: boards, treaties, governments, proposals."""

from __future__ import annotations

import re

from extractors.kinds.aid_donors_told import LAWMAKERS
from extractors.kinds.aid_frames import Frame
from extractors.kinds.aid_stage import BOARD

# A treaty just signed says what will be given: 签署安全协议，欧盟将向乌克兰提供支持.
AGREED = re.compile("(?:签署|签订|签下)了?[^，。；]{0,24}?(?:协议|协定|备忘录|法案|换文)，$")
PROPOSING = re.compile("提议|提出|建议|主张|倡议")
TO_APPROVE = re.compile("(?:计划|准备|打算|拟|预计|有望)[^，。；]{0,8}?(?:批准|签署)")


def decided(frame: Frame, stage: str | None, verb: str) -> str | None:
    """The stage by who decides and how: boards and signed agreements approve, governments that plan to approve plan."""
    named = "".join(m.words for m in frame.encoded.mentions_in(frame.scope, frame.given))
    if stage == "announced" and BOARD.search(named + frame.text[frame.scope : frame.given]):
        return "approved"
    if stage == "planned" and AGREED.search(frame.text, 0, max(frame.scope, frame.clause)):
        return "approved"
    if stage in ("planned", "delivered") and PROPOSING.search(verb):
        return "proposed"
    if stage == "proposed" and TO_APPROVE.search(frame.text, frame.scope, frame.given):
        return stage if LAWMAKERS.search(named) or BOARD.search(named) else "planned"
    return stage
