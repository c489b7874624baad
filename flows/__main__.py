"""`python -m flows` is `shilu`."""

from __future__ import annotations

from flows.cli import main

if __name__ == "__main__":  # spawned workers import this module too
    main()
