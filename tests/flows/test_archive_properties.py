"""The archive parser on inputs nobody thought of."""

from __future__ import annotations

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources.archive import parse
from flows.sources.html import read_body
from flows.sources.item import Limits, Refusal
from schemas import Article

LIMITS = Limits(now=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
# Sentences in which nothing looks like markup, a dateline, or boilerplate.
SENTENCE = st.text(
    alphabet="甲乙丙丁国军方官员今天击落了无人机导弹城市南部北部，12345 ab", min_size=4, max_size=60
).map(lambda words: "军方说" + " ".join(words.split()) + "。")
TITLE = st.text(alphabet="甲乙丙国外长会谈[]()（）“”·:!-—", min_size=1, max_size=30).filter(
    lambda t: t.strip() == t
)
MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br>", "<div>", "</div>", "<small>", "</small>", "<a href='x'>", "</a>",
         "<td>", "<video>", "</video>", "<iframe>", "<!--", "-->", "<![CDATA[", "&nbsp;",
         "&#x0;", "&bogus;", "<", ">",
         "<figcaption>", "</figcaption>", "甲国说", "会谈 — ", "\x00", "\ud800", "\u200b",
         "<?xml encoding='x'?>", "<svg/>", "</body>"]
    )
).map("".join)  # fmt: skip


@given(st.binary(max_size=400))
def test_any_bytes_become_an_article_or_a_refusal(data: bytes) -> None:
    try:
        assert isinstance(parse(data, LIMITS), Article)
    except Refusal as refusal:
        assert refusal.reason


@given(st.one_of(MARKUP, st.text(max_size=200)))
def test_any_body_becomes_normalised_paragraphs(markup: str) -> None:
    body = read_body(markup)
    for paragraph in (*body.paragraphs, *body.captions):
        assert paragraph
        assert paragraph == paragraph.strip()
        assert "\n" not in paragraph and "  " not in paragraph and "\u00a0" not in paragraph


@given(MARKUP)
def test_any_body_under_a_sound_head_becomes_an_article_or_a_refusal(markup: str) -> None:
    head = "<!--1709625600000-->\n[会谈](https://example.org/a)\n------\n"
    try:
        parse((head + markup).encode("utf-8", "surrogatepass"), LIMITS)
    except Refusal as refusal:
        assert refusal.code in ("empty", "encoding", "malformed")


@settings(max_examples=60)
@given(
    TITLE,
    st.lists(SENTENCE, min_size=1, max_size=6),
    st.datetimes(datetime.datetime(1991, 1, 1), datetime.datetime(2025, 12, 30)),
    st.sampled_from(["<p>{}</p>", "{}<br/><br/>", "<div><p><b>{}</b> </p></div>", "<p>\n {}\u3000</p>\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
)
def test_a_written_article_is_read_back(
    title: str, sentences: list[str], published: datetime.datetime, shape: str, encoding: str
) -> None:
    moment = published.replace(microsecond=0, tzinfo=datetime.UTC)
    body = "".join(shape.format(sentence) for sentence in sentences)
    text = f"<!--{int(moment.timestamp()) * 1000}-->\n[{title}](https://example.org/a_(1))\n------\n\n{body}"
    read = parse(text.encode(encoding), LIMITS)
    assert read.title == title
    assert read.url == "https://example.org/a_(1)"
    assert read.published == moment
    assert read.text.split("\n") == sentences
