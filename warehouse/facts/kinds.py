"""When two events of a kind speak of one happening, and which of their numbers can differ.

Each kind says: the *block*, outside of which nothing is compared; the *shelves* of the block that a statement is put on,
and those on which statements are sought that it may belong with; the *reach*, the days of all statements that it can be
compared with, so that no others need be loaded; and for two statements how strongly they belong together and why (`None`:
not at all). These are rules of ours; docs/facts.md explains them to analysts.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from warehouse.facts import aid_likeness, attack_likeness, meeting_likeness, strike_likeness
from warehouse.facts.statement import Range, Statement
from warehouse.facts.windows import Reach

Bond = tuple[float, str]


@dataclass(frozen=True)
class Likeness:
    """How the events of one kind are resolved.

    Reach is mutual: whoever lies in that of a statement has it in its own. `measures` are the slots that hold numbers,
    the first the one to plot; `progress` the slot whose changes over time are progress, not contradiction; `attributed`
    the slot in which claimants may contradict each other.
    """

    block: Callable[[Statement], str]
    shelves: Callable[[Statement], Iterable[Hashable]]
    sought: Callable[[Statement], Iterable[Hashable]]
    reach: Callable[[Statement], Iterable[Reach]]
    bond: Callable[[Statement, Statement], Bond | None]
    measures: tuple[str, ...] = ()
    progress: str | None = None
    attributed: str | None = None


LIKENESS: dict[str, Likeness] = {
    "attack_count": Likeness(
        attack_likeness.block,
        attack_likeness.shelves,
        attack_likeness.sought,
        attack_likeness.reach,
        attack_likeness.bond,
        measures=("count",),
    ),
    "aid_announcement": Likeness(
        aid_likeness.block,
        aid_likeness.shelves,
        aid_likeness.sought,
        aid_likeness.reach,
        aid_likeness.bond,
        measures=("amount",),
        progress="stage",
    ),
    "meeting": Likeness(
        meeting_likeness.block,
        meeting_likeness.shelves,
        meeting_likeness.sought,
        meeting_likeness.reach,
        meeting_likeness.bond,
        progress="status",
    ),
    "strike": Likeness(
        strike_likeness.block,
        strike_likeness.shelves,
        strike_likeness.sought,
        strike_likeness.reach,
        strike_likeness.bond,
        measures=("killed", "injured"),
        attributed="attacker",
    ),
}


def measures_of(statement: Statement) -> dict[str, Range]:
    """The numbers a statement gives, by slot."""
    names = LIKENESS[statement.kind].measures
    return {name: statement.ranges[name] for name in names if name in statement.ranges}
