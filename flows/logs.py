"""What a run does, as records of the logger `shilu`: silent by itself, one line of JSON each on demand."""

from __future__ import annotations

import contextlib
import datetime
import json
import logging
import sys
from collections.abc import Iterator
from typing import IO, Any

LOG = logging.getLogger("shilu")
LOG.addHandler(logging.NullHandler())  # else Python prints what nobody asked for


class JsonLine(logging.Formatter):
    """A record as one line: `time` (UTC), `level`, `event`, then its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        return json.dumps(line | getattr(record, "fields", {}), ensure_ascii=False, default=str)


def tell(event: str, /, level: int = logging.INFO, **fields: Any) -> None:
    """Log that something happened, with figures."""
    LOG.log(level, event, extra={"fields": fields})


@contextlib.contextmanager
def told_as_json(*, wanted: bool, out: IO[str] | None = None) -> Iterator[None]:
    """While it runs, write what is told to `out` (default: stderr), one line of JSON each, where `wanted`."""
    if not wanted:
        yield
        return
    handler = logging.StreamHandler(out or sys.stderr)
    handler.setFormatter(JsonLine())
    before = LOG.level, LOG.propagate
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False  # Prefect's handler at the root would tell it a second time
    try:
        yield
    finally:
        LOG.removeHandler(handler)
        LOG.level, LOG.propagate = before
