"""No host is asked faster, nor by more at once, than is polite."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    """When a host may be asked next, and how many may be at it."""

    seats: threading.Semaphore
    lock: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0


class Pace:
    """Gives turns: between two starts at one host at least `seconds`, and no more than `at_once` open together."""

    def __init__(
        self,
        seconds: float,
        at_once: int,
        *,
        now: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._at_once = at_once
        self._now = now
        self._wait = wait
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, slower: float = 0.0) -> Iterator[None]:
        """Wait for a turn at `host`, and hold a seat while the block runs; `slower` is what the host asks for."""
        entry = self._host(host)
        with entry.seats:
            with entry.lock:
                now = self._now()
                start = max(now, entry.free)
                entry.free = start + max(self._seconds, slower)
            if start > now:
                self._wait(start - now)
            yield

    def leave(self, host: str, seconds: float) -> None:
        """Ask `host` no sooner than in `seconds`."""
        entry = self._host(host)
        with entry.lock:
            entry.free = max(entry.free, self._now() + seconds)

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(threading.Semaphore(self._at_once)))
