"""Lists: filters, pages, forms, and what is sent only where something has changed."""

from __future__ import annotations

import csv
import io
import json

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse.feed import models, pages


def ask(client, address: str, **parameters):
    answer = client.get(address, params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


def ids(answer, name="fact_id"):
    return [record[name] for record in answer["data"]]


@pytest.mark.parametrize(
    ("address", "model"),
    [
        ("/api/facts", pages.FactPage),
        ("/api/events", pages.EventPage),
        ("/api/articles", pages.ArticlePage),
        ("/api/audit", pages.FindingPage),
        ("/api/changes", pages.ChangePage),
        ("/api/series/drones", pages.SeriesAnswer),
        ("/api/series/aid-cumulative", pages.SeriesAnswer),
        ("/api/status", pages.StatusAnswer),
        ("/api/facets", pages.FacetsAnswer),
    ],
)
def test_an_answer_is_of_the_type_that_openapi_tells(client, address, model):
    model.model_validate(ask(client, address))


def test_facts_come_newest_first_and_in_all(client):
    answer = ask(client, "/api/facts", limit=1000)
    assert answer["total"] == len(answer["data"]) == 40 and answer["next"] is None
    moments = [fact["first_reported"] for fact in answer["data"]]
    assert moments == sorted(moments, reverse=True)


CASES = [
    ({"kind": "strike"}, lambda fact: fact["kind"] == "strike"),
    ({"kind": ["strike", "meeting"]}, lambda fact: fact["kind"] in ("strike", "meeting")),
    ({"status": "contested"}, lambda fact: fact["status"] == "contested"),
    ({"side": "DE"}, lambda fact: "DE" in fact["sides"]),
    ({"side": ["DE", "JP"]}, lambda fact: {"DE", "JP"} & set(fact["sides"])),
    ({"place": "敖德萨"}, lambda fact: any("敖德萨" in place for place in fact["places"])),
    ({"claimant": "北岸"}, lambda fact: any("北岸" in (claim["claimant"] or "") for claim in fact["claims"])),
    ({"source": "other-wire"}, lambda fact: "other-wire" in fact["sources"]),
    ({"slot": ["outcome:intercepted", "attacker:RU"]}, lambda fact: fact["slots"].get("outcome") == "intercepted"),
    ({"from": "2026-02-25"}, lambda fact: (fact["when"] or {"end": "2026-03-09"})["end"] >= "2026-02-25"),
    ({"until": "2026-02-25"}, lambda fact: (fact["when"] or {"start": "2026-03-09"})["start"] <= "2026-02-25"),
    (
        {"boundary": "end", "from": "2026-02-25", "until": "2026-02-25"},
        lambda fact: fact["when"] is not None and fact["when"]["end"] == "2026-02-25",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "holds"), CASES, ids=lambda case: str(case) if isinstance(case, dict) else ""
)
def test_a_filter_gives_exactly_what_it_says(client, asked, holds):
    everything = ask(client, "/api/facts", limit=1000)["data"]
    wanted = [fact["fact_id"] for fact in everything if holds(fact)]
    answer = ask(client, "/api/facts", limit=1000, **asked)
    assert wanted and len(wanted) < len(everything)
    assert ids(answer) == wanted
    assert answer["total"] == len(wanted)


def test_words_are_found_in_either_script_and_all_of_them_must_stand(client):
    hans = ask(client, "/api/facts", text="无人机 击落")
    assert hans["total"] > 5
    assert ids(ask(client, "/api/facts", text="無人機 擊落")) == ids(hans)
    assert ask(client, "/api/facts", text="无人机 没有这样的词")["total"] == 0


@pytest.mark.parametrize("order", ["first_reported", "last_reported", "when", "value", "origins"])
def test_pages_in_every_order_give_each_fact_once(client, order):
    whole = ids(ask(client, "/api/facts", limit=1000, order=order))
    found, cursor = [], None
    while True:
        answer = ask(client, "/api/facts", limit=7, order=order, **({"cursor": cursor} if cursor else {}))
        found += ids(answer)
        assert answer["total"] == len(whole)
        cursor = answer["next"]
        if cursor is None:
            break
    assert found == whole and len(set(found)) == len(found)


def test_a_cursor_of_another_order_is_refused(client):
    cursor = ask(client, "/api/facts", limit=3)["next"]
    answer = client.get("/api/facts", params={"cursor": cursor, "order": "value"})
    assert answer.status_code == 422 and "begin again without it" in answer.json()["detail"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(min_size=1, max_size=40),
    name=st.sampled_from(["cursor", "text", "place", "side", "claimant"]),
)
def test_any_words_are_answered_or_refused_never_a_failure(client, words, name):
    answer = client.get("/api/facts", params={name: words})
    assert answer.status_code in (200, 422), answer.text


def test_every_form_holds_the_same_facts(client):
    asked = {"kind": "strike", "limit": 5}
    answer = client.get("/api/facts", params=asked)
    wanted = ids(answer.json())
    lines = client.get("/api/facts.jsonl", params=asked).text.splitlines()
    assert [json.loads(line) for line in lines] == answer.json()["data"]
    rows = list(csv.DictReader(io.StringIO(client.get("/api/facts.csv", params=asked).text)))
    assert [row["fact_id"] for row in rows] == wanted and "record" not in rows[0]
    table = pq.read_table(io.BytesIO(client.get("/api/facts.parquet", params=asked).content))
    assert table.column("fact_id").to_pylist() == wanted
    assert client.get("/api/facts.json", params=asked).content == answer.content


def test_forms_come_by_accept_too_and_the_suffix_goes_first(client):
    for accept, media in [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("application/geo+json", "application/geo+json"),
        ("text/html, application/json;q=0.9", "application/json"),
        ("text/csv;q=0.1, application/json;q=0.2", "application/json"),
        ("text/html,*/*;q=0.8", "application/json"),
    ]:
        assert client.get("/api/facts", headers={"accept": accept}).headers["content-type"] == media
    assert client.get("/api/facts.csv", headers={"accept": "application/json"}).text.startswith("fact_id,")
    refused = client.get("/api/facts", headers={"accept": "text/html"})
    assert refused.status_code == 406 and "application/json" in refused.json()["detail"]


def test_geojson_has_what_is_on_the_map(client):
    answer = client.get("/api/facts.geojson", params={"limit": 1000}).json()
    assert answer["type"] == "FeatureCollection" and len(answer["features"]) == 6
    for feature in answer["features"]:
        assert feature["geometry"] == {"type": "Point", "coordinates": [30.73, 46.48]}
        models.Fact.model_validate(feature["properties"])
    assert client.get("/api/facts.geojson", params={"kind": "meeting"}).json()["features"] == []


def test_a_page_of_a_table_links_to_the_next(client):
    asked = {"limit": 4, "kind": "strike"}
    found = []
    answer = client.get("/api/facts.csv", params=asked)
    for _ in range(10):
        found += [row["fact_id"] for row in csv.DictReader(io.StringIO(answer.text))]
        if "next" not in answer.links:
            break
        answer = client.get(answer.links["next"]["url"])
    assert found == ids(ask(client, "/api/facts", limit=1000, kind="strike"))


def test_limits_are_bounded(client):
    assert "1000 records of JSON" in client.get("/api/facts", params={"limit": 1001}).json()["detail"]
    assert client.get("/api/facts.csv", params={"limit": 1001}).status_code == 200
    assert client.get("/api/facts.csv", params={"limit": 50_001}).status_code == 422
    assert client.get("/api/facts", params={"kind": ["strike"] * 21}).status_code == 422
    assert client.get("/api/facts", params={"text": "长" * 201}).status_code == 422
    assert client.get("/api/facts", params={"sql": "DROP TABLE fact"}).status_code == 422


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get("/api/facts", params={"kind": "strike"})
    tag = first.headers["etag"]
    again = client.get("/api/facts", params={"kind": "strike"}, headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get("/api/facts.csv", headers={"if-none-match": tag}).status_code == 200


def test_long_answers_are_compressed_for_whoever_wants_that(client):
    plain = client.get("/api/facts", headers={"accept-encoding": "identity"})
    packed = client.get("/api/facts", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < len(plain.content) == len(packed.content)
    assert "content-encoding" not in client.get("/api/facts", headers={"accept-encoding": "gzip;q=0"}).headers
    assert (
        client.get("/api/facts.jsonl", headers={"accept-encoding": "gzip"}).headers["content-encoding"]
        == "gzip"
    )


def test_events_and_articles_and_findings_have_filters_of_their_own(client):
    everything = ask(client, "/api/events", limit=1000)["data"]
    one = everything[5]
    of_article = ask(client, "/api/events", article=one["article"]["article_id"])
    assert {event["article"]["article_id"] for event in of_article["data"]} == {one["article"]["article_id"]}
    of_fact = ask(client, "/api/events", fact=one["fact_id"])
    assert one["event_id"] in ids(of_fact, "event_id")
    assert ask(client, "/api/events", claimant="北岸军方")["total"] == 12
    assert ask(client, "/api/events", modality="denied")["total"] == 0
    assert ask(client, "/api/articles", source="other-wire")["total"] == 3
    assert ask(client, "/api/articles", text="河口市")["total"] == 15
    assert ask(client, "/api/audit", severity="error")["total"] <= ask(client, "/api/audit")["total"]
