"""Who publishes at an address, and what is known of his pages, by the list in `publishers.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flows.sources.item import NO_MARKS, Marks


@dataclass(frozen=True, slots=True)
class Publisher:
    """The name of a publisher, the time zone of his pages, and where these keep their parts."""

    name: str
    zone: ZoneInfo | None = None
    marks: Marks = NO_MARKS


def source_of(url: str, otherwise: str | None = None) -> str:
    """Name of the publisher at `url`, else `otherwise`, else its host.

    Raises `ValueError` where the address has no host.
    """
    host = host_of(url)
    publisher = publisher_at(host)
    return publisher.name if publisher else otherwise or host.removeprefix("www.")


def host_of(url: str) -> str:
    """The host of an address, in lower case. Raises `ValueError` where it has none."""
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise ValueError(f"url {url!r} is no address: {error}") from error
    if not host:
        raise ValueError(f"url {url!r} has no host")
    return host.lower()


def publisher_at(host: str) -> Publisher | None:
    """The publisher listed for a host or the domain it is in; the longest listed suffix is the most particular."""
    labels = host.split(".")
    suffixes = (".".join(labels[start:]) for start in range(len(labels)))
    return next((publishers()[suffix] for suffix in suffixes if suffix in publishers()), None)


@cache
def publishers() -> dict[str, Publisher]:
    """Host to publisher, as listed."""
    data = tomllib.loads(Path(__file__).with_name("publishers.toml").read_text(encoding="utf-8"))
    return {host: _publisher(entry) for host, entry in data.items()}


def _publisher(entry: str | dict[str, Any]) -> Publisher:
    if isinstance(entry, str):
        return Publisher(entry)
    zone = entry.get("time_zone")
    return Publisher(entry["name"], ZoneInfo(zone) if zone else None, Marks(**entry.get("page", {})))
