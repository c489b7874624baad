"""Events become facts: what belongs together, whose version counts, and what was known when."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

import warehouse
from schemas import Article, Count, EventBase, Participant
from tests.warehouse.march import VERSION, Row, at, by, dollars, exactly, on

Tell = Callable[..., str]


@pytest.fixture
def tell(house: warehouse.Warehouse, wire: Any) -> Tell:
    """Loads an article with one event and returns the event's id: `tell("attack", 1, published=at(4), count=…)`."""

    def load(kind: str, number: int, *, published: datetime.datetime, **slots: Any) -> str:
        article = wire.article(number, published=published)
        plain: Row = {"places": (), "breakdown": (), "claimed_by": None} if kind == "attack" else {}
        event: EventBase = getattr(wire, kind)(article, **plain | slots)
        house.load([(article, [event])], run_id="run-1", extractor_version=VERSION)
        return event.id

    return load


@pytest.fixture
def facts(house: warehouse.Warehouse) -> Callable[..., list[Row]]:
    """The facts after resolving, by when they were first reported."""

    def resolved(moment: datetime.datetime | None = None) -> list[Row]:
        house.resolve()
        source = f"facts_asof(TIMESTAMPTZ '{moment.isoformat()}')" if moment else "facts"
        table = house.query(f"FROM {source} ORDER BY first_reported, fact_id")
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return resolved


def test_the_same_count_of_the_same_day_by_several_outlets_is_one_corroborated_fact(tell, facts):
    for number in (1, 2, 3):
        tell("attack", number, published=at(5, number), when=on(4, 5, "night"), count=exactly(40))
    (fact,) = facts()
    assert (fact["status"], fact["articles"], fact["value"]) == ("corroborated", 3, 40)


def test_a_night_that_ends_on_a_day_is_that_days_report(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(4, 5, "night"), count=exactly(40))
    tell("attack", 2, published=at(5, 2), when=on(5), count=exactly(40))
    assert len(facts()) == 1


def test_tomorrows_report_is_another_fact(tell, facts):
    tell("attack", 1, published=at(5), when=on(4, 5, "night"), count=exactly(40))
    tell("attack", 2, published=at(6), when=on(5, 6, "night"), count=exactly(41))
    assert [fact["value"] for fact in facts()] == [40, 41]


def test_a_region_is_counted_apart_from_the_whole_country(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(5), count=exactly(83))
    tell("attack", 2, published=at(5, 2), when=on(5), count=exactly(36), places=("库尔斯克州",))
    tell("attack", 3, published=at(5, 3), when=on(5), count=exactly(36), places=("库尔斯克",))
    assert sorted((fact["value"], fact["articles"]) for fact in facts()) == [(36, 2), (83, 1)]


def test_two_numbers_of_one_article_and_claimant_are_two_facts(house, wire, facts):
    article = wire.article(1, published=at(5))
    first = wire.attack(article, count=exactly(40), places=(), breakdown=())
    second = wire.attack(article, count=exactly(12), places=(), breakdown=(), id="another-event-id")
    house.load([(article, [first, second])], run_id="r", extractor_version=VERSION)
    assert sorted(fact["value"] for fact in facts()) == [12, 40]


def test_rival_claims_in_one_article_are_one_contested_fact(house, wire, facts):
    article = wire.article(1, published=at(5))
    common = {"places": (), "breakdown": ()}
    first = wire.attack(article, count=exactly(40), claimed_by=by("北岸军方"), **common)
    second = wire.attack(
        article, count=exactly(12), claimed_by=by("南岸军方"), id="another-event-id", **common
    )
    house.load([(article, [first, second])], run_id="r", extractor_version=VERSION)
    assert [fact["status"] for fact in facts()] == ["contested"]


def test_rival_claimants_make_a_fact_contested_and_each_keeps_its_figure(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(5), count=exactly(40), claimed_by=by("北岸军方"))
    tell("attack", 2, published=at(5, 2), when=on(5), count=exactly(12), claimed_by=by("南岸军方"))
    (fact,) = facts()
    assert (fact["status"], fact["low"], fact["high"]) == ("contested", 12, 40)
    claims = {claim["claimant"]: claim["count"]["value"] for claim in json.loads(fact["claims"])}
    assert claims == {"北岸军方": 40, "南岸军方": 12}


