"""Which giver gives which part to which receiver: 分别, 各."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.kinds.aid_amounts import Help
from extractors.kinds.aid_frames import Frame

# Not 各国, 各类.
EACH = re.compile("各(?=(?:自)?(?:将|再|已|也)*(?:承诺|提供|捐|拿出|出资|认捐|追加|拨|出|派))")
APART = re.compile("分别|各自|依次")


def shared(
    frame: Frame, parcels: list[Help], donors: tuple[str, ...]
) -> Iterator[tuple[Help, tuple[str, ...], tuple[str, ...]]]:
    """Who gives and gets which parcel.

    Of 美英分别提供7亿美元和6亿英镑 each giver one, of 两国各承诺100万美元 each the same, of 向苏丹和乍得分别提供200万和100万欧元
    each receiver one, else all together.
    """
    apart = APART.search(frame.text, frame.clause, frame.end) is not None
    if len(donors) > 1 and EACH.search(frame.text, frame.clause, frame.end):
        yield from ((parcel, (donor,), frame.recipients) for parcel in parcels for donor in donors)
    elif len(parcels) == len(donors) > 1 and apart:
        yield from ((p, (d,), frame.recipients) for p, d in zip(parcels, donors, strict=True))
    elif len(parcels) == len(frame.recipients) > 1 and apart:
        yield from ((p, donors, (r,)) for p, r in zip(parcels, frame.recipients, strict=True))
    else:
        yield from ((parcel, donors, frame.recipients) for parcel in parcels)
