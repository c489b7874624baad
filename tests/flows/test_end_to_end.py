"""Everything at once: sources of every format, read by deployments of a real Prefect server, counted in SQL and in the feed.

Takes about two minutes; `make test-e2e` runs it.
"""

# ruff: noqa: PLC0415 - what is heavy is imported by the fixture or test that needs it

from __future__ import annotations

import datetime
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import warehouse
from flows.errors import ShiluError
from flows.loopback import refuse_unfit_scheduler

pytestmark = pytest.mark.e2e

TOP = Path(__file__).parents[2]
START_SECONDS, RUN_SECONDS, SCHEDULE_SECONDS = 180, 120, 180
# What `shilu schedule` does, but for its refusal of a server that makes no runs of schedules: these runs are by hand.
SERVE = """
import os, sys
from flows.loopback import loopback_server
from flows.plan import plan
from flows.settings import load_settings
with loopback_server(int(sys.argv[1])) as address:
    os.environ["PREFECT_API_URL"] = address
    from flows.serve import serve
    serve(plan(load_settings()), load_settings())
"""
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
        "archive": 'type = "folder"\npaths = ["archive"]\nschedule = "* * * * *"\n',
    }
    Path("sources.toml").write_text(
        "".join(
            f"[source.{name}]\n{table}{COMMON}{QUICK.format(name)}[source.{name}.expect]\nmost_articles_per_day = 2\n"
            for name, table in tables.items()
        ),
        encoding="utf-8",
    )
    return told


@pytest.fixture
def server(sources: dict[str, list[int]]) -> Iterator[str]:
    """The address of a Prefect server whose deployments are served; both end in order, as Ctrl-C ends them."""
    from flows.orchestration import prepare

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prepare(Path("data/prefect"))
    with Path("served.log").open("wb") as log:
        environment = os.environ | {"PYTHONPATH": str(TOP)}
        serving = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)], env=environment, stdout=log, stderr=log
        )
        try:
            yield f"http://127.0.0.1:{port}/api"
        finally:
            serving.send_signal(signal.SIGINT)
            try:
                ended = serving.wait(60)
            except subprocess.TimeoutExpired:
                serving.kill()
                raise
    assert ended == 0, Path("served.log").read_text()[-2000:]
    with socket.socket() as gone:
        assert gone.connect_ex(("127.0.0.1", port)) != 0, "the server outlived us"


@pytest.fixture
def prefect(server: str) -> Iterator[Any]:
    """A client of the server, once all deployments are there."""
    import httpx
    from prefect.client.orchestration import get_client
    from prefect.settings import PREFECT_API_URL, temporary_settings

    until = time.monotonic() + START_SECONDS

    def is_there() -> bool:
        try:
            answer = httpx.post(f"{server}/deployments/filter", json={}, trust_env=False)
        except httpx.TransportError:
            return False
        return answer.is_success and len(answer.json()) == 9

    while not is_there():
        assert time.monotonic() < until, Path("served.log").read_text()[-2000:]
        time.sleep(0.5)
    with temporary_settings({PREFECT_API_URL: server}), get_client(sync_client=True) as client:
        yield client


def run(name: str) -> None:
    """Run a deployment by hand and wait for its good end."""
    from prefect.deployments import run_deployment

    done = run_deployment(name, timeout=RUN_SECONDS, poll_interval=0.5)
    assert done.state.is_completed(), (name, done.state, Path("served.log").read_text()[-2000:])


def test_sources_of_every_format_are_read_by_deployments_and_published(
    sources: dict[str, list[int]], prefect: Any, web: Any
) -> None:
    for name in sources:
        run(f"ingest/{name}")
    web.asked.clear()
    run("ingest/rss")  # again: all is known
    assert web.paths == ["/rss"]
    run("audit/findings")
    run("publish/snapshot")

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

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather have another client
        from fastapi.testclient import TestClient
    folder = warehouse.published_folder(Path("data/shilu.duckdb"))
    with TestClient(warehouse.feed_application(folder), base_url="http://127.0.0.1") as feed:
        articles = feed.get("/api/articles", params={"limit": 1000}).json()["data"]
        told = feed.get("/api/events", params={"limit": 1000}).json()["data"]
    assert (len(articles), len(told)) == (len(numbers), events)


def is_fit() -> bool:
    """Whether the scheduler of a server started here makes runs."""
    try:
        refuse_unfit_scheduler()
    except ShiluError:
        return False
    return True


@pytest.mark.skipif(not is_fit(), reason="with this SQLAlchemy Prefect's scheduler makes no runs")
def test_a_deployment_runs_by_its_schedule(sources: dict[str, list[int]], prefect: Any) -> None:
    until = time.monotonic() + SCHEDULE_SECONDS
    while not any(each.auto_scheduled and each.state.is_completed() for each in prefect.read_flow_runs()):
        assert time.monotonic() < until, Path("served.log").read_text()[-2000:]
        time.sleep(1)
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert house.query("SELECT count(*) FROM article").rows == [(len(sources["archive"]),)]