def test_a_claimant_that_corrects_itself_revises_the_fact(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(5), count=exactly(40), claimed_by=by("北岸军方"))
    tell("attack", 2, published=at(5, 8), when=on(5), count=exactly(43), claimed_by=by("北岸军方"))
    (fact,) = facts()
    assert (fact["status"], fact["value"]) == ("revised", 43)


def test_an_approximate_number_does_not_contradict_an_exact_one_and_gives_way_to_it(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(5), count=exactly(83), claimed_by=by("北岸军方"))
    tell("attack", 2, published=at(5, 8), when=on(5), count=Count(value=80, qualifier="more_than"))
    (fact,) = facts()
    assert (fact["status"], fact["value"]) == ("corroborated", 83)


def test_the_figure_that_more_origins_tell_is_the_best(tell, facts):
    for number, count in ((1, 40), (2, 40), (3, 50)):
        tell(
            "attack",
            number,
            published=at(5, number),
            when=on(5),
            count=exactly(count),
            claimed_by=by(f"人士{number}"),
        )
    (fact,) = facts()
    assert (fact["value"], fact["status"]) == (40, "contested")


def test_a_package_told_by_donor_and_recipient_is_one_from_promise_to_delivery(tell, facts):
    common = {"donors": ("DE",), "recipients": ("UA",), "amount": dollars(350_000_000)}
    tell("aid", 1, published=at(4), when=on(4), stage="announced", claimed_by=by("德国国防部"), **common)
    tell("aid", 2, published=at(5), when=on(5), stage="announced", claimed_by=by("泽连斯基"), **common)
    tell("aid", 3, published=at(20), when=on(20), stage="delivered", **common)
    (fact,) = facts()
    assert (fact["articles"], json.loads(fact["payload"])["stage"]) == (3, "delivered")
    (before,) = facts(at(6))
    assert json.loads(before["payload"])["stage"] == "announced"


def test_packages_of_different_numbers_or_sums_are_different_facts(tell, facts):
    common = {"donors": ("US",), "recipients": ("UA",)}
    tell("aid", 1, published=at(4), when=on(4), amount=dollars(425_000_000), package_number=69, **common)
    tell("aid", 2, published=at(5), when=on(5), amount=dollars(425_000_000), package_number=70, **common)
    tell("aid", 3, published=at(6), when=on(6), amount=dollars(275_000_000), **common)
    assert len(facts()) == 3


def test_rounded_sums_are_one_package(tell, facts):
    common = {"donors": ("US",), "recipients": ("UA",)}
    tell("aid", 1, published=at(4), when=on(4), amount=dollars(425_000_000), **common)
    tell("aid", 2, published=at(5), when=on(5), amount=dollars(430_000_000, "about"), **common)
    assert len(facts()) == 1


def test_totals_that_grow_a_little_every_day_stay_a_fact_each(tell, facts):
    common = {"donors": ("US",), "recipients": ("UA",), "scope": "cumulative"}
    for number in range(1, 6):
        tell(
            "aid",
            number,
            published=at(number),
            when=on(number),
            amount=dollars(60_000_000_000 + number * 10**8),
            **common,
        )
    assert len(facts()) == 5


def test_the_status_of_a_meeting_stands_beside_that_of_its_fact(house):
    columns = house.query("FROM meeting_facts").columns
    assert {"status", "meeting_status"} <= set(columns) and len(set(columns)) == len(columns)


def people(*names: str | None) -> tuple[Participant, ...]:
    return tuple(
        Participant(name=name, role="外长", side=side) for name, side in zip(names, ("FR", "DE"), strict=True)
    )


def test_a_meeting_planned_and_then_held_is_one_fact_with_its_history(tell, facts):
    tell(
        "meeting",
        1,
        published=at(1),
        when=None,
        status="planned",
        modality="planned",
        participants=people("巴罗", "贝尔伯克"),
    )
    tell("meeting", 2, published=at(4), when=on(4), status="held", participants=people("巴罗", "贝尔伯克"))
    (fact,) = facts()
    assert json.loads(fact["payload"])["status"] == "held" and fact["articles"] == 2
    assert json.loads(facts(at(2))[0]["payload"])["status"] == "planned"


