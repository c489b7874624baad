"""The body of an answer, unpacked as it comes and cut off at a size: no bomb and no endless body gets further."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from flows.fetch.failure import FetchFailed
from flows.sources.item import MEGABYTE

PACKED = ("gzip", "x-gzip", "deflate")
EITHER = 32 + zlib.MAX_WBITS  # gzip or zlib, told apart by their first bytes
GZIP = b"\x1f\x8b"
BARE = -zlib.MAX_WBITS  # what some servers send as deflate


def unpacked(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The bytes of a body as the server packed it, at most `limit` of them.

    Raises `FetchFailed`: larger, packed in a way we did not ask for, broken, or cut off.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _plain(chunks, limit)
    if name not in PACKED:
        raise FetchFailed(
            "encoding",
            f"the server packed its answer as {name!r}, which was not asked for; tell the publisher",
        )
    return _inflated(chunks, limit)


def too_large(limit: int) -> FetchFailed:
    """The failure of a body over the limit."""
    return FetchFailed(
        "too_large",
        f"larger than {limit / MEGABYTE:g} MB unpacked, so it was cut off; "
        "where that is right, raise body_megabytes in the limits of the source",
    )


def _plain(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def _inflated(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    inflater, fresh = zlib.decompressobj(EITHER), True
    for chunk in chunks:
        rest = chunk
        while rest:
            if inflater.eof:  # files of several members are unpacked one after the other
                inflater, fresh = zlib.decompressobj(EITHER), True
            try:
                body += inflater.decompress(rest, limit - len(body) + 1)
            except zlib.error as error:
                if not fresh or body:
                    raise _broken(str(error)) from error
                inflater, fresh = zlib.decompressobj(BARE), False
                continue
            if len(body) > limit:
                raise too_large(limit)
            fresh = False
            rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            if inflater.eof and not GZIP.startswith(rest[:2]):  # padding or rubbish after the end
                rest = b""
    if not inflater.eof and not fresh:
        raise _broken("it ends in the middle")
    return bytes(body)


def _broken(words: str) -> FetchFailed:
    return FetchFailed(
        "malformed", f"the answer cannot be unpacked: {words}; try again, or tell the publisher", passing=True
    )
