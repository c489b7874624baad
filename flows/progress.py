"""How a run tells what it is doing, without knowing who watches."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.ledger import Summary
    from warehouse import Checked


class Progress(Protocol):
    """Receives the steps of a run."""

    def step(self, words: str) -> None:
        """What the run is doing now."""

    def found(self, inputs: int) -> None:
        """How many inputs there are in all."""

    def advance(self, inputs: int) -> None:
        """So many more inputs are done with."""

    def finished(self, summary: Summary) -> None:
        """The run is over."""

    def breached(self, breaches: Sequence[Checked]) -> None:
        """What came from the source broke these expectations."""


class Silent:
    """Nobody watches."""

    def step(self, words: str) -> None: ...

    def found(self, inputs: int) -> None: ...

    def advance(self, inputs: int) -> None: ...

    def finished(self, summary: Summary) -> None: ...

    def breached(self, breaches: Sequence[Checked]) -> None: ...


# A flow's parameters must be plain data, so the watcher reaches a flow run by this way.
watcher: ContextVar[Progress | None] = ContextVar("watcher", default=None)
