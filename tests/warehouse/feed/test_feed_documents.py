"""Feeds for feed readers, whole files, headers, and texts that mean no good."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from xml.etree import ElementTree

import pytest

from warehouse.feed import models, pages
from warehouse.feed.described import EXAMPLES
from warehouse.feed.wording import one_line, title_of
from warehouse.publish.folder import current_version
from warehouse.publish.forms import cell

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_json_feed_is_one_of_version_1_1(client):
    answer = client.get("/feed.json")
    feed = answer.json()
    assert answer.headers["content-type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/feed.json"
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 40
    for item in feed["items"]:
        assert item["title"] and item["content_text"] and item["date_published"] <= item["date_modified"]
        assert item.get("external_url", "https:").startswith("https:")


def test_the_atom_feed_has_what_the_standard_asks_for(client):
    answer = client.get("/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert feed.find(f"{ATOM}{name}").text
    entries = feed.findall(f"{ATOM}entry")
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries) == 40
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert entry.find(f"{ATOM}{name}").text
        assert entry.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}updated").text == max(entry.find(f"{ATOM}updated").text for entry in entries)


def test_feeds_come_by_kind(client):
    kinds = {item["tags"][0] for item in client.get("/feed/meeting.json").json()["items"]}
    assert kinds == {"meeting"}
    assert b"attack_count" not in client.get("/feed/strike.atom").content
    assert client.get("/feed/nothing.atom").status_code == 422


def test_whole_views_lie_there_as_files(client, published):
    manifest = client.get("/api/export/manifest.json").json()
    files = {file["name"]: file for file in manifest["files"]}
    answer = client.get("/api/export/facts.parquet")
    assert hashlib.sha256(answer.content).hexdigest() == files["facts.parquet"]["sha256"]
    assert answer.content == (current_version(published) / "facts.parquet").read_bytes()
    part = client.get("/api/export/facts.parquet", headers={"range": "bytes=0-3"})
    assert (part.status_code, part.content) == (206, b"PAR1")
    known = client.get("/api/export/facts.parquet", headers={"if-none-match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_every_answer_forbids_scripts_of_elsewhere(client):
    for address in ("/api/facts", "/api/facts.csv", "/feed.atom", "/nowhere", "/api/export/facts.parquet"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy
        assert "access-control-allow-origin" not in headers


def test_head_has_the_headers_alone(client):
    whole, head = client.get("/api/status"), client.head("/api/status")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_hostile_words_are_sent_as_data_and_make_no_markup(client):
    article = client.get("/api/articles/hostile").json()
    assert article["title"].startswith("<script>") and article["url"] is None
    (event,) = article["read"]
    assert event["claimed_by"].startswith("<script>")
    atom = client.get("/feed.atom").content
    assert b"<script" not in atom and b"&lt;script&gt;" in atom and "\u202e".encode() not in _titles(atom)
    ElementTree.fromstring(atom)
    items = client.get("/feed.json").json()["items"]
    (hostile,) = [item for item in items if "<script>" in item["title"]]
    assert "\u202e" not in hostile["title"] and len(hostile["title"]) <= 300 and "external_url" not in hostile


def _titles(atom):
    return "".join(entry.text or "" for entry in ElementTree.fromstring(atom).iter(f"{ATOM}title")).encode()


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(words):
    assert cell(words) == f"'{words}"
    assert cell([words, "b"]) == f"'{words} | b"


def test_cells_keep_numbers_and_lists(client):
    assert (cell(-3), cell(None), cell(["a", "b"]), cell([{"a": 1}])) == (-3, "", "a | b", '[{"a": 1}]')
    rows = csv.DictReader(io.StringIO(client.get("/api/facts.csv", params={"limit": 100}).text))
    assert all(not row["places"].startswith(("=", "+", "@")) for row in rows)


def test_titles_say_what_a_fact_is(client):
    titles = {kind: [] for kind in ("attack_count", "aid_announcement", "meeting", "strike")}
    for line in client.get("/api/facts.jsonl", params={"limit": 100}).text.splitlines():
        fact = json.loads(line)
        titles[fact["kind"]].append(title_of(fact))
    assert "Attack count · RU → UA · drone intercepted · 51 · 2026-03-03 [single]" in titles["attack_count"]
    assert any("(48–98)" in title and "[contested]" in title for title in titles["attack_count"])
    assert any(
        title.startswith("Aid · US → UA · announced · USD 350,000,000 (350,000,000–…)")
        for title in titles["aid_announcement"]
    )
    assert any(title.startswith("Meeting · CN – FR · held") for title in titles["meeting"])
    assert any("敖德萨市" in title for title in titles["strike"])
    assert one_line("a\x00\u202eb\n c" + "长" * 400).startswith("ab c长") and len(one_line("长" * 400)) == 300


def test_openapi_has_examples_that_are_of_their_types(client):
    for name, model in {
        "facts": pages.FactPage, "fact": models.FactDetail, "events": pages.EventPage, "event": models.EventDetail,
        "articles": pages.ArticlePage, "article": models.ArticleDetail, "series": pages.SeriesAnswer,
        "audit": pages.FindingPage, "changes": pages.ChangePage, "event_changes": pages.EventChanges,
            "article_changes": pages.ArticleChanges, "finding_changes": pages.FindingChanges,
            "facets": pages.FacetsAnswer, "status": pages.StatusAnswer,
    }.items():  # fmt: skip
        model.model_validate(EXAMPLES[name])
    schema = client.get("/api/openapi.json").json()
    for path, methods in schema["paths"].items():
        assert set(methods) == {"get"}
        content = methods["get"]["responses"]["200"]["content"]
        if path.startswith("/api/") and "export" not in path:
            assert "example" in content["application/json"], path
    assert set(EXAMPLES) == {
        "facts", "fact", "events", "event", "articles", "article", "series", "audit", "changes", "facets", "status",
        "event_changes", "article_changes", "finding_changes",
    }  # fmt: skip
