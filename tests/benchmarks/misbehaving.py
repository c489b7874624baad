"""Answers of a publisher that misbehaves in every way feeds do: on loopback, well or ill by chance, and away for a while."""

from __future__ import annotations

import gzip
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from article_publisher import OUTLETS, Publisher

MEGABYTE = 1_000_000


class Server:
    """Answers on loopback. While `calm` it behaves; `deeds` counts what it did, `trespasses` asks it must never see."""

    def __init__(self, publisher: Publisher, seed: int, slow_seconds: float) -> None:
        self.publisher = publisher
        self.calm = False
        self.deeds: Counter[str] = Counter()
        self.trespasses: list[str] = []
        self.over = threading.Event()
        self._chance = random.Random(seed)
        self._slow = slow_seconds
        self._lock = threading.Lock()
        self._open(0)
        publisher.is_at(f"http://127.0.0.1:{self.port}")

    def _open(self, port: int) -> None:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, *_: object) -> None: ...

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:  # the client has had enough, as it should
                    self.close_connection = True

        # All addresses of this machine: whoever is led to 0.0.0.0 would arrive here.
        self._http = ThreadingHTTPServer(("0.0.0.0", port), Handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def vanish(self, seconds: float) -> None:
        """Be away: connections are refused."""
        self._http.shutdown()
        self._http.server_close()
        self.deeds["away"] += 1
        self.over.wait(seconds)
        self._open(self.port)

    def close(self) -> None:
        """End all answers, and the server."""
        self.over.set()
        self._http.shutdown()
        self._http.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        outlet = handler.path.strip("/")
        told = self.publisher.articles.get(f"http://127.0.0.1:{self.port}{handler.path}")
        if handler.path == "/robots.txt":
            whole(handler, b"User-agent: *\nDisallow: /inner\n")
        elif handler.path == "/inner":
            self.trespasses.append(str(handler.client_address))
            whole(handler, b"secret")
        elif outlet in OUTLETS:
            deed = self._drawn(0.5)
            if deed is None:
                body, shown = self.publisher.index(outlet)
                sound(handler, body)
                for each in shown:
                    each.announced = True
                    each.sent |= outlet == "atom"
            else:
                deed(self, handler, self.publisher.index(outlet)[0])
        elif told is not None:
            deed = self._drawn(0.15, but=ONLY_OF_FEEDS)
            if deed is None:
                sound(handler, told.page())
                told.sent = True
            else:
                deed(self, handler, told.page())
        else:
            whole(handler, b"nothing here", 404)

    def _drawn(self, likely: float, but: Collection[str] = ()) -> Deed | None:
        with self._lock:
            if self.calm or self._chance.random() > likely:
                self.deeds["as it should"] += 1
                return None
            name = self._chance.choice(sorted(set(DEEDS) - set(but)))
            self.deeds[name] += 1
            return DEEDS[name]

    def drip(
        self, handler: BaseHTTPRequestHandler, chunks: Iterator[bytes], pause: float, seconds: float
    ) -> None:
        """An answer without an end, for so long."""
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        until = time.monotonic() + seconds
        for chunk in chunks:
            if self.over.wait(pause) or time.monotonic() > until:
                break
            handler.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        handler.close_connection = True

    def waits(self) -> str:
        """What it asks for by Retry-After: mostly seconds that a run waits for, at times more."""
        with self._lock:
            return str(self._chance.choice((1, 1, 2, 2, 70)))

    @property
    def slow(self) -> float:
        """Seconds of its slow answers."""
        return self._slow


Deed = Callable[[Server, BaseHTTPRequestHandler, bytes], None]


def whole(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """An answer in one piece."""
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def sound(handler: BaseHTTPRequestHandler, body: bytes) -> None:
    """As it should be: with a tag, packed, or told that nothing has changed."""
    tag = f'"{hash(body):x}"'
    if handler.headers.get("If-None-Match") == tag:
        handler.send_response(304)
        handler.end_headers()
    else:
        whole(handler, gzip.compress(body), ETag=tag, Content_Encoding="gzip")


def _cut(server: Server, handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def _gone(server: Server, handler: BaseHTTPRequestHandler, body: bytes) -> None:
    handler.close_connection = True


def _endless(server: Server, handler: BaseHTTPRequestHandler, body: bytes) -> None:
    server.drip(handler, iter(lambda: b"x" * 100_000, None), 0.0, server.slow)


def _slow(server: Server, handler: BaseHTTPRequestHandler, body: bytes) -> None:
    server.drip(handler, iter(lambda: b"<", None), 0.2, server.slow * 2)


BOMB = gzip.compress(bytes(100 * MEGABYTE))
DEEDS: dict[str, Deed] = {
    "HTML": lambda _, to, body: whole(to, "<!DOCTYPE html><html><p>网站维护中</p></html>".encode()),
    "429": lambda server, to, _: whole(to, b"slower", 429, Retry_After=server.waits()),
    "503": lambda server, to, _: whole(to, b"later", 503, Retry_After=server.waits()),
    "500": lambda _, to, body: whole(to, b"broken", 500),
    "endless": _endless,
    "slow": _slow,
    "bomb": lambda _, to, body: whole(to, BOMB, Content_Encoding="gzip"),
    "cut": _cut,
    "half": lambda _, to, body: whole(to, body[: len(body) // 2]),
    "no answer": _gone,
    "redirect inside": lambda server, to, _: whole(
        to, b"", 302, Location=f"http://0.0.0.0:{server.port}/inner"
    ),
    "redirect to itself": lambda _, to, body: whole(to, b"", 302, Location=to.path),
    "no gzip": lambda _, to, body: whole(to, b"\x1f\x8b" + body[:100], Content_Encoding="gzip"),
    "empty": lambda _, to, body: whole(to, b""),
}
# In an article's place these look like one: nothing tells a page that was cut, or of a site under repair, from a short article.
ONLY_OF_FEEDS = ("HTML", "half")
