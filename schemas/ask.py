"""What is known of one address of a source: when it was asked, what it answered, whether that was read."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from schemas.values import Value

AskRole = Literal["index", "article", "robots", "file"]


class Ask(Value):
    """The last ask of an address. `index` is a feed or list that names articles, `file` a path of this machine.

    `title` and `published` are what the index said of an article. `etag` is, for files, their size and time of
    change. `failures` counts in a row; `not_before` is until when the server asked to be left alone. `digest` is
    the SHA-256 of the bytes last received, `read_by` the run that read them, `None` while nobody has.
    """

    source: str
    address: str
    role: AskRole
    title: str | None = None
    published: str | None = None
    asked: AwareDatetime | None = None
    status: int | None = None
    failures: int = Field(default=0, ge=0)
    not_before: AwareDatetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_address: str | None = None
    content_type: str | None = None
    digest: str | None = None
    read_by: str | None = None
