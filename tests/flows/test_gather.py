"""Sources that are asked over the network, on loopback, and read into a warehouse."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from flows.fetch import Fetcher
from flows.gather import Desk, Source, gather
from flows.progress import Silent
from flows.run import Steps, fetch_source, run_source
from flows.settings import load_settings
from schemas import Issue
from tests.flows.served_news import asked, issues, page, rows, rss, run, source, with_validator

pytestmark = pytest.mark.usefixtures("stub")


@pytest.fixture
def feed(web: Any) -> Source:
    """A feed of three articles whose pages are in GB18030."""
    for number in (1, 2, 3, 4):
        web.routes[f"/a/{number}.html"] = page(number).encode("gb18030")
    web.current = {"body": rss(web, 1, 2, 3)}
    web.routes["/rss"] = with_validator(web, web.current)
    return source(f'type = "feed"\naddresses = ["{web.url("/rss")}"]')


def test_a_feed_leads_to_pages_whose_articles_are_loaded(web: Any, feed: Source) -> None:
    summary = run(feed)
    assert (summary.run.status, summary.run.added, summary.run.source) == ("succeeded", 3, "s")
    assert summary.run.events == {"attack_count": 3}
    assert rows("SELECT title, source, published::VARCHAR, utc_offset_minutes FROM article ORDER BY title")[0] == (
        "战报1", "某社", "2025-03-03 01:00:00+00", 480,
    )  # fmt: skip


def test_a_second_ask_is_cheap_and_reads_nothing(web: Any, feed: Source, stub: Any) -> None:
    run(feed)
    web.asked.clear()
    again = run(feed)
    assert (again.run.inputs, again.run.status) == (0, "succeeded")
    assert [path for path, _ in web.asked] == ["/rss"]  # robots.txt is known for a day
    assert stub.constructed == 1


def test_only_new_entries_are_asked_for_and_those_published_anew(web: Any, feed: Source) -> None:
    run(feed)
    web.asked.clear()
    web.current["body"] = rss(web, 2, 3, 4)
    assert run(feed).run.added == 1
    assert web.paths == ["/rss", "/a/4.html"]
    web.asked.clear()
    web.routes["/a/4.html"] = page(5).encode("gb18030")
    web.current["body"] = rss(web, 4, published="Tue, 04 Mar 2025 0{}:00:00 GMT")
    assert run(feed).run.changed == 1
    assert web.paths == ["/rss", "/a/4.html"]


def test_articles_beyond_the_limit_of_a_run_come_with_the_next_though_the_feed_is_unchanged(
    web: Any, feed: Source
) -> None:
    small = feed.model_copy(update={"limits": feed.limits.model_copy(update={"articles_per_run": 2})})
    assert run(small).run.added == 2
    assert run(small).run.added == 1
    assert run(small).run.inputs == 0


def test_a_page_that_failed_is_asked_for_again_until_it_is_given_up(web: Any, feed: Source) -> None:
    web.routes["/a/2.html"] = lambda handler: web.answer(handler, b"", status=500)
    first = run(feed)
    assert (first.run.added, first.run.issues) == (2, 1)
    ((code, reason),) = issues(first)
    assert code == "http_status" and "500" in reason
    for _ in range(3):
        assert run(feed).run.issues == 1
    web.routes["/a/2.html"] = page(2).encode("gb18030")
    assert run(feed).run.added == 1
    web.current["body"] = rss(web, 1, 2, 3, 9)
    gone = run(feed)
    assert [code for code, _ in issues(gone)] == ["http_status"] and "not be asked for again" in issues(gone)[
        0
    ][1]
    web.asked.clear()
    assert run(feed).run.issues == 0 and web.paths == ["/rss"]


def test_a_server_that_wants_to_be_left_alone_is_left_alone_by_later_runs(web: Any, feed: Source) -> None:
    web.routes["/rss"] = lambda handler: web.answer(handler, b"", status=429, Retry_After="3600")
    assert len(asked(feed).failures) == 1
    web.asked.clear()
    assert asked(feed).failures == [] and web.asked == []

    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=2)
    desk = Desk(feed, load_settings(), now=lambda: later)
    desk.ask_index(feed.would_ask()[0])
    assert web.paths == ["/rss"]
    desk.close()


def test_a_server_left_alone_by_a_clock_that_was_put_back_since_is_asked(web: Any, feed: Source) -> None:
    web.routes["/rss"] = lambda handler: web.answer(handler, b"", status=429, Retry_After="60")
    ahead = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)
    wrong = Desk(feed, load_settings(), now=lambda: ahead)
    wrong.ask_index(feed.would_ask()[0])
    wrong.close()
    web.asked.clear()
    assert len(asked(feed).failures) == 1 and "/rss" in web.paths
    web.asked.clear()
    assert asked(feed).failures == [] and web.asked == []


def test_what_was_fetched_is_read_by_a_later_run_without_asking_for_it(web: Any, feed: Source) -> None:
    fetched = fetch_source(feed, load_settings(), Silent())
    assert (fetched.asked, fetched.received, fetched.unread, fetched.summary.run.inputs) == (4, 4, 4, 0)
    web.asked.clear()
    assert run(feed).run.added == 3
    assert web.paths == ["/rss"]


def test_a_run_killed_between_fetching_and_loading_loses_nothing(web: Any, feed: Source) -> None:
    def killed(*_: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(feed, using=Steps(load=killed))
    web.asked.clear()
    assert run(feed).run.added == 3
    assert web.paths == ["/rss"]


def test_everything_kept_can_be_read_again_from_the_raw_bytes(web: Any, feed: Source) -> None:
    run(feed)
    web.close()
    web.routes.clear()
    again = run_source(feed, load_settings(), Silent(), again=True)
    assert (again.run.unchanged, again.run.added) == (3, 0)
    assert [code for code, _ in issues(again)] == ["unreachable"]
    assert rows("SELECT count(*), count(DISTINCT digest) FROM document WHERE source = 's'") == [(5, 5)]


def test_raw_bytes_that_are_lost_are_told_and_asked_for_again(web: Any, feed: Source) -> None:
    fetch_source(feed, load_settings(), Silent())
    ((digest,),) = rows("SELECT digest FROM ask WHERE address LIKE '%/a/1.html'")
    Path(f"data/raw/{digest[:2]}/{digest}.gz").unlink()
    summary = run(feed)
    assert (summary.run.added, [code for code, _ in issues(summary)]) == (2, ["unreadable"])
    assert run(feed).run.added == 1


HTML = "<!DOCTYPE html><html><head><title>维护中</title></head><body>系统维护</body></html>".encode()


def test_a_feed_that_turns_to_html_is_an_issue_each_time_until_it_is_one_again(
    web: Any, feed: Source
) -> None:
    web.current["body"] = HTML
    for _ in range(2):
        assert [item.outcome.code for item in asked(feed).failures] == ["not_a_feed"]
    web.current["body"] = rss(web, 1, 2, 3)
    assert run(feed).run.added == 3


def test_a_broken_feed_gives_what_can_be_read_with_an_issue(web: Any, feed: Source) -> None:
    web.current["body"] = rss(web, 1, 2).replace(b"</channel>", "<item><title>半".encode())
    summary = run(feed)
    assert summary.run.added == 2
    assert "malformed" in [code for code, _ in issues(summary)]


def test_the_entry_in_which_a_feed_is_cut_off_waits_for_the_whole_feed(web: Any) -> None:
    whole = rss(web, 1, 2, body="击落了{}架无人机。这是第二句。")
    web.current = {"body": whole[: whole.rindex("这是".encode())]}
    web.routes["/rss"] = with_validator(web, web.current)
    chosen = source(f'type = "feed"\naddresses = ["{web.url("/rss")}"]\nfull_text = true')
    cut = run(chosen)
    assert (cut.run.added, [code for code, _ in issues(cut)]) == (1, ["malformed"])
    web.asked.clear()
    web.current["body"] = whole
    assert (run(chosen).run.added, web.asked[0][1].get("if-none-match")) == (1, None)
    web.current["body"] = whole[: whole.rindex("这是".encode())]
    run(chosen)
    assert rows("SELECT text FROM article WHERE believed_until IS NULL ORDER BY text") == [
        ("击落了1架无人机。这是第二句。",),
        ("击落了2架无人机。这是第二句。",),
    ]


def test_entities_that_explode_do_no_harm(web: Any, feed: Source) -> None:
    laughs = "<!DOCTYPE rss [<!ENTITY a '哈哈哈哈哈哈哈哈哈哈'>" + "".join(
        f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
    ) + "]>"  # fmt: skip
    web.current["body"] = (
        "<?xml version='1.0'?>"
        + laughs
        + "<rss version='2.0'><channel><title>某社</title><item><title>&j;</title></item></channel></rss>"
    ).encode()
    summary = run(feed)
    assert summary.run.added == 0 and summary.run.issues >= 1


def test_an_atom_feed_with_whole_articles_needs_no_pages(web: Any) -> None:
    entries = "".join(
        f"<entry><id>tag:{n}</id><title type='html'>战报&lt;b&gt;{n}&lt;/b&gt;</title><link href='/x/{n}?utm_source=feed'/>"
        f"<updated>2025-03-03T0{n}:00:00+03:00</updated><content type='html'>&lt;p&gt;击落了{n}架无人机。&lt;/p&gt;"
        f"&lt;p&gt;版权所有 某社&lt;/p&gt;</content></entry>"
        for n in (1, 2)
    )
    bad = "<entry><id>tag:9</id><title>无日期</title><content>会谈。</content></entry>"
    web.routes["/atom"] = (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>某社</title>{entries}{bad}</feed>".encode()
    )
    summary = run(source(f'type = "feed"\naddresses = ["{web.url("/atom")}"]\nfull_text = true'))
    assert (summary.run.added, [code for code, _ in issues(summary)]) == (2, ["bad_date"])
    assert web.paths == ["/atom"]
    assert rows("SELECT title, text, url FROM article ORDER BY title")[0] == (
        "战报1",
        "击落了1架无人机。",
        web.url("/x/1"),
    )
    assert rows("SELECT published::VARCHAR FROM article ORDER BY title")[0] == ("2025-03-02 22:00:00+00",)


def test_a_feed_in_gb2312_with_local_dates_is_read_in_the_zone_of_the_source(web: Any) -> None:
    body = rss(web, 1, published="2025-03-03 10:0{}:00", body="击落了{}架无人机。").decode()
    web.routes["/rss"] = body.replace("encoding='utf-8'", "encoding='gb2312'").encode("gb18030")
    summary = run(source(f'type = "feed"\naddresses = ["{web.url("/rss")}"]\nfull_text = true'))
    assert summary.run.added == 1, issues(summary)
    assert rows("SELECT title, published::VARCHAR FROM article") == [("战报1", "2025-03-03 02:01:00+00")]


def test_a_list_of_links_leads_to_its_articles(web: Any) -> None:
    for number in (1, 2, 7):
        web.routes[f"/news/2025/{number}.shtml"] = page(number).encode("gb18030")
    links = "<a href='/about'>关于</a><a href='/news/2025/1.shtml'>一</a><a href='2025/2.shtml#top'>二</a><a href='javascript:x'>三</a>"
    web.routes["/news/"] = f"<html><body>{links}</body></html>".encode()
    pattern = web.url("/news/").replace(".", r"\\.") + r"\\d{4}/\\d+\\.shtml"
    chosen = source(
        f'type = "pages"\nindexes = ["{web.url("/news/")}"]\nlinks = "{pattern}"\naddresses = ["{web.url("/news/2025/7.shtml")}"]'
    )
    assert run(chosen).run.added == 3
    web.asked.clear()
    web.routes["/news/"] = b"<html><body>nothing now</body></html>"
    (told,) = asked(chosen).failures
    assert isinstance(told.outcome, Issue) and "no link matches" in told.outcome.reason
    assert web.paths == ["/news/"]


def test_loopback_is_refused_where_the_source_does_not_allow_it(web: Any, feed: Source) -> None:
    strict = feed.model_copy(update={"allow_private": False})
    (told,) = asked(strict).failures
    assert isinstance(told.outcome, Issue) and told.outcome.code == "private_address"
    assert "allow_private = true" in told.outcome.reason
    assert web.asked == []


def test_every_address_that_was_asked_is_one_the_guard_allows(web: Any, feed: Source) -> None:
    """What the feed leads to outside of loopback is refused by name, not asked."""
    hosts: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        hosts.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if host == "127.0.0.1" else "169.254.169.254", port))]

    web.current["body"] = rss(web, 1, 2).replace(b"127.0.0.1:%d/a/2" % web.port, b"metadata.example/a/2")
    strict = feed.model_copy(update={"allow_private": False})

    class PublicLoopback(Fetcher):
        def __init__(self, manners: Any, robots: Any) -> None:
            super().__init__(manners, robots, resolve=resolve)
            guard = self._client._transport._pool._network_backend._guard  # type: ignore[attr-defined]
            allows = guard.allows
            guard.allows = lambda address: str(address) == "127.0.0.1" or allows(address)

    desk = Desk(strict, load_settings(), fetcher=PublicLoopback)
    gather(strict, desk)
    desk.close()
    assert set(hosts) == {"127.0.0.1", "metadata.example"}
    assert [item.outcome.code for item in desk.failures] == ["private_address"]  # type: ignore[union-attr]
    assert sorted(web.paths) == ["/a/1.html", "/rss"]
