"""What a host lets robots read, as it says in its robots.txt (RFC 9309)."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from protego import Protego

from flows.fetch.failure import FetchFailed

ROBOT = "Shilu"  # the name that rules for us stand under
LARGEST = 500 * 1024  # bytes that are read at least, says the standard; more are not
KEPT_FOR = datetime.timedelta(hours=24)
LONGEST_DELAY = 60.0  # seconds of Crawl-delay that are kept to


@dataclass(frozen=True, slots=True)
class RobotsText:
    """A robots.txt as it was received: its bytes, empty where the host has none, and when."""

    address: str
    body: bytes
    asked: datetime.datetime


class Robots:
    """The rules of each origin, asked once; `known` are those of earlier runs, good for a day."""

    def __init__(
        self,
        ask: Callable[[str], bytes],
        known: Mapping[str, RobotsText],
        now: Callable[[], datetime.datetime],
    ) -> None:
        self._ask = ask
        self._now = now
        self._texts = {address: text for address, text in known.items() if now() - text.asked < KEPT_FOR}
        self._rules: dict[str, Protego | FetchFailed] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self.received: list[RobotsText] = []

    def check(self, address: str, origin: str) -> float:
        """Raises `FetchFailed` where the origin keeps robots off `address`; else the seconds of its Crawl-delay."""
        rules = self._of(origin)
        if isinstance(rules, FetchFailed):
            raise rules
        if not rules.can_fetch(address, ROBOT):
            raise FetchFailed(
                "robots",
                f"{origin}/robots.txt keeps robots off this address; ask the publisher for leave, "
                "or take it out of the source",
            )
        return min(float(rules.crawl_delay(ROBOT) or 0.0), LONGEST_DELAY)

    def _of(self, origin: str) -> Protego | FetchFailed:
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            if origin not in self._rules:
                self._rules[origin] = self._read(origin)
            return self._rules[origin]

    def _read(self, origin: str) -> Protego | FetchFailed:
        address = f"{origin}/robots.txt"
        try:
            text = self._texts.get(address) or self._received(address)
        except FetchFailed as failure:
            if failure.code == "private_address":
                return failure
            # The standard: what cannot be asked for its rules may not be asked for anything.
            words = f"its robots.txt could not be had, so nothing else was asked: {failure.reason}"
            return FetchFailed(failure.code, words, status=failure.status, wait=failure.wait)
        return Protego.parse(text.body[:LARGEST].decode("utf-8", "replace"))

    def _received(self, address: str) -> RobotsText:
        text = RobotsText(address, self._ask(address), self._now())
        self.received.append(text)
        return text
