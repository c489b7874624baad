"""Asking a real server on loopback: manners, limits, and what is said where it fails."""

from __future__ import annotations

import datetime
import gzip
import random
import socket
import ssl
import threading
import time
import zlib
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from flows.fetch import Fetcher, FetchFailed, Manners, RobotsText

NOW = datetime.datetime(2025, 3, 3, 12, tzinfo=datetime.UTC)


class Asking(Fetcher):
    """A fetcher that may ask loopback and does not really wait."""

    def __init__(self, robots: Any = None, **manners: Any) -> None:
        self.waited: list[float] = []
        defaults = {"allow_private": True, "seconds_between": 0.0, "answer_seconds": 5.0}
        super().__init__(
            Manners(**defaults | manners), robots, wait=self.waited.append, now=lambda: NOW, chance=random.Random(1)
        )  # fmt: skip


def failure(web: Any, path: str, **manners: Any) -> FetchFailed:
    with Asking(**manners) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(web.url(path))
    return caught.value


def test_an_answer_brings_its_bytes_and_what_makes_the_next_ask_cheap(web: Any) -> None:
    def route(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"v1"':
            web.answer(handler, b"", status=304)
        else:
            web.answer(
                handler, b"body", ETag='"v1"', Last_Modified="Mon, 03 Mar 2025 01:00:00 GMT", Set_Cookie="a=b"
            )

    web.routes["/feed"] = route
    with Asking(contact="mailto:news@example.org") as fetcher:
        first = fetcher.get(web.url("/feed"))
        again = fetcher.get(web.url("/feed"), etag=first.etag, last_modified=first.last_modified)
    assert (first.status, first.body, first.etag) == (200, b"body", '"v1"')
    assert (again.status, again.body) == (304, b"")
    _, headers = web.asked[-1]
    assert headers["if-modified-since"] == "Mon, 03 Mar 2025 01:00:00 GMT"
    assert headers["user-agent"].startswith("Shilu/") and "+mailto:news@example.org" in headers["user-agent"]
    assert not any("cookie" in each for _, each in web.asked)
    assert [path for path, _ in web.asked].count("/robots.txt") == 1


def test_robots_are_obeyed_and_known_rules_are_not_asked_again(web: Any) -> None:
    web.routes["/robots.txt"] = (
        b"User-agent: Shilu\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"
    )
    web.routes["/private/a"] = web.routes["/a"] = b"body"
    kept = failure(web, "/private/a")
    assert kept.code == "robots" and "/robots.txt keeps robots off" in kept.reason
    assert web.paths == []
    with Asking() as fetcher:
        fetcher.get(web.url("/a"))
        fetcher.get(web.url("/a"))
        (received,) = fetcher.robots_received
    assert 6 < fetcher.waited[-1] <= 7
    known = {received.address: received}
    with Asking(known) as fetcher:
        fetcher.get(web.url("/a"))
        assert fetcher.robots_received == []
    stale = {received.address: RobotsText(received.address, b"", NOW - datetime.timedelta(hours=25))}
    with Asking(stale) as fetcher:
        fetcher.get(web.url("/a"))
        assert len(fetcher.robots_received) == 1


def test_where_rules_cannot_be_had_nothing_is_asked_but_none_at_all_allow_everything(web: Any) -> None:
    web.routes["/a"] = b"body"
    with Asking() as fetcher:
        assert fetcher.get(web.url("/a")).body == b"body"  # robots.txt is 404
    web.routes["/robots.txt"] = lambda handler: web.answer(handler, b"", status=503)
    refused = failure(web, "/a")
    assert refused.code == "http_status" and "robots.txt could not be had" in refused.reason
    assert web.paths == ["/a"]


def test_redirects_are_followed_to_a_bound_and_every_hop_is_checked(web: Any) -> None:
    def to(where: str) -> Any:
        return lambda handler: web.answer(handler, b"", status=302, Location=where)

    web.routes |= {"/1": to("/2"), "/2": to("3#part"), "/3": b"body", "/loop": to("/loop"), "/file": to("file:///etc/passwd"),
                   "/kept": to("/private"), "/robots.txt": b"User-agent: *\nDisallow: /private"}  # fmt: skip
    with Asking() as fetcher:
        answer = fetcher.get(web.url("/1"))
    assert (answer.body, answer.final_address) == (b"body", web.url("/3"))
    assert failure(web, "/loop").code == "redirects"
    assert web.paths.count("/loop") == 6
    assert failure(web, "/file").code == "malformed"
    assert failure(web, "/kept").code == "robots"
    assert "/private" not in web.paths


def test_a_redirect_from_a_public_host_to_loopback_is_refused(web: Any) -> None:
    """The public host is played by a second address of loopback that the guard is told to take for public."""
    web.routes["/secret"] = b"secret"
    inner = f"http://inner.example:{web.port}/secret"
    web.routes["/go"] = lambda handler: web.answer(handler, b"", status=302, Location=inner)

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        address = "8.8.8.8" if host == "public.example" else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with Fetcher(Manners(seconds_between=0, attempts=1), resolve=resolve) as fetcher:
        pool = fetcher._client._transport._pool  # type: ignore[attr-defined]
        backend = pool._network_backend._inner
        connect = backend.connect_tcp
        backend.connect_tcp = lambda host, *rest, **more: connect(
            "127.0.0.1" if host == "8.8.8.8" else host, *rest, **more
        )
        with pytest.raises(FetchFailed) as caught:
            fetcher.get(f"http://public.example:{web.port}/go")
    assert caught.value.code == "private_address" and "inner.example" in caught.value.reason
    assert web.paths == ["/go"]


def test_a_busy_server_is_asked_again_when_it_says_so(web: Any) -> None:
    answers = iter(
        [(429, "2"), (503, format_datetime(NOW + datetime.timedelta(seconds=30), usegmt=True)), (200, "")]
    )

    def route(handler: BaseHTTPRequestHandler) -> None:
        status, after = next(answers)
        web.answer(handler, b"body", status=status, **({"Retry_After": after} if after else {}))

    web.routes["/a"] = route
    with Asking() as fetcher:
        assert fetcher.get(web.url("/a")).body == b"body"
    assert fetcher.waited[0] == 2.0 and 30.0 in fetcher.waited


def test_a_server_that_wants_to_be_left_alone_for_long_is_left_to_a_later_run(web: Any) -> None:
    web.routes["/a"] = lambda handler: web.answer(handler, b"", status=429, Retry_After="3600")
    refused = failure(web, "/a")
    assert (refused.code, refused.status, refused.wait) == ("http_status", 429, 3600.0)
    assert "3600 s" in refused.reason and web.paths == ["/a"]


def test_failures_that_pass_are_tried_again_and_those_that_stay_are_not(web: Any) -> None:
    web.routes["/500"] = lambda handler: web.answer(handler, b"", status=500)
    passing = failure(web, "/500", attempts=3)
    assert "asked 3 times" in passing.reason and web.paths == ["/500"] * 3
    assert "404" in failure(web, "/gone").reason
    assert web.paths.count("/gone") == 1


def test_a_server_nobody_runs_and_one_that_speaks_no_http_are_unreachable(web: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Asking(attempts=1) as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "unreachable"
    web.routes["/robots.txt"] = b""
    web.routes["/a"] = lambda handler: handler.wfile.write(b"SSH-2.0-nonsense\r\n\r\n")
    assert failure(web, "/a", attempts=1).code == "unreachable"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate with its key for news.example that vouches for itself."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.example")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, today, today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_must_be_for_the_name_though_the_connection_goes_to_an_address(
    web: Any, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    web._server.socket = context.wrap_socket(web._server.socket, server_side=True)
    web.routes["/a"] = b"body"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    def resolve(_host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with Fetcher(Manners(allow_private=True, seconds_between=0), resolve=resolve) as fetcher:
        assert fetcher.get(f"https://news.example:{web.port}/a").body == b"body"
        with pytest.raises(FetchFailed, match="certificate of other.example does not hold") as caught:  # noqa: RUF043
            fetcher.get(f"https://other.example:{web.port}/a")
    assert caught.value.code == "unreachable" and web.paths == ["/a"]


def test_endless_bodies_bombs_and_oversize_are_cut_off(web: Any) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100_000):
            handler.wfile.write(b"a" * 10_000)

    bomb = gzip.compress(b"\0" * 50_000_000)
    web.routes |= {
        "/endless": endless,
        "/bomb": lambda handler: web.answer(handler, bomb, Content_Encoding="gzip"),
        "/large": b"a" * 200_000,
    }
    for path in ("/endless", "/bomb", "/large"):
        refused = failure(web, path, body_bytes=100_000)
        assert refused.code == "too_large" and "body_megabytes" in refused.reason


def test_a_server_that_drips_is_left_after_a_while(web: Any) -> None:
    def dripping(write_head: bool) -> Any:
        def route(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n" if write_head else b"HTTP/1.1 200 OK\r\nX: ")
            while not web.over.wait(0.02):
                handler.wfile.write(b"a")
                handler.wfile.flush()

        return route

    web.routes |= {"/body": dripping(True), "/head": dripping(False)}
    for path in ("/body", "/head"):
        started = time.monotonic()
        assert failure(web, path, answer_seconds=0.3, attempts=1).code == "timeout"
        assert time.monotonic() - started < 3


def test_a_cut_answer_and_an_unasked_packing_are_told(web: Any) -> None:
    packed = gzip.compress(b"body" * 1000)
    web.routes |= {
        "/cut": lambda handler: web.answer(handler, packed[:-20], Content_Encoding="gzip"),
        "/br": lambda handler: web.answer(handler, b"x", Content_Encoding="br"),
        "/deflate": lambda handler: web.answer(handler, zlib.compress(b"body"), Content_Encoding="deflate"),
    }
    assert failure(web, "/cut", attempts=1).code == "malformed"
    assert failure(web, "/br").code == "encoding"
    with Asking() as fetcher:
        assert fetcher.get(web.url("/deflate")).body == b"body"


@pytest.mark.parametrize(
    "address", ["ftp://example.org/a", "https:///a", "nonsense", "https://me:secret@example.org/", "http://[::1", "https://" + "a" * 300]
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused_without_telling_passwords(address: str) -> None:
    with Asking() as fetcher, pytest.raises(FetchFailed) as caught:
        fetcher.get(address)
    assert caught.value.code in ("malformed", "unreachable") and "secret" not in caught.value.reason


def test_no_more_than_so_many_are_at_a_host_at_once(web: Any) -> None:
    open_now, most, lock = 0, 0, threading.Lock()
    full = threading.Event()

    def route(handler: BaseHTTPRequestHandler) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
            if open_now == 2:
                full.set()
        full.wait(2)
        with lock:
            open_now -= 1
        web.answer(handler, b"")

    web.routes["/a"] = route
    with Asking(at_once=2) as fetcher:
        threads = [threading.Thread(target=fetcher.get, args=(web.url("/a"),)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert most == 2 and len(web.paths) == 6
