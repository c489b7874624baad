"""Signatures by which copies are looked for: MinHash values over shingles, joined in bands.

MinHash is Broder's, "On the resemblance and containment of documents" (1997), computed by rensa (MIT); bands
after Indyk and Motwani (1998): two texts that share a band are worth a look. With 64 bands of two values and two
shared bands asked for, a pair of resemblance 0.3 is found in 98 of 100 cases, one of 0.5 always, and of unrelated
news (0.005) one pair in a million is looked at in vain.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pyarrow as pa
from rensa import RMinHash

from warehouse.origins.wording import SHINGLE, Wording, read_wording

BANDS = 64
ROWS_PER_BAND = 2
LEAST_SHARED_BANDS = 2
SEED = 1997
# Raise it with every change of what `read_wording` makes of a text: signatures are then made anew.
WORDING_VERSION = 1
SCHEME = f"rensa-{RMinHash.ALGORITHM_VERSION}/{SEED}/{BANDS}x{ROWS_PER_BAND}/{SHINGLE}/{WORDING_VERSION}"

COLUMNS = pa.schema(
    [
        ("reach_minutes", pa.int32()),
        ("text_key", pa.uint64()),
        ("words_key", pa.uint64()),
        ("bands", pa.list_(pa.uint64())),
    ]
)


def bands(wording: Wording) -> list[int]:
    """The MinHash values of the wording's shingles, two to a number of 64 bits."""
    sketch = RMinHash(BANDS * ROWS_PER_BAND, SEED)
    sketch.update(list(wording.shingles))
    values: list[int] = sketch.digest()
    return [high << 32 | low for high, low in zip(values[::2], values[1::2], strict=True)]


def signature_columns(texts: Sequence[str]) -> pa.Table:
    """The signatures of texts as columns of the table `signature`, row for row."""
    rows = [_row(read_wording(text)) for text in texts]
    return pa.Table.from_pylist(rows, COLUMNS)


def _row(wording: Wording) -> dict[str, int | list[int] | None]:
    minutes = wording.reach // datetime.timedelta(minutes=1)
    return {
        "reach_minutes": minutes if wording.is_telling else None,
        "text_key": wording.text_key,
        "words_key": wording.words_key,
        "bands": bands(wording) if wording.is_telling else [],
    }
