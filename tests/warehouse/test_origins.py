"""Which articles are reprints, as loaded: any order, any cut, nothing overwritten."""

from __future__ import annotations

import datetime
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from schemas import Article
from warehouse.origins import search, trace
from warehouse.origins.signature import SCHEME, bands
from warehouse.origins.wording import read_wording

BEGIN = datetime.datetime(2026, 3, 5, 8, 0, tzinfo=datetime.UTC)
LEAD = "河谷州军方5日早晨通报，夜间有83架无人机从三个方向飞来，防空部队击落了其中的46架。"
BODY = "另外31架偏离航线后失去踪迹，残骸落在两处农场，没有人员伤亡。河口市的一座仓库起火，消防队用了两个小时把火扑灭。"
TAIL = "州长感谢值班的人员，并请居民在警报解除以前不要离开掩蔽处。"
WIRE = LEAD + BODY + TAIL
OTHER = (
    "南岸政府宣布向河谷州提供3.5亿克朗的援助，其中有发电机、变压器和修路用的钢材，头一批在20日以前装船。"
    "财政大臣说，议会的各个党派都同意这笔开支。"
)
NEXT_DAY = WIRE.replace("5日", "6日").replace("83", "91").replace("46", "52")
LONGER = f"本报记者当天走访了河口市郊外的农场，场主说爆炸声持续了半个小时，窗户全碎了。\n{WIRE}"
TEXTS = (
    WIRE,
    LEAD + BODY,
    LONGER,
    "（河岸社河口3月5日电）" + WIRE,
    WIRE.replace("，", ", "),
    NEXT_DAY,
    OTHER,
    BODY + TAIL,
)

ORIGINS = (
    "SELECT article_id, origin_id, copied_from, similarity, reason FROM article_origins ORDER BY article_id"
)


def article(name: str, text: str, hours: float = 0, **fields: object) -> Article:
    """An article published some hours after the first."""
    published = BEGIN + datetime.timedelta(hours=hours)
    return Article.of(
        **{"source": name, "title": name, "key": name, "text": text, "published": published} | fields
    )


def stored(house: warehouse.Warehouse, *articles: Article, **options: object) -> None:
    """Loads articles without events."""
    house.load([(each, []) for each in articles], **{"run_id": "run-1", "extractor_version": "v"} | options)


def origin_of(house: warehouse.Warehouse) -> dict[str, str]:
    """The current origin of each article."""
    return dict(house.query("SELECT article_id, origin_id FROM article_origins").rows)


def test_a_reprint_has_the_earliest_article_as_its_origin(house):
    stored(house, article("c", WIRE, 3), article("a", WIRE, 2), article("b", WIRE, 1), article("d", OTHER, 0))
    assert origin_of(house) == {"a": "b", "b": "b", "c": "b", "d": "d"}


def test_of_articles_published_at_one_moment_the_least_id_is_the_origin(house):
    stored(house, article("b", WIRE), article("a", WIRE))
    assert origin_of(house) == {"a": "a", "b": "a"}


def test_the_view_says_how_a_reprint_agrees_with_what_it_was_copied_from(house):
    stored(
        house, article("a", WIRE), article("b", LEAD + BODY, 1), article("c", WIRE, 2), article("d", OTHER, 1)
    )
    rows = house.query(
        "SELECT article_id, is_reprint, copied_from, similarity, reason FROM article_origins ORDER BY 1"
    ).rows
    assert rows == [
        ("a", False, None, 1.0, "own"),
        ("b", True, "a", 1.0, "near"),
        ("c", True, "a", 1.0, "equal"),
        ("d", False, None, 1.0, "own"),
    ]


def test_tomorrows_communique_in_the_same_template_is_its_own_origin(house):
    stored(house, article("a", WIRE), article("b", NEXT_DAY, 24), article("c", WIRE, 26))
    assert origin_of(house) == {"a": "a", "b": "b", "c": "a"}


def test_a_corrected_number_makes_an_origin_of_its_own(house):
    stored(house, article("a", WIRE), article("b", WIRE.replace("31架", "32架"), 1))
    assert origin_of(house) == {"a": "a", "b": "b"}


