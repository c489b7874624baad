"""What goes wrong with an ask, as the issue that stands for it."""

from __future__ import annotations

from flows.sources.item import Refusal
from schemas import IssueCode


class FetchFailed(Refusal):
    """An address that gave no bytes: the code and reason of its issue, and whether asking again may help.

    `status` is that of HTTP where there was an answer; `wait` the seconds that the server asked to be left alone.
    """

    def __init__(
        self,
        code: IssueCode,
        reason: str,
        *,
        passing: bool = False,
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        super().__init__(code, reason)
        self.passing = passing
        self.status = status
        self.wait = wait
