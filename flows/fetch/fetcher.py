"""Asking an address: politely, safely, and with an end."""

from __future__ import annotations

import datetime
import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag

import httpcore
import httpx

from flows.fetch.body import too_large, unpacked
from flows.fetch.failure import FetchFailed
from flows.fetch.guard import Guard, Resolver
from flows.fetch.pace import Pace
from flows.fetch.retry import LONGEST_PAUSE, pause, retry_after
from flows.fetch.robots import LARGEST, ROBOT, Robots, RobotsText
from flows.fetch.transport import GuardedTransport

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304
OK = 200
TOO_MANY = 429
MOST_REDIRECTS = 5
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/html, text/xml;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Manners:
    """How a source may be asked: seconds, counts and bytes; `contact` is whom publishers may turn to."""

    contact: str = ""
    allow_private: bool = False
    seconds_between: float = 1.0
    at_once: int = 2
    connect_seconds: float = 10.0
    answer_seconds: float = 60.0
    attempts: int = 3
    body_bytes: int = 10_000_000

    @property
    def agent(self) -> str:
        """The User-Agent: who we are, and whom to turn to."""
        who = f"+{self.contact}" if self.contact else "no contact given"
        return f"{ROBOT}/{metadata.version('shilu')} ({who})"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave; the body is empty where `status` is 304, not modified."""

    address: str
    final_address: str
    status: int
    body: bytes
    content_type: str | None
    etag: str | None
    last_modified: str | None


class Fetcher:
    """Asks addresses for one source. Threads may share it; close it at the end.

    `robots` are the robots.txt of earlier runs. The clocks, the chance and the resolver can be replaced in tests.
    """

    def __init__(
        self,
        manners: Manners,
        robots: Mapping[str, RobotsText] | None = None,
        *,
        wait: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
        chance: random.Random | None = None,
        resolve: Resolver = socket.getaddrinfo,
    ) -> None:
        self._manners = manners
        self._wait = wait
        self._now = now
        self._chance = chance or random.Random()
        self._pace = Pace(manners.seconds_between, manners.at_once, wait=wait)
        self._robots = Robots(self._robots_text, robots or {}, now)
        guard = Guard(allow_private=manners.allow_private, resolve=resolve)
        self._client = httpx.Client(
            transport=GuardedTransport(guard, manners.answer_seconds),
            timeout=httpx.Timeout(manners.answer_seconds, connect=manners.connect_seconds),
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    @property
    def robots_received(self) -> list[RobotsText]:
        """The robots.txt that had to be asked for, to be remembered for a day."""
        return list(self._robots.received)

    def get(self, address: str, *, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """What `address` gives, or that it is as it was when it gave these validators.

        Raises `FetchFailed` with the code, the reason and the remedy.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._tried(lambda: self._followed(address, headers, self._manners.body_bytes, robots=True))

    def _robots_text(self, address: str) -> bytes:
        try:
            return self._tried(lambda: self._followed(address, {}, LARGEST, robots=False)).body
        except FetchFailed as failure:
            if failure.code == "too_large":
                return b"User-agent: *\nDisallow: /\n"  # rules that nobody can read to the end
            if failure.status is not None and 400 <= failure.status < 500 and failure.status != TOO_MANY:
                return b""  # no rules
            raise

    def _tried(self, once: Callable[[], Answer]) -> Answer:
        attempt = 1
        while True:
            try:
                return once()
            except FetchFailed as failure:
                seconds = failure.wait if failure.wait is not None else pause(attempt, self._chance)
                if not failure.passing or seconds > LONGEST_PAUSE:
                    raise
                if attempt >= self._manners.attempts:
                    words = failure.reason + (f" (asked {attempt} times)" if attempt > 1 else "")
                    raise FetchFailed(
                        failure.code, words, status=failure.status, wait=failure.wait
                    ) from failure
            self._wait(seconds)
            attempt += 1

    def _followed(self, address: str, headers: Mapping[str, str], limit: int, *, robots: bool) -> Answer:
        """One try, through redirects; every hop is checked like a first address."""
        url = _checked(address)
        for _ in range(MOST_REDIRECTS + 1):
            slower = self._robots.check(str(url), _origin(url)) if robots else 0.0
            with self._pace.turn(url.host, slower):
                answer = self._sent(url, headers, limit)
            if isinstance(answer, tuple):
                status, body, said = answer
                return Answer(
                    address,
                    str(url),
                    status,
                    body,
                    said.get("content-type"),
                    said.get("etag"),
                    said.get("last-modified"),
                )
            url = answer
        raise FetchFailed(
            "redirects",
            f"more than {MOST_REDIRECTS} redirects, the last to {url}; correct the address in the source",
        )

    def _sent(
        self, url: httpx.URL, headers: Mapping[str, str], limit: int
    ) -> tuple[int, bytes, httpx.Headers] | httpx.URL:
        """Status, body and headers of the answer, or where it sends us."""
        # Made by hand, not by the client, which would add the cookies it was given.
        request = httpx.Request(
            "GET",
            url,
            headers={"User-Agent": self._manners.agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"}
            | dict(headers),
            extensions={"timeout": self._client.timeout.as_dict()},
        )
        try:
            response = self._client.send(request, stream=True, auth=None, follow_redirects=False)
            try:
                return self._read(url, response, limit, conditional=bool(headers))
            finally:
                response.close()
        except (httpcore.TimeoutException, httpx.TimeoutException) as error:
            raise FetchFailed(
                "timeout",
                f"no whole answer in {self._manners.answer_seconds:g} s ({error or type(error).__name__}); "
                "try later, or raise answer_seconds in the limits of the source",
                passing=True,
            ) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise FetchFailed(
                    "unreachable",
                    f"the certificate of {url.host} does not hold: {error}; tell the publisher, "
                    "or name the file of your own authority in SSL_CERT_FILE",
                ) from error
            raise FetchFailed(
                "unreachable",
                f"{url.host} does not answer as a web server should: {error}; try later, or check the address",
                passing=True,
            ) from error

    def _read(
        self, url: httpx.URL, response: httpx.Response, limit: int, *, conditional: bool
    ) -> tuple[int, bytes, httpx.Headers] | httpx.URL:
        status = response.status_code
        if status in REDIRECTS and "location" in response.headers:
            return _joined(url, response.headers["location"])
        if status == NOT_MODIFIED and conditional:
            return status, b"", response.headers
        if status != OK:
            raise self._refused(url, response)
        if (
            response.headers.get("content-length", "").isdecimal()
            and int(response.headers["content-length"]) > limit
        ):
            raise too_large(limit)
        return (
            status,
            unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), limit),
            response.headers,
        )

    def _refused(self, url: httpx.URL, response: httpx.Response) -> FetchFailed:
        status = response.status_code
        wait = retry_after(response.headers.get("retry-after"), self._now()) if status in PASSING else None
        if wait:
            self._pace.leave(url.host, min(wait, LONGEST_PAUSE))
        later = f", and asks to be left alone for {wait:.0f} s" if wait else ""
        remedy = "try later" if status in PASSING else "correct the address in the source, or take it out"
        return FetchFailed(
            "http_status",
            f"the server answers {status} {response.reason_phrase}{later}; {remedy}",
            passing=status in PASSING,
            status=status,
            wait=wait,
        )


def _checked(address: str) -> httpx.URL:
    """The address as a URL that may be asked. Raises `FetchFailed`."""
    try:
        url = httpx.URL(urldefrag(address.strip())[0])
        host = url.host
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchFailed("malformed", f"{address[:200]!r} is no address: {error}; correct it") from error
    if url.scheme not in ("http", "https") or not host:
        raise FetchFailed(
            "malformed", f"{address[:200]!r} is no address of the web; give one that begins with https://"
        )
    if url.userinfo:
        raise FetchFailed("malformed", f"the address on {host} holds a password; addresses are asked without")
    return url


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return _checked(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(
            "redirects", f"sends us to {location[:200]!r}, which is no address: {error}"
        ) from error


def _origin(url: httpx.URL) -> str:
    return str(url.copy_with(raw_path=b"/")).rstrip("/")
