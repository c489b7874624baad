"""A publisher that misbehaves in every way feeds do, and knows what of its articles it has told of and sent whole.

`Publisher` writes new articles all the time; `Server` answers for them on loopback, well or ill by chance, and can be
away for a while.
"""

from __future__ import annotations

import datetime
import gzip
import html
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OUTLETS = ("rss", "atom", "list")
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
WINDOW = 60  # articles that a feed or list shows
MEGABYTE = 1_000_000
FILLERS = (
    "发言人说，残骸损坏了一座仓库的屋顶，没有其他损失。",
    "当地居民表示，夜间多次听到巨大声响。",
    "气象部门预计，未来几天气温将继续下降。",
    "两国外交部门没有对此作出回应。",
    "铁路部门说，列车当天上午恢复运行。",
)
# Pages of which no article can be made, and texts that break a reader: what they say, and whether the article is kept.
BROKEN_PAGES = ("nested", "blank", "garbage", "bloated")
BROKEN_TEXTS = {
    "models": ("long", "many"),
    "poisoned room": ("死循环", "回溯", "卡死", "膨胀", "崩溃", "故障", "刷屏"),
}


@dataclass(slots=True)
class Told:
    """An article. `broken` says in which way; `announced` that its address was told, `sent` that it went out whole."""

    number: int
    outlet: str
    address: str
    broken: str = ""
    announced: bool = False
    sent: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the warehouse is to have it, if only without events."""
        return self.broken not in BROKEN_PAGES

    @property
    def published(self) -> datetime.datetime:
        """Spread over years, as an archive is."""
        return datetime.datetime(2023, 1, 1, 8, tzinfo=BEIJING) + datetime.timedelta(hours=7 * self.number)

    @property
    def title(self) -> str:
        return f"第{self.number}号战报"

    def paragraphs(self) -> list[str]:
        """Its text; the same each time."""
        chance = random.Random(self.number)
        words = [
            f"乌克兰空军{self.published.day}日说，防空部队当天夜间击落了{self.number}架无人机。",
            *chance.sample(FILLERS, 3),
        ]
        if self.broken == "long":
            words += [
                f"乌克兰空军{day % 28 + 1}日说，防空部队又击落了数架无人机和导弹。" for day in range(2800)
            ]
        elif self.broken == "many":
            words += [f"该部队{n % 28 + 1}日说，击落了{n + 20_000}架无人机。" for n in range(120)]
        elif self.broken == "bloated":
            words += FILLERS * 1500
        elif self.broken not in BROKEN_PAGES:
            words.append(self.broken)
        return words

    def page(self) -> bytes:
        """Its page; every other one in GB18030, as the page says itself."""
        if self.broken == "garbage":
            return random.Random(self.number).randbytes(4000)
        body = "".join(f"<p>{each}</p>" for each in self.paragraphs() if each)
        if self.broken == "nested":
            body = "<div>" * 60_000 + body
        elif self.broken == "blank":
            body = ""
        charset, codec = ("gb2312", "gb18030") if self.number % 2 else ("utf-8", "utf-8")
        head = f"<meta charset='{charset}'><title>{self.title}</title><meta name='pubdate' content='{self.published:%Y-%m-%d %H:%M}'>"
        return f"<html><head>{head}</head><body><h1>{self.title}</h1><div>{body}</div></body></html>".encode(
            codec
        )


class Publisher:
    """Its articles, by address and in the order of writing."""

    def __init__(self, room: str, break_one_in: int) -> None:
        self.articles: dict[str, Told] = {}
        self.lock = threading.Lock()
        self._texts = BROKEN_TEXTS[room]
        self._one_in = break_one_in
        self._base = ""

    def is_at(self, base: str) -> None:
        """Addresses begin so."""
        self._base = base

    def write(self, outlet: str) -> Told:
        """A new article; one in so many is broken, in each way in turn."""
        with self.lock:
            number = len(self.articles) + 10
            turn, rest = divmod(number, self._one_in)
            ways = self._texts if outlet in ("atom", "drop") else (*BROKEN_PAGES, *self._texts)
            broken = "" if rest else ways[turn % len(ways)]
            told = Told(number, outlet, f"{self._base}/{outlet}/{number}.html", broken)
            self.articles[told.address] = told
            return told

    def shown(self, outlet: str) -> list[Told]:
        """The latest articles of an outlet."""
        with self.lock:
            return [told for told in self.articles.values() if told.outlet == outlet][-WINDOW:]

    def index(self, outlet: str) -> tuple[bytes, list[Told]]:
        """The feed or list of an outlet as it is now, and what it tells of."""
        shown = self.shown(outlet)
        return {"rss": _rss, "atom": _atom, "list": _list}[outlet](shown), shown


def _rss(shown: list[Told]) -> bytes:
    items = "".join(
        f"<item><title>{told.title}</title><link>{told.address}</link><pubDate>{format_datetime(told.published)}</pubDate></item>"
        for told in shown
    )
    return (
        f"<?xml version='1.0' encoding='gb2312'?><rss version='2.0'><channel>{items}</channel></rss>".encode(
            "gb18030"
        )
    )


def _atom(shown: list[Told]) -> bytes:
    """Whole articles; the last one stands there twice, and the way it is written is right."""
    entries = "".join(
        f"<entry><id>tag:{told.number}</id><title>{told.title}</title><link href='{told.address}'/>"
        f"<updated>{told.published.isoformat()}</updated><content type='html'>"
        f"{html.escape(''.join(f'<p>{each}</p>' for each in told.paragraphs() if each))}</content></entry>"
        for told in [*shown, *shown[-1:]]
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>某社</title>{entries}</feed>".encode()


def _list(shown: list[Told]) -> bytes:
    links = "".join(f"<li><a href='{told.address}'>{told.title}</a>" for told in shown)
    return f"<html><meta charset='utf-8'><ul>{links}<li><a href='/about'>关于我们</a></ul></html>".encode()


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
