"""WARC files: each page of a crawl becomes an article or an issue."""

from __future__ import annotations

import gzip
from collections import Counter
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType

from flows.sources import read_items
from flows.sources.item import Item, Limits, Outlet
from schemas import Article, Issue

OUTLET = Outlet(name="某网", zone=ZoneInfo("Asia/Shanghai"))
TEXT = "国防部3日说，防空部队当天夜间击落了12架无人机，另有3架坠入湖中，没有造成人员伤亡。"


def html(title: str) -> str:
    return (
        f"<html><head><title>{title}</title><meta name='pubdate' content='2025-03-03 10:20'></head>"
        f"<body><h1>{title}</h1><div><p>{TEXT}</p><p>发言人说，残骸损坏了一座仓库的屋顶，没有其他损失。</p></div></body></html>"
    )


def record(
    address: str, body: bytes, *, status: str = "200 OK", headers: str = "Content-Type: text/html"
) -> bytes:
    made = WarcRecord()
    made.init_headers(WarcRecordType.response)
    made.headers["WARC-Target-URI"] = address
    made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content(f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body)
    out = BytesIO()
    made.write(out)
    return out.getvalue()


def items(path: Path, **limits: int) -> list[Item]:
    return list(read_items([path], limits=Limits(**limits), passed_over=Counter(), outlet=OUTLET))


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_become_articles_and_what_is_no_page_is_passed_over(tmp_path: Path, name: str) -> None:
    records = [
        record("https://example.org/1", html("一").encode("gb18030"), headers="Content-Type: text/html; charset=GB2312"),
        record("https://example.org/p.png", b"\x89PNG", headers="Content-Type: image/png"),
        record("https://example.org/gone", b"gone", status="404 Not Found"),
        record("https://example.org/2", gzip.compress(html("二").encode()),
               headers="Content-Type: text/html\r\nContent-Encoding: gzip"),
        record("https://example.org/3", b"<html></html>"),
    ]  # fmt: skip
    packed = [gzip.compress(each) for each in records] if name.endswith("gz") else records
    (tmp_path / name).write_bytes(b"".join(packed))
    first, second, third = items(tmp_path / name)
    assert isinstance(first.outcome, Article) and isinstance(second.outcome, Article)
    assert (first.outcome.title, first.outcome.url, first.line) == ("一", "https://example.org/1", 1)
    assert (second.outcome.title, second.line) == ("二", 2)
    assert TEXT in first.outcome.text and TEXT in second.outcome.text
    assert isinstance(third.outcome, Issue) and third.line == 3


def test_a_file_cut_off_in_the_middle_gives_what_came_before_and_an_issue(tmp_path: Path) -> None:
    whole = gzip.compress(record("https://example.org/1", html("一").encode()))
    (tmp_path / "a.warc.gz").write_bytes(whole + whole[: len(whole) // 2])
    found = items(tmp_path / "a.warc.gz")
    assert isinstance(found[0].outcome, Article)
    assert [each.outcome.code for each in found[1:] if isinstance(each.outcome, Issue)] == ["unreadable"]
    assert len(found) == 2


def test_a_file_without_pages_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"no warc at all\n" * 10)
    (tmp_path / "b.warc").write_bytes(b"")
    for name in ("a.warc", "b.warc"):
        (item,) = items(tmp_path / name)
        assert isinstance(item.outcome, Issue) and item.outcome.code in ("empty", "unreadable")


def test_a_page_over_the_limit_is_an_issue_even_where_it_is_packed(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 3_000_000)
    packed = record(
        "https://example.org/1", bomb, headers="Content-Type: text/html\r\nContent-Encoding: gzip"
    )
    (tmp_path / "a.warc").write_bytes(packed + record("https://example.org/2", html("二").encode()))
    first, second = items(tmp_path / "a.warc", article_bytes=100_000)
    assert isinstance(first.outcome, Issue) and first.outcome.code == "too_large"
    assert isinstance(second.outcome, Article)
