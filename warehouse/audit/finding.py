"""What an audit says: a suspicion as a check raises it, and the finding that the warehouse keeps of it."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Any, Literal

from schemas import digest
from warehouse.audit.wording import Figures, told

# error: one text cannot be right in itself. warning: several texts cannot all be right, or a series changes its meaning.
# notice: worth a look, though both sides may be right.
Severity = Literal["error", "warning", "notice"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a check found, its statements by event id. `about` tells several findings of the same statements apart.

    `code` says what is wrong, and `figures` are what it is put in words with (wording.py).
    """

    severity: Severity
    code: str
    figures: Figures
    one: tuple[str, ...]
    other: tuple[str, ...] = ()
    about: str = ""

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return told(self.code, self.figures)

    @property
    def parts(self) -> str:
        """Code and figures as JSON, from which a message can be made in any language."""
        return json.dumps({"code": self.code, "figures": self.figures}, ensure_ascii=False)

    def finding_id(self, check: str) -> str:
        """The id of the finding: it stays the same as long as the check and its statements do."""
        return digest("finding", check, self.about, *self.one, "against", *self.other)[:ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Subject:
    """One statement that a finding rests on. `fact_id` is `None` where its event has not been resolved."""

    event_id: str
    fact_id: str | None
    article_id: str
    claimed_by: str | None
    said_from: datetime.datetime
    evidence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the audit, with the evidence on both sides.

    `other_side` is empty where one statement contradicts itself. `when_start` and `when_end` bound the days of which
    the statements speak, `first_said` is when the last of them was said. `message` is English; `parts` has the `code` and
    `figures` that it is made of.
    """

    id: str
    check: str
    severity: Severity
    kind: str
    message: str
    when_start: datetime.date | None
    when_end: datetime.date | None
    first_said: datetime.datetime
    one_side: tuple[Subject, ...]
    other_side: tuple[Subject, ...]
    parts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditCount:
    """How many findings one check has, by severity."""

    check: str
    errors: int
    warnings: int
    notices: int
