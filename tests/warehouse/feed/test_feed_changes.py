"""The change feed: whoever applies it has the view, whenever they read and however often."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import warehouse
from schemas import Count

LOGS = {"facts": "fact", "events": "event", "articles": "article", "findings": "finding"}
LISTS = {
    "facts": "/api/facts",
    "events": "/api/events",
    "articles": "/api/articles",
    "findings": "/api/audit",
}


class Copy:
    """A reader's copy of what one log tells of, kept by the change feed alone."""

    def __init__(self, reader, of="facts"):
        self.reader = reader
        self.of = of
        self.held = {}
        self.hashes = {}
        self.cursor = None

    def read(self, pages, limit):
        """Apply so many pages of changes; whether there are more."""
        address = "/api/changes" if self.of == "facts" else f"/api/changes/{self.of}"
        thing = LOGS[self.of]
        for _ in range(pages):
            asked = {"limit": limit} | ({"cursor": self.cursor} if self.cursor else {})
            answer = self.reader.get(address, params=asked)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for change in page["data"]:
                identity = change[f"{thing}_id"]
                if change[thing] is None:
                    assert change["operation"] == "removed"
                    self.held.pop(identity, None)
                    self.hashes.pop(identity, None)
                else:
                    self.held[identity] = change[thing]
                    self.hashes[identity] = change["hash"]
            self.cursor = page["next"]
            if not page["more"]:
                return page
        return None

    @property
    def hash(self):
        lines = "".join(f"{identity} {each}\n" for identity, each in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def view(reader, of="facts"):
    found, cursor = {}, None
    while True:
        page = reader.get(LISTS[of], params={"limit": 50} | ({"cursor": cursor} if cursor else {})).json()
        found |= {each[f"{LOGS[of]}_id"]: each for each in page["data"]}
        cursor = page["next"]
        if cursor is None:
            return found


# What happens to one of five articles: a text (None: nothing is read in it any more).
STEP = st.lists(st.tuples(st.integers(0, 4), st.none() | st.integers(1, 3)), min_size=1, max_size=5)


# Each example publishes two or three times, so a failing one is told as it is, without looking for a smaller.
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEP, min_size=2, max_size=3), limit=st.integers(1, 4), lazy=st.booleans())
def test_applying_the_changes_gives_the_view(wire, reader_of, steps, limit, lazy):
    with tempfile.TemporaryDirectory() as place:
        database = Path(place) / "shilu.duckdb"
        folder = warehouse.published_folder(database)
        copies = []
        for number, step in enumerate(steps):
            with warehouse.open(database) as house:
                for index, text in step:
                    article = wire.article(index, drones=text or 9)
                    count = Count(value=text or 9, qualifier="exact")
                    version = f"rules-{number}-{text}"
                    events = [wire.attack(article, version, count=count), wire.strike(article, version)]
                    read = [] if text is None else events
                    house.load([(article, read)], run_id="r", extractor_version=version)
            warehouse.publish_snapshot(database, folder)
            if not copies:
                reader = reader_of(folder)
                copies = [Copy(reader, of) for of in (*LOGS, *LOGS)]
            for copy in copies[: len(LOGS)]:
                copy.read(1 if lazy else 100, limit)
        status = reader.get("/api/status").json()
        for copy in (*copies, *(Copy(reader, of) for of in LOGS)):
            page = copy.read(200, limit)
            assert copy.held == view(reader, copy.of)
            assert copy.hash == page[f"{copy.of}_hash"] == status["view_hashes"][copy.of]
            assert copy.cursor == status["changes_cursors"][copy.of]
        assert status["facts_hash"] == status["view_hashes"]["facts"]


def test_a_hash_is_of_the_record_as_it_is_sent(client):
    for change in client.get("/api/changes", params={"limit": 5}).json()["data"]:
        lines = client.get("/api/facts.jsonl", params={"limit": 1000}).content.split(b"\n")
        (record,) = [line for line in lines if change["fact_id"].encode() in line[:40]]
        assert hashlib.sha256(record).hexdigest() == change["hash"]