def test_a_copy_may_come_within_a_week(house):
    stored(house, article("a", WIRE), article("b", WIRE, 7 * 24), article("c", LONGER, 7 * 24 + 0.1))
    assert origin_of(house)["b"] == "a"
    assert origin_of(house)["c"] == "a", "by way of b, a day later than a could reach"
    assert house.query("SELECT copied_from FROM article_origins WHERE article_id = 'c'").rows == [("b",)]


def test_times_are_compared_across_time_zones(house):
    zones = {"a": 9, "b": -5, "c": 0}
    moments = {
        name: (BEGIN + datetime.timedelta(hours=6 - number)).astimezone(
            datetime.timezone(datetime.timedelta(hours=zone))
        )
        for number, (name, zone) in enumerate(zones.items())
    }
    stored(house, *(article(name, WIRE, published=moment) for name, moment in moments.items()))
    assert origin_of(house) == dict.fromkeys("abc", "c")


def test_a_text_that_names_no_day_is_no_reprint_the_day_after(house):
    text = "河谷州军方说，昨夜没有空袭，防空警报没有响起，供电和供水保持正常。军方请居民留意官方频道，不要传播未经证实的视频。"
    stored(
        house,
        article("a", text),
        article("b", text, 17),
        article("c", text, 24),
        article("d", text + TAIL, 25),
    )
    assert origin_of(house) == {"a": "a", "b": "a", "c": "a", "d": "a"}  # c follows b by seven hours
    stored(house, article("e", text, 100), article("f", text, 124))
    assert {name: origin_of(house)[name] for name in "ef"} == {"e": "e", "f": "f"}


def test_articles_without_a_text_are_their_own_origins(house):
    stored(house, article("a", ""), article("b", "", 1), article("c", "短讯。", 1), article("d", "短讯。", 2))
    assert origin_of(house) == {name: name for name in "abcd"}


def test_an_earlier_article_that_comes_late_becomes_the_origin(house):
    stored(house, article("b", WIRE, 2), now=BEGIN)
    stored(house, article("c", LONGER, 3), now=BEGIN + datetime.timedelta(hours=1))
    stored(house, article("a", LEAD + BODY, 1), now=BEGIN + datetime.timedelta(hours=2), run_id="run-2")
    assert origin_of(house) == {"a": "a", "b": "a", "c": "a"}
    history = house.query(
        "SELECT origin_id, run_id, believed_from, believed_until FROM origin WHERE article_id = 'b' ORDER BY ALL"
    ).rows
    late = BEGIN + datetime.timedelta(hours=2)
    assert history == [("a", "run-2", late, None), ("b", "run-1", BEGIN, late)]


def test_a_changed_article_is_compared_anew_and_so_are_its_copies(house):
    stored(house, article("a", WIRE), article("b", WIRE, 1), article("c", LONGER, 2))
    stored(house, article("a", OTHER))
    assert origin_of(house) == {"a": "a", "b": "b", "c": "b"}
    stored(house, article("a", WIRE))
    assert origin_of(house) == {"a": "a", "b": "a", "c": "a"}
    versions = house.query(
        "SELECT article_version, believed_until IS NULL FROM origin WHERE article_id = 'a' ORDER BY ALL"
    ).rows
    assert versions == [(1, False), (2, False), (3, True)]


def test_loading_again_and_reading_again_change_no_origin(house, dump):
    stored(house, article("a", WIRE), article("b", WIRE, 1))
    before = dump(house)
    stored(house, article("b", WIRE, 1), article("a", WIRE))
    stored(house, article("a", WIRE), extractor_version="w")
    after = dump(house)
    assert after["origin"] == before["origin"] and after["signature"] == before["signature"]


def test_belief_in_an_origin_never_ends_before_it_began(house):
    stored(house, article("b", WIRE, 1), now=BEGIN + datetime.timedelta(days=9))
    stored(house, article("a", WIRE), now=BEGIN)
    rows = house.query(
        "SELECT believed_from, believed_until FROM origin WHERE article_id = 'b' ORDER BY 1"
    ).rows
    assert rows[0][0] < rows[0][1] == rows[1][0] and rows[1][1] is None


