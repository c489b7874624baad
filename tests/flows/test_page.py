"""Pages of news sites: the article out of its surroundings, whatever the encoding and however the date is written."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources import read_items
from flows.sources.encoding import decode_page
from flows.sources.item import Limits, Marks, Outlet, Refusal
from flows.sources.page import Said, parse
from flows.sources.page_dates import moment_of
from schemas import Article, Issue

SHANGHAI = ZoneInfo("Asia/Shanghai")
LIMITS = Limits(now=datetime.datetime(2025, 6, 1, tzinfo=datetime.UTC))
OUTLET = Outlet(name="某网", zone=SHANGHAI, language="zh")
FIRST = "国防部3日说，防空部队当天夜间击落了12架无人机，另有3架坠入湖中，没有造成人员伤亡。"
SECOND = "发言人在记者会上表示，残骸损坏了一座仓库的屋顶，消防人员两小时后扑灭了火情。"
TAGS = ["<div>", "</div>", "<p>", "击落3架。", "<table><td>", "<!--", "&#x0;", "<script>"]
NAV = (
    "<div class='nav'><ul>"
    + "".join(f"<li><a href='/{n}'>{n}</a></li>" for n in ("首页", "国际", "财经", "体育"))
    + "</ul></div>"
)
RELATED = (
    "<div class='related'><h3>相关新闻</h3><ul><li><a href='/1'>外长会谈在京举行</a></li>"
    "<li><a href='/2'>央行宣布下调利率</a></li></ul></div>"
)
FOOT = "<div class='foot'><p>版权所有 某某网 未经授权不得转载</p><a href='/about'>关于我们</a></div>"


def page(
    info: str = "2025年03月03日 10:20　来源：某某社　作者：李明",
    head: str = "",
    charset: str = "utf-8",
    body: str | None = None,
) -> str:
    paragraphs = (
        body
        if body is not None
        else f"<p>{FIRST}</p><figure><img src='a.jpg'><figcaption>仓库，3日摄</figcaption></figure><p>{SECOND}</p>"
    )
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>击落12架无人机_国际_某某网</title>{head}</head>"
        f"<body>{NAV}<div class='main'><h1>击落12架无人机</h1><div class='info'>{info}</div>"
        f"<div class='content'>{paragraphs}<p>（责任编辑：王芳）</p></div></div>{RELATED}{FOOT}</body></html>"
    )


def article(
    text: str, *, outlet: Outlet = OUTLET, said: Said | None = None, encoding: str = "utf-8"
) -> Article:
    return parse(
        text.encode(encoding), LIMITS, outlet, said or Said(address="https://news.example.org/a/1.html")
    )


def test_the_article_is_told_from_menus_footers_and_the_lines_about_it() -> None:
    read = article(page())
    assert read.title == "击落12架无人机"
    assert read.text.split("\n") == [FIRST, SECOND]
    assert read.captions == ("仓库，3日摄",)
    assert read.byline == "李明"
    assert read.source == "某网"
    assert read.published.isoformat() == "2025-03-03T10:20:00+08:00"


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8"), ("utf-8-sig", "gbk")],
)
def test_pages_are_read_in_their_true_encoding_whatever_they_declare(encoding: str, charset: str) -> None:
    assert article(page(charset=charset), encoding=encoding).text.split("\n") == [FIRST, SECOND]


def test_traditional_pages_in_big5_are_read_as_declared() -> None:
    body = "<p>國防部三日說，防空部隊當天夜間擊落了12架無人機，另有3架墜入湖中，沒有造成人員傷亡。</p>"
    html = page(charset="big5", body=body).replace("责任编辑", "").replace("击落12架无人机", "擊落12架無人機")
    for simplified, traditional in (("国际", "國際"), ("来源", "來源"), ("财经", "財經"), ("体育", "體育"), ("首页", "首頁"),
                                    ("相关新闻", "相關新聞"), ("外长会谈在京举行", "外長會談"), ("央行宣布下调利率", "央行"),
                                    ("版权所有", ""), ("未经授权不得转载", ""),
                                    ("关于我们", ""), ("王芳", ""), ("某某网", "某網")):  # fmt: skip
        html = html.replace(simplified, traditional)
    read = article(html, encoding="big5hkscs")
    assert read.script == "Hant" and "擊落了12架無人機" in read.text


def test_one_broken_byte_in_a_footer_costs_no_article_but_many_do() -> None:
    data = page().encode() + b"<!-- \xff -->"
    assert parse(data, LIMITS, OUTLET, Said()).text.split("\n") == [FIRST, SECOND]
    with pytest.raises(Refusal) as caught:
        decode_page(b"\xff\xfe\xff\x81" + bytes(range(128, 256)) * 20)
    assert caught.value.code == "encoding"


@pytest.mark.parametrize(
    ("info", "head", "published"),
    [
        ("", "<meta property='article:published_time' content='2025-03-03T02:20:00Z'>", "2025-03-03T10:20:00+08:00"),
        ("", "<script type='application/ld+json'>{\"@graph\":[{\"datePublished\":\"2025-03-03T10:20:00+08:00\"}]}</script>",
         "2025-03-03T10:20:00+08:00"),
        ("", "<meta name='pubdate' content='2025-03-03 23:50:00'>", "2025-03-03T23:50:00+08:00"),
        ("2025-03-03 08:05", "", "2025-03-03T08:05:00+08:00"),
        ("发布时间：2025年3月3日 8:05:09", "", "2025-03-03T08:05:09+08:00"),
        ("2025年3月3日", "", "2025-03-03T12:00:00+08:00"),
    ],
)  # fmt: skip
def test_the_moment_of_publication_is_found_where_pages_keep_it(info: str, head: str, published: str) -> None:
    assert article(page(info=info, head=head)).published.isoformat() == published


def test_what_the_feed_said_of_the_date_goes_before_the_layout() -> None:
    said = Said(address="https://news.example.org/a", published="Mon, 03 Mar 2025 01:00:00 GMT")
    assert (
        article(page(info="2024-01-01 08:00"), said=said).published.isoformat() == "2025-03-03T09:00:00+08:00"
    )


def test_a_date_without_offset_is_refused_where_no_zone_is_known() -> None:
    with pytest.raises(Refusal, match="time_zone") as caught:
        article(page(), outlet=Outlet())
    assert caught.value.code == "bad_date"


def test_marks_of_a_site_win_where_guessing_would_fail() -> None:
    html = (
        "<html><head><title>x</title></head><body><div id='t'>外长举行会谈</div><span data-time='2025-03-03 09:00'></span>"
        "<em id='who'>记者张三</em><div id='b'><p>两国外长举行会谈。</p><div class='ad'>下载客户端</div></div><p>其他新闻</p></body></html>"
    )
    marks = Marks(
        body="//div[@id='b']", title="//div[@id='t']", published="//span/@data-time", byline="//em[@id='who']",
        drop="//div[@class='ad']",
    )  # fmt: skip
    read = article(html, outlet=Outlet(zone=SHANGHAI, marks=marks))
    assert (read.title, read.text, read.byline) == ("外长举行会谈", "两国外长举行会谈。", "记者张三")
    assert read.published.isoformat() == "2025-03-03T09:00:00+08:00"


@pytest.mark.parametrize(
    ("html", "code"),
    [(" \n", "empty"), ("<html><head><title>无文</title></head><body><nav><a href='/'>首页</a></nav></body></html>", "empty"),
     ("<!-- -->", "malformed")],
)  # fmt: skip
def test_pages_without_an_article_are_refused(html: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        article(html, said=Said(published="2025-03-03T10:00:00+08:00"))
    assert caught.value.code == code


def test_an_article_of_one_sentence_is_found_where_it_is_marked() -> None:
    html = f"<html><head><title>题</title></head><body>{NAV}<article><h1>题</h1><p>本台今天播发快评。</p></article>{FOOT}</body></html>"
    assert article(html, said=Said(published="2025-03-03T10:00:00+08:00")).text == "本台今天播发快评。"


@pytest.mark.parametrize("unit", ["<div><i>", "<div><a href=x>题</a><div>", "<ul><li>"])
def test_a_page_made_to_hold_up_its_reader_is_refused_at_once(unit: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refusal) as caught:
        article(page(body=unit * 100 + f"<p>{FIRST}</p>" * 5_000))
    assert caught.value.code == "too_large"
    assert time.monotonic() - started < 10


def test_a_saved_page_is_read_like_any_file(tmp_path: Path) -> None:
    (tmp_path / "saved.html").write_text(
        page(head="<link rel='canonical' href='https://www.rfi.fr/cn/a'>"
             "<meta property='article:published_time' content='2025-03-03T02:20:00+00:00'>")
    )  # fmt: skip
    (tmp_path / "bare.htm").write_text(page())
    bare, saved = read_items([Path()], limits=LIMITS, passed_over=Counter())
    assert isinstance(saved.outcome, Article) and isinstance(bare.outcome, Issue)
    assert (saved.outcome.source, saved.outcome.url) == ("法广 RFI", "https://www.rfi.fr/cn/a")
    assert (bare.path, bare.outcome.code) == ("bare.htm", "bad_date")


@given(
    st.datetimes(datetime.datetime(1995, 1, 1), datetime.datetime(2040, 1, 1)).map(
        lambda t: t.replace(microsecond=0)
    )
)
def test_a_moment_is_read_alike_however_it_is_written(moment: datetime.datetime) -> None:
    local = moment.replace(tzinfo=SHANGHAI)
    for words in (
        local.isoformat(), moment.isoformat(" "), f"{moment:%Y/%m/%d %H:%M:%S}", f"{moment:%Y年%m月%d日 %H:%M:%S}",
        f"{moment:%a, %d %b %Y %H:%M:%S} {local:%z}", local.astimezone(datetime.UTC).isoformat(),
    ):  # fmt: skip
        assert moment_of(words, SHANGHAI) == local, words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(TAGS), max_size=40).map("".join))
def test_any_text_whatever_gives_an_article_or_a_refusal(text: str) -> None:
    try:
        read = article(
            text,
            said=Said(address="https://example.org/a", published="2025-03-03T10:00:00+08:00", title="题"),
        )
    except Refusal:
        return
    assert read.text.strip()
