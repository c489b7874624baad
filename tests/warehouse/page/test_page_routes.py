"""The pages as the server sends them: readable without a script, in both languages, whatever is asked."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import warehouse

PAGES = ("/", "/facts", "/drones", "/aid", "/meetings", "/strikes", "/audit")
BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


def words(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def detail_addresses(visitor: TestClient) -> tuple[str, str]:
    """A fact and its article."""
    (fact,) = visitor.get("/api/facts", params={"status": "contested", "limit": 1}).json()["data"]
    return f"/facts/{fact['fact_id']}", f"/articles/{fact['best']['article']['article_id']}"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("path", PAGES)
def test_every_section_is_a_page_in_both_languages(visitor: TestClient, path: str, language: str) -> None:
    answer = visitor.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{"zh-Hans" if language == "zh" else "en"}"' in answer.text
    assert ("跳到正文" if language == "zh" else "Skip to the content") in answer.text


def test_no_page_has_scripts_styles_or_addresses_of_its_own(visitor: TestClient) -> None:
    for path in (*PAGES, *detail_addresses(visitor)):
        page = visitor.get(path, headers=BROWSER).text
        assert not re.search(r"<style|<script(?![^>]*\ssrc=)|\son\w+=|\sstyle=", page), path
        loaded = re.findall(r'<(?:script|link|img|use)\b[^>]*?(?:src|href)="([^"]+)"', page)
        assert loaded and all(address.startswith("/") for address in loaded), path


def test_the_facts_have_the_numbers_of_the_articles_with_their_qualifiers_in_words(
    visitor: TestClient,
) -> None:
    english = words(visitor.get("/facts?kind=attack_count", headers=BROWSER).text)
    assert "more than 450" in english
    assert "at least 20" in english
    chinese = words(visitor.get("/facts?kind=attack_count&lang=zh").text)
    assert "超过450" in chinese
    assert "至少20" in chinese
    older = words(visitor.get("/facts?lang=en&text=制导航空炸弹", headers=BROWSER).text)
    assert "about 27,000" in older


def test_amounts_are_told_in_the_manner_of_the_language(visitor: TestClient) -> None:
    assert "nearly 169 bn EUR" in words(visitor.get("/facts?text=近1,690亿欧元", headers=BROWSER).text)
    assert "近1,690亿 EUR" in words(visitor.get("/facts?text=近1,690亿欧元&lang=zh").text)


def test_a_fact_shows_its_sentence_marked_its_claimants_and_its_history(visitor: TestClient) -> None:
    fact_page, article_page = detail_addresses(visitor)
    fact = visitor.get(f"/api{fact_page}").json()
    page = visitor.get(fact_page, headers=BROWSER).text
    marked = [html.unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", page)]
    spans = [span["text"] for member in fact["members"] for span in member["evidence"]]
    assert sorted(marked) == sorted(spans)
    for claim in fact["claims"]:
        assert html.escape(claim["claimant"] or "the article itself") in page
    assert len(re.findall(r"<li><span class=\"when\"><time>", page)) == len(fact["history"])
    assert article_page in page


def test_an_article_shows_its_whole_text_and_each_event_in_it(visitor: TestClient) -> None:
    _, address = detail_addresses(visitor)
    article = visitor.get(f"/api{address}").json()
    page = visitor.get(address, headers=BROWSER).text
    body = page[page.index('<div class="text"') : page.index("<aside")]
    plain = html.unescape(re.sub(r"<[^>]+>", "", body))
    assert all(line in plain for line in article["text"].split("\n"))
    for event in article["read"]:
        assert f'id="event-{event["event_id"]}"' in page


def test_filters_of_the_address_are_kept_by_every_link_to_another_section(visitor: TestClient) -> None:
    page = visitor.get("/facts?side=UA&from=2025-01-01&text=&status=", headers=BROWSER).text
    links = re.findall(r'<a href="([^"]+)"', page[page.index("<nav") : page.index("</nav>")])
    assert len(links) == len(PAGES)
    assert all("side=UA" in link and "from=2025-01-01" in link and "text=" not in link for link in links)


def test_a_page_lists_a_screenful_and_leads_to_the_rest(visitor: TestClient) -> None:
    total = visitor.get("/api/facts?limit=1").json()["total"]
    seen, address = 0, "/facts"
    while address:
        page = visitor.get(address, headers=BROWSER).text
        rows = page.count('<td class="parties">')
        assert 0 < rows <= 25
        seen += rows
        following = re.search(r'<a rel="next" href="([^"]+)"', page)
        address = html.unescape(following[1]) if following else ""
    assert seen == total


def test_the_matrix_leads_to_as_many_meetings_as_it_says(visitor: TestClient) -> None:
    page = visitor.get("/meetings", headers=BROWSER).text
    cells = re.findall(r'<a href="([^"]+)" aria-label="Meetings of [^"]+: (\d+)"', page)
    assert cells
    for address, count in cells[:6]:
        found = visitor.get(html.unescape(address), headers=BROWSER).text
        told = re.search(r"data-total>([\d,]+) found", found)
        assert told and int(told[1]) >= int(count)


def test_drones_are_drawn_from_the_series_that_the_feed_gives(visitor: TestClient) -> None:
    page = visitor.get("/drones?step=day&side=RU", headers=BROWSER).text
    charts = [json.loads(html.unescape(each)) for each in re.findall(r'data-chart="([^"]+)"', page)]
    rows = visitor.get("/api/series/drones?attacker=RU&outcome=launched").json()["data"]
    drawn = [value for value in charts[0]["series"][0]["y"] if value is not None]
    assert sum(drawn) == sum(row["value"] or 0 for row in rows)
    assert {83.0, 476.0, 450.0} <= set(drawn)


def test_the_boundary_of_the_day_moves_nights(visitor: TestClient) -> None:
    def days(boundary: str) -> list[str]:
        page = visitor.get(f"/drones?step=day&side=RU&boundary={boundary}", headers=BROWSER).text
        return re.findall(r'<th scope="row">(\d{4}-\d\d-\d\d)</th>', page)

    assert "2025-03-03" in days("end")
    assert "2025-03-02" in days("night")


def test_aid_adds_up_in_the_currency_that_is_chosen(visitor: TestClient) -> None:
    for currency in ("usd", "eur"):
        page = visitor.get(f"/aid?currency={currency}", headers=BROWSER).text
        charts = [json.loads(html.unescape(each)) for each in re.findall(r'data-chart="([^"]+)"', page)]
        rows = visitor.get("/api/series/aid?stage=announced&stage=approved&stage=delivered").json()["data"]
        ends = sum(series["y"][-1] for series in charts[0]["series"])
        assert ends == pytest.approx(sum(row[currency] or 0 for row in rows))
        assert sum(sum(series["y"]) for series in charts[1]["series"]) == pytest.approx(ends)


@pytest.mark.parametrize(
    "query", ["kind=nonsense", "from=yesterday", "step=year", "cursor=abc", "currency=gbp", "status=x"]
)
def test_a_filter_that_cannot_be_used_is_explained_on_a_page(visitor: TestClient, query: str) -> None:
    answer = visitor.get(f"/?{query}", headers=BROWSER)
    assert answer.status_code == 422
    assert "These filters cannot be used" in answer.text
    assert query.partition("=")[0] in words(answer.text)


@pytest.mark.parametrize("path", ["/facts/none", "/articles/none", "/nowhere", "/facts/a%2Fb"])
def test_what_there_is_not_is_a_page_for_browsers(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path, headers=BROWSER)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_what_there_is_not_is_a_problem_for_programs(visitor: TestClient) -> None:
    for path in ("/nowhere", "/api/nowhere"):
        answer = visitor.get(path, headers={"Accept": "application/json"})
        assert answer.headers["content-type"] == "application/problem+json"


def test_before_anything_is_published_the_page_says_which_command_to_run(tmp_path: Path) -> None:
    with TestClient(warehouse.feed_application(tmp_path), base_url="http://localhost") as client:
        answer = client.get("/", headers=BROWSER)
    assert answer.status_code == 503
    assert "Nothing has been published yet" in answer.text
    assert "<code>shilu run examples</code>" in answer.text


def test_a_choice_of_language_and_theme_is_remembered(visitor: TestClient) -> None:
    visitor.get("/facts?lang=zh&theme=dark", headers=BROWSER)
    later = visitor.get("/aid", headers=BROWSER).text
    assert '<html lang="zh-Hans" data-theme="dark">' in later
    assert "lang=" not in later[later.index("<nav") : later.index("</nav>")]


def test_a_page_that_has_not_changed_is_not_sent_again_but_in_another_language_it_is(
    visitor: TestClient,
) -> None:
    tag = visitor.get("/facts", headers=BROWSER).headers["etag"]
    assert visitor.get("/facts", headers=BROWSER | {"If-None-Match": tag}).status_code == 304
    assert visitor.get("/facts", headers={"Accept-Language": "zh", "If-None-Match": tag}).status_code == 200


def test_static_files_are_kept_by_browsers_and_named_after_their_content(visitor: TestClient) -> None:
    page = visitor.get("/", headers=BROWSER).text
    for address in re.findall(r'"(/static/[^"]+)"', page):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert re.fullmatch(r"/static/[^?]+\?[0-9a-f]{10}(#land)?", address)


def test_addresses_of_articles_that_a_browser_would_run_are_no_links(hostile: Path) -> None:
    with TestClient(warehouse.feed_application(hostile), base_url="http://localhost") as client:
        articles = [each["article_id"] for each in client.get("/api/articles").json()["data"]]
        facts = [each["fact_id"] for each in client.get("/api/facts").json()["data"]]
        pages = [client.get(f"/articles/{each}", headers=BROWSER).text for each in articles]
        pages += [client.get(f"/facts/{each}", headers=BROWSER).text for each in facts]
        pages += [client.get(path, headers=BROWSER).text for path in PAGES]
    assert len(articles) == 3
    for page in pages:
        assert "javascript:" not in page
        assert "<script>window" not in page
        assert "<img" not in page
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
