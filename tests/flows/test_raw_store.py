"""Raw bytes are kept once, whole, and are checked when read."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch import RawStore, StoreDamaged


def test_bytes_are_kept_once_under_their_digest(tmp_path: Path) -> None:
    store = RawStore(tmp_path / "raw")
    digest = store.keep(b"body")
    assert digest == hashlib.sha256(b"body").hexdigest() == store.keep(b"body")
    assert store.read(digest) == b"body" and store.holds(digest)
    (file,) = [path for path in store.folder.rglob("*") if path.is_file()]
    first = file.read_bytes()
    file.unlink()
    store.keep(b"body")
    assert file.read_bytes() == first  # the same bytes on disk, whenever


def test_what_is_gone_or_altered_is_told(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    digest, other = store.keep(b"body"), store.keep(b"other")
    store.path(digest).write_bytes(store.path(other).read_bytes())
    with pytest.raises(StoreDamaged, match="other bytes than were kept"):
        store.read(digest)
    store.path(digest).write_bytes(store.path(other).read_bytes()[:-9])
    with pytest.raises(StoreDamaged, match="cannot be read"):
        store.read(digest)
    store.path(digest).unlink()
    with pytest.raises(StoreDamaged, match="gone"):
        store.read(digest)
    with pytest.raises(ValueError, match="no SHA-256"):
        store.read("../../etc/passwd")


def test_a_disk_that_refuses_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = RawStore(tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"body")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_same_bytes_may_be_kept_by_many_at_once(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    for number in range(20):
        data = b"body" * 50_000 + bytes([number])
        with ThreadPoolExecutor(8) as threads:
            assert len(set(threads.map(store.keep, [data] * 8))) == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 20


@given(st.binary(max_size=2000))
def test_what_is_kept_comes_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = RawStore(tmp_path_factory.getbasetemp() / "store")
    assert store.read(store.keep(data)) == data
