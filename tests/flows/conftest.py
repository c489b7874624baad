"""Articles in every format, and an extractor that needs no models."""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import datetime
import os
import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

from schemas import Article, AttackCount, Count, EventBase, Span, event_id

STUB_VERSION = "0.0.0+stub"
PUBLISHED = datetime.datetime(2024, 3, 5, 8, 0, tzinfo=datetime.UTC)
BODY = "<p>国防部5日说，防空部队击落了12架无人机。</p><p>另有3架坠入湖中。</p>"


@dataclass(frozen=True)
class Explanation:
    """What the stub says of a sentence."""

    rule: str
    template: str
    slots: dict[str, str]
    event: EventBase | None
    note: str


class StubExtractor:
    """Finds 击落了N架无人机 and nothing else; an article that says 故障 breaks it."""

    version = STUB_VERSION
    constructed = 0

    def __init__(self) -> None:
        type(self).constructed += 1

    def extract(self, article: Article) -> list[EventBase]:
        if "故障" in article.text:
            raise ValueError("故障 is more than this extractor can bear")
        return [self._event(article, match) for match in re.finditer(r"击落了(\d+)架无人机", article.text)]

    def extract_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventBase]]]:
        for article in articles:
            yield article, self.extract(article)

    def explain(self, kind: str, sentence: str, published: datetime.date) -> list[Explanation]:
        article = Article.of(
            source="try",
            title="试",
            text=sentence,
            published=datetime.datetime.combine(published, datetime.time(), datetime.UTC),
        )
        events = self.extract(article) if kind == "attack_count" else []
        return [
            Explanation("stub", "击落了{count}架无人机", {"count": event.evidence[0].text[3:-4]}, event, "")
            for event in events
        ]

    def _event(self, article: Article, match: re.Match[str]) -> EventBase:
        span = Span(start=match.start(), end=match.end(), text=match[0])
        return AttackCount(
            id=event_id(article.id, "attack_count", span, 0),
            article_id=article.id,
            evidence=(span,),
            weapon="drone",
            outcome="intercepted",
            count=Count(value=int(match[1]), qualifier="exact"),
            found_by="stub",
            extractor_version=STUB_VERSION,
        )


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> type[StubExtractor]:
    """The room of extractors replaced by the stub, for tests of everything around it."""
    import flows.reread
    import flows.run

    room = ModuleType("extractors")
    room.Extractor = StubExtractor  # type: ignore[attr-defined]
    room.version = lambda: STUB_VERSION  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors", room)
    monkeypatch.setattr(flows.run, "extractors", room)
    monkeypatch.setattr(flows.reread, "extractors", room)
    monkeypatch.setattr(StubExtractor, "constructed", 0)
    return StubExtractor


@pytest.fixture
def poisoned_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose `extractors` is the room that bad articles break, first on the path of processes started."""
    folder = tmp_path / "room"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("poisoned_room.py"), folder / "extractors.py")
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Tests run in an empty folder, with no settings of whoever starts them."""
    for variable in [name for name in os.environ if name.startswith("SHILU_")]:
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def archive_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes an archive file below the test's folder and returns its path."""

    def write(
        name: str = "article.md",
        *,
        title: str = "防空部队击落12架无人机",
        url: str | None = None,
        body: str = BODY,
        published: datetime.datetime = PUBLISHED,
        encoding: str = "utf-8",
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        address = url or f"https://news.example.org/{Path(name).stem}"
        stamp = int(published.timestamp() * 1000)
        path.write_bytes(f"<!--{stamp}-->\n[{title}]({address})\n------\n\n{body}\n".encode(encoding))
        return path

    return write


class Web:
    """A web server on loopback. A route is bytes, or a function that answers the handler itself."""

    def __init__(self) -> None:
        self.routes: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()  # ends answers that would have no end
        web = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                web.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                route = web.routes.get(self.path)
                if route is None:
                    web.answer(self, b"nothing here", status=404)
                elif isinstance(route, bytes):
                    web.answer(self, route)
                else:
                    route(self)

            def log_message(self, *_: object) -> None: ...

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:  # the client has had enough, as it should
                    self.close_connection = True

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked, in order, but for robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def answer(self, handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def web() -> Iterator[Web]:
    """A web server of the test's own."""
    server = Web()
    yield server
    server.close()
