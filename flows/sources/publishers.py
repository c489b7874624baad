"""The source's name for an address, by the list in `publishers.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit


def source_of(url: str) -> str:
    """Name of the publisher at `url`, else its host. Raises `ValueError` where the address has no host."""
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise ValueError(f"url {url!r} is no address: {error}") from error
    if not host:
        raise ValueError(f"url {url!r} has no host")
    labels = host.lower().split(".")
    for start in range(len(labels)):  # the longest listed suffix is the most particular
        name = publishers().get(".".join(labels[start:]))
        if name:
            return name
    return host.lower().removeprefix("www.")


@cache
def publishers() -> dict[str, str]:
    """Host to name, as listed."""
    data = tomllib.loads(Path(__file__).with_name("publishers.toml").read_text(encoding="utf-8"))
    return {host: str(name) for host, name in data.items()}
