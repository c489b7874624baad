"""A total so far holds every package before it."""

from __future__ import annotations

import pytest

from schemas import Money

CHECK = "total_and_packages"


def told(news, package=None, total=None):
    news.report(1, news.at(4), news.aid(40, **{"stage": "delivered", "when": news.on(4)} | (package or {})))
    cumulative = {"scope": "cumulative", "stage": "delivered", "when": news.since(9)}
    return news.report(2, news.at(9), news.aid(30, **cumulative | (total or {})))


def test_a_package_larger_than_a_later_total_is_a_warning_with_both_sides(news):
    (total,) = told(news)
    (finding,) = news.findings(CHECK)
    assert finding.severity == "warning" and finding.one_side[0].event_id == total
    assert finding.message == (
        "a total so far of 3,000,000,000 USD on 2026-03-09 is smaller than one package of 4,000,000,000 "
        "told for 2026-03-04"
    )
    assert finding.other_side[0].said_from == news.at(4)


def test_a_total_of_unspecified_aid_holds_every_type(news):
    told(news, total={"aid_type": "unspecified"})
    assert len(news.findings(CHECK)) == 1


@pytest.mark.parametrize(
    ("package", "total"),
    [
        ({"amount": Money(value=30e8, qualifier="exact", currency="USD")}, {}),
        ({"amount": Money(value=40e8, qualifier="up_to", currency="USD")}, {}),
        ({"stage": "announced"}, {}),
        ({"stage": "proposed", "modality": "possible"}, {}),
        ({"aid_type": "humanitarian"}, {}),
        ({"recipients": ("MD",)}, {}),
        ({"scope": "program"}, {}),
        ({}, {"amount": Money(value=30e8, qualifier="more_than", currency="USD")}),
    ],
    ids=str,
)
def test_what_the_total_need_not_hold_is_no_finding(news, package, total):
    told(news, package, total)
    assert news.findings(CHECK) == []


def test_a_package_after_the_total_or_before_its_beginning_is_not_in_it(news):
    news.report(1, news.at(20), news.aid(40, stage="delivered", when=news.on(20)))
    news.report(2, news.at(4), news.aid(40, stage="delivered", when=news.on(4)))
    since_the_fifth = news.on(5, 9, "period")
    news.report(3, news.at(9), news.aid(30, scope="cumulative", stage="delivered", when=since_the_fifth))
    assert news.findings(CHECK) == []
