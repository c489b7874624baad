"""A warehouse that grows, and what is published of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import warehouse
from schemas import Count
from warehouse.publish.publish import Publication


@pytest.fixture
def folder(database: Path) -> Path:
    """Where snapshots are published."""
    return warehouse.published_folder(database)


@pytest.fixture
def fill(database: Path, wire) -> Callable[..., None]:
    """Loads articles by number into the warehouse; `drones` changes their text and their count."""

    def fill_warehouse(*numbers: int, drones: int = 40, version: str = "rules-1") -> None:
        batch = []
        for number in numbers:
            article = wire.article(number, drones=drones)
            count = Count(value=drones + number, qualifier="exact")
            batch.append(
                (article, [wire.attack(article, version, count=count), wire.strike(article, version)])
            )
        with warehouse.open(database, wait_seconds=5) as house:
            house.load(batch, run_id="run-1", extractor_version=version)

    return fill_warehouse


@pytest.fixture
def publish(database: Path, folder: Path) -> Callable[..., Publication]:
    """Publishes the warehouse."""

    def publish_warehouse(**options: int) -> Publication:
        return warehouse.publish_snapshot(database, folder, wait_seconds=5, **options)

    return publish_warehouse
