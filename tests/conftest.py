"""What all tests share: the data beside the checkout, the benchmarks, and one extractor for the whole session."""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
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
def benchmark_module() -> Callable[[str], ModuleType]:
    """Loads a script of tests/benchmarks, which are in no package: `benchmark_module("read_times")`."""

    def load(name: str) -> ModuleType:
        path = Path(__file__).parent / "benchmarks" / f"{name}.py"
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def extractor() -> Iterator[extractors.Extractor]:
    """The extractor, with its models loaded once."""
    import extractors

    yield extractors.Extractor()
