"""The columns of the tables of the feed that are made row by row.

`record` is the JSON that is served, `detail` what is added for whoever asks for one thing alone; `place` counts a fact's rows
from 1, the oldest first; `index` holds exact values and `search` folded words to filter by.
"""

from __future__ import annotations

import pyarrow as pa

from warehouse.rows import UTC_TIME

SHARED = [
    ("when_start", pa.date32()),
    ("when_end", pa.date32()),
    ("when_precision", pa.string()),
    ("sides", pa.string()),
    ("places", pa.string()),
    ("evidence", pa.large_string()),
    ("title", pa.large_string()),
    ("url", pa.string()),
    ("latitude", pa.float64()),
    ("longitude", pa.float64()),
    ("index", pa.large_string()),
    ("search", pa.large_string()),
    ("record", pa.large_string()),
]
FACT_SCHEMA = pa.schema(
    [
        ("fact_id", pa.string()),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("first_reported", UTC_TIME),
        ("last_reported", UTC_TIME),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("articles", pa.int32()),
        ("origins", pa.int32()),
        ("claimants", pa.string()),
        ("sources", pa.string()),
        ("best_event", pa.string()),
        ("hash", pa.string()),
        *SHARED,
        ("detail", pa.large_string()),
    ]
)
EVENT_SCHEMA = pa.schema(
    [
        ("event_id", pa.string()),
        ("kind", pa.string()),
        ("fact_id", pa.string()),
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("published", UTC_TIME),
        ("claimed_by", pa.string()),
        ("modality", pa.string()),
        ("confidence", pa.float64()),
        *SHARED,
        ("detail", pa.large_string()),
    ]
)
ARTICLE_SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("source", pa.string()),
        ("published", UTC_TIME),
        ("title", pa.large_string()),
        ("url", pa.string()),
        ("is_reprint", pa.bool_()),
        ("events", pa.int64()),
        ("search", pa.large_string()),
        ("record", pa.large_string()),
        ("detail", pa.large_string()),
    ]
)
FINDING_SCHEMA = pa.schema(
    [
        ("finding_id", pa.string()),
        ("check_name", pa.string()),
        ("severity", pa.string()),
        ("kind", pa.string()),
        ("message", pa.string()),
        ("when_start", pa.date32()),
        ("when_end", pa.date32()),
        ("first_said", UTC_TIME),
        ("gravity", pa.int32()),
        ("evidence", pa.large_string()),
        ("other_evidence", pa.large_string()),
        ("index", pa.large_string()),
        ("search", pa.large_string()),
        ("record", pa.large_string()),
    ]
)

MEMBER_SCHEMA = pa.schema(
    [
        ("fact_id", pa.string()),
        ("event_id", pa.string()),
        ("article_id", pa.string()),
        ("said_from", UTC_TIME),
        ("said_until", UTC_TIME),
        ("place", pa.int64()),
        ("record", pa.large_string()),
    ]
)
HISTORY_SCHEMA = pa.schema([("fact_id", pa.string()), ("place", pa.int64()), ("record", pa.large_string())])
PLACE_SCHEMA = pa.schema(
    [
        ("place", pa.string()),
        ("told_of", pa.list_(pa.string())),
        ("name", pa.string()),
        ("country", pa.string()),
        ("geonames_id", pa.int64()),
        ("latitude", pa.float64()),
        ("longitude", pa.float64()),
    ]
)
