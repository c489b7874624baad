"""What a load writes, keeps and refuses."""

from __future__ import annotations

import datetime

import pytest

import warehouse
from schemas import KINDS, Count, Money, Span

MORNING = datetime.datetime(2026, 3, 6, 8, 0, tzinfo=datetime.UTC)
NOON = MORNING + datetime.timedelta(hours=4)
EVENING = NOON + datetime.timedelta(hours=6)


def test_a_first_load_adds_articles_and_events(house, load, wire):
    result = load(wire.batch([1, 2, 3]))
    assert result == warehouse.LoadResult(
        added=3, events={"attack_count": 3, "aid_announcement": 3, "meeting": 3, "strike": 3}
    )
    counts = house.counts()
    assert counts == {
        "articles": 3,
        "attack_count": 3,
        "aid_announcement": 3,
        "meeting": 3,
        "strike": 3,
        "issues": 0,
        "runs": 0,
    }


def test_the_same_batch_twice_changes_no_row(house, load, wire, dump):
    load(wire.batch(range(20)), now=MORNING)
    before = dump(house)
    result = load(wire.batch(range(20)), now=NOON, run_id="run-2")
    assert (result.added, result.changed, result.reread, result.unchanged) == (0, 0, 0, 20)
    assert result.events["meeting"] == 20
    assert dump(house) == before
    assert len(before["event"]) == 80 and len(before["evidence"]) == 100


def test_the_order_and_cut_of_batches_make_no_difference(tmp_path, wire, dump):
    def loaded(name, batches):
        with warehouse.open(tmp_path / name) as opened:
            for batch in batches:
                opened.load(batch, run_id="run-1", extractor_version="rules-1", now=MORNING)
            return dump(opened)

    forward = loaded("forward.duckdb", [wire.batch([1, 2, 3]), wire.batch([4, 5])])
    backward = loaded("backward.duckdb", [wire.batch([5]), wire.batch([4, 3, 2]), wire.batch([1, 2])])
    for table in ("article", "reading", "event", "evidence"):
        assert forward[table] == backward[table]
        assert forward[table]


def test_a_changed_article_keeps_its_old_version(house, load, wire):
    load(wire.batch([1, 2], drones=5), now=MORNING)
    result = load(wire.batch([1], drones=6), now=NOON, run_id="run-2")
    assert (result.changed, result.added, result.unchanged) == (1, 0, 0)
    texts = house.query(
        "SELECT version, contains(text, '另有5架'), run_id, believed_from, believed_until FROM article "
        "WHERE id = 'wire-00001' ORDER BY version"
    ).rows
    assert texts == [(1, True, "run-1", MORNING, NOON), (2, False, "run-2", NOON, None)]
    events = house.query(
        "SELECT version, article_version, believed_from, believed_until FROM event_history "
        "WHERE article_id = 'wire-00001' AND kind = 'meeting' ORDER BY version"
    ).rows
    assert events == [(1, 1, MORNING, NOON), (2, 2, NOON, None)]
    assert house.counts()["meeting"] == 2
    other = house.query("SELECT count(*) FROM event WHERE article_id = 'wire-00002'").rows
    assert other == [(4,)]


def test_the_history_shows_each_event_with_the_text_it_was_read_from(house, load, wire):
    load(wire.batch([1], drones=5), now=MORNING)
    load(wire.batch([1], drones=6, title="河岸日报：更正"), now=NOON)
    titles = house.query("SELECT title FROM event_history WHERE kind = 'strike' ORDER BY believed_from").rows
    assert titles == [("河岸日报第1号：北岸军方通报",), ("河岸日报：更正",)]
    assert house.query("SELECT title FROM strikes").rows == [("河岸日报：更正",)]


