"""Totals so far only grow."""

from __future__ import annotations

import pytest

from schemas import Money

CHECK = "falling_total"


def total(news, amount, up_to, **slots):
    return news.aid(amount, scope="cumulative", stage="delivered", when=news.since(up_to), **slots)


def test_a_smaller_total_later_by_the_same_claimant_is_a_warning(news):
    (earlier,) = news.report(1, news.at(5), total(news, 30, 5, claimed_by=news.by("财政部")))
    (later,) = news.report(2, news.at(9), total(news, 25, 9, claimed_by=news.by("财政部")))
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.kind) == ("warning", "aid_announcement")
    assert finding.message == (
        "a total so far of 2,500,000,000 USD up to 2026-03-09 (财政部) after 3,000,000,000 up to 2026-03-05 (财政部)"
    )
    assert (finding.one_side[0].event_id, finding.other_side[0].event_id) == (later, earlier)


def test_by_somebody_else_it_is_worth_a_look(news):
    news.report(1, news.at(5), total(news, 30, 5, claimed_by=news.by("财政部")))
    news.report(2, news.at(9), total(news, 25, 9))
    assert [finding.severity for finding in news.findings(CHECK)] == ["notice"]


@pytest.mark.parametrize(
    "slots",
    [
        {"amount": Money(value=29.7e8, qualifier="exact", currency="USD")},  # rounding
        {"amount": Money(value=25e8, qualifier="more_than", currency="USD")},
        {"amount": Money(value=25e8, qualifier="exact", currency="EUR")},
        {"donors": ("DE",)},
        {"aid_type": "humanitarian"},
        {"stage": "announced"},
        {"scope": "package"},
    ],
    ids=str,
)
def test_what_is_another_total_or_may_be_larger_does_not_fall(news, slots):
    news.report(1, news.at(5), total(news, 30, 5))
    news.report(
        2,
        news.at(9),
        news.aid(25, **{"scope": "cumulative", "stage": "delivered", "when": news.since(9)} | slots),
    )
    assert news.findings(CHECK) == []


def test_a_growing_total_is_no_finding_whatever_the_order_of_loading(news):
    news.report(2, news.at(9), total(news, 30, 9))
    news.report(1, news.at(5), total(news, 25, 5))
    assert news.findings(CHECK) == []


def test_totals_since_different_beginnings_are_not_compared(news):
    news.report(1, news.at(5), total(news, 30, 5))
    shorter = news.on(1, 9, "period")
    news.report(2, news.at(9), news.aid(5, scope="cumulative", stage="delivered", when=shorter))
    assert news.findings(CHECK) == []


def test_one_mistaken_total_is_one_finding_not_one_for_every_later_total(news):
    for day, amount in ((1, 10), (2, 900), (3, 11), (15, 12), (28, 13)):
        news.report(day, news.at(day), total(news, amount, day))
    (finding,) = news.findings(CHECK)
    assert "1,100,000,000" in finding.message and "90,000,000,000" in finding.message


def test_weapons_counted_since_a_beginning_fall_too(news):
    for day, count in ((5, 1100), (9, 900), (12, 1200)):
        counted = news.attack(count, outcome="launched", when=news.since(day), claimed_by=news.by("国防部"))
        news.report(day, news.at(day), counted)
    (finding,) = news.findings(CHECK)
    assert (finding.kind, finding.severity) == ("attack_count", "warning") and "900 drone" in finding.message
