"""Raw bytes as they came, kept under their own SHA-256: whatever reads them later reads what the source sent."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import threading
import zlib
from pathlib import Path

from flows.errors import ShiluError

DIGEST = re.compile(r"[0-9a-f]{64}")


class StoreDamaged(ShiluError):
    """Kept bytes are missing or are no longer what was kept."""


class RawStore:
    """A folder of compressed files; the same bytes are kept once. Any number of processes may keep at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep bytes, whole or not at all; their SHA-256. Raises `OSError` where the disk refuses."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{digest}.{os.getpid()}.{threading.get_ident()}")
        try:
            with unfinished.open("wb") as file:
                file.write(gzip.compress(data, mtime=0))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes kept under a digest. Raises `StoreDamaged` where they are gone or altered."""
        path = self.path(digest)
        try:
            data = gzip.decompress(path.read_bytes())
        except FileNotFoundError as error:
            raise StoreDamaged(f"{path}: raw bytes are gone; restore the folder from a copy") from error
        except (OSError, EOFError, zlib.error) as error:
            raise StoreDamaged(
                f"{path}: raw bytes cannot be read: {error}; restore the file from a copy"
            ) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise StoreDamaged(f"{path}: holds other bytes than were kept; restore the file from a copy")
        return data

    def holds(self, digest: str) -> bool:
        """Whether bytes are kept under a digest."""
        return self.path(digest).is_file()

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie. Raises `ValueError` for what is no digest."""
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"{digest!r} is no SHA-256 in hexadecimal")
        return self.folder / digest[:2] / f"{digest}.gz"
