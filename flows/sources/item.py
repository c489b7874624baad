"""What reading yields: an article or an issue, each with the place it came from."""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from schemas import Article, Issue, IssueCode

MEGABYTE = 1_000_000
# No news site existed before; an older date is a unit mistaken (seconds for milliseconds) or a missing value.
EARLIEST = datetime.datetime(1990, 1, 1, tzinfo=datetime.UTC)
# Clocks of publishers run ahead and time zones differ; anything later is a mistake.
AHEAD = datetime.timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too large or too late: sizes in bytes or characters, `now` the moment that dates are held against."""

    article_bytes: int = 20 * MEGABYTE
    line_bytes: int = 2 * MEGABYTE
    article_characters: int = 100_000  # a newspaper page has 10,000; what is longer is no news article
    now: datetime.datetime = field(default_factory=lambda: datetime.datetime.now(datetime.UTC))


@dataclass(frozen=True, slots=True)
class Marks:
    """Where a site's pages keep their parts, as XPath, for pages on which guessing fails; empty where it does not.

    `drop` are elements that are no part of the article wherever they stand.
    """

    body: str = ""
    title: str = ""
    published: str = ""
    byline: str = ""
    drop: str = ""


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a source says of all its articles, for where they do not say it themselves.

    `zone` is the time zone of dates that lack one, and the zone in which the day of publication is counted.
    """

    name: str | None = None
    zone: ZoneInfo | None = None
    language: str | None = None
    marks: Marks = NO_MARKS

    def local(self, moment: datetime.datetime) -> datetime.datetime:
        """The moment in the source's time zone, where it has one."""
        return moment.astimezone(self.zone) if self.zone else moment


NO_OUTLET = Outlet()


@dataclass(frozen=True, slots=True)
class Item:
    """One input: the file as the user named it, its line in a file of many, and what became of it."""

    path: str
    line: int | None
    outcome: Article | Issue


class Refusal(Exception):
    """An input that cannot become an article; `read` functions turn it into an `Issue`."""

    def __init__(self, code: IssueCode, reason: str) -> None:
        super().__init__(reason)
        self.code: IssueCode = code
        self.reason = reason

    def item(self, path: str, line: int | None = None) -> Item:
        """The issue row for this refusal."""
        return Item(path, line, Issue(path=path, line=line, code=self.code, reason=self.reason))


def shown(path: Path) -> str:
    """The path as the user gave it, printable even where its bytes are no UTF-8."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def checked_date(moment: datetime.datetime, limits: Limits) -> datetime.datetime:
    """The publication time itself, if it can be one; raises `Refusal`."""
    if not EARLIEST <= moment <= limits.now + AHEAD:
        raise Refusal(
            "bad_date",
            f"published {moment.isoformat()} is outside {EARLIEST.year} to now plus {AHEAD.days} days; "
            "correct the date (archive files give milliseconds since 1970)",
        )
    return moment


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file of one article. Raises `Refusal` where it is too large, `OSError` as `open` does."""
    with path.open("rb") as file:
        data = file.read(limits.article_bytes + 1)
    if len(data) > limits.article_bytes:
        raise Refusal(
            "too_large",
            f"larger than {limits.article_bytes / MEGABYTE:g} MB; split it, "
            "or raise max_article_megabytes in shilu.toml",
        )
    return data


def unreadable(error: OSError) -> Refusal:
    """The refusal of a file that the system does not hand out."""
    return Refusal("unreadable", f"cannot be read: {error.strerror or error}; check its permissions")


def not_an_article(error: ValueError) -> Refusal:
    """The refusal of what `Article` does not accept: the field and its value in one line."""
    words = str(error)
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False)[0]
        words = first["msg"].removeprefix("Value error, ")
        if first["loc"]:  # else the record as a whole is meant, and the message says what of it
            words = f"{first['loc'][0]}: {words}, got {str(first['input'])[:40]!r}"
    return Refusal("malformed", f"not an article: {words}; correct the record")
