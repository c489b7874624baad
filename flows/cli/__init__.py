"""The command line. Each command is a module of its own, imported when it is asked for."""

from __future__ import annotations

from flows.cli.group import LazyGroup, cli

__all__ = ["LazyGroup", "cli", "main"]


def main() -> None:
    """Entry point of `shilu` and `python -m flows`."""
    cli(prog_name="shilu")
