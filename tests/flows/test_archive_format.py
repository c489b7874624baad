"""The archive format: what becomes text, what becomes a caption, what is dropped."""

from __future__ import annotations

import datetime

import pytest

from flows.sources.archive import parse
from flows.sources.item import Limits, Refusal
from schemas import Article

HEAD = "<!--1709625600000-->\n[防空部队击落12架无人机](https://news.example.org/a/1.html)\n------\n\n"
LIMITS = Limits(now=datetime.datetime(2024, 6, 1, tzinfo=datetime.UTC))


def article(body: str, head: str = HEAD) -> Article:
    return parse((head + body).encode(), LIMITS)


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        parse(text.encode(), LIMITS)
    return caught.value


def test_head_gives_title_address_source_and_publication() -> None:
    read = article("<p>国防部说，击落了12架无人机。</p>")
    assert read.title == "防空部队击落12架无人机"
    assert read.url == "https://news.example.org/a/1.html"
    assert read.source == "news.example.org"
    assert read.published == datetime.datetime(2024, 3, 5, 8, 0, tzinfo=datetime.UTC)
    assert (read.language, read.script) == ("zh", "Hans")


@pytest.mark.parametrize(
    ("line", "title", "url"),
    [
        ("[外长[独家]会谈](https://example.org/a)", "外长[独家]会谈", "https://example.org/a"),
        (r"[外长\[独家\]会谈](https://example.org/a)", "外长[独家]会谈", "https://example.org/a"),
        ("[会谈（续）](https://example.org/a_(b))", "会谈（续）", "https://example.org/a_(b)"),
        ("[甲](乙)会谈](https://example.org/c)", "甲](乙)会谈", "https://example.org/c"),
        (
            "[两国&amp;三方](https://example.org/%E4%BC%9A%20x!/d)",
            "两国&三方",
            "https://example.org/%E4%BC%9A%20x!/d",
        ),
    ],
)
def test_titles_may_hold_brackets_and_addresses_parentheses(line: str, title: str, url: str) -> None:
    read = article("<p>双方举行了会谈。</p>", f"<!--1709625600000-->\n{line}\n------\n")
    assert (read.title, read.url) == (title, url)


def test_the_publisher_is_known_by_host_and_subdomain() -> None:
    read = article("<p>双方会谈。</p>", "<!--1709625600000-->\n[会谈](https://www.rfi.fr/cn/a)\n------\n")
    assert read.source == "法广 RFI"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div><i>Tue, 05 Mar 2024 07:20:27 GMT</i></div><p>甲国宣布援助。</p>", "甲国宣布援助。"),
        ("<div>05/03/2024 - 09:13</div><p>甲国宣布援助。</p>", "甲国宣布援助。"),
        ("基辅 — <p>防空部队说，击落3架。</p><p>无人伤亡。</p>", "基辅 — 防空部队说，击落3架。\n无人伤亡。"),
        ("<p>第一段。<br /><br />第二段。<br/>第三段。</p>", "第一段。\n第二段。\n第三段。"),
        (
            "<p><strong>导语说，击落3架。                </strong></p><div ><p>正文。</p></div>",
            "导语说，击落3架。\n正文。",
        ),
        ("<p>第一段。</p><p> </p><p>&nbsp;</p><p>\u200b</p><p>第二段。</p>", "第一段。\n第二段。"),
        ("<p>约&nbsp;&nbsp;8,000 名  士兵，&ldquo;待命&rdquo;&#12290;</p>", "约 8,000 名 士兵，“待命”。"),
        (
            "<p>外长<a href='https://example.org/x'></a>说，<a href='/y'>会谈</a>有益。</p>",
            "外长说，会谈有益。",
        ),
        ("<p>提纲。</small></p></div><video src='v.mp4' controls></video>", "提纲。"),
        ("<p>甲。</p><script>var a = '击落9架';</script><style>p{}</style><p>乙。</p>", "甲。\n乙。"),
        ("<p>甲。</p><iframe src='x'>本浏览器不支持框架</iframe><p>乙。</p>", "甲。\n乙。"),
        ("<p>甲。</p><video src='x'>不支持视频<p>乙。</p>", "甲。\n乙。"),
        ("<p>甲。</p><p><em>（本文参考了路透社和法新社的报道。）</em></p>", "甲。"),
        ("<p>甲。<br />（此文依据了美联社的报道。）</p>", "甲。"),
        (
            "<p>甲。</p><br><hr><div>获取更多RSS：<br><a href='https://r.example'>https://r.example</a></div>",
            "甲。",
        ),
        ("<p>甲。</p><div data-newsletter></div><div></div>", "甲。"),
        ("<h2>小标题</h2><ul><li>一，甲。</li><li>二，乙。</li></ul>", "小标题\n一，甲。\n二，乙。"),
        ("<table><tr><td>甲国</td><td>12架</td></tr></table>", "甲国 12架"),
        ("一段没有标签的文字。\n<!-- 编者 -->", "一段没有标签的文字。"),
    ],
)
def test_the_body_becomes_clean_paragraphs(body: str, text: str) -> None:
    assert article(body).text == text


