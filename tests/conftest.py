"""What all tests share: the data beside the checkout, and one extractor for the whole session."""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import extractors


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold and corpora beside the checkout; its tests are skipped where it is absent."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared")
    return folder


@pytest.fixture(scope="session")
def extractor() -> Iterator[extractors.Extractor]:
    """The extractor, with its models loaded once."""
    import extractors

    yield extractors.Extractor()
