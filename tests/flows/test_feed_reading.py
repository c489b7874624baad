"""Feeds as publishers break them: read nevertheless, or refused with the reason."""

from __future__ import annotations

import time

import pytest

from flows.gather.feed import read_feed
from flows.sources.item import Refusal
from schemas import Ask

HTML = "<!DOCTYPE html><html><head><title>维护中</title></head><body>系统维护</body></html>".encode()
HEAD = "<?xml version='1.0'?><rss version='2.0'><channel><title>某社</title>"


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (HTML, "not_a_feed", "an HTML page where a feed should be"),
        (b"just words", "malformed", "no feed"),
        (b"<data><item/></data>", "not_a_feed", "neither RSS nor Atom"),
        ((HEAD + "</channel></rss>").encode(), "empty", "without entries"),
        ((HEAD + "<item>").encode(), "malformed", "broken XML with no entry"),
        (b" \n", "empty", "an empty answer"),
        (b"\x89PNG\x00\x01\x02\x03", "encoding", "control bytes"),
        (HEAD.replace("1.0'?", "1.0' encoding='klingon'?").encode() + b"\xff\xfe\xfa\xff\xff" * 9, "encoding", "byte 0xff"),
    ],
    ids=["html", "words", "xml", "no-entries", "cut", "nothing", "binary", "encoding"],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_the_reason(body: bytes, code: str, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_feed(body, Ask(source="s", address="https://example.org/rss", role="index"))
    assert (caught.value.code, words in caught.value.reason) == (code, True), caught.value.reason


@pytest.mark.parametrize(
    "text",
    [HEAD + "<a>" * 100_000, HEAD + "<item><title>" + "a<" * 200_000, "<html>" + "<div>" * 300_000, HEAD + "&" * 300_000,
     HEAD + "<item/>" * 150_000 + "</channel></rss>", HEAD + "<![CDATA[" * 100_000],
    ids=["nested", "cut-tags", "html", "ampersands", "elements", "cdata"],
)  # fmt: skip
def test_a_feed_made_to_hold_up_its_reader_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(Refusal):
        read_feed(text.encode(), Ask(source="s", address="https://example.org/rss", role="index"))
    assert time.monotonic() - started < 10


def test_what_publishers_break_most_is_mended_without_a_word() -> None:
    text = HEAD + "<item><title>甲&nbsp;&amp;乙 & 丙</title><link>/a?b=1&c=2</link></item></channel></rss>"
    entries, remark = read_feed(
        text.encode(), Ask(source="s", address="https://example.org/rss", role="index")
    )
    assert remark is None
    assert (entries[0].title, entries[0].address) == ("甲 &乙 & 丙", "https://example.org/a?b=1&c=2")


@pytest.mark.parametrize(
    "content_type", [None, "text/xml", "text/xml; charset=ISO-8859-1", "application/rss+xml; charset=utf-8"]
)
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1"])
def test_feeds_are_read_in_their_true_encoding(content_type: str | None, declared: str) -> None:
    text = (
        HEAD.replace("1.0'?", f"1.0' encoding='{declared}'?")
        + "<item><title>击落12架无人机</title></item></channel></rss>"
    )
    ask = Ask(source="s", address="https://example.org/rss", role="index", content_type=content_type)
    for encoding in ("utf-8", "gb18030"):
        entries, remark = read_feed(text.encode(encoding), ask)
        assert ([entry.title for entry in entries], remark) == (["击落12架无人机"], None)
