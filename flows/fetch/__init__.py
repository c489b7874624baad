"""Asking the network politely and safely: what comes back is bytes, or the reason why not with its remedy."""

from __future__ import annotations

from flows.fetch.failure import FetchFailed
from flows.fetch.fetcher import Answer, Fetcher, Manners
from flows.fetch.robots import RobotsText
from flows.fetch.store import RawStore, StoreDamaged

__all__ = ["Answer", "FetchFailed", "Fetcher", "Manners", "RawStore", "RobotsText", "StoreDamaged"]
