"""Our counts against the analysts' table: every reason, with its evidence."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import warehouse
from schemas import Claimant, Count, Period
from warehouse import Comparison, Difference
from warehouse.facts.statement import Range
from warehouse.series.explanation import REASONS, near

VERSION = "rules-1"
HEADING = "time_start,time_end,model,target,launched,destroyed,source\n"
WORDS = "北岸军方说，夜间击落了约40架无人机"


def on(day: int, until: int | None = None, precision: str = "day") -> Period:
    return Period(
        start=datetime.date(2026, 3, day),
        end=datetime.date(2026, 3, until or day),
        precision=precision,  # type: ignore[arg-type]
    )


def night(day: int, destroyed: int, *, launched: str = "", model: str = "Shahed-136/131") -> str:
    """A row on the night that ends on a day of March 2026."""
    return f"2026-03-{day - 1:02} 19:00,2026-03-{day:02} 08:00,{model},Ukraine,{launched},{destroyed}.0,kpszsu/{day}"


@pytest.fixture
def tell(house: warehouse.Warehouse, wire: Any) -> Callable[..., Sequence[str]]:
    """Loads an article with a count for each of `counts`; returns the ids of the events."""
    number = iter(range(1, 1000))

    def load(*counts: int | Count, day: int = 5, text: str = "", **slots: Any) -> Sequence[str]:
        published = datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC)
        article = wire.article(next(number), published=published, text=f"{WORDS}。\n{text}")
        plain = {
            "attacker": "RU",
            "target": "UA",
            "places": (),
            "breakdown": (),
            "claimed_by": None,
            "when": on(day),
        }
        events = []
        for index, count in enumerate(counts):
            number_of = Count(value=count, qualifier="exact") if isinstance(count, int) else count
            event = wire.attack(article, **plain | {"count": number_of} | slots)
            events.append(event.model_copy(update={"id": f"{event.id[:-1]}{index}"}))
        house.load([(article, events)], run_id="r", extractor_version=VERSION)
        return [event.id for event in events]

    return load


@pytest.fixture
def compare(house: warehouse.Warehouse, tmp_path: Path) -> Callable[..., Comparison]:
    """The comparison with a table of these rows."""

    def with_rows(*rows: str, **options: Any) -> Comparison:
        path = tmp_path / "table.csv"
        path.write_text(HEADING + "\n".join(rows), encoding="utf-8")
        house.resolve()
        return house.compare_attacks(path, **options)

    return with_rows


@pytest.fixture
def only(compare) -> Callable[..., Difference]:
    """The one difference there is, days by their end."""

    def one(*rows: str) -> Difference:
        (found,) = compare(*rows, boundary="end").differences
        return found

    return one


def test_the_same_number_agrees_and_names_event_article_and_source(tell, only):
    (event_id,) = tell(40)
    found = only(night(5, 40))
    assert (found.reason, found.table, found.ours, found.event_id) == ("agree", 40, 40, event_id)
    assert (found.url, found.evidence, found.source) == ("https://news.example.org/1", WORDS, "kpszsu/5")


def test_a_regions_number_that_is_the_whole_tables_agrees_and_so_does_a_sum_of_regions(tell, only):
    tell(22, places=("敖德萨",))
    assert only(night(5, 22)).reason == "agree"
    tell(8, places=("哈尔科夫",))
    found = only(night(5, 30))
    assert (found.reason, found.note) == ("agree", "the sum of 2 regions")


@pytest.mark.parametrize(
    ("count", "table", "reason"),
    [
        (Count(value=70, qualifier="more_than"), 74, "rounded"),
        (Count(value=70, qualifier="more_than"), 140, "differs"),
        (Count(value=40, qualifier="about"), 38, "rounded"),
        (Count(qualifier="dozens"), 64, "rounded"),
        (Count(qualifier="several"), 14, "differs"),
        (Count(value=30, high=50, qualifier="range"), 44, "rounded"),
    ],
)
def test_a_number_within_its_qualifier_is_rounded(tell, only, count, table, reason):
    tell(count)
    assert only(night(5, table)).reason == reason


def test_another_claimants_number_is_named_with_the_claimant(tell, only):
    tell(12, claimed_by=Claimant(name="北岸军方"))
    tell(12, claimed_by=Claimant(name="河口市政府"))
    tell(40, claimed_by=Claimant(name="南岸空军"))
    found = only(night(5, 40))
    assert (found.reason, found.ours, found.note) == ("other claimant", 12, "南岸空军 says so")


def test_a_number_on_the_next_day_is_of_another_window(tell, compare):
    tell(40)
    found = compare(night(4, 40), night(6, 77), boundary="end").differences
    assert [(each.reason, each.note) for each in found] == [
        ("other window", "ours is of 2026-03-05"),
        ("missing article", "no article of 2026-03-06 to 2026-03-08 speaks of such weapons"),
    ]


def test_a_number_that_the_table_has_on_the_next_day_is_of_another_window(tell, compare):
    tell(40)
    first, second = compare(night(5, 33), night(6, 40), boundary="end").differences
    assert (first.reason, first.note) == ("other window", "the table has it on 2026-03-06")
    assert second.reason == "other window"


def test_a_number_of_one_report_of_the_day_is_of_another_window(tell, only):
    tell(27)
    found = only(night(5, 27), night(5, 3, model="Lancet"))
    assert (found.reason, found.table) == ("other window", 30)
    assert found.note == "the table has it as its report of Shahed-136/131 alone"


def test_an_undated_number_in_the_news_of_the_day_is_of_another_window(tell, only):
    tell(40, when=None)
    assert only(night(4, 40)).note == "ours is undated, in the news of 2026-03-05"


def test_a_small_number_on_another_day_proves_nothing(tell, compare):
    tell(2)
    (first, *_) = compare(night(4, 2), night(6, 77), boundary="end").differences
    assert first.reason == "missing article"


def test_a_region_alone_is_told_as_such(tell, only):
    tell(4, places=("敖德萨",))
    found = only(night(5, 40))
    assert (found.reason, found.ours) == ("region only", 4)


def test_a_number_in_the_news_without_an_event_is_an_error_suspected(tell, only):
    tell(text="乌克兰空军说，来袭的无人机中有58架被打了下来。")
    found = only(night(5, 58))
    assert (found.reason, found.note) == ("extraction error suspected", "no event was read from it")
    assert found.evidence == "乌克兰空军说，来袭的无人机中有58架被打了下来"
    assert found.event_id is None


@pytest.mark.parametrize(
    "text",
    ["河谷州说，58架无人机被击落。", "乌克兰说，158架无人机被击落。", "乌克兰说，无人机的58名操作员阵亡。"],
)
def test_a_number_of_another_war_or_thing_is_no_error(tell, only, text):
    tell(text=text)
    assert only(night(5, 58)).reason == "missing article"


def test_a_number_read_with_other_sides_is_suspect_only_beside_one_of_that_day(tell, compare, house, wire):
    text = "乌克兰说，79架无人机来袭。"
    tell(79, text=text, attacker="UA", target="RU")
    row = night(5, 79, launched="91")
    reasons = [each.reason for each in compare(row, boundary="end").differences]
    assert reasons == ["missing article", "missing article"]
    moment = datetime.datetime(2026, 3, 5, 13, tzinfo=datetime.UTC)
    article = wire.article(500, published=moment, text=f"{WORDS}。\n{text}")
    common = {"places": (), "breakdown": (), "claimed_by": None, "when": on(5)}
    right = {"attacker": "RU", "target": "UA", "outcome": "launched"}
    events = [
        wire.attack(article, count=Count(value=91, qualifier="exact"), **common | right),
        wire.attack(article, id="the-wrong-one", count=Count(value=79, qualifier="exact"), **common),
    ]
    house.load([(article, events)], run_id="r", extractor_version=VERSION)
    suspect, launched = compare(row, boundary="end").differences
    assert (launched.outcome, launched.reason) == ("launched", "agree")
    assert (suspect.reason, suspect.event_id) == ("extraction error suspected", "the-wrong-one")
    assert suspect.note == "read as UA → RU drone intercepted 2026-03-05"


def test_all_weapons_together_taken_for_one_is_an_error_suspected(tell, compare):
    tell(92)
    (drones, missiles) = compare(night(5, 55), night(5, 37, model="Kalibr"), boundary="end").differences
    assert (drones.reason, drones.note) == (
        "extraction error suspected",
        "the table has it for all weapons together",
    )
    assert missiles.reason == "missing article"


def test_a_number_that_nothing_explains_differs(tell, only):
    tell(61)
    found = only(night(5, 40))
    assert (found.reason, found.ours, found.note) == ("differs", 61, "")


def test_a_missing_article_says_how_many_speak_of_such_weapons(tell, only):
    assert only(night(5, 40)).note == "no article of 2026-03-05 to 2026-03-07 speaks of such weapons"
    tell(text="乌克兰说，击退了无人机。", day=6)
    assert only(night(5, 40)).note == (
        "articles of 2026-03-05 to 2026-03-07 on such weapons: 1, none gives this number"
    )


def test_what_the_table_lacks_is_listed_too(tell, compare):
    tell(40, day=5)
    tell(7, day=5, outcome="launched", attacker=None)
    (first, second) = compare(night(5, 40), boundary="end").differences
    assert (first.outcome, first.reason) == ("intercepted", "agree")
    assert (second.reason, second.table, second.ours) == ("not in table", None, 7)


def test_other_sides_and_denied_or_planned_counts_are_not_ours(tell, only):
    tell(40, attacker="UA", target="RU")
    tell(40, attacker=None, target=None)
    tell(40, modality="denied")
    assert only(night(5, 40)).reason == "missing article"


def test_the_boundary_under_which_most_agree_is_taken(tell, compare):
    for day, value in ((4, 40), (7, 50)):
        tell(value, day=day)
    found = compare(night(5, 40), night(8, 50))
    assert (found.boundary, found.agreements) == ("start", {"end": 0, "start": 2, "night": 2})
    assert compare(night(5, 40), night(8, 50), boundary="end").matching == 0


def test_days_outside_those_asked_for_are_left_out(tell, compare):
    tell(40, day=5)
    rows = [night(day, 40 + day) for day in range(2, 9)]
    span = {"first": datetime.date(2026, 3, 4), "last": datetime.date(2026, 3, 6)}
    found = compare(*rows, boundary="end", **span)
    assert {each.day.day for each in found.differences} == {4, 5, 6}


def test_the_figures_add_up(tell, compare):
    tell(40, day=4)
    tell(7, day=5)
    found = compare(night(4, 40), night(5, 40), night(6, 80), boundary="end")
    assert list(found.reasons) == list(REASONS)
    assert sum(found.reasons.values()) == len(found.differences) == 3
    assert (found.compared, found.matching) == (2, 1)


def test_a_table_with_nothing_to_compare_is_refused(compare):
    with pytest.raises(warehouse.TableRefused, match=r"no row that can be compared; left out: .*no window"):
        compare("soon,later,ZALA,south,1,1,x/1")


def test_a_reader_that_may_not_touch_files_reads_the_table(tell, database, house, tmp_path):
    tell(40)
    house.resolve()
    house.close()
    table = tmp_path / "table.csv"
    table.write_text(HEADING + night(5, 40))
    with warehouse.open(database, read_only=True) as reader:
        assert reader.compare_attacks(table).matching == 1


def test_neither_the_order_of_rows_nor_that_of_loading_matters(wire, tmp_path):
    chance = random.Random(7)
    batch = []
    for number in range(30):
        day = chance.randrange(3, 9)
        published = datetime.datetime(2026, 3, day, 12, tzinfo=datetime.UTC)
        article = wire.article(number, published=published, text=f"{WORDS}。")
        count = Count(value=chance.choice([20, 21, 40]), qualifier=chance.choice(["exact", "about"]))
        common = {"attacker": "RU", "target": "UA", "breakdown": (), "places": (), "when": on(day)}
        batch.append((article, [wire.attack(article, count=count, claimed_by=None, **common)]))
    rows = [night(day, chance.choice([20, 21, 40])) for day in range(3, 10)]
    found = []
    for number in range(2):
        chance.shuffle(batch)
        chance.shuffle(rows)
        (tmp_path / "table.csv").write_text(HEADING + "\n".join(rows))
        with warehouse.open(tmp_path / f"{number}.duckdb") as house:
            house.load(batch, run_id="r", extractor_version=VERSION)
            house.resolve()
            found.append(house.compare_attacks(tmp_path / "table.csv"))
    assert found[0] == found[1]


def test_an_open_number_means_its_neighbourhood():
    assert near(Range(70, 70, None), 80) and not near(Range(70, 70, None), 90)
    assert near(Range(None, 70, 70), 60) and not near(Range(None, 70, 70), 40)
    assert near(Range(20, None, 99), 64) and not near(Range(20, None, 99), 100)
