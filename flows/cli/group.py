"""The group of all commands: imports them late, and turns expected errors into one line."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import Any

import click

from flows.errors import InputNotFoundError, ShiluError

# Name of a command, and the module beside this one that holds it as `command`.
COMMANDS = {
    "run": "run",
    "fetch": "fetch",
    "sources": "sources",
    "expect": "expect",
    "schedule": "schedule",
    "reprocess": "reprocess",
    "extract": "extract",
    "try": "attempt",
    "show": "show",
    "fact": "fact",
    "sql": "sql",
    "issues": "issues",
    "runs": "runs",
    "status": "status",
    "publish": "publish",
    "serve": "serve",
    "export": "export",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "restore",
    "audit": "audit",
    "compare": "compare",
    "rates": "rates",
    "score": "score",
    "rules": "rules",
    "train": "train",
    "schema": "schema",
}


class LazyGroup(click.Group):
    """Imports a command's module only to run or describe it; its body imports the heavy rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a working day, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"flows.cli.{COMMANDS[cmd_name]}").command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what the user can put right ends in one line (SHILU_DEBUG=1: a traceback)."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # `| head` has had enough; click ends quietly
            raise
        except Exception as error:
            if os.environ.get("SHILU_DEBUG") == "1" or not _expected(error):
                raise
            if isinstance(error, InputNotFoundError):
                raise click.UsageError(str(error), ctx) from error
            raise click.ClickException(_words(error)) from error


def _expected(error: Exception) -> bool:
    """Whether the message alone tells the user enough. A room that is not imported cannot have raised."""
    classes: list[type[Exception]] = [ShiluError, OSError]
    if (warehouse := sys.modules.get("warehouse")) is not None:
        classes.append(warehouse.WarehouseError)
    return isinstance(error, tuple(classes))


def _words(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}; check the path and its permissions"
    if _is_locked(error):
        return f"{error} The wait is set by SHILU_LOCK_WAIT_SECONDS."
    return str(error)


def _is_locked(error: Exception) -> bool:
    warehouse = sys.modules.get("warehouse")
    return warehouse is not None and isinstance(error, warehouse.WarehouseLocked)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Example: shilu run articles/ && shilu sql 'FROM meetings'",
)
@click.version_option(package_name="shilu", prog_name="shilu")
def cli() -> None:
    """Shilu 实录 reads news and keeps the record: who announced, met and struck what, in whose words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale says; odd bytes must not end a listing
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
