"""When to ask again: doubling pauses with chance in them, or what the server itself says."""

from __future__ import annotations

import datetime
import email.utils
import random

FIRST_PAUSE = 1.0  # seconds; the second is up to twice as long, and so on
LONGEST_PAUSE = 60.0  # seconds for which a run waits; whoever asks for more is asked by a later run
LONGEST_LEAVE = 7 * 86_400.0  # seconds for which a server is left alone at its word


def pause(attempt: int, chance: random.Random) -> float:
    """Seconds to wait after the failed `attempt`, counted from 1: anything up to the doubled pause, so that many
    clients do not come back together."""
    longest = min(FIRST_PAUSE * 2.0 ** (attempt - 1), LONGEST_PAUSE)
    return chance.uniform(0.5, 1.0) * longest


def retry_after(header: str | None, now: datetime.datetime) -> float | None:
    """Seconds that a Retry-After header asks for, as a number or as a date; `None` where it says neither.

    Never negative, and no more than a week.
    """
    if not header:
        return None
    words = header.strip()
    if words.isascii() and words.isdecimal():
        seconds = float(words[:12])
    else:
        try:
            moment = email.utils.parsedate_to_datetime(words)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        seconds = (moment - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_LEAVE)
