"""Lessons as help: where they are all that is given, and where they go with the things they are about."""

from __future__ import annotations

import re
from typing import Any

from extractors.kinds.aid_frames import Frame
from extractors.layers.context import Context, Draft
from extractors.reading.mention import Counted, Mention

LESSON = re.compile("(?:接受|参加|完成)了?")
NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]")


def is_training(slots: dict[str, Any]) -> bool:
    return bool(slots["items"]) and all("训" in item or "訓" in item for item in slots["items"])


def teaches_them(context: Context, later: Draft, earlier: Draft) -> bool:
    """True where a sentence gives things and the lessons in using them: 提供坦克，并为乌军人员提供训练."""
    a, b = earlier.slots, later.slots
    if not (a["items"] and is_training(b)) or b["amount"] is not None or a["donors"] != b["donors"]:
        return False
    if any(NUMERAL.search(item) for item in b["items"]) or a["stage"] != b["stage"]:
        return False
    places = [context.reading.sentence_at(draft.evidence[0][0]) for draft in (earlier, later)]
    return places[0] is places[1]


def lesson_start(frame: Frame) -> int:
    """Where the lesson begins that troops take: 接受|操作培训, and with them where they are counted: 数千名军人受训."""
    text, last = frame.text, frame.match.last
    lesson = LESSON.search(text, frame.first, last)
    begin = lesson.end() if lesson else last - len("受训")
    apart = text.rfind("，", frame.first, begin)  # 100名军人已抵达，接受培训
    from_here = max(frame.first - (apart < 0), 0)
    mentions = frame.encoded.mentions
    return next((at for at in range(from_here, begin) if _are_people(mentions[at])), begin)


def _are_people(mention: Mention | None) -> bool:
    return (
        mention is not None
        and isinstance(mention.value, Counted)
        and mention.value.unit in ("名", "人", "位")
    )
