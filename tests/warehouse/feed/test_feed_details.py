"""One fact, event or article: everything that explains it, with its words in their paragraph."""

from __future__ import annotations

import datetime

import warehouse
from schemas import Period
from warehouse.feed import models

DAY = datetime.date(2026, 3, 4)


def contested(client):
    (fact, *_) = client.get("/api/facts", params={"status": "contested"}).json()["data"]
    return client.get(f"/api/facts/{fact['fact_id']}").json()


def test_a_fact_tells_its_rivals_members_history_and_findings(client):
    fact = contested(client)
    models.FactDetail.model_validate(fact)
    assert fact["members_in_all"] == len(fact["members"]) == 2
    assert {rival["slots"]["count"]["value"] for rival in fact["rivals"]} == {48, 98}
    assert {name for rival in fact["rivals"] for name in rival["claimants"]} == {"北岸军方", "河岸日报"}
    assert fact["history"][0]["said_until"] is None
    assert fact["history"][0]["status"] == "contested"


def test_evidence_stands_in_its_paragraph_and_the_paragraph_in_its_article(client):
    for member in contested(client)["members"]:
        article = client.get(f"/api/articles/{member['article']['article_id']}").json()
        models.ArticleDetail.model_validate(article)
        for span in member["evidence"]:
            words, paragraph = article[span["part"]], span["paragraph"]
            assert words[span["start"] : span["end"]] == span["text"]
            assert words[paragraph["start"] : paragraph["end"]] == paragraph["text"]
            assert paragraph["start"] <= span["start"] < span["end"] <= paragraph["end"]
            assert "\n" not in paragraph["text"]


def test_an_event_tells_where_its_claimant_is_named(client):
    (event, *_) = client.get("/api/events", params={"claimant": "北岸军方"}).json()["data"]
    detail = client.get(f"/api/events/{event['event_id']}").json()
    models.EventDetail.model_validate(detail)
    assert detail["claimant_span"]["text"] == "北岸军方"
    assert detail["evidence"][0]["paragraph"]["text"].startswith("本台消息第")


def test_an_article_lists_its_events_in_the_order_of_the_text(client):
    article = client.get("/api/articles/wire-00003").json()
    starts = [event["evidence"][0]["start"] for event in article["read"]]
    assert len(starts) == 4 and starts == sorted(starts)
    assert article["versions"] == [
        {"version": 1, "title": article["title"], "said_from": article["published"], "correction": None}
    ]
    assert article["captions"] == ["河口市的油库"]


def test_what_is_not_there_is_told_as_a_problem(client):
    for address in (
        "/api/facts/none",
        "/api/events/none",
        "/api/articles/none",
        "/nowhere",
        "/api/export/none.parquet",
    ):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == {"title", "status", "detail"}
    assert client.post("/api/facts").status_code == 405
    assert client.get("/api/facts", headers={"host": "evil.example"}).status_code == 400


def test_a_fact_that_was_taken_back_is_gone_and_names_its_heir(wire, database, reader_of):
    folder = warehouse.published_folder(database)
    early, late = wire.article(1, drones=1), wire.article(2, drones=2)
    hit = {"place": "甲村", "when": Period(start=DAY, end=DAY, precision="day")}
    with warehouse.open(database) as house:
        house.load([(late, [wire.strike(late, **hit)])], run_id="r", extractor_version="rules-1")
    warehouse.publish_snapshot(database, folder)
    reader = reader_of(folder)
    (fact,) = reader.get("/api/facts").json()["data"]
    earlier = early.model_copy(update={"published": early.published.replace(hour=1)})
    with warehouse.open(database) as house:  # said before, so the fact has another id now
        house.load([(earlier, [wire.strike(earlier, **hit)])], run_id="r", extractor_version="rules-1")
    warehouse.publish_snapshot(database, folder)
    (heir,) = reader.get("/api/facts").json()["data"]
    assert heir["fact_id"] != fact["fact_id"]
    gone = reader.get(f"/api/facts/{fact['fact_id']}")
    assert gone.status_code == 410 and heir["fact_id"] in gone.json()["detail"]
    changes = {each["fact_id"]: each for each in reader.get("/api/changes").json()["data"]}
    assert changes[fact["fact_id"]]["operation"] == "removed"
    assert changes[fact["fact_id"]]["replaced_by"] == heir["fact_id"]