def test_a_correction_is_told_as_one(wire, database, reader_of):
    folder = warehouse.published_folder(database)
    article = wire.article(1)
    with warehouse.open(database) as house:
        house.load([(article, [wire.attack(article)])], run_id="r", extractor_version="rules-1")
    warehouse.publish_snapshot(database, folder)
    reader = reader_of(folder)
    first = reader.get("/api/changes").json()
    assert [(each["operation"], each["correction"]) for each in first["data"]] == [("added", None)]
    corrected = wire.article(1, title="更正：河岸日报第1号：北岸军方通报", drones=41)
    event = wire.attack(corrected, count=Count(value=41, qualifier="exact"))
    with warehouse.open(database) as house:
        house.load([(corrected, [event])], run_id="r", extractor_version="rules-1")
    warehouse.publish_snapshot(database, folder)
    later = reader.get("/api/changes", params={"cursor": first["next"]}).json()
    assert {each["correction"] for each in later["data"]} == {"corrected"}
    changed = [each for each in later["data"] if each["operation"] == "changed"]
    assert not changed or {"value", "slots"} <= set(changed[0]["fields"])
    article = reader.get("/api/articles/wire-00001").json()
    assert [version["correction"] for version in article["versions"]] == ["corrected", None]


def test_a_cursor_of_other_snapshots_says_to_begin_again(client):
    gone = client.get("/api/changes", params={"cursor": "3.0123456789abcdef"})
    assert gone.status_code == 410 and "begin again without a cursor" in gone.json()["detail"]
    assert client.get("/api/changes", params={"cursor": "nonsense"}).status_code == 422
    status = client.get("/api/status").json()
    page = client.get("/api/changes", params={"cursor": status["changes_cursor"]}).json()
    assert page["data"] == [] and page["more"] is False and page["next"] == status["changes_cursor"]


def test_corrections_and_removals_are_told_of_events_articles_and_findings(wire, database, reader_of):
    folder = warehouse.published_folder(database)

    def publish(drones, **changed):
        article = wire.article(1, drones=drones, **changed)
        count = Count(value=drones, qualifier="exact")
        parts = [part.model_copy(update={"value": 30}) for part in wire.attack(article).breakdown]
        read = [wire.attack(article, count=count, breakdown=() if changed else tuple(parts))]
        read += [] if changed else [wire.strike(article)]
        with warehouse.open(database) as house:
            house.load([(article, read)], run_id="r", extractor_version="rules-1")
        warehouse.publish_snapshot(database, folder)

    publish(9)
    reader = reader_of(folder)
    copies = {of: Copy(reader, of) for of in LOGS}
    first = {of: copy.read(9, 100) for of, copy in copies.items()}
    assert {of: len(page["data"]) for of, page in first.items()} == {
        "facts": 2, "events": 2, "articles": 1, "findings": 1
    }  # fmt: skip
    publish(41, title="更正：河岸日报第1号：北岸军方通报")
    later = {of: copy.read(9, 100) for of, copy in copies.items()}
    assert {change["correction"] for page in later.values() for change in page["data"]} == {"corrected"}
    assert [change["operation"] for change in later["findings"]["data"]] == ["removed"]
    (told,) = later["articles"]["data"]
    assert told["operation"] == "changed" and {"title", "version", "correction"} <= set(told["fields"])
    assert {change["operation"] for change in later["events"]["data"]} >= {"removed"}
    for of, copy in copies.items():
        assert copy.held == view(reader, of) and copy.hash == later[of][f"{of}_hash"]


def test_a_cursor_is_of_its_log(client):
    status = client.get("/api/status").json()
    most = max(status["changes_cursors"].values(), key=lambda cursor: int(cursor.partition(".")[0]))
    least = min(
        status["changes_cursors"], key=lambda of: int(status["changes_cursors"][of].partition(".")[0])
    )
    assert client.get(f"/api/changes/{least}", params={"cursor": most}).status_code == 410
