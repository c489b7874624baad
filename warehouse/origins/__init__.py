"""Which articles are copies of which: reprints and wire copies are found as articles are loaded.

An *origin* is an article that is no reprint. `trace_origins` is called by the load, inside its transaction;
`judge` decides on two texts alone. docs/decisions/0009-origins.md says what counts as a copy and why.
"""

from __future__ import annotations

from warehouse.origins.compare import Match, judge
from warehouse.origins.trace import trace_origins
from warehouse.origins.wording import Wording, read_wording

__all__ = ["Match", "Wording", "judge", "read_wording", "trace_origins"]
