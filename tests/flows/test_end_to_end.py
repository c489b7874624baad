"""Everything at once: sources of every format, read by scheduled deployments of a real Prefect server, counted in SQL and in the feed.

Once by a worker of a work pool, as docs/operating.md tells it, and once by `shilu schedule` alone. Takes some five minutes,
for schedules come round by the clock; `make test-e2e` runs it.
"""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import datetime
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest

import warehouse

pytestmark = pytest.mark.e2e

TOP = Path(__file__).parents[2]
START_SECONDS, RUN_SECONDS, SCHEDULE_SECONDS = 180, 180, 420
EVERY_OTHER_MINUTE = 'schedule = "*/2 * * * *"\n'
COMMON = (
    'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Asia/Shanghai"\ntrust = "none"\nallow_private = true\n'
)
QUICK = "[source.{}.limits]\nseconds_between_requests = 0\n"


def sentence(drones: int) -> str:
    return f"乌克兰空军3日说，防空部队当天夜间击落了{drones}架俄罗斯无人机。"


def page(drones: int) -> bytes:
    """A page in GB18030 that says so itself."""
    return (
        f"<html><head><meta charset='gb2312'><title>战报{drones}</title><meta name='pubdate' content='2025-03-03 10:20'></head>"
        f"<body><h1>战报{drones}</h1><div><p>{sentence(drones)}</p><p>发言人说，残骸损坏了一座仓库的屋顶，没有其他损失。"
        f"</p></div></body></html>"
    ).encode("gb18030")


def rss(web: Any, *numbers: int) -> bytes:
    items = "".join(
        f"<item><title>战报{n}</title><link>{web.url(f'/rss/{n}.html')}</link>"
        f"<pubDate>Mon, 03 Mar 2025 02:20:00 GMT</pubDate></item>"
        for n in numbers
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>某社</title>{items}</channel></rss>".encode()


def atom(*numbers: int) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{n}</id><title>快讯{n}</title><link href='/atom/{n}'/><updated>2025-03-03T10:00:00+08:00</updated>"
        f"<content type='html'>&lt;p&gt;{sentence(n)}&lt;/p&gt;</content></entry>"
        for n in numbers
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>某社</title>{entries}</feed>".encode()


def warc(*numbers: int) -> bytes:
    from fastwarc.warc import WarcRecord, WarcRecordType

    out = BytesIO()
    for n in numbers:
        record = WarcRecord()
        record.init_headers(WarcRecordType.response)
        record.headers["WARC-Target-URI"] = f"https://crawl.example.org/{n}"
        record.headers["Content-Type"] = "application/http; msgtype=response"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=GB2312\r\n\r\n"
        record.set_bytes_content(head + page(n))
        record.write(out)
    return out.getvalue()


@pytest.fixture
def sources(web: Any, archive_file: Callable[..., Path]) -> dict[str, list[int]]:
    """Five sources, and the numbers of drones that the articles of each tell of."""
    told = {"rss": [11, 12], "atom": [21, 22], "list": [31], "crawl": [41, 42, 43], "archive": [51, 52]}
    web.routes["/rss"] = rss(web, *told["rss"])
    web.routes |= {f"/rss/{n}.html": page(n) for n in told["rss"]}
    web.routes["/atom"] = atom(*told["atom"])
    web.routes["/list"] = b"<html><a href='/list/31.html'>31</a><a href='/about'>about</a></html>"
    web.routes["/list/31.html"] = page(31)
    Path("crawl").mkdir()
    Path("crawl/a.warc").write_bytes(warc(*told["crawl"]))
    for n in told["archive"]:
        moment = datetime.datetime(2025, 3, 3, 2, 20, tzinfo=datetime.UTC)
        archive_file(f"archive/{n}.md", title=f"消息{n}", body=f"<p>{sentence(n)}</p>", published=moment)
    tables = {
        "rss": f'type = "feed"\naddresses = ["{web.url("/rss")}"]\n',
        "atom": f'type = "feed"\naddresses = ["{web.url("/atom")}"]\nfull_text = true\n',
        "list": f'type = "pages"\nindexes = ["{web.url("/list")}"]\nlinks = "http://.*/list/[0-9]+[.]html"\n',
        "crawl": 'type = "folder"\npaths = ["crawl"]\n',
        "archive": 'type = "folder"\npaths = ["archive"]\n',
    }
    Path("sources.toml").write_text(
        "".join(
            f"[source.{name}]\n{table}{EVERY_OTHER_MINUTE}{COMMON}{QUICK.format(name)}[source.{name}.expect]\nmost_articles_per_day = 2\n"
            for name, table in tables.items()
        ),
        encoding="utf-8",
    )
    return told


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch, sources: dict[str, list[int]]) -> int:
    """A port for Prefect's server; all processes that the test starts keep Prefect's files in the test's folder."""
    home = Path("data/prefect")
    home.mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    monkeypatch.setenv("PREFECT_HOME", str(home.resolve()))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(TOP))
    return number


def said(name: str) -> str:
    """What a process has written so far, its last lines."""
    return Path(f"{name}.log").read_text(encoding="utf-8", errors="replace")[-3000:]


