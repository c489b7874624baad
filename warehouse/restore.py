"""Articles and events built again from what a query returns."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any

from schemas import KINDS, Article, EventBase
from warehouse.errors import WarehouseError


def article_from_row(row: Mapping[str, Any]) -> Article:
    """The article of a row of the table `article`, its publication time at the source's own offset."""
    offset = datetime.timezone(datetime.timedelta(minutes=row["utc_offset_minutes"]))
    fields = {name: row[name] for name in Article.model_fields if name not in ("published", "captions")}
    return Article(published=row["published"].astimezone(offset), captions=tuple(row["captions"]), **fields)


def event_from_row(row: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> EventBase:
    """The event of a row of the table `event`, with its evidence in order.

    Raises WarehouseError where the kinds of this version can no longer read the stored event.
    """
    kind_class = KINDS.get(row["kind"])
    if kind_class is None:
        raise WarehouseError(f"event {row['id']}: this version knows no kind {row['kind']!r}; upgrade Shilu")
    claimant = row["claimed_by"] and {
        "name": row["claimed_by"],
        "side": row["claimant_side"],
        "span": row["claimant_span"],
    }
    when = row["when_start"] and {
        "start": row["when_start"],
        "end": row["when_end"],
        "precision": row["when_precision"],
    }
    try:
        return kind_class.model_validate(
            {
                "id": row["id"],
                "article_id": row["article_id"],
                "evidence": list(evidence),
                "claimed_by": claimant,
                "modality": row["modality"],
                "when": when,
                "found_by": row["found_by"],
                "confidence": row["confidence"],
                "extractor_version": row["extractor_version"],
                **json.loads(row["payload"]),
            }
        )
    except ValueError as error:
        raise WarehouseError(
            f"event {row['id']}: stored by extractor version {row['extractor_version']}, this version reads "
            f"kind {row['kind']!r} differently: {error}; run `shilu run` on the articles again"
        ) from error
