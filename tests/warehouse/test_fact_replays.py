"""Facts do not depend on how articles arrive: in which order, in which batches, from day to day, or interrupted."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

import pytest

import warehouse
from tests.warehouse.march import VERSION, at, everything, made_up, on


@pytest.mark.parametrize("seed", range(4))
def test_facts_do_not_depend_on_the_order_or_the_batches_of_loading(wire, tmp_path: Path, seed: int):
    chance = random.Random(seed)
    batch = made_up(wire, chance, 40)
    found = []
    for number in range(3):
        with warehouse.open(tmp_path / f"{number}.duckdb") as house:
            rest = chance.sample(batch, len(batch))
            while rest:
                size = chance.randrange(1, 12)
                part, rest = rest[:size], rest[size:]
                house.load(part, run_id="r", extractor_version=VERSION)
                if chance.random() < 0.7:
                    house.resolve()
            house.resolve()
            found.append(everything(house))
    assert found[0] == found[1] == found[2]
    assert len(found[0]["facts"]) > 10


def test_replaying_the_archive_day_by_day_gives_what_asking_as_of_that_day_gives(wire, tmp_path: Path):
    batch = made_up(wire, random.Random(9), 40)
    with warehouse.open(tmp_path / "all.duckdb") as whole, warehouse.open(tmp_path / "daily.duckdb") as daily:
        whole.load(batch, run_id="r", extractor_version=VERSION)
        whole.resolve()
        for day in range(2, 11):
            moment = at(day, 0)
            until = [pair for pair in batch if at(day - 1, 0) <= pair[0].published < moment]
            daily.load(until, run_id="r", extractor_version=VERSION)
            daily.resolve()
            asof = f"facts_asof(TIMESTAMPTZ '{(moment - datetime.timedelta(seconds=1)).isoformat()}')"
            assert (
                daily.query("FROM facts ORDER BY ALL").rows == whole.query(f"FROM {asof} ORDER BY ALL").rows
            )


def test_only_what_is_new_is_resolved_again(house, wire, load):
    load(made_up(wire, random.Random(2), 20))
    assert house.resolve().changed == 80
    assert house.resolve().changed == 0
    article = wire.article(99, published=at(9))
    load([(article, [wire.attack(article, when=on(9), attacker="IL", target="IR", places=(), breakdown=())])])
    again = house.resolve()
    assert (again.changed, again.decided) == (1, 1)


def test_every_current_event_belongs_to_exactly_one_fact(house, wire, load):
    load(made_up(wire, random.Random(4), 30))
    house.resolve()
    doubled = house.query("SELECT event_id FROM fact_members GROUP BY 1 HAVING count(*) <> 1").rows
    missing = house.query(
        "SELECT id FROM event WHERE believed_until IS NULL AND id NOT IN (SELECT event_id FROM fact_members)"
    ).rows
    assert doubled == missing == []


def test_an_interrupted_resolution_leaves_the_facts_as_they_were(house, wire, load, monkeypatch):
    load(made_up(wire, random.Random(4), 10))
    house.resolve()
    before = everything(house)
    load(made_up(wire, random.Random(5), 20)[10:])
    monkeypatch.setattr("warehouse.facts.rows.member_table", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        house.resolve()
    assert everything(house) == before
    monkeypatch.undo()
    assert house.resolve().changed > 0