def test_a_reread_that_finds_the_same_keeps_the_rows_and_names_the_new_version(house, load, wire, dump):
    load(wire.batch([1, 2]), now=MORNING)
    before = dump(house)
    result = load(wire.batch([1, 2], version="rules-2"), extractor_version="rules-2", now=NOON)
    assert (result.reread, result.unchanged, result.events["strike"]) == (2, 0, 2)
    after = dump(house)
    assert after["event"] == before["event"] and after["evidence"] == before["evidence"]
    assert after["article"] == before["article"]
    assert len(after["reading"]) == 4
    assert set(house.query("SELECT extractor_version FROM meetings").rows) == {("rules-2",)}
    assert set(house.query("SELECT extractor_version FROM event_history").rows) == {("rules-1",)}


def test_a_reread_replaces_only_the_events_that_it_reads_otherwise(house, load, wire):
    article = wire.article(1)
    load([(article, wire.events(article))], now=MORNING)
    corrected = wire.attack(article, "rules-2", count=Count(value=41, qualifier="exact"))
    kept = wire.meeting(article, "rules-2")
    result = load([(article, [corrected, kept])], extractor_version="rules-2", now=NOON)
    assert result.reread == 1
    assert result.events == {"attack_count": 1, "aid_announcement": 0, "meeting": 1, "strike": 0}
    rows = house.query("SELECT kind, version, believed_from, believed_until FROM event ORDER BY ALL").rows
    assert rows == [
        ("aid_announcement", 1, MORNING, NOON),
        ("attack_count", 1, MORNING, NOON),
        ("attack_count", 2, NOON, None),
        ("meeting", 1, MORNING, None),
        ("strike", 1, MORNING, NOON),
    ]
    assert house.query("SELECT count, extractor_version FROM attack_counts").rows == [(41, "rules-2")]
    spans = "SELECT event_version, count(*) FROM evidence WHERE event_id = ? GROUP BY 1 ORDER BY 1"
    assert house.query(spans, [corrected.id]).rows == [(1, 2), (2, 2)]


def test_an_event_that_comes_back_is_a_new_version(house, load, wire):
    article = wire.article(1)
    for version, events, now in (
        ("rules-1", [wire.meeting(article, "rules-1")], MORNING),
        ("rules-2", [], NOON),
        ("rules-3", [wire.meeting(article, "rules-3")], EVENING),
    ):
        load([(article, events)], extractor_version=version, now=now)
    rows = house.query("SELECT version, believed_from, believed_until FROM event ORDER BY version").rows
    assert rows == [(1, MORNING, NOON), (2, EVENING, None)]


def test_a_corrected_address_is_taken_over_when_the_article_is_read_anew(house, load, wire):
    load(wire.batch([1]), now=MORNING)
    moved = {"url": "https://news.example.org/moved"}
    assert load(wire.batch([1], **moved), now=NOON).unchanged == 1
    result = load(wire.batch([1], version="rules-2", **moved), extractor_version="rules-2", now=EVENING)
    assert result.reread == 1
    assert house.query("SELECT url FROM meetings").rows == [("https://news.example.org/moved",)]
    assert house.query("SELECT article_version FROM event WHERE believed_until IS NULL").rows == [(2,)] * 4


def test_an_article_without_events_counts_as_read(house, load, wire):
    article = wire.article(1)
    assert load([(article, [])]).added == 1
    assert house.seen([article], extractor_version="rules-1") == {article.id}


def test_seen_asks_for_text_and_version(house, load, wire):
    old, changed, new = wire.article(1), wire.article(2, drones=9), wire.article(3)
    load(wire.batch([1, 2]))
    assert house.seen([old, changed, new], extractor_version="rules-1") == {old.id}
    assert house.seen([old], extractor_version="rules-2") == set()
    assert house.seen([], extractor_version="rules-1") == set()
    load(wire.batch([2], drones=9))
    assert house.seen([old, changed], extractor_version="rules-1") == {old.id, changed.id}
    assert house.seen([wire.article(2)], extractor_version="rules-1") == set()


def test_belief_never_ends_before_it_began(house, load, wire):
    load(wire.batch([1], drones=5), now=NOON)
    load(wire.batch([1], drones=6), now=MORNING)
    load(wire.batch([1], drones=7), now=NOON)
    rows = house.query("SELECT believed_from, believed_until FROM article ORDER BY version").rows
    assert rows[0][0] == NOON and rows[-1][1] is None
    assert all(begin < end for begin, end in rows[:-1])
    assert [end for _, end in rows[:-1]] == [begin for begin, _ in rows[1:]]


