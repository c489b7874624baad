"""JSON Lines: one record a line, its own spelling kept."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from flows.sources import Limits, read_items
from flows.sources.item import Item
from schemas import Article, Issue

RECORD = {
    "id": "n-1",
    "source": "某通讯社",
    "url": "https://news.example.org/n/1",
    "published": "2024-03-05T16:00:00+08:00",
    "title": "防空部队击落12架无人机",
    "text": "国防部说，击落了12架无人机。",
    "stratum": "left alone",
}


def write(path: Path, *records: dict[str, Any] | str | bytes) -> Path:
    lines = [
        r
        if isinstance(r, bytes)
        else (r if isinstance(r, str) else json.dumps(r, ensure_ascii=False)).encode()
        for r in records
    ]
    data = b"\n".join(lines) + b"\n"
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def items(path: Path, **limits: Any) -> list[Item]:
    return list(read_items([path], limits=Limits(**limits), passed_over=Counter()))


def one(tmp_path: Path, **changes: Any) -> Article | Issue:
    (item,) = items(write(tmp_path / "a.jsonl", RECORD | changes))
    return item.outcome


def article(tmp_path: Path, **changes: Any) -> Article:
    outcome = one(tmp_path, **changes)
    assert isinstance(outcome, Article), outcome
    return outcome


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "A.NDJSON"])
def test_a_record_becomes_an_article_under_its_own_id(tmp_path: Path, name: str) -> None:
    (item,) = items(write(tmp_path / name, RECORD))
    read = item.outcome
    assert isinstance(read, Article)
    assert (read.id, read.source, read.title) == ("n-1", "某通讯社", "防空部队击落12架无人机")
    assert read.local_date.isoformat() == "2024-03-05"
    assert read.utc_offset_minutes == 480
    assert item.line == 1


def test_lines_are_trimmed_and_empty_ones_dropped_but_spelling_is_kept(tmp_path: Path) -> None:
    text = (
        "　　击落\u200b了 \u00a012架\u3000无人机。  \r\n\r\n\u200b\r\n另有  3架坠落。\u200b\r\n"
        "责编：李明\r\nTerms of use\r\n"
    )
    assert article(tmp_path, text=text).text == "击落\u200b了 \u00a012架\u3000无人机。\n另有  3架坠落。"


def test_captions_shown_by_the_raw_page_are_taken_out(tmp_path: Path) -> None:
    raw = (
        "<!--1709625600000-->\n[会谈](https://example.org/a)\n------\n"
        "<div><i>Tue, 05 Mar 2024 08:00:00 GMT</i></div><div><small>两人 握手。</small></div>"
        "基辅 — <p>双方会谈。</p><p>两人 握手。</p><p>（本文依据了美联社的报道。）</p>"
    )
    text = (
        "Tue, 05 Mar 2024 08:00:00 GMT\n两人 握手。\n基辅 — 双方会谈。\n两人 握手。\n"
        "（本文依据了美联社的报道。）"
    )
    read = article(tmp_path, raw=raw, text=text)
    assert read.text == "基辅 — 双方会谈。\n两人 握手。"  # the caption goes once, the sentence like it stays
    assert read.captions == ("两人 握手。",)


@pytest.mark.parametrize(
    "raw",
    [
        "<p>双方会谈。</p><p>（完）</p>",
        "<!--1709625600000-->\n[会谈](https://example.org/a)\n------\n<p>双方会谈。</p>",
    ],
)
def test_a_record_without_text_is_read_from_its_page(tmp_path: Path, raw: str) -> None:
    assert article(tmp_path, text=None, raw=raw).text == "双方会谈。"


def test_what_is_not_given_is_made_up_from_what_is(tmp_path: Path) -> None:
    read = article(tmp_path, id=None, source="", url="https://www.dw.com/zh/a")
    assert read.source == "德国之声 DW"
    assert len(read.id) == 16
    assert article(tmp_path, id=17).id == "17"
    assert article(tmp_path, source=None, url=None).source == "unknown"


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"title": " "}, "malformed", "title is missing"),
        ({"title": None}, "malformed", "title is missing"),
        ({"text": ""}, "empty", "text is missing"),
        ({"text": "责编：李明\n（完）"}, "empty", "text is missing"),
        ({"text": ["a"]}, "malformed", "text must be a string, got list"),
        ({"title": "\ud800会谈"}, "encoding", "surrogate"),
        ({"url": "会谈"}, "malformed", "absolute"),
        ({"published": None}, "bad_date", "2024-03-05T08:00:00Z"),
        ({"published": 1709625600000}, "bad_date", "1709625600000"),
        ({"published": "去年"}, "bad_date", "ISO 8601"),
        ({"published": "2024-03-05T08:00:00"}, "bad_date", "offset"),
        ({"published": "1970-01-01T00:00:00Z"}, "bad_date", "1990"),
        ({"published": "9999-12-31T23:59:59Z"}, "bad_date", "now plus"),
        ({"published": "0001-01-01T00:00:00+08:00"}, "bad_date", "1990"),
        ({"id": "x" * 201}, "malformed", "not an article: id: String should have at most 200"),
        ({"id": True}, "malformed", "id must be a string, got bool"),
        ({"url": "https://[::1"}, "malformed", "url 'https://[::1' is no address"),
        ({"url": "https://[::1", "source": ""}, "malformed", "url 'https://[::1' is no address"),
        ({"url": "https://example.org:99999/a"}, "malformed", "url 'https://example.org:99999/a'"),
    ],
)
def test_a_record_that_is_no_article_says_why(
    tmp_path: Path, changes: dict[str, Any], code: str, words: str
) -> None:
    path = tmp_path / "a.jsonl"
    (item,) = items(write(path, json.dumps(RECORD | changes)))  # escaped, as a half surrogate can only be
    issue = item.outcome
    assert isinstance(issue, Issue)
    assert (issue.code, issue.line, issue.path) == (code, 1, str(path))
    assert words in issue.reason and "\n" not in issue.reason


@pytest.mark.parametrize("published", ["2024-03-05", "2024-03-05T08:00:00", "2024-03-05+08:00"])
def test_the_date_that_a_refusal_proposes_is_taken(tmp_path: Path, published: str) -> None:
    (refused,) = items(write(tmp_path / "a.jsonl", RECORD | {"published": published}))
    assert isinstance(refused.outcome, Issue)
    proposed = refused.outcome.reason.rpartition("write for instance ")[2].partition(",")[0]
    assert article(tmp_path, published=proposed).published.isoformat() == proposed


def test_bad_lines_are_issues_with_their_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl",
        RECORD,
        "",
        "{not json",
        "[1, 2]",
        '"' + "[" * 3000,
        "[" * 200_000,
        '{"id": ' + "9" * 5_000 + "}",  # more digits than Python converts
        b"\xff\xfe{}",
        json.dumps(RECORD | {"id": "long", "text": "x" * 400_000}),
        json.dumps(RECORD | {"id": "n-2", "title": "镕基会谈"}, ensure_ascii=False).encode("gb18030"),
    )
    found = items(path, line_bytes=300_000)
    assert [
        (item.line, item.outcome.code if isinstance(item.outcome, Issue) else item.outcome.id)
        for item in found
    ] == [
        (1, "n-1"),
        (3, "malformed"),
        (4, "malformed"),
        (5, "malformed"),
        (6, "malformed"),
        (7, "malformed"),
        (8, "encoding"),
        (9, "too_large"),
        (10, "n-2"),
    ]


def test_a_file_without_records_is_an_issue(tmp_path: Path) -> None:
    (item,) = items(write(tmp_path / "a.jsonl", "", "  "))
    assert isinstance(item.outcome, Issue) and item.outcome.code == "empty"


@pytest.mark.parametrize("cut", [-20, 14])
def test_a_broken_archive_keeps_what_came_before(tmp_path: Path, cut: int) -> None:
    path = write(
        tmp_path / "a.jsonl.gz",
        *(RECORD | {"id": f"n-{i}", "text": f"击落{i * 7919}架。" * 50} for i in range(3000)),
    )
    path.write_bytes(path.read_bytes()[:cut])
    found = items(path)
    last = found[-1].outcome
    assert isinstance(last, Issue) and last.code == "unreadable" and "fetch it again" in last.reason
    assert all(isinstance(item.outcome, Article) for item in found[:-2])


def test_a_file_that_is_not_gzipped_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_text("{}")
    (item,) = items(path)
    assert isinstance(item.outcome, Issue) and item.outcome.code == "unreadable"
