"""From a request to a response: not modified, remembered, or asked of the snapshot; compressed where that is wanted."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer, Shelf, Snapshot

COMPRESSION_LEVEL = 3  # beyond it, an answer takes longer to pack than it saves on any network
SHORTEST_COMPRESSED = 600  # below, it saves less than a packet
INCOMPRESSIBLE = ("application/vnd.apache.parquet",)
# Long answers may take longer, for they depend on how fast the reader reads.
STREAM_PATIENCE = 12


@dataclass(frozen=True)
class Stream:
    """An answer too long to be held in memory; `chunks` is consumed in a thread while the snapshot is held."""

    chunks: Iterable[bytes]
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()


Work = Callable[[Question], Answer | Stream]


async def answered(request: Request, work: Work, *, form: str = "json", state: str = "") -> Response:
    """The response to a request, of the current snapshot.

    `work` asks the snapshot, in a thread; `form` names the representation where one address has several, `state` whatever
    the answer depends on besides the snapshot.
    """
    shelf: Shelf = request.app.state.shelf
    snapshot = await shelf.borrow()
    handed_on = False
    try:
        tag = entity_tag(snapshot, form, state)
        headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept, Accept-Encoding"}
        if _matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        key = (request.url.path, request.url.query, form, state)
        answer = snapshot.recall(key)
        if answer is None:
            seconds = request.app.state.seconds
            made = await run_in_threadpool(lambda: _ask(snapshot, seconds, work))
            if isinstance(made, Stream):
                handed_on = True
                return _streamed(request, made, headers, snapshot)
            snapshot.remember(key, made)
            answer = made
        return _sent(request, answer, headers)
    finally:
        if not handed_on:
            snapshot.give_back()


def entity_tag(snapshot: Snapshot, form: str, state: str = "") -> str:
    """A weak tag: it changes with the snapshot, with our own code, and between representations."""
    return f'W/"{"-".join(filter(None, (snapshot.manifest.id, code_digest(), form, state)))}"'


@lru_cache(maxsize=1)
def code_digest() -> str:
    """A digest of the feed's own code: another Shilu may answer from the same snapshot differently."""
    found = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


def _matches(wanted: str | None, tag: str) -> bool:
    if wanted is None:
        return False
    tags = [each.strip() for each in wanted.split(",")]
    return "*" in tags or tag.removeprefix("W/") in (each.removeprefix("W/") for each in tags)


def _ask(snapshot: Snapshot, seconds: float, work: Work) -> Answer | Stream:
    with Question(snapshot, seconds) as question:
        made = work(question)
    if (
        isinstance(made, Answer)
        and made.media_type not in INCOMPRESSIBLE
        and len(made.body) >= SHORTEST_COMPRESSED
    ):
        return replace(made, compressed=gzip.compress(made.body, COMPRESSION_LEVEL, mtime=0))
    return made


def _takes_gzip(request: Request) -> bool:
    for each in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _sent(request: Request, answer: Answer, headers: dict[str, str]) -> Response:
    headers |= dict(answer.headers)
    body = answer.body
    if answer.compressed is not None and _takes_gzip(request):
        body = answer.compressed
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=answer.media_type, headers=headers)


def _streamed(request: Request, stream: Stream, headers: dict[str, str], snapshot: Snapshot) -> Response:
    headers |= dict(stream.headers)
    chunks: Iterable[bytes] = _Held(snapshot, stream.chunks)
    if stream.media_type not in INCOMPRESSIBLE and _takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
        chunks = _compressed(chunks)
    return StreamingResponse(chunks, media_type=stream.media_type, headers=headers)


class _Held:
    """The chunks, and the snapshot given back after the last of them, or when the reader has gone."""

    def __init__(self, snapshot: Snapshot, chunks: Iterable[bytes]) -> None:
        self._snapshot: Snapshot | None = snapshot
        self._chunks = iter(chunks)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the snapshot back, once."""
        if self._snapshot is not None:
            self._chunks = iter(())  # a generator that is let go of closes its cursor
            self._snapshot.give_back()
            self._snapshot = None

    def __del__(self) -> None:  # a response that was never begun has no other end
        self.close()


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    packer: Any = zlib.compressobj(COMPRESSION_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()
