"""Meetings told one after the other: 在慕尼黑会见英国外交大臣。……还会见了法国外长, on the same day, at the same place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_merging import Telling, same_person
from extractors.layers.context import Context

FURTHER = re.compile(
    "还(?:将|先后|分别)?(?:在|会见|会晤|与|同|和|接见|拜会|见)|同日|当天还|并会见|并(?:与|同)|此外"
)
APART = 2  # sentences: so far behind the first meeting the second is told at most
FACE_TO_FACE = ("in_person", "unspecified")


def going_on(context: Context, tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, those that go on about the same person's day with its place, day and occasion."""
    out: list[Telling] = []
    for telling in tellings:
        before = next((one for one in reversed(out[-3:]) if _leads_to(context, one, telling)), None)
        out.append(_continued(before, telling) if before is not None else telling)
    return out


def _leads_to(context: Context, first: Telling, second: Telling) -> bool:
    """Whether a meeting is told as one more of the same person, soon after another."""
    at, then = (context.reading.sentence_at(one.evidence[0]) for one in (first, second))
    if at is None or then is None or at.passage != then.passage or not 0 <= then.index - at.index <= APART:
        return False
    if first.status != second.status or {first.format, second.format} - set(FACE_TO_FACE):
        return False
    if FURTHER.search(context.reading.folded, then.start, second.evidence[1]) is None:
        return False
    host = second.people[0]
    return host.name is not None and any(same_person(host, person) for person in first.people)


def _continued(first: Telling, second: Telling) -> Telling:
    undated = not second.dated and (first.dated or second.when is None)
    return replace(
        second,
        place=second.place or first.place,
        when=first.when if undated else second.when,
        dated=second.dated or (undated and first.dated),
        event=second.event or (first.event if second.place is None else None),
        format="in_person" if first.place else second.format,
    )
