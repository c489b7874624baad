"""A room of extractors that needs no models and that articles can break in every way there is.

Tests copy it to a folder as `extractors.py` and put that first on the path of a process. What an article says decides:
死循环 loops in Python, 回溯 in a regular expression, 卡死 in native code; 膨胀 takes all memory, 崩溃 kills the process,
故障 raises, 刷屏 gives thousands of events. 慢 costs a tenth of a second. All others give one event for each
击落N架无人机.
"""

from __future__ import annotations

import itertools
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator

from schemas import Article, AttackCount, Count, EventBase, Span, event_id

VERSION = os.environ.get("POISONED_ROOM_VERSION", "0.0.0+poisoned")


def version() -> str:
    """As the door of the real room."""
    return VERSION


class Extractor:
    """As the real one, without models."""

    version = VERSION

    def extract(self, article: Article) -> list[EventBase]:
        """The events of an article, or the end."""
        for words, deed in DEEDS.items():
            if words in article.text:
                deed()
        found = re.finditer(r"击落了(\d+)架无人机", article.text)
        return [_event(article, match) for match in found] * (2000 if "刷屏" in article.text else 1)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventBase]]]:
        """The same for many."""
        for article in articles:
            yield article, self.extract(article)


def _event(article: Article, match: re.Match[str]) -> EventBase:
    span = Span(start=match.start(), end=match.end(), text=match[0])
    return AttackCount(
        id=event_id(article.id, "attack_count", span, 0),
        article_id=article.id,
        evidence=(span,),
        weapon="drone",
        outcome="intercepted",
        count=Count(value=int(match[1]), qualifier="exact"),
        found_by="poisoned/count",
        extractor_version=VERSION,
    )


def _loop() -> None:
    while True:
        pass


def _swell() -> None:
    for size in itertools.count():
        held.append(bytearray(10_000_000 + size))


def _fail() -> None:
    held.clear()
    raise ValueError("故障 is more than this extractor can bear")


held: list[bytearray] = []
DEEDS = {
    "死循环": _loop,
    "回溯": lambda: re.match(r"(a+)+b", "a" * 60),
    "卡死": lambda: sum(itertools.repeat(0)),  # never returns to the interpreter and keeps its lock
    "膨胀": _swell,
    "崩溃": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "故障": _fail,
    "慢": lambda: time.sleep(0.1),
}
