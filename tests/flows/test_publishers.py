"""The list of publishers: names, time zones and the marks of their pages."""

from __future__ import annotations

import pytest
from lxml import etree

from flows.sources.publishers import publisher_at, publishers, source_of


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://tv.cctv.com/2025/a.shtml", "CCTV 新闻联播"),
        ("https://news.cctv.com/a", "CCTV"),
        ("https://WWW.Example.org/a", "example.org"),
    ],
)
def test_the_most_particular_name_is_taken(url: str, name: str) -> None:
    assert source_of(url) == name


def test_a_source_names_hosts_that_are_not_listed() -> None:
    assert source_of("https://example.org/a", "某网") == "某网"
    assert source_of("https://www.rfi.fr/cn/a", "某网") == "法广 RFI"


def test_a_listed_publisher_has_the_zone_of_its_dates() -> None:
    found = publisher_at("www.news.cn")
    assert found is not None and str(found.zone) == "Asia/Shanghai"
    assert publisher_at("news.example") is None


def test_every_mark_is_a_path() -> None:
    for publisher in publishers().values():
        for field in ("body", "title", "published", "byline", "drop"):
            if path := getattr(publisher.marks, field):
                etree.XPath(path)
