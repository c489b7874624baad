"""From articles to events. The door: `Extractor`, the `version` it reads under, and `training` of its models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.version import version

if TYPE_CHECKING:
    from extractors.extractor import Explanation, Extractor

__all__ = ["Explanation", "Extractor", "version"]


def __getattr__(name: str) -> object:
    # Loaded on first use: asking for the version must not cost the models' imports.
    if name in ("Extractor", "Explanation"):
        from extractors import extractor  # noqa: PLC0415

        return getattr(extractor, name)
    raise AttributeError(f"module 'extractors' has no attribute {name!r}")
