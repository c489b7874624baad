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
        ("parts", pa.string()),
        ("side", pa.string()),
        ("ordinal", pa.int32()),
        ("event_id", pa.string()),
    ]
)


IDS = pa.schema([("id", pa.string())])


def id_table(ids: Sequence[str]) -> pa.Table:
    """Ids of findings."""
    return pa.table([pa.array(ids, pa.string())], IDS)


def suspicion_table(raised: Mapping[str, tuple[str, Suspicion]]) -> pa.Table:
    """Suspicions with their checks, by the id of their finding: one row of `SUSPICION_SCHEMA` a statement on either side."""
    rows = [
        {
            "id": name,
            "check_name": check,
            "severity": each.severity,
            "message": each.message,
            "parts": each.parts,
            "side": side,
            "ordinal": ordinal,
            "event_id": event_id,
        }
        for name, (check, each) in raised.items()
        for side, events in (("one", each.one), ("other", each.other))
        for ordinal, event_id in enumerate(events)
    ]
    return pa.Table.from_pylist(rows, SUSPICION_SCHEMA)