def test_an_empty_batch_does_nothing(house, load, dump):
    before = dump(house)
    assert load([]) == warehouse.LoadResult(events=dict.fromkeys(KINDS, 0))
    assert dump(house) == before


def test_a_mixed_batch_counts_each_outcome(load, wire):
    load(wire.batch([1, 2]))
    result = load([*wire.batch([1, 3]), *wire.batch([2], drones=9)])
    assert (result.added, result.changed, result.reread, result.unchanged) == (1, 1, 0, 1)
    assert result.events["strike"] == 3


def _twice(wire):
    return wire.batch([1, 1]), "article wire-00001 is in the batch twice"


def _same_event_id(wire):
    (first, events), (second, _) = wire.batch([1, 2])
    clash = wire.meeting(second, id=events[2].id)
    return [(first, events), (second, [clash])], "is in the batch twice"


def _other_article(wire):
    article, other = wire.article(1), wire.article(2)
    return [(article, [wire.meeting(other)])], "belongs to article wire-00002"


def _other_version(wire):
    article = wire.article(1)
    return [(article, [wire.meeting(article, "rules-0")])], "found by extractor version rules-0"


def _false_evidence(wire):
    article = wire.article(1)
    span = wire.span(article, "两国外长")
    shifted = Span(start=span.start + 1, end=span.end + 1, text=span.text)
    return [(article, [wire.meeting(article, evidence=(shifted,))])], "offsets are of another text"


def _false_claimant(wire):
    article = wire.article(1)
    claimant = {"name": "北岸军方", "span": Span(part="title", start=0, end=4, text="北岸军方")}
    return [(article, [wire.meeting(article, claimed_by=claimant)])], "claimant says title"


def _too_large(wire):
    article = wire.article(1)
    event = wire.attack(article, count=Count(value=2**63, qualifier="exact"))
    return [(article, [event])], "beyond 64 bits"


def _endless(wire):
    article = wire.article(1)
    amount = Money(value=float("inf"), qualifier="about", currency="USD")
    return [(article, [wire.aid(article, amount=amount)])], r"amount\.value: inf is not a finite number"


@pytest.mark.parametrize(
    "make",
    [
        _endless,
        _twice,
        _same_event_id,
        _other_article,
        _other_version,
        _false_evidence,
        _false_claimant,
        _too_large,
    ],
)
def test_a_batch_that_contradicts_itself_is_refused_whole(house, load, wire, dump, make):
    load(wire.batch([7]))
    before = dump(house)
    batch, words = make(wire)
    with pytest.raises(ValueError, match=words) as caught:
        load([*wire.batch([8]), *batch])
    assert isinstance(caught.value, warehouse.WarehouseError)
    assert dump(house) == before


def test_an_event_id_of_another_article_rolls_the_load_back(house, load, wire, dump):
    load(wire.batch([1]))
    before = dump(house)
    article = wire.article(2)
    foreign = wire.meeting(article, id=wire.meeting(wire.article(1)).id)
    with pytest.raises(warehouse.LoadRefused, match=r"2 current events with id .*rolled back"):
        load([(article, [foreign])])
    assert dump(house) == before
    assert load(wire.batch([2])).added == 1


def test_a_load_needs_a_time_with_an_offset(load, wire):
    with pytest.raises(ValueError, match="UTC offset"):
        load(wire.batch([1]), now=datetime.datetime(2026, 3, 6, 8, 0))


def test_twenty_thousand_events_load_in_seconds(house, load, wire):
    batch = wire.batch(range(5000))
    begin = datetime.datetime.now(datetime.UTC)
    assert load(batch).added == 5000
    assert load(batch).unchanged == 5000
    took = datetime.datetime.now(datetime.UTC) - begin
    assert took < datetime.timedelta(seconds=20), "row-by-row loading takes minutes"
    assert house.counts()["attack_count"] == 5000
