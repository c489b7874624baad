"""What the records of the feed have in common: JSON made once, when a snapshot is published, and served as it is."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Location:
    """Where on the map a place of a text is: its name in the gazetteer, country, GeoNames id, degrees north and east."""

    name: str
    country: str | None
    geonames_id: int | None
    latitude: float
    longitude: float


def as_record(value: Mapping[str, Any]) -> str:
    """JSON in the order of the fields: the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def instant(moment: datetime.datetime | None) -> str | None:
    """A moment in UTC, ISO 8601 with Z."""
    if moment is None:
        return None
    return moment.astimezone(datetime.UTC).isoformat().removesuffix("+00:00") + "Z"


def period(row: Mapping[str, Any]) -> dict[str, str] | None:
    """The period of a row, `None` where it has none."""
    if row["when_start"] is None:
        return None
    return {
        "start": row["when_start"].isoformat(),
        "end": row["when_end"].isoformat(),
        "precision": row["when_precision"],
    }


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; `None` for anything that a browser might run."""
    return url if url and urlsplit(url).scheme in WEB else None


def article_reference(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a statement says of its article."""
    return {
        "article_id": row["article_id"],
        "source": row["source"],
        "title": row["title"],
        "url": web_address(row["url"]),
        "published": instant(row["published"]),
    }


def in_paragraphs(spans: Sequence[Mapping[str, Any]], title: str, text: str) -> list[dict[str, Any]]:
    """Spans of an article, each with the paragraph in which it stands."""
    return [
        dict(span) | {"paragraph": _paragraph(span, title if span["part"] == "title" else text)}
        for span in spans
    ]


def _paragraph(span: Mapping[str, Any], words: str) -> dict[str, Any]:
    start = words.rfind("\n", 0, span["start"]) + 1
    end = words.find("\n", span["end"])
    end = len(words) if end < 0 else end
    return {"start": start, "end": end, "text": words[start:end]}