def test_captions_are_kept_beside_the_text() -> None:
    read = article(
        '<img src="a.jpg"><div><small style="color: #999;">资料照片：外长抵达会场。</small></div>'
        '<p>双方会谈。</p><div><img src="b.jpg"/><div><small>两人握手。</small></div></div>'
        "<figure><img src='c.jpg'><figcaption>会场 <b>外景</b>。</figcaption></figure><p>会谈结束。</p>"
    )
    assert read.text == "双方会谈。\n会谈结束。"
    assert read.captions == ("资料照片：外长抵达会场。", "两人握手。", "会场 外景。")


def test_text_set_small_within_a_paragraph_stays() -> None:
    assert article("<p>击落12架<small>（含3架诱饵）</small>。</p>").text == "击落12架（含3架诱饵）。"


def test_a_long_text_set_small_is_no_caption() -> None:
    assert article(f"<p><small>{'双方举行了会谈。' * 80}</small></p>").text.startswith("双方")


def test_deep_nesting_is_read() -> None:
    assert "会谈" in article("<div>" * 3000 + "<p>双方会谈。</p>" + "</div>" * 3000).text


def test_line_ends_of_windows_and_an_encoding_mark_are_read() -> None:
    data = ("\ufeff" + HEAD + "<p>双方会谈。</p>").replace("\n", "\r\n").encode()
    assert parse(data, LIMITS).text == "双方会谈。"


def test_gb18030_is_read() -> None:
    assert parse((HEAD + "<p>双方会谈，镕基。</p>").encode("gb18030"), LIMITS).text == "双方会谈，镕基。"


def test_the_declared_charset_of_a_fragment_changes_nothing() -> None:
    assert article('<meta charset="gb2312"><p>双方会谈。</p>').text == "双方会谈。"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "empty", "empty"),
        ("  \n ", "empty", "empty"),
        ("# 说明\n这是一份说明。", "unknown_format", "milliseconds"),
        ("<!--1709625600000-->\n没有链接的标题\n------\n<p>会谈。</p>", "malformed", "title line"),
        ("<!--1709625600000-->\n[会谈](没有协议)\n------\n<p>会谈。</p>", "malformed", "title line"),
        (
            "<!--1709625600000-->\n[ ](https://example.org/a)\n------\n<p>会谈。</p>",
            "malformed",
            "title is empty",
        ),
        (
            "<!--1709625600000-->\n[会谈](https://example.org:99999/)\n------\n<p>会谈。</p>",
            "malformed",
            "not an article",
        ),
        ("<!--1709625600-->\n[会谈](https://example.org/a)\n------\n<p>会谈。</p>", "bad_date", "1970"),
        (
            "<!--99999999999999999999-->\n[会谈](https://example.org/a)\n------\n<p>会谈。</p>",
            "bad_date",
            "milliseconds",
        ),
        (
            "<!--1719625600000-->\n[会谈](https://example.org/a)\n------\n<p>会谈。</p>",
            "bad_date",
            "now plus 2 days",
        ),
        (HEAD, "empty", "no text"),
        (HEAD + "<video src='v.mp4'></video><div><small>图片说明。</small></div>", "empty", "no text"),
        (HEAD + "\x00\x01\x02" * 40, "encoding", "control bytes"),
    ],
)
def test_what_is_no_article_says_why(text: str, code: str, words: str) -> None:
    refused = refusal(text)
    assert refused.code == code
    assert words in refused.reason


def test_bytes_that_are_neither_utf8_nor_gb18030_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        parse(HEAD.encode() + b"<p>\xff\xfe\xff\xfe</p>", LIMITS)
    assert caught.value.code == "encoding"
