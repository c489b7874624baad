"""A meeting is announced before it is held."""

from __future__ import annotations

CHECK = "held_before_planned"


def test_a_meeting_planned_after_it_was_reported_held_is_a_warning(news):
    (held,) = news.report(1, news.at(4, 18), news.meeting("held", when=news.on(4)))
    (planned,) = news.report(2, news.at(6), news.meeting("planned", when=news.on(4)))
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.kind) == ("warning", "meeting")
    assert (
        finding.message == "still planned on 2026-03-06, though an earlier report has it held by 2026-03-04"
    )
    assert (finding.one_side[0].event_id, finding.other_side[0].event_id) == (held, planned)
    assert finding.first_said == news.at(6)


def test_on_the_same_day_it_may_be_slow_news(news):
    news.report(1, news.at(4, 10), news.meeting("held", when=news.on(4)))
    news.report(2, news.at(4, 11), news.meeting("planned", when=news.on(4)))
    assert [finding.severity for finding in news.findings(CHECK)] == ["notice"]


def test_planned_then_held_is_the_order_of_things_whatever_the_order_of_loading(news):
    news.report(2, news.at(5), news.meeting("held", when=news.on(4)))
    news.report(1, news.at(2), news.meeting("planned", when=news.on(4)))
    assert news.findings(CHECK) == []


def test_the_next_meeting_of_the_same_people_may_be_planned(news):
    news.report(1, news.at(4), news.meeting("held", when=news.on(4)))
    news.report(2, news.at(5), news.meeting("planned", when=news.on(5)))
    news.report(3, news.at(6), news.meeting("planned", when=news.on(20)))
    assert news.findings(CHECK) == []


def test_an_undated_meeting_proves_nothing(news):
    news.report(1, news.at(4), news.meeting("held", when=None))
    news.report(2, news.at(5), news.meeting("planned", when=None))
    assert news.findings(CHECK) == []


def test_one_meeting_is_one_finding(news):
    news.report(1, news.at(4), news.meeting("held", when=news.on(4)))
    for number in range(2, 6):
        news.report(number, news.at(4 + number), news.meeting("planned", when=news.on(4)))
    assert len(news.findings(CHECK)) == 1
