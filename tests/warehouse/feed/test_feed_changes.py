"""The change feed: whoever applies it has the view, whenever they read and however often."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import warehouse
from schemas import Count


class Copy:
    """A reader's copy of the facts, kept by the change feed alone."""

    def __init__(self, reader):
        self.reader = reader
        self.facts = {}
        self.hashes = {}
        self.cursor = None

    def read(self, pages, limit):
        """Apply so many pages of changes; whether there are more."""
        for _ in range(pages):
            asked = {"limit": limit} | ({"cursor": self.cursor} if self.cursor else {})
            answer = self.reader.get("/api/changes", params=asked)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for change in page["data"]:
                if change["fact"] is None:
                    assert change["operation"] == "removed"
                    self.facts.pop(change["fact_id"], None)
                    self.hashes.pop(change["fact_id"], None)
                else:
                    self.facts[change["fact_id"]] = change["fact"]
                    self.hashes[change["fact_id"]] = change["hash"]
            self.cursor = page["next"]
            if not page["more"]:
                return page
        return None

    @property
    def hash(self):
        lines = "".join(f"{fact_id} {each}\n" for fact_id, each in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()


def view(reader):
    found, cursor = {}, None
    while True:
        page = reader.get("/api/facts", params={"limit": 50} | ({"cursor": cursor} if cursor else {})).json()
        found |= {fact["fact_id"]: fact for fact in page["data"]}
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
                copies = [Copy(reader), Copy(reader)]
            copies[0].read(1 if lazy else 100, limit)
        for copy in (*copies, Copy(reader)):
            page = copy.read(200, limit)
            assert copy.facts == view(reader)
            assert copy.hash == page["facts_hash"] == reader.get("/api/status").json()["facts_hash"]


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
