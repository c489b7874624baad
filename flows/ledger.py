"""Where every input of a run has gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from schemas import Run


class UnaccountedError(RuntimeError):
    """An input went missing between reading and loading: a mistake in this program, not in the input."""


@dataclass(slots=True)
class Ledger:
    """Counts of a run. Every input is exactly one of added, changed, reread, unchanged, duplicate or refused.

    `refused` are inputs that an issue stands for; `issues` counts all issues, also those of articles that
    were loaded but whose extraction failed. `facts` are those that the warehouse holds after the run.
    """

    inputs: int = 0
    added: int = 0
    changed: int = 0
    reread: int = 0
    unchanged: int = 0
    duplicates: int = 0
    refused: int = 0
    issues: int = 0
    events: Counter[str] = field(default_factory=Counter)
    facts: int = 0

    @property
    def missing(self) -> int:
        """Inputs not accounted for; 0 at the end of a run."""
        done = self.added + self.changed + self.reread + self.unchanged + self.duplicates + self.refused
        return self.inputs - done

    def check(self) -> None:
        """Raises `UnaccountedError` unless every input is accounted for."""
        if self.missing:
            raise UnaccountedError(f"{self.missing} of {self.inputs} inputs are not accounted for: {self}")


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run with what its record does not hold: the full ledger and the files passed over."""

    run: Run
    ledger: Ledger
    passed_over: Counter[str]

    @property
    def passed_over_words(self) -> str:
        """Files in folders that are of no format of ours: `3 (.csv 2, hidden 1)`."""
        parts = ", ".join(f"{extension} {count}" for extension, count in sorted(self.passed_over.items()))
        return f"{self.passed_over.total()} ({parts})" if parts else "0"
