"""Cron schedules: which are any, and when they come round next. As Debian's cron reads them, clock changes included."""

from __future__ import annotations

import datetime
import re
from itertools import islice
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

FIELDS = re.compile(r"\S+(?: \S+){4}")


def checked_cron(words: str) -> str:
    """The schedule with one space between its five fields. Raises ValueError saying what is wrong with it."""
    schedule = " ".join(words.split())
    if not FIELDS.fullmatch(schedule):
        raise ValueError(f'{words!r} is no cron schedule; write five fields, such as "*/15 * * * *"')
    try:
        next(CronSim(schedule, datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)))
    except (CronSimError, StopIteration) as error:
        why = str(error) or "it never comes round"
        raise ValueError(f'{words!r} is no cron schedule ({why}); write such as "*/15 * * * *"') from error
    return schedule


def next_times(schedule: str, zone: str, after: datetime.datetime, count: int) -> list[datetime.datetime]:
    """The next `count` times of a schedule in the time zone, with that zone's offset; fewer where it ends."""
    return list(islice(CronSim(schedule, after.astimezone(ZoneInfo(zone))), count))
