"""What a run leaves behind besides events: inputs that could not be used, and its own record."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from schemas.values import Value

# What went wrong, as a short code; `reason` says it in words with the remedy.
IssueCode = Literal[
    "unreadable", "encoding", "unknown_format", "malformed", "empty", "bad_date", "too_large", "conflicting_key", "extraction_failed",
    "unreachable", "timeout", "http_status", "redirects", "private_address", "robots", "not_a_feed",
    "extraction_timeout", "extraction_memory", "extraction_crash", "vanished",
]  # fmt: skip


class Issue(Value):
    """An input that did not become an article, or an article that could not be read: where, what, what next.

    `line` counts from 1 in files of many articles and is `None` where the whole file is meant.
    """

    path: Annotated[str, StringConstraints(min_length=1)]
    line: int | None = Field(default=None, ge=1)
    code: IssueCode
    reason: Annotated[str, StringConstraints(min_length=1)]
    article_id: str | None = None


class Run(Value):
    """One run of a job: when, what came in, what came out; `source` where it read one of sources.toml.

    `process` is the process that does it and its host (`1234@name`); a run whose process ended without a word is
    `killed`. `seconds` is wall time by step.
    """

    id: str
    started: AwareDatetime
    finished: AwareDatetime | None = None
    extractor_version: str
    status: Literal["running", "succeeded", "with_issues", "failed", "killed"] = "running"
    inputs: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    issues: int = 0
    events: dict[str, int] = Field(default_factory=dict)
    source: str | None = None
    job: Literal["ingest", "reprocess"] = "ingest"
    process: str | None = None
    seconds: dict[str, float] = Field(default_factory=dict)

    @property
    def duration(self) -> datetime.timedelta | None:
        """Wall time from start to finish, `None` while running."""
        return self.finished - self.started if self.finished else None
