"""A server goes over to a new snapshot by itself, between requests and never in the middle of one."""

from __future__ import annotations

import json
import os
import shutil

import warehouse
from warehouse.publish.folder import current_version, versions_in


def grow(database, wire, *numbers):
    with warehouse.open(database) as house:
        batch = [(article, wire.events(article)) for article in map(wire.article, numbers)]
        house.load(batch, run_id="r", extractor_version="rules-1")
    return warehouse.publish_snapshot(database, warehouse.published_folder(database), keep=1)


def test_a_server_before_the_first_snapshot_says_so_and_then_serves_it(database, wire, reader_of):
    reader = reader_of(warehouse.published_folder(database))
    empty = reader.get("/api/facts")
    assert empty.status_code == 503 and "nothing has been published yet" in empty.json()["detail"]
    grow(database, wire, 1)
    assert reader.get("/api/articles").json()["total"] == 1


def test_a_new_snapshot_is_served_without_a_restart_and_the_old_one_goes(database, wire, reader_of):
    folder = warehouse.published_folder(database)
    first = grow(database, wire, 1, 2)
    reader = reader_of(folder)
    before = reader.get("/api/articles")
    second = grow(database, wire, 3)
    assert versions_in(folder) == [first.version, second.version]  # the server still holds it
    after = reader.get("/api/articles", headers={"if-none-match": before.headers["etag"]})
    assert (after.status_code, after.json()["total"]) == (200, 3)
    third = grow(database, wire, 4)
    assert versions_in(folder) == [second.version, third.version]


def test_pages_go_on_over_a_new_snapshot_without_a_gap(database, wire, reader_of):
    grow(database, wire, *range(4))
    reader = reader_of(warehouse.published_folder(database))
    whole = [each["fact_id"] for each in reader.get("/api/facts", params={"limit": 1000}).json()["data"]]
    page = reader.get("/api/facts", params={"limit": 3}).json()
    found = [each["fact_id"] for each in page["data"]]
    grow(database, wire, *range(4, 8))
    while page["next"]:
        page = reader.get("/api/facts", params={"limit": 3, "cursor": page["next"]}).json()
        found += [each["fact_id"] for each in page["data"]]
    assert len(set(found)) == len(found)
    now = {each["fact_id"] for each in reader.get("/api/facts", params={"limit": 1000}).json()["data"]}
    assert set(whole) & now <= set(found)


def test_a_long_answer_stays_of_the_snapshot_it_began_with(database, wire, reader_of):
    folder = warehouse.published_folder(database)
    first = grow(database, wire, *range(3))
    reader = reader_of(folder)
    total = reader.get("/api/facts").json()["total"]
    with reader.stream("GET", "/api/facts.jsonl", params={"limit": 1000}) as answer:
        grow(database, wire, *range(3, 6))
        assert reader.get("/api/articles").json()["total"] == 6
        assert first.version.exists()
        lines = [json.loads(line) for line in answer.iter_lines()]
    assert len(lines) == total


def test_the_status_tells_when_the_snapshot_was_last_found_to_be_up_to_date(database, wire, reader_of):
    grow(database, wire, 1)
    folder = warehouse.published_folder(database)
    os.utime(folder / "current", (1_000_000_000, 1_000_000_000), follow_symlinks=False)
    reader = reader_of(folder)
    before = reader.get("/api/status")
    assert before.json()["checked"] == "2001-09-09T01:46:40Z"
    assert not warehouse.publish_snapshot(database, folder).is_new
    after = reader.get("/api/status", headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200 and after.json()["checked"] > before.json()["checked"]
    assert after.json()["snapshot"] == before.json()["snapshot"]


def test_a_server_whose_folder_vanishes_serves_what_it_has_open(database, wire, reader_of):
    grow(database, wire, 1)
    folder = warehouse.published_folder(database)
    reader = reader_of(folder)
    assert reader.get("/api/articles").json()["total"] == 1
    shutil.rmtree(folder)
    assert reader.get("/api/facts").status_code == 200


def test_a_snapshot_of_another_version_is_not_served_as_if_it_were_ours(database, wire, reader_of):
    version = grow(database, wire, 1).version
    path = version / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"layout": "0" * 16}))
    folder = warehouse.published_folder(database)
    refused = reader_of(folder).get("/api/facts")
    assert refused.status_code == 503 and "run `shilu publish`" in refused.json()["detail"]
    assert current_version(folder) == version and not warehouse.is_published(folder)


def test_a_question_that_takes_too_long_is_given_up(published, reader_of):
    reader = reader_of(published, seconds=0.000001)
    # Whether the clock or the database is quicker is up to the machine: one of many questions is late.
    for number in range(500):
        answer = reader.get("/api/facts", params={"text": f"无人机{number}"})
        assert answer.status_code in (200, 503)
        if answer.status_code == 503:
            break
    assert answer.status_code == 503 and "not answered within" in answer.json()["detail"]
