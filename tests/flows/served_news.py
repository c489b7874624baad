"""News served on loopback, sources that ask for it, and what came of a run over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import warehouse
from flows.gather import Desk, Source, gather, load_sources
from flows.ledger import Summary
from flows.progress import Silent
from flows.run import run_source
from flows.settings import load_settings

COMMON = (
    'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Asia/Shanghai"\ntrust = "none"\nallow_private = true\n'
)
QUICK = "[source.s.limits]\nseconds_between_requests = 0\nattempts = 1\nanswer_seconds = 5\n"


def source(keys: str, limits: str = "") -> Source:
    Path("sources.toml").write_text(f"[source.s]\n{keys}\n{COMMON}\n{QUICK}{limits}", encoding="utf-8")
    return load_sources(Path("sources.toml"))["s"]


def run(chosen: Source, **how: Any) -> Summary:
    summary = run_source(chosen, load_settings(), Silent(), **how)
    assert summary.ledger.missing == 0
    return summary


def asked(chosen: Source) -> Desk:
    """Ask a source and read nothing."""
    desk = Desk(chosen, load_settings())
    gather(chosen, desk)
    desk.close()
    return desk


def rows(sql: str) -> list[tuple[Any, ...]]:
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        return house.query(sql).rows


def issues(summary: Summary) -> list[tuple[str, str]]:
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        return [(issue["code"], issue["reason"]) for issue in house.issues(run_id=summary.run.id)]


def page(number: int, extra: str = "") -> str:
    return (
        f"<html><head><meta charset='gb2312'><title>战报{number}_某社</title></head><body><ul><li><a href='/'>首页</a></li></ul>"
        f"<h1>战报{number}</h1><div>2025-03-03 10:0{number % 10} 来源：某社</div>"
        f"<div><p>国防部3日说，防空部队当天夜间击落了{number}架无人机。{extra}</p><p>发言人说，残骸损坏了一座仓库的屋顶。</p></div></body></html>"
    )


def rss(web: Any, *numbers: int, published: str = "Mon, 03 Mar 2025 0{}:00:00 GMT", body: str = "") -> bytes:
    items = "".join(
        f"<item><title>战报{n}</title><link>{web.url(f'/a/{n}.html')}</link><guid>{n}</guid>"
        f"<pubDate>{published.format(n % 10)}</pubDate><description>{body.format(n)}</description></item>"
        for n in numbers
    )
    return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>某社</title>{items}</channel></rss>".encode()


def with_validator(web: Any, current: dict[str, bytes]) -> Callable[[Any], None]:
    """Serves `current["body"]`, 304 to whoever has it."""

    def route(handler: Any) -> None:
        etag = f'"{hash(current["body"])}"'
        if handler.headers["If-None-Match"] == etag:
            web.answer(handler, b"", status=304)
        else:
            web.answer(handler, current["body"], ETag=etag, Content_Type="application/rss+xml")

    return route
