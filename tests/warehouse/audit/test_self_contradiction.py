"""One voice that says two things of one fact."""

from __future__ import annotations

import pytest

from schemas import Count

CHECK = "self_contradiction"


def told(news, *figures, claimants=("北岸军方",), kind="attack"):
    """One figure a report, hour after hour, the claimants by turns."""
    ids = []
    for hour, figure in enumerate(figures):
        claimant = claimants[hour % len(claimants)]
        common = {"when": news.on(4), "claimed_by": claimant and news.by(claimant)}
        each = news.attack(figure, **common) if kind == "attack" else news.strike(killed=figure, **common)
        ids += news.report(hour, news.at(5, hour), each)
    return ids


def test_a_figure_lowered_is_a_warning_with_both_sayings(news):
    ids = told(news, 43, 40)
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.message) == ("warning", "北岸军方: count 43, then 40")
    assert [finding.one_side[0].event_id, finding.other_side[0].event_id] == ids


def test_a_figure_raised_is_a_notice(news):
    told(news, 40, 43)
    assert [finding.severity for finding in news.findings(CHECK)] == ["notice"]


@pytest.mark.parametrize(
    "second",
    [
        40,
        Count(value=40, qualifier="about"),
        Count(value=30, qualifier="more_than"),
        Count(qualifier="dozens"),
    ],
)
def test_figures_that_leave_room_for_each_other_are_no_contradiction(news, second):
    told(news, 40, second)
    assert news.findings(CHECK) == []


def test_rivals_and_articles_in_their_own_voice_do_not_contradict_themselves(news):
    told(news, 43, 40, 43, 40, claimants=("北岸军方", "南岸军方"))
    assert news.findings(CHECK) == []
    told(news, 43, 40, claimants=(None,))
    assert [finding for finding in news.findings(CHECK) if "an article" in finding.message] == []


def test_to_and_fro_between_two_figures_is_told_once(news):
    told(news, 40, 43, 40, 43)
    assert len(news.findings(CHECK)) == 1


def test_two_figures_of_one_strike_in_one_text_are_an_error_also_without_a_claimant(news):
    common = {"when": news.on(4), "target": "一座油库"}
    first = news.strike(killed=news.exactly(2), **common)
    news.report(1, news.at(5), first, news.strike(killed=news.exactly(3), **common))
    (finding,) = news.findings(CHECK)
    assert (finding.severity, finding.message) == ("error", "an article in one text: killed 2, then 3")


def test_a_toll_that_rises_is_a_notice_and_killed_and_injured_are_told_apart(news):
    for hour, (killed, injured) in enumerate([(2, 9), (3, 7)]):
        toll = {"killed": news.exactly(killed), "injured": news.exactly(injured)}
        news.report(hour, news.at(5, hour), news.strike(when=news.on(4), claimed_by=news.by("州长"), **toll))
    found = {finding.message: finding.severity for finding in news.findings(CHECK)}
    assert found == {"州长: killed 2, then 3": "notice", "州长: injured 9, then 7": "warning"}


def test_a_turn_from_assertion_to_denial_and_from_one_culprit_to_another_is_a_warning(news):
    common = {"when": news.on(4), "claimed_by": news.by("州长")}
    news.report(1, news.at(5, 1), news.strike(attacker="RU", **common))
    news.report(2, news.at(5, 2), news.strike(attacker="UA", **common))
    news.report(3, news.at(5, 3), news.strike(modality="denied", **common))
    found = {finding.message: finding.severity for finding in news.findings(CHECK)}
    assert found == {
        "州长: attacker RU, then UA": "warning",
        "州长: modality asserted, then denied": "warning",
    }
