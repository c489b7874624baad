"""An article: the text that every offset points into, and where it came from."""

from __future__ import annotations

import datetime
import hashlib
from typing import Annotated, Literal, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, model_validator

Script = Literal["Hans", "Hant", "unknown"]
# Query parameters that say how a reader came to the page, not which page it is.
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "ref_src", "spm")
ID_LENGTH = 16


def canonical_url(url: str) -> str:
    """The address in one spelling: no fragment, tracking parameters, default port or trailing slash."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise ValueError(f"url {url!r} is no address: {error}") from error
    if not parts.scheme or not parts.hostname:
        raise ValueError(f"url must be absolute, such as https://example.org/a, got {url!r}")
    host = parts.hostname.lower()
    if port and (parts.scheme.lower(), port) not in (("http", 80), ("https", 443)):
        host = f"{host}:{port}"
    kept = [
        (k, v)
        for k, v in parse_qsl(parts.query, keep_blank_values=True)
        if not k.lower().startswith(TRACKING)
    ]
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._").rstrip("/")
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(sorted(kept)), ""))


def digest(*parts: str) -> str:
    """SHA-256 over the parts, hexadecimal; parts cannot run into each other."""
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


class Article(BaseModel):
    """One news article as read.

    `text` holds the paragraphs separated by a newline, without captions and boilerplate; evidence offsets count
    characters of `text` or `title`. `published` keeps the source's own UTC offset. `byline` are the
    writers that a page names, as it names them. Build with `Article.of`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    source: Annotated[str, StringConstraints(min_length=1)]
    url: str | None = None
    title: str
    published: AwareDatetime
    byline: str | None = None
    language: str = "zh"
    script: Script = "unknown"
    text: str
    captions: tuple[str, ...] = ()
    content_hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

    @classmethod
    def of(
        cls,
        *,
        source: str,
        title: str,
        text: str,
        published: datetime.datetime,
        url: str | None = None,
        key: str | None = None,
        byline: str | None = None,
        language: str = "zh",
        script: Script = "unknown",
        captions: tuple[str, ...] = (),
    ) -> Self:
        """An article with its id and content hash filled in.

        The id is the source's own `key` where it gives one, else a digest of the canonical address,
        else a digest of the content.
        """
        content = digest(title, text)
        address = canonical_url(url) if url else None
        return cls(
            id=key or digest(address or content)[:ID_LENGTH],
            source=source,
            url=address,
            title=title,
            published=published,
            byline=byline,
            language=language,
            script=script,
            text=text,
            captions=captions,
            content_hash=content,
        )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.title.strip() and not self.text.strip():
            raise ValueError("title and text are both empty")
        if "\r" in self.text or "\r" in self.title:
            raise ValueError("text must separate paragraphs by \\n alone, got a carriage return")
        return self

    @property
    def published_utc(self) -> datetime.datetime:
        """Publication time in UTC."""
        return self.published.astimezone(datetime.UTC)

    @property
    def utc_offset_minutes(self) -> int:
        """The source's own offset from UTC, in minutes."""
        offset = self.published.utcoffset()
        return 0 if offset is None else int(offset.total_seconds() // 60)

    @property
    def local_date(self) -> datetime.date:
        """Publication date at the source, the anchor of relative dates."""
        return self.published.date()
