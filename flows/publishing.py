"""Publishing as the settings say, with places put on the map by the extractors' gazetteer."""

# ruff: noqa: PLC0415 - the gazetteer is loaded only when something is published

from __future__ import annotations

from pathlib import Path

import warehouse
from flows.settings import Settings


def published_folder(settings: Settings) -> Path:
    """The folder of snapshots."""
    return settings.published or warehouse.published_folder(settings.database)


def publish_warehouse(settings: Settings) -> warehouse.Publication:
    """Publish a snapshot of the warehouse; the one that is published stays where nothing has changed.

    Raises `WarehouseMissing`, `WarehouseLocked` and `PublishRefused`.
    """
    return warehouse.publish_snapshot(
        settings.database,
        published_folder(settings),
        keep=settings.keep_snapshots,
        wait_seconds=settings.lock_wait_seconds,
        locate=_locate,
    )


def _locate(words: str, countries: tuple[str, ...]) -> warehouse.Location | None:
    import extractors

    place = extractors.locate(words, countries)
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return warehouse.Location(place.name, place.country, place.geonames_id, place.latitude, place.longitude)
