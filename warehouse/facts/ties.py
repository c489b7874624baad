"""To which earlier statement each statement belongs most.

That is decided when it is said, among what is said then, and by nothing that comes later: so the order of loading does
not matter, and what is loaded later changes few of the decisions taken before.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

from warehouse.facts.kinds import LIKENESS
from warehouse.facts.statement import Key, Statement

FOUNDED = "first of its fact"


@dataclass(frozen=True, slots=True)
class Tie:
    """The bond by which a statement joins a fact: to which statement, how strong, why. Without one it opens a fact."""

    to: Key | None = None
    strength: float = 0.0
    reason: str = FOUNDED


class Shelves:
    """The statements put so far, found by block and shelf."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, Hashable], list[Statement]] = {}

    def put(self, statement: Statement, block: str) -> None:
        """Let later statements find it."""
        for shelf in LIKENESS[statement.kind].shelves(statement):
            self._held.setdefault((block, shelf), []).append(statement)

    def strongest(self, statement: Statement, block: str) -> Tie:
        """The tie of a statement to those put that are said when it comes; the earliest of equals."""
        likeness = LIKENESS[statement.kind]
        bond, moment, held = likeness.bond, statement.said_from, self._held
        best, tie = None, Tie()
        met: set[Key] = set()
        for shelf in likeness.sought(statement):
            for other in held.get((block, shelf), ()):
                if other.key in met or not (other.said_until is None or other.said_until > moment):
                    continue
                met.add(other.key)
                found = bond(other, statement)
                if found is None or found[0] < tie.strength:
                    continue
                if best is None or found[0] > tie.strength or other.turn < best.turn:
                    best, tie = other, Tie(other.key, *found)
        return tie


def ties_among(
    statements: Iterable[tuple[str, Statement]], wanted: Collection[Key] | None = None
) -> dict[Key, Tie]:
    """The ties of statements with their blocks to each other: of all, else of those wanted."""
    shelves = Shelves()
    ties: dict[Key, Tie] = {}
    for block, statement in sorted(statements, key=lambda each: each[1].turn):
        if wanted is None or statement.key in wanted:
            ties[statement.key] = shelves.strongest(statement, block)
        shelves.put(statement, block)
    return ties
