"""Suspicions as an Arrow table for loading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from warehouse.audit.finding import Suspicion

SUSPICION_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("check_name", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("side", pa.string()),
        ("ordinal", pa.int32()),
        ("event_id", pa.string()),
    ]
)


def suspicion_table(suspicions: Mapping[str, Sequence[Suspicion]]) -> pa.Table:
    """The suspicions of each check as a table of `SUSPICION_SCHEMA`: one row a statement on either side."""
    rows = [
        {
            "id": each.finding_id(check),
            "check_name": check,
            "severity": each.severity,
            "message": each.message,
            "side": side,
            "ordinal": ordinal,
            "event_id": event_id,
        }
        for check, found in suspicions.items()
        for each in found
        for side, events in (("one", each.one), ("other", each.other))
        for ordinal, event_id in enumerate(events)
    ]
    return pa.Table.from_pylist(rows, SUSPICION_SCHEMA)