def test_other_people_of_the_same_sides_have_another_meeting(tell, facts):
    tell("meeting", 1, published=at(4, 1), when=on(4), participants=people("巴罗", "贝尔伯克"))
    tell("meeting", 2, published=at(4, 2), when=on(4), participants=people("马克龙", "朔尔茨"))
    assert len(facts()) == 2


def test_a_strike_is_known_by_place_or_object_and_keeps_every_toll(tell, facts):
    common = {"when": on(4), "target_country": "UA", "attacker": "RU"}
    tell("strike", 1, published=at(4, 1), place="敖德萨市", target="一座粮仓", killed=exactly(2), **common)
    tell("strike", 2, published=at(4, 5), place="敖德萨", target=None, killed=exactly(3), **common)
    tell("strike", 3, published=at(4, 6), place="哈尔科夫", target="一座粮仓", killed=exactly(1), **common)
    first, second = facts()
    assert (first["articles"], first["low"], first["high"]) == (2, 2, 3)
    assert second["articles"] == 1


def test_two_objects_of_one_region_are_two_strikes_unless_the_toll_is_the_same(tell, facts):
    common = {"when": on(4), "target_country": "UA", "place": "敖德萨州"}
    tell("strike", 1, published=at(4, 1), target="一座粮仓", killed=exactly(7), **common)
    tell("strike", 2, published=at(4, 2), target="一所学校", killed=exactly(4), **common)
    tell("strike", 3, published=at(4, 3), target=None, killed=exactly(4), **common)
    assert [fact["articles"] for fact in facts()] == [1, 2]


def test_rival_attributions_of_a_strike_are_contested(tell, facts):
    common = {"when": on(4), "target_country": "UA", "place": "河口市"}
    tell("strike", 1, published=at(4, 1), attacker="RU", claimed_by=by("南岸军方"), **common)
    tell("strike", 2, published=at(4, 2), attacker="UA", claimed_by=by("北岸军方"), **common)
    (fact,) = facts()
    assert fact["status"] == "contested"


def test_what_was_known_at_a_moment_stays_what_it_was(tell, facts):
    tell("attack", 1, published=at(5, 1), when=on(5), count=exactly(40), claimed_by=by("北岸军方"))
    tell("attack", 2, published=at(7), when=on(5), count=exactly(52), claimed_by=by("北岸军方"))
    assert [fact["value"] for fact in facts(at(6))] == [40]
    assert [fact["value"] for fact in facts(at(8))] == [52]
    assert facts(at(1)) == []


def test_a_corrected_article_changes_the_fact_from_the_correction_on_with_the_reason(house, wire, facts):
    for published, count, title in ((at(5), 40, "河岸战报"), (at(6), 44, "更正：战报")):
        article = wire.article(1, published=published, title=title, drones=count)
        event = wire.attack(
            article,
            count=exactly(count),
            places=(),
            breakdown=(),
            evidence=(wire.span(article, "夜间击落了约40架无人机"),),
        )
        house.load([(article, [event])], run_id="r", extractor_version=VERSION)
    assert [fact["value"] for fact in facts()] == [44]
    assert [fact["value"] for fact in facts(at(5, 12))] == [40]
    assert house.query("SELECT reason FROM article_said ORDER BY article_version").rows == [
        (None,),
        ("corrected",),
    ]


def test_a_retracted_article_takes_its_fact_with_it_but_not_from_the_past(house, wire, facts):
    article = wire.article(1, published=at(5))
    house.load([(article, [wire.attack(article)])], run_id="r", extractor_version=VERSION)
    withdrawn = Article.of(
        source="w", title="撤稿声明", text="该报道已撤回。", published=at(6), key=article.id
    )
    house.load([(withdrawn, [])], run_id="r", extractor_version=VERSION)
    assert facts() == []
    assert len(facts(at(5, 12))) == 1
    assert ("retracted",) in house.query("SELECT reason FROM article_said").rows
