"""What one article may cost: an alarm against endless reading, a bound on memory, both only while articles are read."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

MEGABYTE = 1_000_000
AGAIN_SECONDS = 1.0  # the alarm rings again where the first was lost, as in a destructor
SIZES = Path("/proc/self/statm")  # of this process in pages, the address space first; Linux alone has it


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one article may take: seconds by the wall clock, megabytes beyond the models, events found."""

    seconds: float = 60.0
    megabytes: float = 1000.0
    events: int = 1000


class OutOfTime(BaseException):
    """The time of an article is up. No `Exception`, so that no handler on the way takes it for an error of its own."""


class Alarm:
    """While entered, raises `OutOfTime` where more than `seconds` pass after `wind` without another.

    It reaches Python code and regular expressions, not native code that never returns; and only the main thread, for
    signals arrive there: in others it does nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._works = threading.current_thread() is threading.main_thread()
        self._before: Any = None

    def __enter__(self) -> Self:
        if self._works:
            self._before = signal.signal(signal.SIGALRM, self._ring)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)

    def wind(self) -> None:
        """Begin to count anew."""
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, self._seconds, AGAIN_SECONDS)

    def _ring(self, _number: int, frame: FrameType | None) -> None:
        if not _is_importing(frame):  # else the alarm rings again a second later
            raise OutOfTime


def _is_importing(frame: FrameType | None) -> bool:
    """Whether a module is being imported: one that is cut short stays half made, and all later articles would fail."""
    while frame is not None:
        if frame.f_globals.get("__name__") in ("importlib._bootstrap", "_frozen_importlib"):
            return True
        frame = frame.f_back
    return False


@contextlib.contextmanager
def memory_bound(megabytes: float) -> Iterator[None]:
    """While it runs, what asks for so much more memory than is in use now gets a `MemoryError`.

    Where the system does not say how much is in use, or forbids the limit, there is no bound.
    """
    try:
        pages = int(SIZES.read_bytes().split(maxsplit=1)[0])
    except OSError:
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * os.sysconf("SC_PAGE_SIZE") + int(megabytes * MEGABYTE)
    tighter = all(limit == resource.RLIM_INFINITY or wanted < limit for limit in (before, most))
    if tighter:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    try:
        yield
    finally:
        if tighter:
            resource.setrlimit(resource.RLIMIT_AS, (before, most))
