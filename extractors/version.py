"""The version of the extractor: the package's own, and a digest of the rules, lexicons, models and code behind it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

ROOM = Path(__file__).parent
# What decides about events; notes beside the models do not. spaCy's weights have no suffix.
SUFFIXES = {".py", ".toml", ".tsv", ".npz", ".dic", ".msgpack", ".json", ".cfg", ""}


@lru_cache(maxsize=1)
def version() -> str:
    """Such as `0.1.0+3f9a1c2e`: it changes whenever a rule, a lexicon, a model or the code changes."""
    content = hashlib.sha256()
    for path in sorted(
        path
        for path in ROOM.rglob("*")
        if path.is_file() and path.suffix in SUFFIXES and "__pycache__" not in path.parts
    ):
        content.update(path.relative_to(ROOM).as_posix().encode())
        content.update(path.read_bytes())
    try:
        release = installed_version("shilu")
    except PackageNotFoundError:  # run from a checkout that is not installed
        release = "0.0.0"
    return f"{release}+{content.hexdigest()[:8]}"
