"""From articles to events. The door: `Extractor`, the `version` it reads under, `locate` for places, and `training` of its models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.version import version

if TYPE_CHECKING:
    from extractors.extractor import Explanation, Extractor
    from extractors.reading.locating import locate

__all__ = ["Explanation", "Extractor", "locate", "version"]


def __getattr__(name: str) -> object:
    # Loaded on first use: asking for the version must not cost the models' imports.
    if name in ("Extractor", "Explanation"):
        from extractors import extractor  # noqa: PLC0415

        return getattr(extractor, name)
    if name == "locate":
        from extractors.reading.locating import locate  # noqa: PLC0415

        return locate
    raise AttributeError(f"module 'extractors' has no attribute {name!r}")