@contextmanager
def running(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process while the block runs; Ctrl-C ends it, and it must end by that."""
    # A shell's background jobs ignore interrupts, and so would what they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with Path(f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def done(*arguments: str) -> None:
    """A command to its end, which must be a good one."""
    ended = subprocess.run(
        [sys.executable, "-m", *arguments], capture_output=True, check=False, timeout=RUN_SECONDS
    )
    assert ended.returncode == 0, ended.stderr.decode()[-3000:]


def until(holds: Callable[[], bool], seconds: float, *names: str) -> None:
    """Wait until something holds; else what these processes have said."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "\n".join(map(said, names))
        time.sleep(0.5)


def answers(address: str) -> bool:
    try:
        return httpx.get(address, trust_env=False).is_success
    except httpx.TransportError:
        return False


@contextmanager
def prefect_of(address: str) -> Iterator[Any]:
    """A client of the server."""
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    with temporary_settings({PREFECT_API_URL: address}), get_client(sync_client=True) as client:
        yield client


def documented() -> list[list[str]]:
    """The lines by which docs/operating.md sets up a server, a pool and a worker, as words."""
    text = (TOP / "docs" / "operating.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^## With a server and workers.*?```sh\n(.*?)```", text, re.M | re.S)
    return [shlex.split(line, comments=True) for line in block.splitlines()]


@pytest.fixture
def worked(port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of a Prefect server whose deployments a worker of a pool runs, set up by the lines of the document."""
    modules = {"shilu": "flows", "prefect": "prefect"}
    address = f"http://127.0.0.1:{port}/api"
    monkeypatch.setenv("PREFECT_SERVER_API_PORT", str(port))
    with ExitStack() as stack:
        for program, *arguments in documented():
            if program == "export":
                name, _, value = arguments[0].partition("=")
                monkeypatch.setenv(name, address if name == "PREFECT_API_URL" else value)
            elif "start" in arguments:
                stack.enter_context(running(arguments[0], modules[program], *arguments))
                if arguments[0] == "server":
                    until(lambda: answers(f"{address}/health"), START_SECONDS, "server")
            else:
                done(modules[program], *arguments)
        yield stack.enter_context(prefect_of(address))


def run(name: str) -> None:
    """Run a deployment by hand and wait for its good end."""
    from prefect.deployments import run_deployment

    ended = run_deployment(name, timeout=RUN_SECONDS, poll_interval=0.5)
    assert ended.state.is_completed(), (name, ended.state, said("worker"))


def ran_by_schedule(prefect: Any) -> set[str]:
    """The deployments that a schedule has started and that have ended well; none may have ended otherwise."""
    names = {each.id: each.name for each in prefect.read_deployments()}
    ended = [each for each in prefect.read_flow_runs() if each.auto_scheduled and each.state.is_final()]
    assert all(each.state.is_completed() for each in ended), [each.state for each in ended]
    return {names[each.deployment_id] for each in ended}


def test_sources_of_every_format_are_read_by_a_worker_when_they_are_due_and_published(
    sources: dict[str, list[int]], worked: Any, web: Any
) -> None:
    until(lambda: ran_by_schedule(worked) >= set(sources), SCHEDULE_SECONDS, "server", "worker")
    for deployment in worked.read_deployments():
        worked.pause_deployment(
            deployment.id
        )  # else runs by hand would stand in line behind those that are due
    run("ingest/rss")  # all is known
    run("audit/findings")
    run("publish/snapshot")

    pages = [path for path in web.paths if path.endswith(".html")]
    assert sorted(pages) == ["/list/31.html", "/rss/11.html", "/rss/12.html"]  # each asked for once
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        by_source = house.query(
            "SELECT source, sum(added), sum(issues) FROM run GROUP BY source ORDER BY 1"
        ).rows
        assert by_source == [(name, len(sources[name]), 0) for name in sorted(sources)]
        counted = house.query("SELECT count FROM attack_counts WHERE outcome = 'intercepted' ORDER BY 1").rows
        numbers = sorted(n for each in sources.values() for n in each)
        assert [n for (n,) in counted] == numbers
        assert house.query("SELECT source, found FROM breaches").rows == [("crawl", 3)]
        events = sum(
            house.counts()[kind] for kind in ("attack_count", "aid_announcement", "meeting", "strike")
        )
    articles, told = fed("articles", "events")
    assert (len(articles), len(told)) == (len(numbers), events)
    read_from_pages = {n for name in ("rss", "list", "crawl") for n in sources[name]}
    assert {f"战报{n}" for n in read_from_pages} <= {article["title"] for article in articles}  # GB18030


def fed(*resources: str) -> list[list[dict[str, Any]]]:
    """What the feed of `shilu serve` has of these."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    feed = f"http://127.0.0.1:{port}/api"
    with running("feed", "flows", "serve", "--port", str(port)):
        until(lambda: answers(f"{feed}/status"), START_SECONDS, "feed")
        asked = [httpx.get(f"{feed}/{each}?limit=1000", trust_env=False).json() for each in resources]
    return [each["data"] for each in asked]


def test_schedules_run_without_a_worker_and_end_in_order(sources: dict[str, list[int]], port: int) -> None:
    address = f"http://127.0.0.1:{port}/api"
    with running("schedule", "flows", "schedule", "--port", str(port)) as serving:
        until(lambda: answers(f"{address}/health"), START_SECONDS, "schedule")
        with prefect_of(address) as prefect:
            until(lambda: "archive" in ran_by_schedule(prefect), SCHEDULE_SECONDS, "schedule")
    assert serving.returncode == 0, said("schedule")
    assert not answers(f"{address}/health"), "the server outlived us"
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        read = house.query("SELECT count(*) FROM article WHERE url LIKE 'https://news.example.org/%'").rows
    assert read == [(len(sources["archive"]),)]
