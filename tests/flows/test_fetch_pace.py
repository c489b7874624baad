"""Turns at hosts, pauses between tries, and bodies that come in pieces."""

from __future__ import annotations

import datetime
import gzip
import random
import zlib
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch import FetchFailed
from flows.fetch.body import unpacked
from flows.fetch.pace import Pace
from flows.fetch.retry import LONGEST_LEAVE, pause, retry_after

NOW = datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC)


def test_turns_at_one_host_are_apart_and_hosts_do_not_wait_for_each_other() -> None:
    clock = [0.0]
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock[0] += seconds

    pace = Pace(2.0, 1, now=lambda: clock[0], wait=wait)
    for host in ("a", "b", "a", "a"):
        with pace.turn(host):
            pass
    assert waited == [2.0, 2.0]
    pace.leave("b", 10)
    with pace.turn("b"):
        assert waited[-1] == 10.0


@given(st.text(max_size=40) | st.integers(-(10**20), 10**20).map(str) | st.datetimes().map(format_datetime))
def test_retry_after_is_never_negative_nor_beyond_a_week(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or 0 <= seconds <= LONGEST_LEAVE


@given(st.integers(1, 100), st.integers())
def test_pauses_grow_to_a_bound(attempt: int, seed: int) -> None:
    seconds = pause(attempt, random.Random(seed))
    assert 0.5 * min(2.0 ** (attempt - 1), 60.0) <= seconds <= min(2.0 ** (attempt - 1), 60.0)


@given(st.binary(max_size=3000), st.integers(1, 700), st.sampled_from(["gzip", "deflate", ""]), st.booleans())
def test_a_body_comes_out_as_it_went_in_however_it_is_cut_up(
    data: bytes, size: int, encoding: str, twice: bool
) -> None:
    if encoding == "gzip":
        sent = gzip.compress(data) + (gzip.compress(data) if twice else b"")
    else:
        sent = zlib.compress(data) if encoding else data
    whole = data * 2 if encoding == "gzip" and twice else data
    chunks = [sent[start : start + size] for start in range(0, len(sent), size)]
    assert unpacked(chunks, encoding, 10_000) == whole
    if len(whole) > 1:
        with pytest.raises(FetchFailed) as caught:
            unpacked(chunks, encoding, len(whole) - 1)
        assert caught.value.code == "too_large"
