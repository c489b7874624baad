"""Articles: stable ids, one spelling of an address, text that offsets can rely on."""

from __future__ import annotations

import datetime
import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import Article, canonical_url, digest

PUBLISHED = datetime.datetime(2025, 3, 3, 23, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
PATH = st.text(string.ascii_letters + string.digits + "/-_.~%+ 新闻无人机", max_size=30)
QUERY = st.lists(
    st.tuples(st.sampled_from(["id", "p", "utm_source", "fbclid", "q"]), st.text("ab &=%+新", max_size=6)),
    max_size=4,
)


def article(**changes: object) -> Article:
    fields = {"source": "a", "title": "题", "text": "文", "published": PUBLISHED, **changes}
    return Article.of(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("https://Example.org/a/", "https://example.org/a"),
        ("HTTPS://example.org:443/a#top", "https://example.org/a"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?utm_source=x&id=2&fbclid=y", "https://example.org/a?id=2"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        ("https://example.org/新闻", "https://example.org/%E6%96%B0%E9%97%BB"),
        ("https://example.org/%e6%96%b0", "https://example.org/%E6%96%B0"),
    ],
)
def test_an_address_has_one_spelling(written: str, canonical: str) -> None:
    assert canonical_url(written) == canonical


@given(path=PATH, query=QUERY, fragment=st.text("ab#", max_size=3))
def test_the_canonical_address_of_a_canonical_address_is_itself(
    path: str, query: list[tuple[str, str]], fragment: str
) -> None:
    written = f"https://News.Example.org/{path}?" + "&".join(f"{k}={v}" for k, v in query) + f"#{fragment}"
    once = canonical_url(written)
    assert canonical_url(once) == once


@pytest.mark.parametrize("written", ["", "/a/b", "example.org/a", "mailto:someone"])
def test_a_relative_address_is_refused_with_the_address(written: str) -> None:
    with pytest.raises(ValueError, match=r"url must be absolute.*got"):
        canonical_url(written)


def test_an_article_id_never_changes_between_versions_of_the_program() -> None:
    """These ids stand in databases of users: a change here is a migration, not a new expectation."""
    assert article(url="https://example.org/a/?utm_source=x").id == "b5b10dd0429e69ac"
    assert article().id == "9e52f3e06583babe"
    assert article().content_hash == digest("题", "文")


def test_the_key_of_the_source_comes_before_the_address_and_the_address_before_the_content() -> None:
    address = "https://example.org/a"
    assert article(key="20250303-07", url=address).id == "20250303-07"
    assert article(url=address).id == article(url=address + "/#x", text="另一文").id
    assert article().id != article(text="另一文").id


@given(title=st.text(max_size=20), text=st.text(max_size=60))
def test_title_and_text_cannot_run_into_each_other(title: str, text: str) -> None:
    assume("\r" not in title + text and "\x00" not in title + text and (title.strip() or text.strip()))
    assume(len(title) > 0)
    moved = (title[:-1], title[-1] + text)
    assume(moved[0].strip() or moved[1].strip())
    assert article(title=title, text=text).id != article(title=moved[0], text=moved[1]).id


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " ", "text": "\n"}, "title and text are both empty"),
        ({"text": "一\r\n二"}, "carriage return"),
        ({"published": datetime.datetime(2025, 3, 3)}, "published"),
        ({"source": ""}, "source"),
        ({"key": "x" * 201}, "id"),
        ({"url": "example.org/a"}, "url must be absolute"),
    ],
)
def test_an_article_that_cannot_be_relied_on_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        article(**changes)


def test_an_article_is_frozen_and_refuses_unknown_fields() -> None:
    whole = article()
    with pytest.raises(ValidationError, match="frozen"):
        whole.title = "另题"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="surprise"):
        Article.model_validate({**whole.model_dump(), "surprise": 1})


def test_the_local_date_is_that_of_the_source_not_of_utc() -> None:
    late = article(published=PUBLISHED.replace(hour=3))
    assert late.local_date == datetime.date(2025, 3, 3)
    assert late.published_utc.date() == datetime.date(2025, 3, 2)
    assert late.utc_offset_minutes == 480
