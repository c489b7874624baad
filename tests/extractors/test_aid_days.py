"""The day of a statement of help is that of its announcement, not of what it is for or of what was before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas import AidAnnouncement, EventBase

Extract = Callable[..., list[EventBase]]


def last_of(extract: Extract, text: str) -> AidAnnouncement:
    event = extract(text, kind="aid_announcement", published="2024-05-20")[-1]
    assert isinstance(event, AidAnnouncement)
    return event


def days(event: AidAnnouncement) -> tuple[str, str] | None:
    return (str(event.when.start), str(event.when.end)) if event.when else None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("西班牙首相桑切斯周四说，西班牙将在2025年向约旦提供3000万欧元的援助。", "2024-05-16"),
        ("葡萄牙18日宣布，将在2027年前向莫桑比克提供1亿欧元援助。", "2024-05-18"),
        (
            "5月12日，加拿大与牙买加签署协议。该协议计划2024/2025年度向牙买加提供2500万加元的援助。",
            "2024-05-12",
        ),
        ("丹麥國防大臣週四說，丹麥將在2024年至2028年間向烏克蘭提供600億克朗。", "2024-05-16"),
        (
            "据《多伦多星报》5月16日报道，在俄罗斯入侵乌克兰后，加拿大承诺向乌克兰提供100套武器。",
            "2024-05-16",
        ),
        ("希腊上月承诺的50辆坦克18日运抵乌克兰。", "2024-05-18"),
        ("立陶宛国防部17日说，政府上周批准的500架无人机已运抵乌克兰。", "2024-05-17"),
    ],
)
def test_the_day_is_that_of_the_announcement(extract: Extract, text: str, day: str) -> None:
    assert days(last_of(extract, text)) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "美國18日宣布向烏克蘭提供2億美元軍援。在衝突爆發之初，美國已批准向烏克蘭提供3.5億美元軍事援助。",
        "西班牙18日宣布向黎巴嫩提供3000万欧元。起初，西班牙只承诺提供1000万欧元的援助。",
        "意大利18日宣布向黎巴嫩提供500万欧元。早些时候，意大利还向黎巴嫩提供了200万欧元。",
    ],
)
def test_what_was_before_has_not_the_day_of_the_sentence_before(extract: Extract, text: str) -> None:
    assert days(last_of(extract, text)) is None


def test_what_goes_on_now_is_not_of_the_year_before(extract: Extract) -> None:
    text = "荷兰去年8月宣布将战机移交给乌克兰，目前正在培训乌克兰飞行员。"
    event = last_of(extract, text)
    assert (event.stage, days(event)) == ("delivered", None)


def test_what_has_left_is_delivered_that_day(extract: Extract) -> None:
    event = last_of(extract, "今天上午，中国政府援助瓦努阿图的3000顶帐篷从广州启运，将于明后两天运抵维拉港。")
    assert (event.stage, days(event)) == ("delivered", ("2024-05-20", "2024-05-20"))


def test_a_total_of_the_war_counts_from_its_start(extract: Extract) -> None:
    event = last_of(extract, "战争期间，芬兰向乌克兰提供的援助总额达到22亿欧元。")
    assert (event.scope, days(event)) == ("cumulative", ("2022-02-24", "2024-05-20"))