def test_only_what_may_be_a_copy_of_what_is_new_is_compared(house, monkeypatch):
    compared = []
    monkeypatch.setattr(trace, "judge", lambda *pair: compared.append(pair))
    stored(house, article("a", WIRE), article("b", OTHER))
    stored(house, article("c", LONGER, 1))
    assert [tuple(wording.words for wording in pair) for pair in compared] == [
        (read_wording(LONGER).words, read_wording(WIRE).words)
    ]
    stored(
        house,
        article("d", "会议讨论了港口的扩建，与会者同意在秋天以前拿出图纸，费用由两省分担，工期三年。", 2),
    )
    assert len(compared) == 1


def test_a_flood_of_one_template_is_not_compared_pair_by_pair(house, monkeypatch):
    compared = []
    monkeypatch.setattr(trace, "judge", lambda *pair: compared.append(pair))
    flood = [article(f"{n:04}", WIRE.replace("83", str(100 + n)), n / 60) for n in range(1500)]
    stored(house, *flood, *(article(f"x{n:04}", OTHER, n / 60) for n in range(1500)))
    assert not compared
    origins = origin_of(house)
    assert all(origins[f"{n:04}"] == f"{n:04}" for n in range(1500))
    assert {origins[f"x{n:04}"] for n in range(1500)} == {"x0000"}


def test_articles_from_before_there_were_origins_are_taken_up_by_the_next_load(house, monkeypatch):
    monkeypatch.setattr(search, "CHUNK", 2)
    stored(house, *(article(name, WIRE, hours) for hours, name in enumerate("abcde")))
    expected = house.query(ORIGINS).rows
    house._connection.execute("DELETE FROM origin")
    house._connection.execute("DELETE FROM signature")
    stored(house, article("z", OTHER))
    assert house.query(ORIGINS).rows == [*expected, ("z", "z", None, 1.0, "own")]


def test_signatures_of_another_scheme_are_made_anew(house):
    stored(house, article("a", WIRE))
    house._connection.execute("UPDATE signature SET scheme = 'of an older version', bands = []")
    stored(house, article("b", LONGER, 1))
    assert origin_of(house) == {"a": "a", "b": "a"}
    schemes = house.query("SELECT scheme FROM signature WHERE believed_until IS NULL").rows
    assert schemes == [(SCHEME,)] * 2


def test_a_signature_stays_what_it_is():
    """Signatures are stored: where this fails, raise WORDING_VERSION or SEED, or pin the library."""
    found = bands(read_wording(WIRE))
    assert len(found) == 64
    assert found[:2] == [2267488552922746710, 11618848458845093410]


PLAN = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.integers(0, 40).map(lambda step: step * 6)), min_size=1, max_size=9
)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(plan=PLAN, data=st.data())
def test_every_order_and_cut_of_loading_gives_the_same_origins(plan, data):
    articles = [article(f"{number:02}", text, hours) for number, (text, hours) in enumerate(plan)]
    shuffled = data.draw(st.permutations(articles))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(articles)))) | {0, len(articles)})
    # Some come with another text first, and are corrected later.
    drafts = [
        article(each.id, data.draw(st.sampled_from(TEXTS)), 3, title="初稿")
        for each in data.draw(st.lists(st.sampled_from(articles), unique_by=lambda a: a.id))
    ]
    with tempfile.TemporaryDirectory() as folder:
        with warehouse.open(Path(folder) / "whole.duckdb") as house:
            stored(house, *articles)
            expected = house.query(ORIGINS).rows
        with warehouse.open(Path(folder) / "parts.duckdb") as house:
            stored(house, *drafts)
            for low, high in itertools.pairwise(cuts):
                stored(house, *shuffled[low:high])
            assert house.query(ORIGINS).rows == expected


@pytest.mark.parametrize("table", ["origin", "signature"])
def test_one_row_of_each_article_is_current(house, table):
    for text in (WIRE, OTHER, WIRE):
        stored(house, article("a", text), article("b", LONGER, 1))
    rows = house.query(
        f"SELECT article_id, count(*) FROM {table} WHERE believed_until IS NULL GROUP BY 1 ORDER BY 1"
    )
    assert rows.rows == [("a", 1), ("b", 1)]
