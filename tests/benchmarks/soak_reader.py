"""The reader of soak.py: asks and reads the sources named, in turn, until it is interrupted, on a clock that jumps.

It imports whatever room of extractors comes first on its path.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import random
import sys
from types import SimpleNamespace

import flows.expecting
import flows.fetch.fetcher
import flows.gather.desk
import flows.job
import warehouse.migrate
import warehouse.store
from flows.gather import source_named
from flows.progress import Silent
from flows.run import run_source
from flows.settings import load_settings

JUMPS = [
    datetime.timedelta(),
    datetime.timedelta(hours=1),
    datetime.timedelta(days=1),
    datetime.timedelta(days=-2),
]
AS_OFTEN = [3, 1, 1, 1]
jump = [datetime.timedelta()]


class Clock(datetime.datetime):
    """The time, put forward or back."""

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        """As the real one."""
        return datetime.datetime.now(tz) + jump[0]


def read(names: list[str]) -> None:
    """For ever."""
    jumping = SimpleNamespace(**{**vars(datetime), "datetime": Clock})
    stamping = (
        flows.job,
        flows.expecting,
        flows.gather.desk,
        flows.fetch.fetcher,
        warehouse.store,
        warehouse.migrate,
    )
    for module in stamping:
        vars(module)["datetime"] = jumping
    settings, chance = load_settings(), random.Random(1)
    for name in itertools.cycle(names):
        (jump[0],) = chance.choices(JUMPS, AS_OFTEN)
        run_source(source_named(name, settings), settings, Silent())


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        read(sys.argv[1:])
