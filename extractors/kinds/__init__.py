"""How each kind is found: its rules (`<kind>.toml`) and what rules cannot say (`<kind>.py`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from extractors.kinds import aid_announcement, attack_count, meeting, strike
from extractors.layers.context import Context, Draft
from extractors.rules.ruleset import RuleSet, load_rules
from extractors.rules.slots import slots_of

FINDERS: dict[str, Callable[[Context, RuleSet], list[Draft]]] = {
    "aid_announcement": aid_announcement.find,
    "attack_count": attack_count.find,
    "meeting": meeting.find,
    "strike": strike.find,
}


@lru_cache(maxsize=16)
def rules_of(kind: str) -> RuleSet:
    """The compiled rules of a kind."""
    return load_rules(Path(__file__).with_name(f"{kind}.toml"), slots_of(kind))


__all__ = ["FINDERS", "rules_of"]
